"""What a profile can say: kinds of limits, facts, acts, texts and settings, in plain words.

The values are data of a profile; this file only names what has a meaning in the program.
"""

from dataclasses import dataclass

from casework.matters.clocks import KINDS, NATIONAL
from casework.matters.models.profiles import ALWAYS_TWO
from office.separation import ACTS_OF_TWO

#: limits that are no clocks: caps, counts, spans of a search
_NO_CLOCKS = {
    "extension": "延长办理（累计上限）",
    "fast_accept": "简易办理决定受理",
    "court_confirm": "共同申请司法确认",
    "repeat": "重复信访的查找范围",
    "representatives": "推选代表人数上限",
    "group": "集体访的起点人数",
    "few_people": "人数不多于此数的，代表另定上限",
    "few_representatives": "人数较少时的代表人数上限",
}
#: limits a profile may leave out altogether
OPTIONAL = ("few_people", "few_representatives")
#: limits that count people; the others count days
OF_PEOPLE = ("representatives", "group", "few_people", "few_representatives")
#: every limit a profile can hold: kind → label
LIMITS: dict[str, str] = {
    kind: str(KINDS[kind]) if kind in KINDS else _NO_CLOCKS.get(kind, kind)
    for kind in (*NATIONAL, *(kind for kind in _NO_CLOCKS if kind not in NATIONAL))
}

#: facts of a registration that a profile may ask for
FIELDS: dict[str, str] = {
    "claim": "诉求和事实",
    "category": "内容分类",
    "community": "问题属地（到社区、村）",
    "name": "信访人姓名（名称）",
    "contact": "信访人联系方式",
    "representatives": "集体访的代表人数",
}


@dataclass(frozen=True)
class ActKind:
    """An act as a profile knows it. verb: the right of whoever decides; told: for the editor."""

    label: str
    verb: str
    told: str = ""


_LEGAL = "只定要不要先法制审核"
#: acts a profile sets a second person, a decider and legal review for
ACTS: dict[str, ActKind] = {
    **{act: ActKind(ACTS_OF_TWO[act].label, ACTS_OF_TWO[act].verb) for act in ALWAYS_TWO},
    "route": ActKind("分类导入法定途径", "matters.accept_matter", "受理时告知另有法定途径"),
    "opinion": ActKind("处理意见", "matters.sign_opinion", "支持、解释说明的处理意见"),
    "group": ActKind("集体访事项的意见", "matters.sign_opinion", _LEGAL),
    "money": ActKind("涉及钱款的意见", "matters.sign_opinion", _LEGAL),
    "fast": ActKind("简易办理答复", "matters.answer_matter", "用已批准的答复模板"),
}

#: standing paragraphs of letters
TEXTS: dict[str, str] = {
    "acceptance": "受理告知：途径和期限",
    "extension": "延期告知",
    "remedy_opinion": "处理意见的救济途径",
    "remedy_duty": "不履行职责答复的救济途径",
    "remedy_review": "复查意见的救济途径",
    "remedy_refusal": "不予受理的救济途径",
    "barred": "不再受理的说明",
    "path": "分类处理：不停止法定期限",
    "told": "告知去向",
    "reporter": "为检举人保密",
}
#: marks in a text and the limit each stands for
MARKS: dict[str, str] = {
    "【告知期限】": "notice",
    "【办理期限】": "handle",
    "【延期上限】": "extension",
    "【申请复查期限】": "review_ask",
    "【申请复核期限】": "final_ask",
}


@dataclass(frozen=True)
class SettingKind:
    """A setting: its label, its choices (value → words), or none for a free value; a hint."""

    label: str
    choices: tuple[tuple[str, str], ...] = ()
    told: str = ""


SETTINGS: dict[str, SettingKind] = {
    "warn_at": SettingKind(
        "到期提醒", told="写用去期限的比例和剩余天数，用逗号隔开。例如：50%,80%,3日"
    ),
    "clock_stop": SettingKind(
        "办理期限停在哪一天",
        (("served", "送达之日（较严）"), ("dispatched", "发出之日")),
    ),
    "hearing_stops": SettingKind(
        "听证时间是否扣除",
        (("final_review", "只在复核时扣除"), ("none", "都不扣除")),
    ),
    "lapse": SettingKind(
        "期满没有人申请复查",
        (("open", "条例没有规定，由主任办结"), ("final", "期满即终结，由系统办结")),
    ),
}


def limit_unit(kind: str) -> tuple[str, ...]:
    """The units a limit may be counted in."""
    return ("person",) if kind in OF_PEOPLE else ("day", "workday")
