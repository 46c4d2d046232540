"""Matters on the way of an opinion, made through the doors."""

import pytest

from tests.casework.matters.opinions import making


@pytest.fixture
def handled(cast, street):
    return making.handled(cast, street)


@pytest.fixture
def heard(cast, street):
    return making.heard(cast, street)


@pytest.fixture
def signed(cast, street):
    return making.signed(cast, street)


@pytest.fixture
def answered(cast, street):
    return making.answered(cast, street)
