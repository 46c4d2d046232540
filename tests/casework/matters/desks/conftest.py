"""The officer's desk with something of every kind on it."""

from datetime import timedelta

import pytest

from casework.matters.models import Matter
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import accepted, arrive, assigned


@pytest.fixture
def given(cast, street, rules):
    """Give a matter to the officer that is due in so many days: `given("电梯停运", 3)`."""

    def give(title: str, days: int, officer=None, unit=None) -> Matter:
        matter = arrive(cast.registrar, claims=[(title, "说清楚了。")])[1][0]
        accepted(matter, cast.officehead)
        matter = assigned(
            matter, cast.officehead, unit or street.social, officer or cast.officer
        )  # fmt: skip
        with acting(cast.officehead):
            matter.due_on = today() + timedelta(days=days)
            matter.save()
        return matter

    return give
