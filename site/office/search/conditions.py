"""The look at the stored text, as conditions the database can judge."""

import json
from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from office.registries import Text
from office.search.folding import fold, words
from office.search.pieces import BODY, FIELDS, NAMES, TITLE
from office.search.sounds import heard, is_heard, sound

_COLUMNS = {
    TITLE: ("title", "title_sound"),
    NAMES: ("names", "names_sound"),
    BODY: ("body", ""),
}


class Hears(Func):
    """Whether one of these strings stands in a stored sound."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, column: str, strings: Sequence[str]) -> None:
        super().__init__(F(column))
        self.strings = strings

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        each = "json_each(%s) WHERE instr(" + column + ", json_each.value) > 0"
        return f"EXISTS (SELECT 1 FROM {each})", [json.dumps(self.strings), *params]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        each = "unnest(%s::text[]) AS one WHERE position(one IN " + column + ") > 0"
        return f"EXISTS (SELECT 1 FROM {each})", [list(self.strings), *params]


def holds(query: str, fields: Sequence[str] = FIELDS) -> Q:
    """A condition on entries: every word stands, or is heard, in one of these fields."""
    return reduce(and_, (_holds_word(word, fields) for word in words(query)), Q())


def _holds_word(word: str, fields: Sequence[str]) -> Q:
    found = [Q(GreaterThan(StrIndex(_COLUMNS[f][0], Value(word)), 0)) for f in fields]
    if is_heard(word):
        strings = heard(word)
        found += [Q(Hears(_COLUMNS[f][1], strings)) for f in fields if f != BODY]
    return reduce(or_, found)


def fits(query: str, text: Text, *, by_sound: bool = True) -> bool:
    """The same judgement of a text in hand: the rule of the search, written down once more."""
    spelled = [fold(part) for part in (text.title, text.names, text.body)]
    sounds = [sound(part) for part in spelled[:2]] if by_sound else []
    return all(
        any(word in part for part in spelled)
        or (is_heard(word) and any(one in said for one in heard(word) for said in sounds))
        for word in words(query)
    )
