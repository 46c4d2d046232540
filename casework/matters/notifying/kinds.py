"""The notices of this room: what each may say, and by which ways. Nothing of a person fits into one."""

from casework.matters.clocks import KINDS
from casework.matters.models import Approval
from casework.matters.states import State
from casework.matters.table import LABELS
from office.outbox.kinds import (
    COUNT,
    DAY,
    DAYS_LEFT,
    NUMBER,
    UNIT,
    Channel,
    NoticeKind,
    Slot,
    Text,
    one_of,
)

_LIMIT = one_of([kind.label for kind in KINDS.values()])
_OF_LIMIT = {"编号": NUMBER, "期限": _LIMIT, "最后一天": DAY}
_ACT = one_of(Approval.Act.labels)
_LOOK = "请登录系统，打开事项页查看。"


def _both(title: str, body: str, outside: str = "") -> dict[str, Text]:
    """The same words in the bell and by mail; a text message says the title alone.

    outside: the title of what leaves the house, where that of the bell is true on its day alone: a
    mail may wait for the morning, or for its server.
    """
    outside = outside or title
    return {
        Channel.BELL: Text(title, body),
        Channel.MAIL: Text(outside, f"{body}{_LOOK}"),
        Channel.SMS: Text("", f"{outside}，请登录系统查看。"),
    }


TURN = NoticeKind(
    "turn", "轮到您办的事项",
    {"编号": NUMBER, "刚才": one_of(LABELS.values()), "状态": one_of(State.labels)},
    _both("{编号} 轮到您了", "刚才：{刚才}；现在是“{状态}”。"),
)  # fmt: skip
NEAR = NoticeKind(
    "limit_near", "期限快到了", _OF_LIMIT | {"天数": DAYS_LEFT},
    _both(
        "{编号} 还剩 {天数} 天", "{期限}，最后一天是{最后一天}。",
        "{编号} 快到期，最后一天是{最后一天}",
    ),
)  # fmt: skip
TODAY = NoticeKind(
    "limit_today", "当天到期", _OF_LIMIT,
    _both(
        "{编号} 今天到期", "{期限}，最后一天就是{最后一天}。", "{编号} 最后一天是{最后一天}"
    ),
)  # fmt: skip
LATE = NoticeKind(
    "limit_late", "超过期限", _OF_LIMIT,
    _both("{编号} 已经超期", "{期限}，最后一天是{最后一天}，还没有办。"),
    fixed=True,
)  # fmt: skip
LAPSED = NoticeKind(
    "limit_lapsed", "期满没有人申请", _OF_LIMIT,
    _both("{编号} 期满", "{期限}，到{最后一天}为止，没有登记到申请。"),
)  # fmt: skip
#: in place of each by itself, when the clock looks for the first time (`ticking.first`)
DIGEST = NoticeKind(
    "limits_digest", "第一次清点期限",
    {"截至": DAY, "快到期": COUNT, "当天到期": COUNT, "超期": COUNT, "期满": COUNT},
    _both(
        "第一次清点期限",
        "截至{截至}，您该知道的有：超期 {超期} 项，当天到期 {当天到期} 项，快到期 {快到期} 项，"
        "期满没有人申请的 {期满} 项。以后每项到点另行通知。",
        "截至{截至}，超期 {超期} 项，快到期 {快到期} 项",
    ),
    fixed=True,
)  # fmt: skip
#: of a sealed matter: without its number, and never outside the house
SEALED = NoticeKind(
    "sealed_limit", "密件的期限", {},
    {Channel.BELL: Text("有密件的期限到点了", "请打开密件页查看。")},
    fixed=True,
)  # fmt: skip
ASKED = NoticeKind(
    "approval_asked", "等您审批", {"编号": NUMBER, "申请": _ACT},
    _both("{编号} 等您审批", "有同事申请：{申请}。"),
)  # fmt: skip
DECIDED = NoticeKind(
    "approval_decided", "您的申请有结果",
    {"编号": NUMBER, "申请": _ACT, "结果": one_of(Approval.Decision.labels)},
    _both("{编号} 您的申请有结果", "{申请}：{结果}。"),
)  # fmt: skip
SUPPORT = NoticeKind(
    "support_asked", "请您单位协办", {"编号": NUMBER, "单位": UNIT, "最后一天": DAY},
    _both("{编号} 请{单位}协办", "最迟{最后一天}答复。"),
)  # fmt: skip
SUPPORTED = NoticeKind(
    "support_answered", "协办有答复",
    {"编号": NUMBER, "单位": UNIT, "结果": one_of(["已答复", "退回"])},
    _both("{编号} 协办有答复", "{单位}：{结果}。"),
)  # fmt: skip
PRESSED = NoticeKind(
    "pressed", "催办和督办", {"编号": NUMBER, "方式": one_of(["催办", "督办"])},
    _both("{编号} 被{方式}", "请在事项页答复。"),
    fixed=True,
)  # fmt: skip
MENTIONED = NoticeKind(
    "mentioned", "备注里@了您", {"编号": NUMBER},
    _both("{编号} 有同事@了您", "在内部备注里。"),
    personal=True,
)  # fmt: skip


def _to_resident(key: str, label: str, said: str, slots: dict[str, Slot]) -> NoticeKind:
    """One text message to whoever petitioned: what happened, and whom to call."""
    return NoticeKind(
        key, label, slots, {Channel.SMS: Text("", f"{said}查询、询问请拨 {{电话}}。")},
        chosen=(Channel.SMS,), residents=True,
    )  # fmt: skip


ACCEPTED = _to_resident(
    "resident_accepted", "告诉信访人：已受理",
    "您反映的事项（{编号}）已受理，最迟{最后一天}前答复您。", {"编号": NUMBER, "最后一天": DAY},
)  # fmt: skip
ANSWERED = _to_resident(
    "resident_answered", "告诉信访人：有处理意见",
    "您反映的事项（{编号}）已有处理意见，我们会送达给您，也可以带证件到信访窗口领取。",
    {"编号": NUMBER},
)  # fmt: skip

ALL = [
    TURN, NEAR, TODAY, LATE, LAPSED, DIGEST, SEALED, ASKED, DECIDED, SUPPORT, SUPPORTED, PRESSED, MENTIONED,
    ACCEPTED, ANSWERED,
]  # fmt: skip
