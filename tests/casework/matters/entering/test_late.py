"""Entered days after it came in: said why, kept, listed for the auditor (practice §1, §5)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from casework.matters.entering.late import entries
from casework.matters.models import LateEntry, Matter
from office.clock import today
from office.history import acting
from office.models import Limit
from tests.casework.matters.counter import arrive, sent, text

DAY = timedelta(days=1)
ADD = reverse("wagtailsnippets_matters_matter:add")
LATE = reverse("matters:late")


def told(day, **more):
    return sent(
        go="receipt", claims="1", channel="letter", received_on=str(day), people_count="1",
        **{"c0-title": "路灯不亮", "name": "韦小梅", **more},
    )  # fmt: skip


def test_a_week_is_entered_without_a_word_and_more_is_not(cast, rules, login):
    client = login(cast.registrar)
    assert client.post(ADD, told(today() - 7 * DAY)).status_code == 302

    refused = client.post(ADD, told(today() - 8 * DAY))
    assert refused.status_code == 422
    assert "收到已经 8 天才登记" in text(refused)
    assert 'name="late_reason"' in text(refused)
    assert (Matter.objects.count(), LateEntry.objects.count()) == (1, 0)

    client.post(ADD, told(today() - 8 * DAY, late_reason="村里压了一周"))
    row = LateEntry.objects.get()
    assert (row.days, row.unlocked("reason")) == (8, "村里压了一周")
    assert row.matter.due_on == today() - 8 * DAY + 15 * DAY


def test_how_many_days_is_the_offices_to_set(cast, rules):
    with acting(None, "设置"):
        Limit(key="late_entry_days", value=2).save()
    with pytest.raises(ValidationError) as wrong:
        arrive(cast.registrar, late_reason="")
    assert "late_reason" in wrong.value.error_dict


def test_a_sealed_letter_is_taken_in_late_without_a_word_and_listed_nowhere(cast, rules):
    arrive(
        cast.registrar, klass="B", claims=[], people=[], late_reason="",
        received_on=today() - 20 * DAY,
    )  # fmt: skip
    assert LateEntry.objects.count() == 0


def test_the_auditor_reads_who_entered_what_late_and_nobody_else_does(cast, rules, login):
    matter = arrive(cast.registrar, received_on=today() - 30 * DAY)[1][0]
    arrive(cast.registrar)
    page = text(login(cast.auditor).get(LATE))
    assert matter.number in page
    assert "30 天" in page
    assert "登小记" in page
    assert "村里转来时已经晚了" not in page  # the reason is opened at the matter, with a look
    assert entries(cast.auditor).count() == 1
    for who in (cast.registrar, cast.officehead, cast.leader):
        assert login(who).get(LATE).status_code in (302, 403)
