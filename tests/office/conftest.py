"""A writer and a record to write, for the tests of history; a busy hour, for those of looks."""

from datetime import timedelta

import pytest

from tests.office.looking import MONDAY, look, units
from tests.office.tracked import category, person


@pytest.fixture
def writer(db):
    return person()


@pytest.fixture
def subject(db):
    return category()


@pytest.fixture
def burst(cast, street):
    """The officer opens twenty records on Monday between ten and half past."""
    records = units(street, 20)
    return [look(cast.officer, one, MONDAY + timedelta(minutes=n)) for n, one in enumerate(records)]
