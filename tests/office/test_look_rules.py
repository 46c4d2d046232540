"""What the rules find in the look ledger: the hour, the day, the record, and the office's own numbers."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from office import clock
from office.history import acting
from office.look_findings import follow_days, follow_hours
from office.looks import Way, log_export
from office.models import CalendarDay, Job, LookFinding, Unit
from tests.office.looking import (
    DESK,
    MONDAY,
    TUESDAY,
    body,
    found,
    look,
    set_limit,
    units,
)


def test_twenty_records_in_an_hour_are_found_once_with_their_numbers(cast, burst):
    follow_hours(MONDAY + timedelta(minutes=30))
    assert not found(), "the hour is not over: more may follow"

    follow_hours(MONDAY + timedelta(hours=2))
    follow_hours(MONDAY + timedelta(hours=3))

    [one] = found("many")
    assert (one.person, one.count) == (cast.officer, 20)
    assert one.told == "一小时内查看 20 件（设定 20 件），10:00 至 10:19"


def test_nineteen_records_in_an_hour_are_no_finding(cast, street):
    for n, record in enumerate(units(street, 19)):
        look(cast.officer, record, MONDAY + timedelta(minutes=n))
    follow_hours(TUESDAY)
    assert not found("many")


def test_the_hour_slides_and_does_not_begin_with_the_clock(cast, street):
    for n, record in enumerate(units(street, 20)):
        look(cast.officer, record, MONDAY + timedelta(minutes=45 + n))
    follow_hours(TUESDAY)
    assert [one.told for one in found("many")] == [
        "一小时内查看 20 件（设定 20 件），10:45 至 11:04"
    ]


def test_the_same_record_opened_twenty_times_is_one_record(cast, street):
    for n in range(20):
        look(cast.officer, street.social, MONDAY + timedelta(minutes=n))
    follow_hours(TUESDAY)
    assert not found("many")


def test_two_busy_hours_of_a_day_are_two_findings_however_often_the_job_runs(cast, street):
    records = units(street, 20)
    for hour in (0, 3):
        for n, record in enumerate(records):
            look(cast.officer, record, MONDAY + timedelta(hours=hour, minutes=n))
        follow_hours(MONDAY + timedelta(hours=hour + 2))
    Job.objects.all().delete()  # even from the start
    follow_hours(TUESDAY)
    assert len(found("many")) == 2


def test_looks_in_the_evening_and_on_sunday_are_found_when_the_day_is_over(cast, street):
    look(cast.officer, street.social, MONDAY - timedelta(days=1))
    look(cast.officer, street.social, MONDAY.replace(hour=22, minute=30))
    look(cast.head, street.social, MONDAY)
    follow_days(MONDAY.replace(hour=23))
    assert [one.told for one in found("after")] == [
        "当天不是工作日，查看 1 件（设定 1 件），10:00 至 10:00"
    ]

    follow_days(TUESDAY)
    follow_days(TUESDAY)

    assert [one.told for one in found("after")][1:] == [
        "上班时间（8:00—18:00）以外查看 1 件（设定 1 件），22:30 至 22:30"
    ]
    assert {one.person for one in found("after")} == {cast.officer}


def test_a_make_up_working_sunday_is_a_working_day(cast, street):
    with acting(None, "调休"):
        CalendarDay(day="2026-11-22", working=True, name="调休").save()
    look(cast.officer, street.social, MONDAY - timedelta(days=1))
    follow_days(TUESDAY)
    assert not found("after")


def test_looks_that_follow_from_no_task_are_counted_by_the_day(cast, street):
    for n, record in enumerate(units(street, 5)):
        way = Way(outside=n > 0)
        look(cast.leader, record, MONDAY + timedelta(minutes=n), way=way)
    follow_days(TUESDAY)
    assert not found("outside")

    look(cast.leader, street.social, TUESDAY, way=Way(outside=True))
    for record in units(street, 4):
        look(cast.leader, record, TUESDAY, way=Way(outside=True))
    follow_days(TUESDAY + timedelta(days=1))

    [one] = found("outside")
    assert one.told == "一天内查看 5 件与本人任务、本单位无关的事项（设定 5 件）"


def test_a_record_five_people_opened_in_a_week_is_found_on_the_day_of_the_fifth(cast, street):
    people = [cast.officer, cast.head, cast.leader, cast.auditor, cast.officehead, cast.registrar]
    for n, who in enumerate(people):
        look(who, street.social, MONDAY + timedelta(days=n))
    follow_days(MONDAY + timedelta(days=9))

    [one] = found("people")
    assert (one.person, one.label, str(one.day)) == (None, "社会事务办", "2026-11-27")
    assert one.told == "7 天内有 5 人查看同一件（设定 5 人）"


def test_every_file_in_clear_is_found(cast):
    with clock.at(MONDAY):
        log_export(cast.officehead, Unit, "生成 .xlsx", purpose="上报", post=None)
        log_export(cast.officehead, Unit, "下载 .xlsx", purpose="上报", post=None, clear=True)
    follow_hours(TUESDAY)
    assert [one.person for one in found("clear")] == [cast.officehead]


def test_looks_at_sealed_records_are_in_no_finding(cast, street):
    for n, record in enumerate(units(street, 20)):
        look(cast.custodian, record, MONDAY + timedelta(minutes=n), sealed=True)
    follow_hours(TUESDAY)
    follow_days(TUESDAY)
    assert not found()


def test_a_number_changed_later_holds_from_then_on(cast, street, burst):
    follow_hours(TUESDAY)
    set_limit("look_many", 3)
    follow_hours(TUESDAY + timedelta(minutes=1))
    for n, record in enumerate(Unit.objects.order_by("-pk")[:3]):
        look(cast.officer, record, TUESDAY + timedelta(minutes=n))
    follow_hours(TUESDAY + timedelta(hours=2))

    assert [(one.count, "设定 20 件" in one.told) for one in found("many")] == [
        (20, True), (3, False),
    ]  # fmt: skip


def test_zero_switches_a_rule_off_and_the_desk_says_so(cast, street, burst, login):
    set_limit("look_many", 0)
    follow_hours(TUESDAY)
    assert not found("many")
    assert "现在没有启用" in body(login(cast.auditor).get(DESK))


def test_a_finding_is_never_changed_or_deleted(cast, burst):
    follow_hours(TUESDAY)
    for act in (
        lambda: LookFinding.objects.update(told="没事"),
        lambda: LookFinding.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert found("many")
