"""Stepping back from a matter holds for every matter of the same arrival."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from casework.matters.models import Matter, Recusal
from casework.matters.moving import move
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import accepted, act, arrive, assigned, record, sent, text

TWO = [("民宿保洁员四个月加班费未付", "加班费"), ("宿舍没有热水", "热水")]


def step_back(matter, user, until=None):
    with acting(None):
        Recusal(matter=matter, user=user, since=today(), until=until).save()


def open_another(client, matter):
    url = reverse("matters:another", args=[matter.pk])
    client.post(url, sent(title="宿舍没有热水", claim="两个月了"))
    return Matter.objects.exclude(pk=matter.pk).get()


@pytest.fixture
def pair(cast, rules):
    """Two matters of one letter; the first is the one the officer stepped back from."""
    first, second = arrive(cast.registrar, claims=TWO)[1]
    step_back(first, cast.officer)
    return first, second


def test_a_further_matter_of_a_letter_is_hidden_from_who_stepped_back(cast, street, fresh, login):
    step_back(fresh, cast.officer)
    step_back(fresh, cast.head, until=today().replace(year=today().year - 1))

    other = open_another(login(cast.registrar), fresh)
    assigned(accepted(other, cast.officehead), cast.officehead, street.social)

    assert [row.user for row in other.recusals.all()] == [cast.officer]
    assert login(cast.officer).get(record(other)).status_code == 404
    assert login(cast.head).get(record(other)).status_code == 200


def test_who_stepped_back_from_one_matter_is_not_chosen_for_its_sibling(cast, street, pair, login):
    second = accepted(pair[1], cast.officehead)

    assert cast.officer.name not in text(login(cast.officehead).get(act(second, "assign")))
    with pytest.raises(ValidationError, match="已回避"):
        assigned(second, cast.officehead, street.social, cast.officer)


def test_the_head_cannot_name_an_officer_who_stepped_back_from_a_sibling(cast, street, pair, login):
    second = accepted(pair[1], cast.officehead)
    second = assigned(second, cast.officehead, street.social)

    assert cast.officer.name not in text(login(cast.head).get(act(second, "name_officer")))
    with acting(cast.head), pytest.raises(ValidationError, match="已回避"):
        move(second, "name_officer", by=cast.head, data={"officer": cast.officer})


def test_stepping_back_from_one_letter_says_nothing_of_another(cast, street, pair):
    elsewhere = accepted(arrive(cast.registrar)[1][0], cast.officehead)

    assert assigned(elsewhere, cast.officehead, street.social, cast.officer).officer == cast.officer
