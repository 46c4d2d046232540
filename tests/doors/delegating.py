"""An authorisation of the first registrar, and a list of work handed over, for the walk through the doors."""

from datetime import timedelta
from types import SimpleNamespace

from casework.matters.delegating import handing
from casework.matters.delegating.authorising import Wish, authorise
from casework.matters.models import Category, Matter
from casework.matters.moving import move
from office.clock import today
from office.history import acting
from tests.doors.samples import registered


def delegated(cast: SimpleNamespace) -> dict[str, int]:
    """Keys of both; the housing officer's work goes to the social one as far as it can."""
    matter: Matter = registered(cast)
    unit = cast.other_officer.posts.get().unit
    given = {"lead_unit": unit, "officer": cast.other_officer}
    with acting(cast.officehead):
        category = Category.objects.first() or Category(code="99", name="其他")
        category.save()
        wish = Wish(
            "accept", [category], 1, today(), today() + timedelta(days=9), "集市日",
            person=cast.registrar,
        )  # fmt: skip
        row = authorise(wish, by=cast.officehead)
        move(matter, "accept", by=cast.officehead, data={"klass": "C", "path": "C6"})
        move(matter, "assign", by=cast.officehead, data=given)
        work = handing.begin(
            cast.other_officer, cast.officer, why="leave", note="", by=cast.officehead
        )
    return {"matters:authorisation": row.pk, "matters:work": work.pk}
