"""Who else works together: the head of the housing section, a second officer there."""

import pytest

from tests.conftest import make_person


@pytest.fixture
def housing_head(cast, street):
    return make_person("housinghead", "村小头", "unit_head", street.housing)


@pytest.fixture
def housing_second(cast, street):
    return make_person("housing2", "村小二", "officer", street.housing)
