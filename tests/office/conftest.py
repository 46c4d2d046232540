"""A writer and a record to write, for the tests of history."""

import pytest

from tests.office.tracked import category, person


@pytest.fixture
def writer(db):
    return person()


@pytest.fixture
def subject(db):
    return category()
