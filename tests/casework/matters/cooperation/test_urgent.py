"""重大紧急 (art. 25): reported at once, to whom, how, with their receipts and what followed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localtime

from casework.matters.cooperation import urgent
from casework.matters.models import Document, UrgentReport
from office.clock import now
from office.history import acting
from tests.casework.matters.cooperation.asking import fresh, post, url
from tests.casework.matters.counter import record, text

FACTS = "上午九时许约四十人在工地门口聚集，已劝散大半"


def minute(moment):
    return localtime(moment).strftime("%Y-%m-%dT%H:%M")


def told(to="leaders"):
    return urgent.Told(to, "街道值班室 值班员", "phone", now() - timedelta(minutes=5))


def reported(matter, by, *notices, people=40):
    with acting(by):
        return urgent.report(
            matter, facts=FACTS, people=people, found_at=now() - timedelta(minutes=20),
            told=notices or [told()], by=by,
        )  # fmt: skip


def test_the_office_head_enters_whom_it_was_reported_to_and_who_is_still_missing_is_red(
    cast, handled, login
):
    client = login(cast.officehead)
    at = minute(now() - timedelta(minutes=5))
    answer = post(
        client, "urgent", handled, facts=FACTS, people="40",
        found_at=minute(now() - timedelta(minutes=20)),
        **{"leaders-who": "街道值班室", "leaders-way": "phone", "leaders-told_at": at},
        **{"department-who": "", "department-way": "phone", "department-told_at": at},
        **{"conference-who": "", "conference-way": "phone", "conference-told_at": at},
    )  # fmt: skip
    assert answer.status_code == 302, text(answer)
    [row] = UrgentReport.objects.all()
    assert (row.people_affected, row.notices.count()) == (40, 1)
    assert Document.objects.filter(kind="urgent").count() == 1
    page = text(client.get(record(handled)))
    assert "还没有报主管部门、信访工作联席会议办公室" in page
    assert FACTS not in page


def test_who_was_not_told_yet_is_told_and_their_receipt_is_kept(cast, handled, login):
    row = reported(handled, cast.officehead)
    client = login(cast.officehead)
    answer = post(
        client, "urgent_told", handled, row, to="conference", who="区联席办 值班员", way="phone",
        told_at=minute(now()),
    )  # fmt: skip
    assert answer.status_code == 302, text(answer)
    notice = row.notices.get(to="conference")
    answer = post(
        client, "urgent_receipt", handled, row, notice, receipt="要求一小时后续报",
        at=minute(now() + timedelta(seconds=1)),
    )  # fmt: skip
    assert fresh(notice).receipt_at is not None or answer.status_code == 422
    assert urgent.missing(fresh(row)) == ["主管部门"]


def test_it_does_not_end_before_everybody_named_by_the_rules_was_told(cast, handled):
    row = reported(handled, cast.leader)
    with acting(cast.leader), pytest.raises(ValidationError, match="请先补报"):
        urgent.end(row, text="已平息", by=cast.leader)
    for to in ("department", "conference"):
        with acting(cast.leader):
            urgent.tell(row, told(to), by=cast.leader)
    with acting(cast.leader):
        urgent.end(row, text="已平息", by=cast.leader)
    assert fresh(row).ended_at is not None
    assert row.steps.get().by == cast.leader
    with acting(cast.leader), pytest.raises(ValidationError, match="已经结束"):
        urgent.follow(row, text="又来了", by=cast.leader)


def test_nobody_below_reports_and_nothing_is_reported_twice_at_once(cast, handled, login):
    with pytest.raises(PermissionDenied):
        reported(handled, cast.officer)
    assert login(cast.officer).get(url("urgent", handled)).status_code == 302
    reported(handled, cast.officehead)
    with pytest.raises(ValidationError, match="已经报告过"):
        reported(handled, cast.leader)


def test_a_report_nobody_was_told_of_is_no_report(cast, handled):
    with acting(cast.officehead), pytest.raises(ValidationError, match="请先报告，再登记"):
        urgent.report(handled, facts=FACTS, people=0, found_at=now(), told=[], by=cast.officehead)
    assert not UrgentReport.objects.exists()


def test_times_that_cannot_be_are_refused(cast, handled):
    late = urgent.Told("leaders", "值班室", "phone", now() + timedelta(hours=1))
    early = urgent.Told("leaders", "值班室", "phone", now() - timedelta(hours=3))
    for notice, why in ((late, "不能晚于现在"), (early, "不能早于得知")):
        with pytest.raises(ValidationError, match=why):
            reported(handled, cast.officehead, notice)
    assert not UrgentReport.objects.exists()
