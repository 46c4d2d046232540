"""Matters at their end, for the tests of what comes after it."""

import pytest

from tests.casework.matters.outcomes import making


@pytest.fixture
def handled(cast, street, rules):
    """Being handled by the officer of the social section."""
    return making.handled(cast, street)


@pytest.fixture
def closed(cast, street, rules):
    """Closed today after an opinion of the petition procedure."""
    return making.closed(cast, street)


@pytest.fixture
def closed_long_ago(cast, street, rules):
    """Closed a hundred days ago: both calls are late."""
    return making.closed(cast, street, days=100)


@pytest.fixture
def archived(cast, street, rules):
    return making.archived(cast, street)
