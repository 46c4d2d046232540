"""The demo's matters: 80 stories in the order in which they came in, and a few of long ago."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from casework.matters.delegating.authorising import Wish, authorise
from casework.matters.intake import Arrival, Person, register
from casework.matters.letters import demo as letters
from casework.matters.models import Category, Item, Matter
from casework.matters.moving import carry_out
from casework.matters.sealed import demo as sealed
from casework.matters.table import BY_NAME
from casework.matters.telling.story import Story
from office import clock
from office.demo import FOLDER, read
from office.history import acting

#: subjects whose simple matters the registrars may take on, or settle, by themselves
_SIMPLE = ("ZW", "LY", "WY")
_SINCE_DAYS, _FOR_DAYS = 300, 365


def load_categories() -> None:
    """The subject tree of the demo."""
    made: dict[str, Category] = {}
    with acting(None, "装入演示分类"):
        for row in read("categories.json"):
            parent = made[row["parent"]] if row["parent"] else None
            made[row["code"]] = Category(code=row["code"], name=row["name"], parent=parent)
            made[row["code"]].save()


def load_matters(
    units: Mapping[str, Any], people: Mapping[str, Any], now: datetime, say: Callable[[str], None]
) -> dict[str, int]:
    """All matters in the order in which they were received, so that numbers follow time.

    Returns the id of each matter by the key of its story.
    """
    load_categories()
    letters.load_bodies()
    story = Story(units, people, now)
    names = sorted(path.name for path in (FOLDER / "matters").glob("*.json"))
    rows = [row for name in names for row in read(f"matters/{name}")]
    rows.sort(key=lambda row: row["registered_after_days"] - row["received_days_ago"])
    load_archive()
    load_authorisations(story)
    sealed.begin(people, timezone.localdate(now), story.moment)
    for count, row in enumerate(rows, 1):
        story.tell(row)
        if count % 20 == 0:
            say(f"  {count}/{len(rows)} 件信访事项")
    sealed.end(people, timezone.localdate(now), story.moment)
    say(f"  {Item.objects.count()} 件来件，{Matter.objects.count()} 件信访事项")
    return story.told


def load_authorisations(story: Story) -> None:
    """The office head lets the registrars accept simple matters, and settle them on the spot."""
    head = story.people["officehead"]
    day = timezone.localdate(story.now) - timedelta(days=_SINCE_DAYS)
    with clock.at(story.moment(day, 8, 30)), acting(head):
        for act, reason in (
            ("accept", "窗口人多，事实清楚的简单事项由登记员当场受理"),
            ("on_spot", "能当场答复了结的，由登记员当场办结，不让群众等"),
        ):
            wish = Wish(
                act=act, categories=[story.categories[code] for code in _SIMPLE], most_people=4,
                valid_from=day, valid_to=day + timedelta(days=_FOR_DAYS), reason=reason,
                role="registrar",
            )  # fmt: skip
            authorise(wish, by=head)


def load_archive() -> None:
    """Matters of long ago, answered and closed before there were posts: some have served their time."""
    for row in read("archive.json"):
        day = date(row["year"], 5, 8)
        moment = timezone.make_aware(datetime.combine(day, time(9, 30)))
        person = Person(name=row["person"], phone=row["phone"])
        arrival = Arrival(
            channel=row["channel"], received_on=day, claims=[(row["title"], row["claim"])],
            people=[person], people_count=row["people_count"],
            representatives=2 if row["people_count"] > 1 else 0,
        )  # fmt: skip
        with clock.at(moment), acting(None, "旧案录入"):
            _, [matter] = register(arrival, by=None, at=moment)
            as_told = {"klass": "C", "path": "C2"}
            carry_out(matter, BY_NAME["accept"], by=None, on=day, data=as_told)
            carry_out(matter, BY_NAME["close"], by=None, on=day + timedelta(days=40), data={})
