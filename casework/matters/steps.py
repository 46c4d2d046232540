"""The path of the procedure as a reader sees it: stations with date and article, and where it branches.

A station is passed when the matter left the states that wait at it; which stations there are at all
follows from class, path and ending. Nothing here names a move: rows that join the table appear.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casework.matters.clocks import ABOVE, KINDS, MAY_ASK
from casework.matters.states import ENDED, UNDER_SEAL, Ending, Klass, Path, State

_S = State


@dataclass(frozen=True)
class Step:
    """One station. place: "done", "here" or "ahead"; note: date and article, or what is missing;
    branch: stands beside the usual way of such a matter.
    """

    label: str
    place: str
    note: str = ""
    branch: bool = False


@dataclass(frozen=True)
class Standing:
    """What the path is drawn from. left: state → the day the matter last left it; days: move → the
    day it last happened; cut: the state in which the matter was when it ended.
    """

    state: str
    klass: str = ""
    path: str = ""
    ending: str = ""
    fast: bool = False
    officer: bool = False
    due_on: date | None = None
    due_kind: str = ""
    closed_on: date | None = None
    left: Mapping[str, date] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)
    cut: str = ""


def standing_of(matter: Any, moves: Iterable[Any]) -> Standing:
    """The standing of a matter, from itself and its moves, oldest first."""
    left: dict[str, date] = {}
    days: dict[str, date] = {}
    cut = ""
    for move in moves:
        days[move.name] = move.on
        if move.source and move.source != move.target:
            left[move.source], cut = move.on, move.source
    return Standing(
        matter.state, matter.klass, matter.path, matter.ending, matter.fast,
        matter.officer_id is not None, matter.due_on, matter.due_kind, matter.closed_on,
        left, days, cut,
    )  # fmt: skip


@dataclass(frozen=True)
class Station:
    """A place where matters wait in `states`; rank: its place among all of them."""

    rank: int
    label: str
    states: tuple[State, ...] = ()
    article: str = ""


_ENTRY = Station(0, "登记", (), "第二十一条")
_OBJECTION = Station(1, "异议", (_S.OBJECTED,), "第二十三条")
_MERGE = Station(2, "并入", (_S.MERGED,))
_ACCEPT = Station(3, "受理", (_S.REGISTERED,), "第二十三条")
_SORTED = Station(3, "分类告知", (_S.REGISTERED,), "第三十一条")
_BELOW = Station(4, "交办下级", (_S.ASSIGNED_OUT,), "第二十三条")
_ASSIGN = Station(5, "交办", (_S.ACCEPTED,))
_HANDLE = Station(6, "办理", (_S.HANDLING,), "第三十一条")
_STUDY = Station(6, "研究答复", (_S.HANDLING,), "第二十九条")
_DUTY = Station(6, "履职答复", (_S.HANDLING,), "第三十一条")
_QUICK = Station(6, "简易答复", (_S.HANDLING,), "第三十一条")
_SIGN = Station(7, "审核签发", (_S.DRAFTED, _S.REVIEWED), "第三十二条")
_SERVE = Station(8, "送达", (_S.SIGNED,))
_FOLLOW = Station(9, "法定途径", (_S.ROUTED,), "第三十一条")
_PERFORM = Station(10, "履行", (_S.PERFORMING,))
_WINDOW = Station(11, "复查期", (_S.ANSWERED,), "第三十五条")
_ANSWERED = Station(11, "告知办结", (_S.ANSWERED,))
_REVIEW = Station(12, "复查", (_S.REVIEWING,), "第三十五条")
_UPHELD = Station(13, "复核申请期", (_S.UPHELD,), "第三十六条")
_FINAL = Station(14, "复核", (_S.FINAL_REVIEW,), "第三十六条")
_CLOSE = Station(15, "办结")
_ARCHIVE = Station(16, "归档", (_S.CLOSED,))

_BEGIN, _END = (_ENTRY, _ACCEPT, _ASSIGN), (_CLOSE,)
_USUAL = (*_BEGIN, _HANDLE, _SIGN, _SERVE, _WINDOW, *_END)
_FAST = (*_BEGIN, _QUICK, _SERVE, _WINDOW, *_END)
_SUGGESTION = (*_BEGIN, _STUDY, _SERVE, _ANSWERED, *_END)
_OF_DUTY = (*_BEGIN, _DUTY, _SERVE, _ANSWERED, *_END)
_REFUSED = (*_BEGIN, _DUTY, _SIGN, _SERVE, _ANSWERED, *_END)
_ROUTED = (_ENTRY, _SORTED, _FOLLOW, *_END)
#: stations beside the usual way: drawn when a matter is there or came by
_BESIDE = (_OBJECTION, _MERGE, _BELOW, _FOLLOW, _PERFORM, _REVIEW, _UPHELD, _FINAL)
_STATUTORY = (Path.COURT, Path.ARBITRATION, Path.PARTY, Path.ADMINISTRATIVE)
#: ends reached without the way having been gone to its end: drawn under their own name
_SHORT = {
    Ending.ON_SPOT, Ending.SETTLED, Ending.TOLD, Ending.FORWARDED, Ending.REFUSED, Ending.BARRED,
    Ending.UNCLEAR, Ending.NO_HEIRS, Ending.WITHDRAWN,
}  # fmt: skip


def route_of(at: Standing) -> tuple[Station, ...]:
    """The stations on the way of such a matter."""
    if at.path in _STATUTORY and not {_S.ACCEPTED, _S.HANDLING} & {at.state, *at.left}:
        return _ROUTED
    if at.state == _S.ROUTED:
        return (*_BEGIN, _HANDLE, _FOLLOW, *_END)
    if at.klass == Klass.SUGGESTION:
        found = _SUGGESTION
    elif at.path and at.path != Path.PETITION:
        found = _OF_DUTY
    elif at.fast:
        found = _FAST
    else:
        found = _USUAL
    opinion = {_S.DRAFTED, _S.REVIEWED}  # a reply that became an opinion after all
    if not opinion & {at.state, *at.left}:
        return found
    return _REFUSED if found == _OF_DUTY else _USUAL


def path_of(at: Standing) -> list[Step]:
    """The stations of a matter; every state has its place.

    A matter that came closed from a ledger has gone the whole way; a void one, a sealed one and one
    that ended early have shorter paths.
    """
    if at.state in UNDER_SEAL:
        return sealed_path(at.state, at.days, at.due_on)
    if at.state in ENDED:
        return _ended(at)
    here = _station_of(at)
    stations = _with_branches(at, here)
    return [_step(station, here, at) for station in stations]


def _station_of(at: Standing) -> Station:
    """The station at which an open matter waits."""
    return next(one for one in (*route_of(at), *_BESIDE) if at.state in one.states)


def _with_branches(at: Standing, here: Station) -> list[Station]:
    """The way, with the place where the matter is and what it came by beside the way."""
    route = list(route_of(at))
    beside = [
        one
        for one in _BESIDE
        if one not in route
        and (
            one == here or (one.rank < here.rank and any(state in at.left for state in one.states))
        )
    ]
    if here in (_MERGE, _BELOW, _FOLLOW) and route_of(at) != _ROUTED:
        # another's way from here on; of its own only what it really went
        gone = [one for one in route if any(state in at.left for state in one.states)]
        taken_on = _S.ACCEPTED in at.left or _S.HANDLING in at.left
        route = [_ENTRY, *(one for one in gone if one != _ACCEPT or taken_on), _CLOSE]
    elif here == _PERFORM and _WINDOW not in route:
        route = [one for one in route if one != _ANSWERED]
    return sorted({*route, *beside, here}, key=lambda one: one.rank)


def _step(station: Station, here: Station, at: Standing) -> Step:
    branch = station in _BESIDE and station not in route_of(at)
    if station == here:
        return Step(station.label, "here", _waiting(at), branch)
    if station.rank < here.rank:
        return Step(station.label, "done", _told(_left(station, at), station.article), branch)
    note = station.article
    if here == _ASSIGN and station.states == (_S.HANDLING,) and at.due_on:
        note = _told(f"{at.due_on:%m-%d} 前", note)  # the limit that runs is the opinion's
    return Step(station.label, "ahead", note, branch)


def _left(station: Station, at: Standing) -> str:
    if station == _ENTRY:
        return _day(at.days.get("register") or at.days.get("take_over"))
    return _day(max((at.left[one] for one in station.states if one in at.left), default=None))


def _told(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _waiting(at: Standing) -> str:
    if at.state == _S.ACCEPTED or at.due_on is None:
        return ""
    if at.state == _S.HANDLING and not at.officer:
        return "还差：指定承办人"
    by = KINDS[at.due_kind].by if at.due_kind in KINDS else ""
    if by == MAY_ASK:
        return f"至 {at.due_on:%m-%d}"
    if by == ABOVE:
        return f"上级 {at.due_on:%m-%d} 前"
    return f"{at.due_on:%m-%d} 前"


def _ended(at: Standing) -> list[Step]:
    """The way that was really gone, and its end."""
    if at.state == _S.VOID:
        end = Step("作废", "here", _told(_day(at.days.get("void") or at.closed_on), "编号保留"))
    elif at.state == _S.WITHDRAWN:
        end = Step("撤回", "here", _told(_day(at.closed_on or at.left.get(at.cut)), "可以反悔"))
    else:
        short = at.ending in _SHORT
        label = Ending(at.ending).label if short else "办结"
        note = "" if short or not at.ending else Ending(at.ending).label
        on = at.closed_on if at.closed_on else at.days.get("close")
        end = Step(label, "done", _told(_day(on), note), branch=short)
    steps = [_passed(one, at) for one in _gone(at)]
    if at.state in (_S.CLOSED, _S.ARCHIVED):
        place = "done" if at.state == _S.ARCHIVED else "ahead"
        return [*steps, end, Step(_ARCHIVE.label, place, _left(_ARCHIVE, at))]
    return [*steps, end]


def _passed(station: Station, at: Standing) -> Step:
    branch = station in _BESIDE and station not in route_of(at)
    return Step(station.label, "done", _told(_left(station, at), station.article), branch)


def _gone(at: Standing) -> list[Station]:
    """Stations that an ended matter passed: all of its way where nothing is known of it."""
    stations = {one.rank: one for one in (*_BESIDE, *route_of(at)) if one.rank < _CLOSE.rank}
    early = at.state in (_S.VOID, _S.WITHDRAWN) or at.ending in _SHORT - {Ending.SETTLED}
    gone = dict.fromkeys(at.left) if not early else {s: 1 for s in at.left if s != at.cut}
    if not gone and not early:
        return list(route_of(at)[:-1])
    passed = [one for one in stations.values() if any(state in gone for state in one.states)]
    if not early and not {_S.ACCEPTED, _S.HANDLING} & {
        *gone
    }:  # joined or given to a unit below: never taken on
        passed = [one for one in passed if one != _ACCEPT]
    return [_ENTRY, *sorted(passed, key=lambda one: one.rank)]


#: how a matter came under seal
_SEALED_BY = ("receive_sealed", "enter_sealed", "seal")


def sealed_path(state: str, days: Mapping[str, date], due_on: date | None) -> list[Step]:
    """The two stations of a report on somebody's conduct. days: move → the day it last happened."""
    over = state == _S.HANDED_OVER
    told = _day(days.get("hand_over")) if over else f"{due_on:%m-%d} 前" if due_on else ""
    return [
        Step("密件登记", "done", _day(next(filter(None, map(days.get, _SEALED_BY)), None))),
        Step("转交纪检监察机关", "done" if over else "here", told),
    ]


def _day(value: date | None) -> str:
    return f"{value:%m-%d}" if value else ""


def way_told(at: Standing) -> str:
    """Which way of handling the path shows, in a word or two; "" for the usual one."""
    if at.fast:
        return "简易办理"
    if at.klass == Klass.SUGGESTION:
        return "建议办理"
    return "法定途径" if route_of(at) == _ROUTED else ""
