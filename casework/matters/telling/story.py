"""Tells one matter after the other, each step at the hour of its story."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zlib import crc32

from django.utils import timezone

from casework.matters.attaching import attach
from casework.matters.intake import Arrival, Person, register
from casework.matters.models import Category, Matter, MatterFile
from casework.matters.telling.asides import ASIDES
from casework.matters.telling.moves import ACTS, make_move
from casework.matters.telling.papers import upload
from office import clock
from office.history import acting

_SEALED = "sealed"
#: what a step says that is no datum of its move
_OF_THE_STEP = {"move", "by", "days_after_received", "note"}
_UNITS, _PEOPLE = {"lead_unit", "unit"}, {"officer", "leader", "person"}
_PAPERS = {"paper", "proof", "agreement"}


class Story:
    """`units` and `people` by key and username; `now` is the moment of the loading."""

    def __init__(self, units: Mapping[str, Any], people: Mapping[str, Any], now: datetime) -> None:
        self.units, self.people, self.now = units, people, now
        self.categories = {row.code: row for row in Category.objects.all()}
        self.told: dict[str, int] = {}
        self.rows: dict[str, dict[str, Any]] = {}

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """An hour of a day in the past; never later than the loading itself."""
        told = timezone.make_aware(datetime.combine(day, time(hour, minute)))
        return min(told, self.now)

    def tell(self, row: dict[str, Any]) -> None:
        """Register one matter, or take the one that was split off, and carry out its story."""
        received = timezone.localdate(self.now) - timedelta(days=row["received_days_ago"])
        self.rows[row["key"]] = row
        if not row.get("split_from"):
            self.told[row["key"]] = self.enter(row, received).pk
        hours: Counter[date] = Counter()
        minute = crc32(row["key"].encode()) % 60
        for step in steps_of(row):
            day = received + timedelta(days=step["days_after_received"])
            hour = min(10 + day.day % 3 + hours[day], 22)
            hours[day] += 1
            matter = self.matter(row["key"])
            by = self.person(step["by"], matter)
            with clock.at(self.moment(day, hour, (minute + 7 * day.day) % 60)), acting(by):
                self.make(matter, row, step, by)

    def enter(self, row: dict[str, Any], received: date) -> Matter:
        """At the counter: the arrival with its papers."""
        entered = received + timedelta(days=row["registered_after_days"])
        registrar = self.people["registrar2" if row["received_days_ago"] % 3 == 0 else "registrar"]
        moment = self.moment(entered, 9, row["received_days_ago"] % 50)
        with clock.at(moment), acting(registrar):
            _, [matter] = register(self.arrival(row, received), by=registrar, at=moment)
            for file in row["attachments"] if row["state"] != _SEALED else ():
                paper = upload(file["name"], file["kind"], file.get("caption", ""))
                attach(matter, paper, by=registrar)
        return matter

    def arrival(self, row: dict[str, Any], received: date) -> Arrival:
        source = row["source"] or {}
        due = source.get("due_days")
        people = [
            Person(
                name=person["name"],
                phone=person["phone"],
                address=person["address"],
                kind=person["kind"],
                main=person["is_main"],
            )
            for person in row["petitioners"]
        ]
        return Arrival(
            channel=row["channel"],
            received_on=received,
            claims=[(row.get("first_title", row["title"]), row["claim"] or "")],
            people=people,
            klass=row["klass"] if row["state"] == _SEALED else "",
            category=self.categories.get(row["category"]),
            community=self.units.get(row["community"]),
            grid=self.units.get(row["grid"]),
            people_count=row["people_count"],
            representatives=row["representatives"],
            source=source.get("name", ""),
            source_number=source.get("number", ""),
            sender_due=received + timedelta(days=due) if due else None,
            complete=bool(row["story"]) or row["received_days_ago"] > 2,
        )

    def matter(self, key: str) -> Matter:
        """The matter of a row as it now stands."""
        return Matter.objects.select_related("lead_unit", "officer").get(pk=self.told[key])

    def person(self, name: str, matter: Matter) -> Any:
        """An account; "counter" is whoever registered the matter."""
        return matter.registered_by if name == "counter" else self.people[name]

    def make(self, matter: Matter, row: dict, step: dict, by: Any) -> None:
        """One step: a move of the table, a request or a decision, or an act beside the table."""
        name = step["move"]
        data = self.data(matter, row, step, by)
        if name in ASIDES:
            ASIDES[name](self, matter, data, by)
        elif name in ACTS:
            ACTS[name](self, matter, row, data, by)
        else:
            make_move(self, matter, name, row, data, by)

    def data(self, matter: Matter, row: dict, step: dict, by: Any) -> dict[str, Any]:
        """What a step says, with the records it speaks of in the place of their names."""
        received = timezone.localdate(self.now) - timedelta(days=row["received_days_ago"])
        found: dict[str, Any] = {"note": step["note"]}
        for name, value in step.items():
            if name in _OF_THE_STEP:
                continue
            if name.endswith("_after"):
                name, value = name.removesuffix("_after"), received + timedelta(days=value)
            elif name in _UNITS:
                value = self.units[value]
            elif name in _PEOPLE:
                value = self.people[value] if value else None
            elif name in _PAPERS and isinstance(value, str):
                value = self.paper(matter, value, by)
            elif name == "promises":
                value = [self.promise(one, received) for one in value]
            found[name] = value
        return found

    def promise(self, one: dict[str, Any], received: date) -> dict[str, Any]:
        due = received + timedelta(days=one["due_after"])
        return {"what": one["what"], "unit": self.units[one["unit"]], "due_on": due}

    def paper(self, matter: Matter, name: str, by: Any) -> MatterFile:
        """A paper that comes with a step, kept with the matter."""
        return attach(matter, upload(name), by=by)


def steps_of(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps of a story one by one; an opinion is the whole way from the hearing to its service."""
    last = 0
    for step in row["story"]:
        if step["move"] == "opinion":
            yield from _whole_way(step, last)
        else:
            yield step
        last = step["days_after_received"]


def _whole_way(step: dict[str, Any], since: int) -> Iterator[dict[str, Any]]:
    """Heard, drafted, reviewed, signed, served; its day is that of the last of them.

    stops_at: "draft", "review" or "sign" for one that is still on its way.
    """
    way = ["hear", "draft", "review", "sign", "serve"]
    way = way[: way.index(step.get("stops_at", "serve")) + 1]
    span = step["days_after_received"] - since
    for number, name in enumerate(way, 1):
        day = since + span * number // len(way)
        yield step | {"move": f"{name}_opinion", "days_after_received": day}
