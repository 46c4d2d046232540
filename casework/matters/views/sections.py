"""What the record shows besides its facts: one line a section, drawn in order.

A section is a function `section(user, matter, opened)` that gives whatever its template needs (a
frozen dataclass), or None when there is nothing to say to this reader, and a template
`templates/matters/sections/<name>.html`, which finds it as `section` beside the `matter`.

Orders: up to 99 stand below the facts (left), 100–199 between the claim and the story (middle),
200 and above beside the clocks (right). Sections are not asked about sealed matters, and about
destroyed ones only what stands in AFTER_DESTRUCTION.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from casework.matters import clockcard, opinions_shown
from casework.matters.conflicts import showing as conflicts
from casework.matters.cooperation import pressing
from casework.matters.cooperation import showing as cooperation
from casework.matters.entering import showing as entering
from casework.matters.models import Matter
from casework.matters.outcomes import showing as outcomes
from casework.matters.repeats import showing as repeats

Function = Callable[[Any, Matter, Collection[str]], Any]

#: (name of the template, order, function)
SECTIONS: list[tuple[str, int, Function]] = [
    ("four_parts", 150, outcomes.parts_section),
    ("talks", 160, outcomes.talk_section),
    ("clocks", 202, clockcard.section),
    ("outcome", 210, outcomes.outcome_section),
    ("joint", 60, repeats.joint),
    ("repeats", 230, repeats.repeats),
    ("opinion", 110, opinions_shown.section),
    ("papers", 120, entering.papers_section),
    ("path", 201, entering.path_section),
    ("cooperation", 150, cooperation.section),
    ("danger", 200, pressing.danger_section),
    ("supervision", 270, pressing.section),
    ("conflicts", 290, conflicts.section),
]
#: sections that are still drawn for a matter whose content was destroyed
AFTER_DESTRUCTION = ("conflicts",)


@dataclass(frozen=True)
class Drawn:
    """One section of a record: its template and what that needs."""

    name: str
    section: Any

    @property
    def template(self) -> str:
        return f"matters/sections/{self.name}.html"


def sections_of(user: Any, matter: Matter, opened: Collection[str]) -> dict[str, list[Drawn]]:
    """The sections this reader sees, by column: "left", "middle", "right"."""
    found: dict[str, list[Drawn]] = {"left": [], "middle": [], "right": []}
    if matter.sealed:
        return found
    for name, order, function in sorted(SECTIONS, key=lambda row: row[1]):
        if matter.destroyed_at and name not in AFTER_DESTRUCTION:
            continue
        section = function(user, matter, opened)
        if section is not None:
            found[_column(order)].append(Drawn(name, section))
    return found


def _column(order: int) -> str:
    if order < 100:
        return "left"
    return "middle" if order < 200 else "right"
