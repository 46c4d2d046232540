"""Matters at three stations: just registered, accepted, being handled by the officer."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from casework.matters.profiles import make_national_profile
from office import clock
from tests.casework.matters.counter import accepted, arrive, assigned
from tests.remembered import remembered


@pytest.fixture
def rules(db):
    return remembered("rules", make_national_profile)


@pytest.fixture
def fresh(cast, rules):
    """Registered by the registrar, complete, not yet accepted."""
    return arrive(cast.registrar)[1][0]


@pytest.fixture
def handled(cast, street, fresh):
    """Assigned to the officer of the social section, with a note."""
    matter = accepted(fresh, cast.officehead)
    return assigned(matter, cast.officehead, street.social, cast.officer, "先联系本人核对工时")


@pytest.fixture
def sealed(cast, rules):
    return arrive(cast.registrar, klass="B", channel="letter", claims=[], people=[])[1][0]


@pytest.fixture
def that_day():
    """A day by the wall for tests whose texts name dates around it."""
    with clock.at(datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))):
        yield
