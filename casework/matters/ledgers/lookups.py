"""What rows are compared with, loaded once an import: units, categories, rule profiles."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.matters.clocks import Limit, deadline
from casework.matters.models import Category, RuleProfile
from casework.matters.profiles import limits_of, make_national_profile
from office.calendar import exceptions
from office.models import Unit

_BEFORE, _AFTER = timedelta(days=400), timedelta(days=150)  # open rows and their limits lie within


@dataclass
class Lookups:
    """Names as keys; a name that two records share is left out. `profiles`: newest first."""

    units: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    profiles: list[RuleProfile] = field(default_factory=list)
    limits: list[Mapping[str, Limit]] = field(default_factory=list)
    calendar: Mapping[date, bool] = field(default_factory=dict)
    _due: dict[tuple[int, date], date] = field(default_factory=dict)

    @classmethod
    def read(cls, on: date) -> "Lookups":
        """Six queries. The national rules are written when the office has none yet."""
        if not RuleProfile.objects.approved().exists():
            make_national_profile()
        profiles = list(RuleProfile.objects.approved().prefetch_related("limits"))
        return cls(
            units=_unique(Unit.objects.handling().at(on).values_list("name", "pk")),
            places=_unique(Unit.objects.places().at(on).values_list("name", "pk")),
            categories=_unique(Category.objects.filter(active=True).values_list("name", "pk")),
            profiles=profiles,
            limits=[limits_of(profile) for profile in profiles],
            calendar=exceptions(on - _BEFORE, on + _AFTER),
        )

    def profile_at(self, day: date) -> int:
        """Index of the profile in force on a day, -1 when there is none."""
        for at, profile in enumerate(self.profiles):
            if profile.valid_from <= day and (profile.valid_to is None or day <= profile.valid_to):
                return at
        return -1

    @property
    def oldest(self) -> int:
        """Index of the profile that began first."""
        return len(self.profiles) - 1

    def notice_due(self, profile: int, day: date) -> date:
        """By when the petitioner of a matter received on `day` must be told (art. 23)."""
        if (profile, day) not in self._due:
            found = deadline("notice", day, self.limits[profile], self.calendar)
            self._due[profile, day] = found.due_on
        return self._due[profile, day]


def _unique(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    rows = list(pairs)
    count = Counter(name for name, _ in rows)
    return {name: pk for name, pk in rows if count[name] == 1}
