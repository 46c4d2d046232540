"""The path of the procedure as a reader sees it: steps with date and article, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.matters.clocks import Limit
from casework.matters.lifecycle import accepted_clock
from casework.matters.states import Klass, State


@dataclass(frozen=True)
class Step:
    """One station. place: "done", "here" or "ahead"; note: date and article, or what is missing."""

    label: str
    place: str
    note: str = ""


#: stations of a matter: (label, move whose date it shows, article)
_STATIONS = (
    ("登记", "register", "第二十一条"),
    ("受理", "accept", "第二十三条"),
    ("交办", "assign", ""),
    ("办理", "", "第三十一条"),
    ("答复", "answer", "第三十二条"),
    ("复查期", "", "第三十五条"),
    ("办结", "close", ""),
)
#: state → index of the station at which the matter now waits
_HERE = {State.REGISTERED: 1, State.ACCEPTED: 2, State.HANDLING: 3, State.ANSWERED: 5}


def path_of(state: str, days: Mapping[str, date], due_on: date | None, officer: bool) -> list[Step]:
    """The stations of a matter in `state`; days: move → the day it last happened.

    A matter that came closed from a ledger, a void one and a sealed one have shorter paths.
    """
    if state in (State.SEALED, State.HANDED_OVER):
        return _sealed(state, days, due_on)
    if state == State.VOID:
        return [
            Step("登记", "done", _day(days.get("register"))),
            Step("作废", "here", f"{_day(days.get('void'))} 编号保留".strip()),
        ]
    here = _HERE.get(State(state), len(_STATIONS))
    found = []
    for n, (label, name, article) in enumerate(_STATIONS):
        place = "done" if n < here else "here" if n == here else "ahead"
        told = _day(days.get(name)) if place == "done" else ""
        if place == "here":
            told, article = _waiting(State(state), due_on, officer), ""
        elif state == State.ACCEPTED and n == _HERE[State.HANDLING] and due_on:
            told = _before(due_on)  # the limit that runs is the opinion's, not the hand-on's
        found.append(Step(label, place, f"{told} {article}".strip()))
    return found


def _waiting(state: State, due_on: date | None, officer: bool) -> str:
    if state == State.ACCEPTED:
        return ""
    if state == State.HANDLING and not officer:
        return "还差：指定承办人"
    return f"至 {due_on:%m-%d}" if state == State.ANSWERED and due_on else _before(due_on)


def _before(due_on: date | None) -> str:
    return f"{due_on:%m-%d} 前" if due_on else ""


#: how a matter came under seal
_SEALED_BY = ("receive_sealed", "enter_sealed", "seal")


def _sealed(state: str, days: Mapping[str, date], due_on: date | None) -> list[Step]:
    over = state == State.HANDED_OVER
    told = _day(days.get("hand_over")) if over else f"{due_on:%m-%d} 前" if due_on else ""
    return [
        Step("密件登记", "done", _day(next(filter(None, map(days.get, _SEALED_BY)), None))),
        Step("转交纪检监察机关", "done" if over else "here", told),
    ]


def _day(value: date | None) -> str:
    return f"{value:%m-%d}" if value else ""


@dataclass(frozen=True)
class Next:
    """The next step: what, who does it, why now."""

    what: str
    who: str
    why: str


def next_step(state: str, klass: str, limits: Mapping[str, Limit], officer: bool) -> Next | None:
    """What a matter in `state` waits for; None when nothing is owed any more."""
    notice = limits["notice"]
    table = {
        State.REGISTERED: Next(
            "判明类别和途径，书面告知是否受理",
            "信访办主任",
            f"收到后 {notice.days} 日内告知（{notice.article}）",
        ),
        State.ACCEPTED: Next("交给承办单位", "信访办主任", "受理后的期限已经在走，交办越早越好"),
        State.HANDLING: Next(
            "听取信访人陈述，查清事实，作出答复",
            "承办人",
            "答复要写明诉求、事实、依据和结果（《信访工作条例》第三十二条）",
        ),
        State.ANSWERED: Next(
            "等复查期满，再办结",
            "信访办主任",
            "信访人收到答复后可申请复查；期内不要催促撤回",
        ),
        State.SEALED: Next(
            "不开封转交纪检监察机关，取回签收单",
            "密件保管人",
            "检举控告件不在街道处理（《信访工作条例》第三十条）",
        ),
    }  # fmt: skip
    step = table.get(State(state))
    if state == State.HANDLING and not officer:
        return Next("指定承办人", "承办单位负责人", "没有承办人，期限照样在走")
    if state == State.HANDLING and klass == Klass.SUGGESTION:
        return Next("研究建议，答复采纳情况", "承办人", "不采纳的也要说明理由")
    return step


#: the ways a claim can go (《信访工作条例》 art. 31), in words for the person who chooses
WAYS = (
    ("A", "建议意见", "提建议、表意见。研究后答复：采纳、部分采纳，还是不采纳和为什么。"),
    ("C6", "信访程序", "没有别的法定途径的诉求。听取陈述、查清事实，出具处理意见书。"),
    (
        "C5",
        "履行法定职责",
        "要求街道或部门依法做一件它该做的事：查处违法、保护人身或财产。按那部法律办。",
    ),
    (
        "C4",
        "行政复议、裁决、确认、许可等",
        "对行政行为不服，或要求裁决、确认、办证。告知受理机关和期限。",
    ),
    ("C2", "仲裁", "劳动报酬、承包地等依法先仲裁的争议。告知仲裁机构、时效和法律援助。"),
    (
        "C1",
        "诉讼（涉法涉诉）",
        "已在或应当由法院、检察院、公安机关依诉讼程序处理的。告知去处和时效。",
    ),
    ("C3", "党员申诉、申请复审", "党员对处分等不服的，按党内规定申诉。"),
)


def way_of(choice: str) -> tuple[str, str]:
    """(class, path) of a chosen way: "A" → ("A", ""), "C6" → ("C", "C6")."""
    return (choice[:1], choice if choice.startswith("C") else "")


def limit_of_way(choice: str, limits: Mapping[str, Limit]) -> Limit:
    """The limit that acceptance on this way starts."""
    return limits[accepted_clock(*way_of(choice))]
