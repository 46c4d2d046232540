"""The tables of a profile as one shape: parts, their rows, and the digest over all of them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from casework.matters.models import (
    RuleAct,
    RuleField,
    RuleLimit,
    RuleProfile,
    RuleSetting,
    RuleText,
)
from casework.matters.rules.vocabulary import ACTS, FIELDS, LIMITS, SETTINGS, TEXTS
from office.bulk import insert_tracked

#: part → rows as the fields of its table, as `national.rows` gives them
Rows = dict[str, list[dict[str, Any]]]
ABOUT = ("article", "certainty")


@dataclass(frozen=True)
class Part:
    """A table of a profile. name: by which a profile reaches its rows; key: the column that names a row; labels: what its values mean."""

    name: str
    label: str
    model: type[models.Model]
    key: str
    values: tuple[str, ...]
    labels: dict[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.key, *self.values, *ABOUT)


PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        Part("limits", "期限和人数", RuleLimit, "kind", ("days", "unit"), LIMITS),
        Part("fields", "登记内容的要求", RuleField, "field", ("state", "must"), FIELDS),
        Part(
            "acts", "审批要求", RuleAct, "act", ("second", "decider", "legal"),
            {act: kind.label for act, kind in ACTS.items()},
        ),
        Part(
            "settings", "计算口径", RuleSetting, "key", ("value",),
            {key: kind.label for key, kind in SETTINGS.items()},
        ),
        Part("texts", "固定文字", RuleText, "key", ("text",), TEXTS),
    )
}  # fmt: skip


def rows_of(profile: RuleProfile) -> Rows:
    """Everything a profile says; one query a part."""
    return {
        name: list(getattr(profile, name).values(*part.columns)) for name, part in PARTS.items()
    }


def write_rows(profile: RuleProfile, rows: Rows) -> None:
    """Fill a new draft; in the caller's transaction."""
    for name, part in PARTS.items():
        insert_tracked([part.model(profile=profile, **row) for row in rows.get(name, ())])


def digest_of(rows: Rows) -> str:
    """SHA-256 over all rows, in hex: two profiles that say the same have the same."""
    whole = {
        name: sorted([str(row[column]) for column in part.columns] for row in rows.get(name, ()))
        for name, part in PARTS.items()
    }
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def in_order(part: Part, rows: Iterable[Any]) -> list[Any]:
    """Rows (records of the part's table) in the order in which the program names their keys."""
    place = {key: n for n, key in enumerate(part.labels)}
    return sorted(rows, key=lambda row: place.get(getattr(row, part.key), len(place)))
