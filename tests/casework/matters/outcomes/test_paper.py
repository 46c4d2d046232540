"""纸质签批: entered by somebody else, confirmed by the leader, denied with an alarm (practice §2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.matters.models import Approval, Matter, PaperSignature
from casework.matters.outcomes import confirming, paper, queues
from casework.matters.recusals import recuse
from office.clock import now, today
from office.history import acting
from tests.casework.matters.counter import record, sent, text
from tests.casework.matters.outcomes import making
from tests.conftest import make_person

DAY = timedelta(days=1)
MONTH = timedelta(days=31)


def answer(row, by, signed=True, reason=""):
    with acting(by):
        return confirming.answer(row, by=by, signed=signed, reason=reason)


def long_ago(row):
    """As if it had been entered last month."""
    with acting(None, "测试"):
        found = PaperSignature.objects.get(pk=row.pk)
        found.entered_at = now() - MONTH
        found.save()
    return found


def test_the_registrar_enters_what_the_leader_signed_and_the_record_says_so(cast, handled):
    row = making.signed(handled, cast)
    assert (row.leader, row.entered_by, row.answer) == (cast.leader, cast.registrar, "")
    told = handled.moves.get(name="enter_paper").summary
    assert "纸质签批" in told
    assert "延长期限" in told


def refused(handled, cast, **more):
    """Field → sentence of what is wrong with entering it."""
    given = {
        "leader": cast.leader, "signed_on": today(), "by": cast.registrar, "drafter": None
    } | more  # fmt: skip
    scan = given.pop("scan", None) or making.scan(handled, cast.registrar)
    with acting(given["by"]), pytest.raises(ValidationError) as told:
        paper.enter(
            handled, "extend", given["leader"], given["signed_on"], scan, given["by"],
            drafter=given["drafter"],
        )  # fmt: skip
    assert not PaperSignature.objects.exists()
    return told.value.message_dict


def test_the_drafter_never_enters_the_signature_under_their_own_text(cast, handled):
    assert "scan" in refused(handled, cast, by=cast.officer, drafter=cast.officer)


def test_who_may_only_read_the_matter_enters_no_paper(cast, handled, login):
    scan = making.scan(handled, cast.registrar)
    with acting(cast.auditor), pytest.raises(PermissionDenied):
        paper.enter(handled, "extend", cast.leader, today(), scan, cast.auditor)
    with acting(cast.other_officer), pytest.raises(Matter.DoesNotExist):
        paper.enter(handled, "extend", cast.leader, today(), scan, cast.other_officer)
    url = reverse("matters:enter_paper", args=[handled.pk])
    assert login(cast.auditor).get(url).status_code in (302, 403)
    assert not PaperSignature.objects.exists()


def test_who_is_no_leader_that_day_signs_nothing(cast, handled):
    assert "leader" in refused(handled, cast, leader=cast.officehead)


def test_a_leader_who_stepped_back_signs_nothing(cast, handled):
    with acting(cast.leader):
        recuse(handled, cast.leader, kind="declared", reason="亲戚", by=cast.leader)
    assert "leader" in refused(handled, cast)


@pytest.mark.parametrize("days", [1, -60])
def test_a_signature_has_a_possible_day(cast, handled, days):
    assert "signed_on" in refused(handled, cast, signed_on=today() + days * DAY)


def test_the_scan_is_one_of_this_matter(cast, street, handled):
    other = making.handled(cast, street)
    assert "scan" in refused(handled, cast, scan=making.filed(other, cast.registrar))


def test_the_database_itself_keeps_drafter_and_leader_from_entering(cast, handled):
    row = making.signed(handled, cast)
    for name in ("leader", "drafter"):
        found = PaperSignature.objects.get(pk=row.pk)
        setattr(found, name, cast.registrar)
        with acting(None, "测试"), pytest.raises(IntegrityError), transaction.atomic():
            found.save()


def test_the_leader_confirms_from_the_list_of_the_month(cast, handled, login):
    row = making.signed(handled, cast)
    assert list(confirming.of_month(cast.leader, confirming.month_of(today()))) == [row]
    assert [duty.number for duty in queues.papers_of(cast.leader, today())] == [handled.number]
    client = login(cast.leader)
    assert "待核对" in text(client.get(reverse("matters:papers")))
    url = reverse("matters:paper", args=[handled.pk, row.pk])
    assert client.post(url, sent(decision="yes")).url == reverse("matters:papers")
    assert PaperSignature.objects.get(pk=row.pk).answer == "confirmed"
    assert queues.papers_of(cast.leader, today()) == []
    assert "本人已核对属实" in text(client.get(record(handled)))


def test_nobody_confirms_for_the_leader(cast, handled, login):
    row = making.signed(handled, cast)
    for person in (cast.registrar, cast.officehead, cast.auditor, cast.officer):
        with pytest.raises(PermissionDenied):
            answer(row, person)
        url = reverse("matters:paper", args=[handled.pk, row.pk])
        assert login(person).post(url, sent(decision="yes")).status_code in (302, 403)
    assert PaperSignature.objects.get(pk=row.pk).answer == ""


def test_another_leader_does_not_answer_for_a_colleague_nor_see_it_in_the_own_list(
    cast, street, handled, login
):
    second = make_person("leader2", "街小副", "leader", street.street)
    row = making.signed(handled, cast)
    with pytest.raises(PermissionDenied):
        answer(row, second)
    assert list(confirming.of_month(second, confirming.month_of(today()))) == []
    url = reverse("matters:paper", args=[handled.pk, row.pk])
    assert login(second).post(url, sent(decision="yes")).status_code in (302, 403)
    assert PaperSignature.objects.get(pk=row.pk).answer == ""


def test_a_signature_is_answered_once(cast, handled):
    row = making.signed(handled, cast)
    answer(row, cast.leader)
    with pytest.raises(ValidationError, match="已经核对过"):
        answer(row, cast.leader, signed=False, reason="不是我签的")


def test_a_denial_needs_its_reason_and_is_an_alarm_until_it_is_looked_into(cast, handled, login):
    row = making.signed(handled, cast)
    with pytest.raises(ValidationError) as told:
        answer(row, cast.leader, signed=False)
    assert "reason" in told.value.message_dict
    answer(row, cast.leader, signed=False, reason="不是我签的")
    assert handled.moves.filter(name="deny_paper").exists()
    assert [duty.number for duty in queues.alarms_of(cast.officehead, today())] == [handled.number]
    assert handled.title in text(login(cast.auditor).get(reverse("matters:papers")))
    client = login(cast.officehead)
    url = reverse("matters:paper", args=[handled.pk, row.pk])
    assert "不是我签的" in text(client.get(url))
    done = client.post(url, sent(finding="扫描时拿错了，已补正确的一份。"))
    assert done.status_code == 302, text(done)
    assert queues.alarms_of(cast.officehead, today()) == []
    assert list(confirming.denied(cast.auditor)) == []


def test_who_entered_it_does_not_look_into_it(cast, handled):
    row = making.signed(handled, cast, by=cast.officehead)
    answer(row, cast.leader, signed=False, reason="日期不对")
    fresh = PaperSignature.objects.get(pk=row.pk)
    assert not confirming.may_settle(cast.officehead, fresh)
    with acting(cast.officehead), pytest.raises(PermissionDenied):
        confirming.settle(fresh, by=cast.officehead, finding="没有问题")
    assert confirming.may_settle(cast.officehead2, fresh)


def test_the_auditor_sees_what_was_left_open_when_the_month_was_over(cast, handled, login):
    fresh, old = making.signed(handled, cast), making.signed(handled, cast, "reopen")
    long_ago(old)
    assert list(confirming.overdue(cast.auditor, today())) == [old]
    page = text(login(cast.auditor).get(reverse("matters:papers")))
    assert page.count(handled.title) == 1
    answer(PaperSignature.objects.get(pk=old.pk), cast.leader)
    assert list(confirming.overdue(cast.auditor, today())) == []
    assert fresh.answer == ""


def test_the_share_of_paper_is_counted_beside_what_was_decided_in_the_system(cast, handled):
    making.signed(handled, cast)
    with acting(cast.registrar):
        row = Approval(
            matter=handled, act="void", asked_by=cast.registrar, asked_at=now(),
            decided_by=cast.officehead, decided_at=now(), decision="refused", level="same",
        )  # fmt: skip
        row.save()
    this, *before = confirming.months(cast.auditor, today())
    assert (this.paper, this.own, this.share, this.open) == (1, 1, "50%", 1)
    assert {one.share for one in before} == {"—"}


def test_papers_of_a_hidden_matter_are_in_no_list(cast, handled):
    making.signed(handled, cast)
    with acting(cast.leader):
        recuse(handled, cast.leader, kind="declared", reason="亲戚", by=cast.leader)
    assert list(confirming.waiting_for(cast.leader)) == []
    with pytest.raises(Matter.DoesNotExist):
        answer(PaperSignature.objects.get(), cast.leader)


def test_the_page_is_for_leaders_heads_and_auditors(cast, login):
    url = reverse("matters:papers")
    for person in (cast.leader, cast.officehead, cast.auditor):
        assert login(person).get(url).status_code == 200
    for person in (cast.registrar, cast.officer, cast.custodian, cast.editor):
        assert login(person).get(url).status_code in (302, 403)
    assert login(cast.leader).get(url + "?month=2026-13").status_code == 200


def test_the_registrar_enters_it_on_the_page_with_the_scan_and_sees_what_is_wrong(
    cast, handled, login
):
    client, url = login(cast.registrar), reverse("matters:enter_paper", args=[handled.pk])
    fields = {"what": "extend", "leader": cast.leader.pk, "signed_on": str(today())}
    lacking = client.post(url, sent(**fields))
    assert lacking.status_code == 422
    scan = making.SimpleUploadedFile("呈批单.txt", "同意。".encode())
    done = client.post(url, sent(**fields, upload=scan))
    assert done.status_code == 302, text(done)
    assert PaperSignature.objects.get().scan.unlocked("name") == "呈批单.txt"
