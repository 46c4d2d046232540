"""回访: owed from the day of closing, made by somebody near, over when it is answered or in vain."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters import registrations
from casework.matters.models import Clock, FollowUp, Matter, Petitioner, SupportUnit
from casework.matters.moving import carry_out, locked
from casework.matters.outcomes import counted, following, handing, owing, queues, settling
from casework.matters.recusals import recuse
from casework.matters.states import Ending
from casework.matters.table import BY_NAME
from office.clock import today
from office.history import acting
from office.models import Limit
from office.posts import appoint
from tests.casework.matters.outcomes import making

DAY = timedelta(days=1)


def calls(matter):
    return list(matter.follow_ups.order_by("due_on"))


def call(row, by, result="keeps", words="说钱都收到了。", **more):
    with acting(by):
        return following.call(row, by=by, on=today(), result=result, words=words, **more)


def test_closing_owes_a_call_after_thirty_and_one_after_ninety_days(closed):
    first, second = calls(closed)
    assert (first.due_on - closed.closed_on).days == 30
    assert (second.due_on - closed.closed_on).days == 90
    running = Clock.objects.filter(matter=closed, kind__startswith="follow", status="running")
    assert {row.kind: row.due_on for row in running} == {
        "follow_30": first.due_on, "follow_90": second.due_on
    }  # fmt: skip


@pytest.mark.parametrize("ending", [Ending.UNCLEAR, Ending.NO_HEIRS, Ending.REFUSED, Ending.TOLD])
def test_nobody_is_called_where_there_is_nobody_or_nothing_to_ask(cast, street, rules, ending):
    assert calls(making.closed(cast, street, ending=ending)) == []


def test_an_office_may_do_without_calls(cast, street, rules):
    with acting(None, "测试"):
        Limit(key="follow_up", value=0).save()
    assert calls(making.closed(cast, street)) == []


def test_the_officer_calls_and_the_clock_is_met(cast, closed):
    first, second = calls(closed)
    main = Petitioner.objects.get(matter=closed)
    row = call(first, cast.officer, petitioner=main)
    assert (row.result, row.done_on) == ("keeps", today())
    assert row.calls.get().petitioner == main
    assert Clock.objects.get(matter=closed, kind="follow_30").status == "met"
    assert Clock.objects.get(matter=closed, kind="follow_90").status == "running"
    assert row.calls.get().unlocked("words") == "说钱都收到了。"


def test_three_tries_in_vain_end_a_call_and_fewer_do_not(cast, closed):
    first = calls(closed)[0]
    for _ in range(2):
        assert call(first, cast.officer, "not_reached", "没人接").result == ""
    assert call(first, cast.officer, "not_reached", "没人接").result == "not_reached"
    assert first.calls.count() == 3


def test_who_does_not_want_to_be_called_is_called_no_more(cast, closed):
    assert call(calls(closed)[0], cast.officer, "not_wanted", "").result == "not_wanted"


def test_what_the_petitioner_said_is_written_down(cast, closed):
    with pytest.raises(ValidationError) as told:
        call(calls(closed)[0], cast.officer, "broken", " ")
    assert "words" in told.value.message_dict


def test_a_call_has_one_result(cast, closed):
    first = calls(closed)[0]
    call(first, cast.officer)
    with pytest.raises(ValidationError, match="已经有结果"):
        call(first, cast.registrar)
    assert first.calls.count() == 1


def test_the_registrar_who_entered_it_calls_and_another_one_does_not_see_it(cast, closed):
    first, second = calls(closed)
    call(first, cast.registrar)
    with pytest.raises(Matter.DoesNotExist):
        call(second, cast.registrar2)


def test_a_supporting_unit_never_calls(cast, street, closed):
    with acting(None, "协办"):
        SupportUnit(matter=closed, unit=street.housing, since=today()).save()
        matter = Matter.objects.get(pk=closed.pk)
        matter.officer = None  # so that it is nobody's but the section's
        matter.save()
    assert Matter.objects.visible_to(cast.other_officer).filter(pk=closed.pk).exists()
    with pytest.raises(PermissionDenied):
        call(calls(closed)[0], cast.other_officer)
    assert queues.open_calls(cast.other_officer) == []


def test_who_stepped_back_calls_nobody(cast, closed):
    with acting(cast.officer):
        recuse(closed, cast.officer, kind="declared", reason="亲戚", by=cast.officer)
    with pytest.raises(Matter.DoesNotExist):
        call(calls(closed)[0], cast.officer)
    assert queues.open_calls(cast.officer) == []


def test_a_matter_taken_up_again_owes_no_calls(cast, closed):
    with acting(cast.leader):
        matter = locked(closed, cast.leader)
        row = matter.moves.last()
        owing.let_go(matter, row, today())
    assert {one.result for one in calls(closed)} == {"dropped"}
    clocks = Clock.objects.filter(matter=closed, kind__startswith="follow")
    assert {one.status for one in clocks} == {"dropped"}


def test_calls_stand_on_the_desk_two_weeks_ahead_the_late_ones_first(cast, street, rules, closed):
    late = making.closed(cast, street, days=100)
    found = queues.calls_of(cast.officer, today())
    assert [duty.number for duty in found] == [late.number, late.number]
    assert found[0].due < found[1].due < today()
    ahead = queues.calls_of(cast.officer, today() + 20 * DAY)
    assert closed.number in [duty.number for duty in ahead]


def give(row, to, by):
    with acting(by):
        return following.give(row, to, by=by)


def test_the_office_head_says_who_calls_among_those_who_may(cast, closed):
    first = calls(closed)[0]
    assert give(first, cast.registrar, cast.officehead).assigned_to == cast.registrar
    for unfit in (cast.other_officer, cast.leader, cast.registrar2):
        with pytest.raises(ValidationError, match="另选一位"):
            give(first, unfit, cast.officehead)
    with pytest.raises(PermissionDenied):
        give(first, cast.officer, cast.registrar)


def test_handing_over_gives_the_calls_to_a_colleague_who_may_and_frees_the_others(
    cast, street, closed
):
    first, second = calls(closed)
    give(first, cast.officer, cast.officehead)
    give(second, cast.officer, cast.officehead)
    with acting(cast.officehead):
        assert handing.move_open(cast.officer, cast.head, cast.officehead) == 2
    assert {row.assigned_to for row in calls(closed)} == {cast.head}
    with acting(cast.officehead):
        assert handing.move_open(cast.head, cast.other_officer, cast.officehead) == 2
    assert {row.assigned_to for row in calls(closed)} == {None}
    assert FollowUp.history.filter(matter=closed.pk).count() > 4


def test_closing_again_after_coming_back_owes_new_calls(cast, closed):
    with acting(cast.leader):
        matter = locked(closed, cast.leader)
        owing.let_go(matter, matter.moves.last(), today())
        carry_out(matter, BY_NAME["close"], by=cast.leader, on=today(), data={})
    assert [row.result for row in calls(closed)].count("") == 2


def test_an_officer_who_took_the_matter_over_later_calls_too(cast, street, closed):
    with acting(None, "调岗"):
        appoint(cast.other_officer, street.social, "officer", since=today())
        matter = Matter.objects.get(pk=closed.pk)
        matter.officer = cast.other_officer
        matter.save()
    assert call(calls(closed)[0], cast.other_officer).result == "keeps"


def test_an_account_is_not_closed_while_calls_are_in_its_name(cast, closed):
    before = registrations.open_work(cast.registrar)
    give(calls(closed)[0], cast.registrar, cast.officehead)
    assert before == []
    assert "1 项" in registrations.open_work(cast.registrar)[0]


def test_what_calls_heard_settlements_and_endings_are_counted_apart(cast, street, rules, closed):
    settled_only = making.handled(cast, street)
    making.resolved(settled_only, cast.officer)
    call(calls(closed)[0], cast.officer, "broken", "没有到账")
    with acting(cast.officehead):
        settling.ease(
            closed, by=cast.officehead, on=today(), reason="先等等", next_on=today() + 9 * DAY
        )
    this, *_ = counted.months(cast.auditor, today())
    assert (this.closed, this.settled_too, this.settled) == (1, 0, 1)
    assert (this.eased, this.kept, this.broken) == (1, 0, 1)
    making.resolved(closed, cast.officehead)
    this, *_ = counted.months(cast.auditor, today())
    assert (this.closed, this.settled_too, this.settled, this.eased) == (1, 1, 2, 0)
