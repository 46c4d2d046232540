"""The national rules as data: each value with the article it rests on (domain §2, practice §2).

Limits come from `clocks.NATIONAL`. 已核对原文 is said only of what was read in the text itself;
everything else waits to be checked (待核) or is the office's own choice (内部自定).
"""

from datetime import date
from typing import Any

from casework.matters.clocks import NATIONAL
from casework.matters.models.profiles import Certainty
from casework.matters.states import State

NAME = "国家规则（信访工作条例）"
SOURCE = "《信访工作条例》（2022年5月1日施行）"
NOTE = "默认方案。标“待核”的数值没有核对原文，请对照后再用；标“内部自定”的可按本单位情况修订。"
SINCE = date(2000, 1, 1)  # older arrivals still on the books are counted by the same rules

_V, _U, _OWN = Certainty.VERIFIED, Certainty.UNVERIFIED, Certainty.OWN
_ART = "《信访工作条例》第{}条"
_INSIDE = "内部时限"
_READ = {
    "notice", "objection", "handle", "extension", "review_ask", "review_decide", "final_ask",
    "final_decide", "representatives",
}  # fmt: skip

#: beyond the clocks of the program
MORE_LIMITS = {
    "fast_accept": (3, "workday", "《信访事项简易办理办法》（国信办发〔2022〕17号；天数待核）"),
}


def certainty_of(kind: str, article: str) -> Certainty:
    """How sure a national limit is."""
    if kind in _READ:
        return _V
    return _OWN if article.startswith(_INSIDE) and "待核" not in article else _U


#: kind → (number, unit, article, certainty)
LIMITS = {
    kind: (number, unit, article, certainty_of(kind, article))
    for kind, (number, unit, article) in {**NATIONAL, **MORE_LIMITS}.items()
}

#: field → (from which state, must, article, certainty). The identity number is never asked for; an
#: address is enough to the community (practice §3). What is only advised stops no move.
FIELDS = {
    "claim": (State.ACCEPTED, True, _ART.format("十九"), _V),
    "name": (State.ACCEPTED, False, _ART.format("十九"), _V),
    "contact": (State.ACCEPTED, False, f"{_ART.format('十九')}（有一种能联系上的方式即可）", _V),
    "community": (State.ACCEPTED, False, "内部要求（属地到社区、村，不要求门牌）", _OWN),
    # Nobody has to know the subject at the counter; statistics and filing need it by the opinion.
    "category": (State.DRAFTED, True, "内部要求（统计和归档按分类）", _OWN),
    "representatives": (State.HANDLING, False, _ART.format("二十"), _V),
}

_SPLIT = "内部审批要求"
#: act → (second, decider, legal, article, certainty)
ACTS = {
    "refuse": (True, "leader", True, f"{_SPLIT}（不予受理由领导决定，先法制审核）", _OWN),
    "bar": (True, "leader", True, f"{_ART.format('三十六')}；{_SPLIT}", _V),
    "not_support": (True, "leader", True, f"{_ART.format('三十二')}；{_SPLIT}", _OWN),
    "extend": (True, "leader", False, f"{_ART.format('三十四')}（本机关负责人批准）", _V),
    "seal": (True, "custodian", False, _ART.format("三十"), _OWN),
    "unseal": (True, "custodian", False, _ART.format("三十"), _OWN),
    "void": (True, "office_head", False, f"{_SPLIT}（作废须第二人）", _OWN),
    "received": (True, "office_head", False, f"{_SPLIT}（更正收到日期须凭据和第二人）", _OWN),
    "served": (True, "office_head", False, f"{_SPLIT}（更正送达日期须凭据和第二人）", _OWN),
    "reopen": (True, "leader", False, f"{_SPLIT}（恢复办理由领导决定）", _OWN),
    "reroute": (True, "leader", True, f"{_ART.format('三十一')}；{_SPLIT}", _OWN),
    "route": (False, "office_head", True, f"{_ART.format('三十一')}；{_SPLIT}", _OWN),
    "opinion": (True, "leader", False, f"{_ART.format('三十二')}（以机关名义出具）", _OWN),
    "group": (True, "leader", True, f"{_SPLIT}（集体访事项先法制审核）", _OWN),
    "money": (True, "leader", True, f"{_SPLIT}（涉及钱款先法制审核）", _OWN),
    "fast": (False, "officer", False, f"{_SPLIT}（简易办理按已批准的模板答复）", _OWN),
}

#: key → (text, article, certainty)
TEXTS = {
    "acceptance": (
        "您的信访事项已经受理，按信访程序办理，自受理之日起【办理期限】内办结。情况复杂的，经批准可以"
        "延长，最多【延期上限】，届时告知您理由。",
        _ART.format("三十四"), _V,
    ),
    "extension": (
        "因情况复杂，您的信访事项经批准延长办理期限，延长合计不超过【延期上限】。理由如下：",
        _ART.format("三十四"), _V,
    ),
    "remedy_opinion": (
        "对本处理意见不服的，可以自收到之日起【申请复查期限】内，请求上一级机关复查。",
        _ART.format("三十五"), _V,
    ),
    "remedy_duty": (
        "对本答复不服的，可以自收到之日起六十日内申请行政复议。认为没有履行法定职责等依法应当先申请行政"
        "复议的，对复议决定不服再提起行政诉讼；其他的，也可以在六个月内直接向人民法院提起行政诉讼。",
        "《行政复议法》第二十、二十三条，《行政诉讼法》第四十六条", _U,
    ),
    "remedy_review": (
        "对复查意见不服的，可以自收到之日起【申请复核期限】内，请求复查机关的上一级机关复核。",
        _ART.format("三十六"), _V,
    ),
    "remedy_refusal": (
        "如有新的事实、理由，可以补充材料后重新提出；对不予受理有异议的，可以向上一级机关反映。",
        "通行做法（条例没有写明救济方式）", _U,
    ),
    "barred": (
        "该事项已经复核终结。以同一事实和理由再次提出的，不再受理；解释疏导工作继续进行。",
        f"{_ART.format('三十六')}、第三十七条", _V,
    ),
    "path": (
        "您的诉求应当通过上述法定途径解决。信访不停止、不延长该途径的期限，请在期限内提出。",
        _ART.format("三十一"), _V,
    ),
    "told": (
        "您的事项不属于本单位职权范围，请向下列有权处理的机关提出：",
        _ART.format("二十三"), _V,
    ),
    "reporter": (
        "检举、控告材料和有关情况，不得透露给被检举、控告的人或者单位。",
        f"{_ART.format('三十')}、第四十六条", _V,
    ),
}  # fmt: skip

#: key → (value, article, certainty)
SETTINGS = {
    "warn_at": ("50%,80%,3日", f"{_INSIDE}（提醒时点）", _OWN),
    "clock_stop": ("served", "条例没有写明，取较严的一种", _OWN),
    "hearing_stops": ("final_review", _ART.format("三十六"), _V),
    "lapse": ("open", "条例没有规定", _V),
}


def rows() -> dict[str, list[dict[str, Any]]]:
    """The whole profile: part → rows as the fields of its table."""
    return {
        "limits": _rows("kind", ("days", "unit"), LIMITS),
        "fields": _rows("field", ("state", "must"), FIELDS),
        "acts": _rows("act", ("second", "decider", "legal"), ACTS),
        "texts": _rows("key", ("text",), TEXTS),
        "settings": _rows("key", ("value",), SETTINGS),
    }


def _rows(key: str, values: tuple[str, ...], table: Any) -> list[dict[str, Any]]:
    names = (*values, "article", "certainty")
    return [{key: kind, **dict(zip(names, row, strict=True))} for kind, row in table.items()]
