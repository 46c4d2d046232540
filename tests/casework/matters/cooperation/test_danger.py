"""眼前危险: numbers first; a word on one matter for a few days, never on a person."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from casework.matters.conflicts.asking import say
from casework.matters.cooperation import danger
from casework.matters.models import Danger, DutyDay
from office.clock import at, now, today
from office.history import acting
from tests.casework.matters.cooperation.asking import fresh, helped, names, post, url
from tests.casework.matters.counter import LIST, arrive, record, sent, text

WHY = "说要带汽油来"


def raised(matter, by, **more):
    with acting(by):
        return danger.raise_danger(matter, reason=WHY, by=by, **more)


@pytest.fixture
def duty(db):
    with acting(None, "排值班"):
        danger.put_on_duty(today(), "街小领", "0571-80001234")


def test_one_press_shows_whom_to_call_and_then_the_word_is_put_on_the_matter(
    cast, handled, login, duty
):
    client = login(cast.officer)
    page = text(client.get(url("danger", handled)))
    for number in ("tel:110", "tel:120", "0571-80001234", "街小领"):
        assert number in page
    until = str(today() + timedelta(days=3))
    assert f'value="{until}"' in page
    assert post(client, "danger", handled, reason=WHY, until=until).status_code == 302
    [row] = Danger.objects.all()
    assert (row.raised_by, str(row.until), row.unlocked("reason")) == (cast.officer, until, WHY)
    record_page = text(login(cast.head).get(record(handled)))
    assert "眼前危险" in record_page
    assert WHY not in record_page


def test_the_counter_sees_the_numbers_before_anything_is_registered(cast, login, duty):
    page = text(login(cast.registrar).get(url("danger_now")))
    assert "tel:110" in page
    assert "0571-80001234" in page
    assert login(cast.editor).get(url("danger_now")).status_code == 302


def test_the_word_ends_by_itself_and_the_story_keeps_it(cast, handled, login):
    row = raised(handled, cast.officer)
    with at(now() + timedelta(days=3)):
        assert danger.standing(handled, today()) == row
    with at(now() + timedelta(days=4)):
        assert danger.standing(handled, today()) is None
        page = text(login(cast.officer).get(record(handled)))
        assert "自动解除。" not in page
        assert "标注眼前危险" in page
        with acting(cast.officer), pytest.raises(ValidationError, match="解除或者到期"):
            danger.end(row, reason="过去了", by=cast.officer)
        again = raised(handled, cast.officer)
    assert (again.pk != row.pk, Danger.objects.count()) == (True, 2)


def test_it_is_prolonged_for_a_month_at_most(cast, handled):
    row = raised(handled, cast.officer)
    with acting(cast.officer):
        danger.prolong(row, until=today() + timedelta(days=30), by=cast.officer)
        with pytest.raises(ValidationError) as refused:
            danger.prolong(row, until=today() + timedelta(days=31), by=cast.officer)
    assert "最长 30 天" in str(refused.value.message_dict["until"])
    with pytest.raises(ValidationError):
        raised(arrive(cast.registrar)[1][0], cast.registrar, until=today() + timedelta(days=31))


def test_who_raised_it_or_who_stands_above_ends_it_with_a_reason(cast, handled, login):
    row = raised(handled, cast.officer)
    with acting(cast.head), pytest.raises(PermissionDenied):
        danger.end(row, reason="没事了", by=cast.head)
    client = login(cast.officehead)
    assert post(client, "end_danger", handled, row, reason=" ").status_code == 422
    assert post(client, "end_danger", handled, row, reason="民警到场").status_code == 302
    assert fresh(row).ended_by == cast.officehead
    assert danger.standing(handled, today()) is None
    assert names(handled)[-1] == "end_danger"


def test_the_word_stays_on_its_matter_and_goes_to_no_other_of_the_same_person(cast, handled):
    raised(handled, cast.officer)
    other = arrive(cast.registrar)[1][0]  # the same woman, another day
    assert danger.standing(other, today()) is None
    assert list(danger.standing_rows(today()).values_list("matter", flat=True)) == [handled.pk]
    people = [field.name for field in Danger._meta.get_fields() if field.is_relation]
    assert not any("petitioner" in name for name in people)


def test_a_list_of_matters_shows_the_word_and_offers_no_way_to_list_such_matters(
    cast, handled, login
):
    raised(handled, cast.officer)
    client = login(cast.officehead)
    assert "眼前危险" in text(client.get(reverse(LIST)))
    assert handled.title not in text(client.get(reverse(LIST), {"q": "眼前危险"}))


def test_the_reason_is_not_for_the_helping_unit_that_is_complained_about(
    cast, street, handled, login
):
    row = raised(handled, cast.officer)
    helped(handled, street.housing, cast.officer)
    assert login(cast.other_officer).get(url("end_danger", handled, row)).status_code in (302, 404)


def test_the_head_of_the_petition_office_keeps_the_roster(cast, login):
    client = login(cast.officehead)
    key = today().strftime("%Y%m%d")
    answer = client.post(
        url("roster"), sent(**{f"{key}-name": "街小领", f"{key}-phone": "0571-80001234"})
    )
    assert answer.status_code == 302, text(answer)
    assert DutyDay.objects.get().on == today()
    half = client.post(url("roster"), sent(**{f"{key}-name": "街小二", f"{key}-phone": ""}))
    assert half.status_code == 422
    assert DutyDay.objects.get().name == "街小领"
    assert login(cast.officer).get(url("roster")).status_code == 302


def test_whoever_reads_only_puts_no_word_on_a_matter(cast, handled, login):
    with pytest.raises(PermissionDenied):
        raised(handled, cast.auditor)
    assert login(cast.auditor).get(url("danger", handled)).status_code == 302


def test_somebody_asked_to_step_back_may_still_cry_for_help(cast, handled):
    with acting(cast.registrar):
        say(handled, cast.officer, kind="asked", reason="他们是亲戚", by=cast.registrar)
    assert raised(handled, cast.officer).raised_by == cast.officer
