"""The demo's desks are credible: late is what is meant to be late, and everybody finds work."""

from datetime import timedelta

import pytest

from casework.matters.clocks import KINDS, OWED
from casework.matters.models import Clock, FollowUp, Matter, OutsideLetter, SupportTask
from casework.matters.states import ENDED, State

LATE = {
    ("sq-title-deed", "handle"),
    ("wt2-married-daughter", "handle"),
    ("nw-canal-stench", "handle"),
    ("hx-graves-moved", "notice"),
    ("m12-transition-fee", "performance"),
}
#: limits the office sets itself and that lead nowhere: late with those above, or at a full counter
INSIDE = {"routing", "assignment"}


def test_only_what_is_meant_to_be_late_is_late(demo):
    rows = Clock.objects.filter(status=Clock.Status.RUNNING, due_on__lt=demo.today)
    owed = [kind for kind in KINDS if KINDS[kind].by == OWED and kind not in INSIDE]
    late = {(row.matter_id, row.kind) for row in rows.filter(kind__in=owed)}
    assert late == {(demo.matter(key).pk, kind) for key, kind in LATE}


def test_an_internal_limit_is_late_only_where_the_matter_is_or_waits_at_the_counter(demo):
    rows = Clock.objects.filter(status=Clock.Status.RUNNING, due_on__lt=demo.today)
    late = {demo.matter(key).pk for key, _ in LATE}
    assert {row.matter_id for row in rows.filter(kind="assignment")} <= late
    waiting = Matter.objects.filter(pk__in=rows.filter(kind="routing").values("matter"))
    assert {row.state for row in waiting} <= {State.REGISTERED, State.MERGED}


def test_nothing_was_done_after_its_limit_but_three_notices(demo):
    # an objection that nobody raised in time is a right that lapsed, nothing done late
    met = Clock.objects.filter(status=Clock.Status.MET).exclude(kind__in={*INSIDE, "objection"})
    late = {(row.matter_id, row.kind) for row in met if row.ended_on and row.ended_on > row.due_on}
    told = ("nw-waste-house", "sq-unsafe-house", "lx-dumped-rubble")
    assert late == {(demo.matter(key).pk, "notice") for key in told}


def test_a_desk_shows_what_falls_due_within_three_days(demo):
    open_ones = Matter.objects.filter(sealed=False).exclude(state__in=ENDED)
    soon = open_ones.filter(due_on__range=(demo.today, demo.today + timedelta(days=3)))
    assert 5 <= soon.count() <= 9


def test_no_call_no_help_and_no_letter_is_overdue_by_accident(demo):
    for found in (
        FollowUp.objects.filter(result="", due_on__lt=demo.today),
        SupportTask.objects.filter(stage="asked", due_on__lt=demo.today),
        OutsideLetter.objects.filter(stage="sent", due_on__lt=demo.today),
    ):
        assert not found.exists()


@pytest.mark.parametrize(
    "username", ["officer", "officer2", "officer3", "officer4", "officer5", "officer6", "officer7"]
)
def test_every_officer_finds_a_matter_of_their_own_to_work_on(demo, username):
    mine = Matter.objects.visible_to(demo.people[username]).exclude(state__in=ENDED)
    assert mine.filter(officer=demo.people[username]).exists()


def test_each_day_of_a_story_is_in_order_and_no_act_lies_ahead(demo):
    for matter in Matter.objects.filter(sealed=False):
        moments = list(matter.moves.order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments), matter
        assert all(row.on <= demo.today for row in matter.moves.all()), matter
