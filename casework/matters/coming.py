"""What a matter waits for: the next step, who has to move, and why; a text for every state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from casework.matters.clocks import Limit
from casework.matters.conflicts.standing import recused
from casework.matters.legal import is_reviewer
from casework.matters.opinions import current
from casework.matters.states import SENT_TO_US, Klass, Path, State
from casework.matters.table import BY_NAME
from office.clock import today
from office.roles import BY_KEY
from office.separation import holding

#: whose move it is: roles of ours by name, and three that are not ours to urge
PETITIONER, ABOVE, SENDER, BELOW = "petitioner", "above", "sender", "below"
OTHERS = {PETITIONER: "信访人", ABOVE: "上级", SENDER: "来文单位", BELOW: "下级单位"}
_ROLES = {
    "registrar": "登记员", "officer": "承办人", "unit_head": "承办单位负责人",
    "office_head": "信访办主任", "legal_reviewer": "法制审核", "leader": "街道领导",
    "custodian": "密件保管人",
}  # fmt: skip
#: the right that makes somebody the one who moves; names are looked up by it
_VERBS = {
    "registrar": "matters.add_matter", "unit_head": "matters.assign_officer",
    "office_head": "matters.accept_matter", "legal_reviewer": "matters.review_opinion",
    "leader": "matters.sign_opinion", "custodian": "matters.hand_over_sealed",
}  # fmt: skip
_MOST_NAMES = 3
_S = State


@dataclass(frozen=True)
class Next:
    """The next step: what, whose move it is (key of a role, or of OTHERS), why now, and what the
    office does meanwhile when the move is not its own; request: it waits for a second person.
    """

    what: str
    mover: str
    why: str
    meanwhile: str = ""
    request: bool = False

    @property
    def who(self) -> str:
        """The mover in words: 信访办主任, 信访人, 上级."""
        return OTHERS.get(self.mover) or _ROLES[self.mover]

    @property
    def ours(self) -> bool:
        """Whether the office has to move, and not somebody it can only wait for."""
        return self.mover not in OTHERS


@dataclass(frozen=True)
class Facts:
    """What the next step depends on besides the state."""

    state: str
    klass: str = ""
    path: str = ""
    channel: str = ""
    fast: bool = False
    officer: bool = False
    legal: bool = True  # of a draft: somebody reviews it by law
    calls: bool = False  # of an ended one: a call is owed

    @classmethod
    def of(cls, matter: Any) -> "Facts":
        draft = current(matter) if matter.state == State.DRAFTED else None
        return cls(
            matter.state, matter.klass, matter.path, matter.channel, matter.fast,
            matter.officer_id is not None, draft is None or draft.legal,
            matter.state == State.CLOSED and matter.follow_ups.filter(result="").exists(),
        )  # fmt: skip


_TABLE: dict[str, Next] = {
    _S.OBJECTED: Next(
        "等来文单位答复异议", SENDER, "对方同意前，材料不退，期限照走",
        "同意的退回材料；不同意的接着判明、受理",
    ),
    _S.MERGED: Next(
        "告知信访人已并入，并答复这一次来件", "registrar", "重复信访也要给信访人一个回音",
    ),
    _S.ACCEPTED: Next("交给承办单位", "office_head", "受理后的期限已经在走，交办越早越好"),
    _S.REVIEWED: Next("签发处理意见", "leader", "拟稿人不能签发自己拟的意见"),
    _S.SIGNED: Next(
        "送达信访人，取得送达凭据", "officer",
        "等送达：期限到送达为止，信访人的权利也从送达起算；没有凭据等于没有送达",
    ),
    _S.PERFORMING: Next(
        "兑现意见里承诺的事，留下凭据", "officer", "到期没有兑现的，信访人可以直接要求恢复办理",
    ),
    _S.REVIEWING: Next(
        "等上级作出复查决定", ABOVE, "《信访工作条例》第三十五条",
        "按要求报送案卷；收到决定当天登记，信访人不服的还能申请复核",
    ),
    _S.UPHELD: Next(
        "等信访人决定是否申请复核", PETITIONER, "《信访工作条例》第三十六条",
        "期满没有申请的，可以办结",
    ),
    _S.FINAL_REVIEW: Next(
        "等上级作出复核决定", ABOVE, "《信访工作条例》第三十六条",
        "按要求报送案卷；复核意见是最后一级",
    ),
    _S.ROUTED: Next(
        "陪着走法定途径：问进展，记下结果", "officer",
        "告知去处不等于了结；协调、调解可以同时做",
    ),
    _S.ASSIGNED_OUT: Next(
        "等下级办完报结", BELOW, "交办要有回音（《信访工作条例》第二十三条）",
        "临近期限先催办，过期督办",
    ),
    _S.CLOSED: Next("整理案卷，归档", "registrar", "案卷、目录和保管期限齐了，才算有始有终"),
    _S.WITHDRAWN: Next(
        "等信访人：反悔期内可以要求恢复办理", PETITIONER, "撤回要出于自愿，不能催",
        "期满不用再做什么",
    ),
    _S.SEALED: Next(
        "不开封转交纪检监察机关，取回签收单", "custodian",
        "检举控告件不在街道处理（《信访工作条例》第三十条）",
    ),
}  # fmt: skip


_CALLS = Next("整理案卷，归档；到日子回访", "registrar", "办结不等于化解，回访看问题真没真解决")


def next_step(facts: Facts, limits: Mapping[str, Limit]) -> Next | None:
    """What a matter waits for; None when nothing is owed any more."""
    if facts.state == _S.REGISTERED:
        return _to_accept(facts, limits)
    if facts.state == _S.HANDLING:
        return _to_handle(facts)
    if facts.state == _S.DRAFTED:
        mover = "legal_reviewer" if facts.legal else "office_head"
        return Next("审核处理意见", mover, "依据、程序、每项诉求都答到了，才能送签")
    if facts.state == _S.ANSWERED:
        return _to_close(facts)
    if facts.state == _S.CLOSED and facts.calls:
        return _CALLS
    found = _TABLE.get(facts.state)
    if found is not None and facts.state == _S.ROUTED and not facts.officer:
        return replace(found, mover="office_head")  # led away at the counter: no unit leads it
    return found


def on_request(act: str, state: str, verb: str) -> Next | None:
    """The next step while a request waits that takes the matter out of its state; None for others.

    act: name of a row of the table; verb: the right to decide it.
    """
    rule = BY_NAME.get(act)
    if rule is None or state in rule.targets:
        return None
    deciders = ("legal_reviewer", "office_head", "leader")
    mover = next(role for role in deciders if verb in BY_KEY[role].verbs)
    return Next(
        f"等审批：{rule.label}", mover, "申请人不能批自己的申请；决定之前，期限照走", request=True
    )


def _to_accept(facts: Facts, limits: Mapping[str, Limit]) -> Next:
    notice, why = limits["notice"], ""
    if facts.channel in SENT_TO_US:
        why = f"；不归本街道管的，{limits['objection'].days} 个工作日内提异议"
    return Next(
        "判明类别和途径，书面告知是否受理",
        "office_head",
        f"收到后 {notice.days} 日内告知（{notice.article}）{why}",
    )


def _to_handle(facts: Facts) -> Next:
    if not facts.officer:
        return Next("指定承办人", "unit_head", "没有承办人，期限照样在走")
    if facts.klass == Klass.SUGGESTION:
        return Next("研究建议，答复采纳情况", "officer", "不采纳的也要说明理由")
    if facts.path == Path.DUTY:
        return Next("依法履行职责，或者书面答复", "officer", "不履行的，信访人可以起诉")
    if facts.fast:
        return Next("查清事实，直接答复", "officer", "简易办理；办着发现不简单，转回普通程序")
    return Next(
        "听取信访人陈述，查清事实，拟处理意见",
        "officer",
        "意见要写明诉求、事实、依据和结果（《信访工作条例》第三十二条）",
    )


def _to_close(facts: Facts) -> Next:
    if facts.path == Path.PETITION:
        return Next(
            "等复查期满，再办结", PETITIONER, "信访人收到答复后可申请复查；期内不要催促撤回",
            "期满没有申请复查的，由信访办主任办结",
        )  # fmt: skip
    return Next("核对材料，办结", "office_head", "已经答复")


def movers(step: Next | None, matter: Any, *, even_away: bool = False) -> list[Any]:
    """Who has to move, as far as the matter and the posts of today tell; the unit is not asked.

    even_away: those on leave too.
    """
    if step is None or not step.ours:
        return []
    if step.mover == "officer":
        return [matter.officer] if matter.officer else []
    over = matter.lead_unit if step.mover == "unit_head" else None
    if step.mover == "unit_head" and over is None:
        return []
    out = {row["user"] for row in recused(matter, today())}
    able = holding(_VERBS[step.mover], today(), over, even_away=even_away)
    people = [one for one in able if one.pk not in out]
    if step.mover == "legal_reviewer":  # the office head reviews what no law has to be asked about
        people = [one for one in people if is_reviewer(one)]
    if step.mover == "registrar" and matter.registered_by in people:
        people = [matter.registered_by]
    return people


def names_of(step: Next | None, matter: Any) -> str:
    """Who by name has to move; the lead unit where it has named no officer; "" if nobody."""
    people = movers(step, matter)
    if step is not None and step.mover == "officer" and not people:
        return str(matter.lead_unit or "")
    told = "、".join(one.name for one in people[:_MOST_NAMES])
    return f"{told} 等" if len(people) > _MOST_NAMES else told
