"""Limits as sums: start, days, article; local rules over national ones; working days to the end."""

from datetime import date, timedelta

import pytest

from casework.matters.clocks import KINDS, NATIONAL, Deadline, Limit, deadline
from casework.matters.lifecycle import accepted_clock
from casework.matters.models import RuleProfile
from casework.matters.profiles import deadline_of, limits_of, make_national_profile, profile_on
from casework.matters.states import Klass, Path
from casework.matters.table import RULES
from office.calendar import fill_from_library
from office.models import CalendarDay
from office.workdays import add_workdays
from tests.casework.matters.counter import arrive
from tests.casework.matters.rules.making import in_force

LIMITS = {kind: Limit(kind, *values) for kind, values in NATIONAL.items()}
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "start", "due"),
    [
        ("notice", date(2026, 11, 2), date(2026, 11, 17)),
        ("notice", date(2026, 12, 25), date(2027, 1, 9)),  # a Saturday: the office's day stays
        ("handle", date(2026, 1, 1), date(2026, 3, 2)),
        ("handle", date(2023, 12, 31), date(2024, 2, 29)),
        ("review_ask", date(2026, 1, 31), date(2026, 3, 2)),
        ("hand_over", FRIDAY, date(2026, 11, 25)),
    ],
)
def test_a_limit_is_counted_from_the_day_after_its_start(kind, start, due):
    assert deadline(kind, start, LIMITS, {}).due_on == due


def test_a_holiday_moves_a_limit_in_working_days_and_no_other():
    monday = date(2026, 11, 23)
    holiday = {monday: False, date(2026, 11, 21): True}
    assert deadline("hand_over", FRIDAY, LIMITS, {monday: False}).due_on == date(2026, 11, 26)
    assert deadline("hand_over", FRIDAY, LIMITS, holiday).due_on == date(2026, 11, 25)
    assert deadline("notice", FRIDAY, LIMITS, holiday).due_on == FRIDAY + timedelta(days=15)


def test_a_limit_explains_itself():
    found = deadline("notice", date(2026, 11, 2), LIMITS, {})
    assert found.label == "告知受理情况"
    assert found.why == "2026-11-02 起 15 日，《信访工作条例》第二十三条"
    days = Deadline("hand_over", FRIDAY, LIMITS["hand_over"], FRIDAY)
    assert "3 个工作日" in days.why


def test_a_kind_without_a_limit_is_an_error_of_the_program():
    with pytest.raises(KeyError):
        deadline("nonsense", FRIDAY, LIMITS, {})


def test_every_clock_that_can_start_has_a_limit_an_article_and_a_name():
    started = {kind for rule in RULES for kind in rule.starts} - {"by_class"}
    started |= {accepted_clock(Klass.CLAIM, path) for path in Path.values}
    started |= {accepted_clock(Klass.SUGGESTION, ""), "fast", "notice", "hand_over"}
    assert started <= set(KINDS)
    assert started <= set(NATIONAL)
    ended = {kind for rule in RULES for kind in (*rule.ends, *rule.drops)} - {"*"}
    assert ended <= set(KINDS)
    assert all(article for _, _, article in NATIONAL.values())
    assert all(days >= 1 for days, _, _ in NATIONAL.values())


def test_the_national_rules_are_written_once(db):
    profile = make_national_profile()
    assert make_national_profile() == profile
    assert RuleProfile.objects.count() == 1
    assert limits_of(profile).items() >= LIMITS.items()


def test_the_profile_of_a_day_is_the_one_in_force(rules):
    first = in_force("一", date(2026, 1, 1))
    second = in_force("二", date(2026, 3, 1))
    days = {
        date(2025, 12, 31): rules,
        date(2026, 1, 1): first,
        date(2026, 2, 28): first,
        date(2026, 3, 1): second,
        date(2026, 7, 1): second,
    }
    assert {day: profile_on(day) for day in days} == days


def test_a_local_rule_goes_before_the_national_one_and_leaves_the_others(rules):
    limits = limits_of(in_force("一", date(2026, 1, 1), notice=(5, "workday")))
    assert limits["notice"] == Limit("notice", 5, "workday", "试行第一条")
    assert limits["handle"] == LIMITS["handle"]
    assert limits.keys() >= LIMITS.keys()


def test_a_matter_keeps_the_rules_it_began_under(cast, rules):
    matter = arrive(cast.registrar)[1][0]
    later = in_force("新", date(2026, 1, 1), notice=(3, "day"))

    matter.refresh_from_db()
    assert matter.profile == rules
    assert matter.due_on == matter.received_on + timedelta(days=15)
    assert arrive(cast.registrar)[1][0].profile == later


def test_a_long_limit_in_working_days_sees_every_holiday_on_its_way(cast, rules):
    """A hundred working days reach over more than four months."""
    fill_from_library()
    in_force("长", date(2025, 1, 1), notice=(100, "workday"))
    start = date(2025, 5, 20)
    matter = arrive(cast.registrar, received_on=start)[1][0]
    table = dict(CalendarDay.objects.values_list("day", "working"))

    assert matter.due_on == add_workdays(start, 100, table)
    assert matter.due_on > date(2025, 10, 8)  # the October holiday lies on the way
    assert deadline_of(matter, "notice", start).due_on == matter.due_on
