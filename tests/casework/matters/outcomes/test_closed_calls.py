"""A call that has its result opens nothing any more, whoever sends its form."""

import pytest
from django.urls import reverse

from casework.matters.outcomes import following
from office.clock import today
from office.history import acting
from office.models import Look
from tests.casework.matters.counter import sent, text
from tests.casework.matters.outcomes import making


@pytest.mark.parametrize("who", ["auditor", "officer", "officehead"])
def test_a_form_sent_to_a_finished_call_shows_nobody(cast, street, rules, login, who):
    matter = making.closed(cast, street)
    call = matter.follow_ups.first()
    with acting(cast.officer):
        following.call(call, by=cast.officer, on=today(), result="keeps", words="都落实了")
    person = getattr(cast, who)
    page = reverse("matters:follow_up", args=[matter.pk, call.pk])
    before = Look.objects.filter(person=person).exclude(act="search").count()
    answer = login(person).post(page, sent(), follow=True)
    assert "19900001234" not in text(answer)
    assert Look.objects.filter(person=person).exclude(act="search").count() == before
