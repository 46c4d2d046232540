"""化解 and 办结 are two facts; 阶段性缓和 is neither (domain §0.8, practice §1)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.models import Clock, Easing, Matter, Resolution
from casework.matters.outcomes import settling
from casework.matters.sealing import seal
from casework.matters.states import State
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import arrive
from tests.casework.matters.outcomes import making

DAY = timedelta(days=1)


def ease(matter, by, days=20, on=None):
    with acting(by):
        return settling.ease(
            matter, by=by, on=on or today(), reason="先不来了，协议没签。",
            next_on=today() + days * DAY,
        )  # fmt: skip


def eased_clock(matter):
    return Clock.objects.filter(matter=matter, kind="eased").order_by("-pk").first()


def test_a_matter_is_settled_before_it_is_closed_and_goes_on(cast, handled):
    row = making.resolved(handled, cast.officer)
    matter = Matter.objects.get(pk=handled.pk)
    assert matter.state == State.HANDLING
    assert matter.closed_on is None
    assert matter.due_on == handled.due_on  # the limit of the answer stays
    assert settling.standing(matter) == row


def test_a_matter_is_settled_long_after_it_went_to_the_archive(cast, archived):
    row = making.resolved(archived, cast.officehead)
    assert Matter.objects.get(pk=archived.pk).state == State.ARCHIVED
    assert row.evidence.matter_id == archived.pk


def test_closing_settles_nothing(closed):
    assert settling.standing(closed) is None
    assert not Resolution.objects.exists()


def test_without_a_proof_nothing_is_settled(cast, handled):
    with acting(cast.officer), pytest.raises(ValidationError) as told:
        settling.resolve(handled, by=cast.officer, on=today(), how="met", evidence=None, words="")
    assert "evidence" in told.value.message_dict
    assert not Resolution.objects.exists()


@pytest.mark.parametrize(("on", "how"), [(1, "met"), (-30, "met"), (0, "somehow")])
def test_a_settlement_has_a_possible_day_and_a_known_way(cast, handled, on, how):
    proof = making.filed(handled, cast.officer)
    with acting(cast.officer), pytest.raises(ValidationError):
        settling.resolve(
            handled, by=cast.officer, on=today() + on * DAY, how=how, evidence=proof, words=""
        )


def test_a_second_settlement_is_refused_until_the_first_is_taken_back(cast, handled):
    row = making.resolved(handled, cast.officer)
    with pytest.raises(ValidationError, match="已经记了化解"):
        making.resolved(handled, cast.officer)
    with acting(cast.officehead):
        settling.take_back(row, by=cast.officehead, reason="协议没有履行")
    again = making.resolved(handled, cast.officer)
    assert settling.standing(handled) == again
    assert Resolution.objects.get(pk=row.pk).taken_back_by == cast.officehead
    assert handled.resolutions.count() == 2


def test_taking_back_needs_its_reason_and_happens_once(cast, handled):
    row = making.resolved(handled, cast.officer)
    with acting(cast.officer), pytest.raises(ValidationError):
        settling.take_back(row, by=cast.officer, reason=" ")
    with acting(cast.officer):
        settling.take_back(row, by=cast.officer, reason="又来了")
    with acting(cast.officer), pytest.raises(ValidationError, match="已经撤销"):
        settling.take_back(row, by=cast.officer, reason="又来了")


def test_calmer_for_now_has_a_day_and_counts_as_nothing_settled(cast, handled):
    row = ease(handled, cast.officer)
    clock = eased_clock(handled)
    assert (clock.due_on, clock.status) == (row.next_on, "running")
    assert settling.standing(handled) is None
    assert Matter.objects.get(pk=handled.pk).due_on == handled.due_on


def test_a_day_that_passed_stays_open_until_somebody_asked(cast, closed):
    row = ease(closed, cast.officehead)
    row.next_on = today() - DAY
    row.on = today() - 2 * DAY
    with acting(None, "测试"):
        row.save()
    with acting(cast.officehead):
        settling.end_easing(
            closed, by=cast.officehead, on=today(), ended="back", result="又来了三次"
        )
    assert Easing.objects.get(pk=row.pk).ended == "back"
    assert eased_clock(closed).status == "met"
    assert settling.easing_of(closed) is None


def test_asking_again_may_only_mean_another_day(cast, handled):
    first = ease(handled, cast.officer)
    second = ease(handled, cast.officer, days=40)
    assert Easing.objects.get(pk=first.pk).ended == "again"
    assert settling.easing_of(handled) == second
    assert Clock.objects.filter(matter=handled, kind="eased", status="running").count() == 1


def test_a_settlement_ends_what_was_only_calmer(cast, handled):
    row = ease(handled, cast.officer)
    making.resolved(handled, cast.officer)
    assert Easing.objects.get(pk=row.pk).ended == "settled"
    assert eased_clock(handled).status == "met"
    with pytest.raises(ValidationError, match="不用再记"):
        ease(handled, cast.officer)


@pytest.mark.parametrize("days", [0, 91])
def test_the_next_day_is_near_and_to_come(cast, handled, days):
    with pytest.raises(ValidationError) as told:
        ease(handled, cast.officer, days=days)
    assert "next_on" in told.value.message_dict


def test_nothing_is_settled_of_a_matter_just_registered_or_by_a_bystander(cast, rules, handled):
    fresh = arrive(cast.registrar)[1][0]
    proof = making.filed(fresh, cast.registrar)
    with acting(cast.officehead), pytest.raises(PermissionDenied):
        settling.resolve(fresh, by=cast.officehead, on=today(), how="met", evidence=proof, words="")
    with pytest.raises(PermissionDenied):
        ease(handled, cast.leader)
    with pytest.raises(Matter.DoesNotExist):
        ease(handled, cast.other_officer)


def test_what_turned_out_to_be_a_report_is_settled_by_nobody(cast, handled):
    with acting(cast.officer):
        seal(handled, by=cast.officer, reason="检举社区干部")
    with pytest.raises(Matter.DoesNotExist):
        ease(handled, cast.officehead)
    with pytest.raises(PermissionDenied):
        ease(handled, cast.custodian)
