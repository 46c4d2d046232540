"""Every station of the opinion side is reached through the doors, and every move of it is made."""

import pytest

from tests.casework.matters.opinions.making import AT


@pytest.mark.parametrize("station", sorted(AT))
def test_a_matter_comes_to_every_station_of_the_opinion_side(cast, street, station):
    matter = AT[station](cast, street)

    assert matter.state == station
    assert (matter.due_on is not None) == matter.is_open
