"""Kinds of notices as rooms declare them (`registries.notices`), and what a placeholder may hold.

A fact is a number, a day, a count, a unit or one of a few words: nothing of a person fits into any
of them, so no text can say more than the room meant to.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from office.models import Delivery, Unit

Channel = Delivery.Channel

_NUMBERS = (
    re.compile(r"[A-Z]{1,6}(19|20)\d\d-\d{3,8}"),
    re.compile(r"[\u4e00-\u9fff]{1,12}〔(19|20)\d\d〕\d{1,6}号"),
)


@dataclass(frozen=True)
class Slot:
    """A placeholder. told: value → text, raises ValueError for what it does not hold.

    passing: it is true on its day alone, so that only the bell, which rings at once, may say it.
    """

    sample: str
    told: Callable[[Any], str]
    passing: bool = False


@dataclass(frozen=True)
class Text:
    """What one way says; title: of bell and mail, "" for a text message."""

    title: str
    body: str


@dataclass(frozen=True)
class NoticeKind:
    """label: what people choose by; slots: placeholder → what it holds; texts: one for each way.

    chosen: ways used until somebody chooses others; residents: told to residents, by text message
    alone; personal: for its person, not for who stands in; urgent: waits for no quiet hours; fixed:
    the bell of this kind cannot be switched off.
    """

    key: str
    label: str
    slots: Mapping[str, Slot]
    texts: Mapping[str, Text]
    chosen: tuple[str, ...] = (Channel.BELL,)
    residents: bool = False
    personal: bool = False
    urgent: bool = False
    fixed: bool = False


def _number(value: Any) -> str:
    if isinstance(value, str) and any(known.fullmatch(value) for known in _NUMBERS):
        return value
    raise ValueError("no number of a record or a letter")


def _day(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    raise ValueError("no day")


def _count(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ValueError("no count")


def _unit(value: Any) -> str:
    if isinstance(value, Unit):
        return value.name
    raise ValueError("no unit")


#: XF2026-000012 of a record, 云湖信复〔2026〕3号 of a letter
NUMBER = Slot("XF2026-000123", _number)
DAY = Slot("2026年11月30日", _day)
COUNT = Slot("3", _count)
DAYS_LEFT = Slot("3", _count, passing=True)
UNIT = Slot("社会事务办", _unit)


def one_of(words: Collection[str]) -> Slot:
    """A placeholder that holds one of these words."""

    def told(value: Any) -> str:
        if value in words:
            return str(value)
        raise ValueError("none of the declared words")

    return Slot(next(iter(words)), told)


def facts_told(kind: NoticeKind, facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts as texts. Raises ValueError naming a placeholder (never its value) that is wrong."""
    if missing := kind.slots.keys() ^ facts.keys():
        raise ValueError(f"{kind.key}: facts {sorted(missing)} are missing or unknown")
    told = {}
    for name, slot in kind.slots.items():
        try:
            told[name] = slot.told(facts[name])
        except ValueError as error:
            raise ValueError(f"{kind.key}: {name} holds {error}") from None
    return told
