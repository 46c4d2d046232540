"""Letters of the cast: two nameplates, an opinion that was signed, a matter whose limit was extended."""

import pytest

from tests.casework.matters.letters import making
from tests.casework.matters.opinions import making as opinions


@pytest.fixture
def bodies(cast):
    """街道办事处 and 党工委, each with a run of numbers of its own."""
    return making.bodies(cast)


@pytest.fixture
def signed(cast, street, bodies):
    """The leader has signed the opinion; nothing is printed yet."""
    return opinions.signed(cast, street)


@pytest.fixture
def handled(cast, street, bodies):
    """Accepted and handled by the officer of the social section."""
    return opinions.handled(cast, street)


@pytest.fixture
def extended(cast, street, bodies):
    """The leader has granted fifteen more days."""
    return opinions.two("extend", cast, street, opinions.heard(cast, street))
