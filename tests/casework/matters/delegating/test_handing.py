"""工作交接: everything in one person's hands goes to another in one act, or says why it stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from casework.matters.conflicts.units import concern
from casework.matters.counting.checking import faults
from casework.matters.delegating import handing
from casework.matters.models import HandOverOfWork, Matter
from casework.matters.recusals import recuse
from office.clock import now
from office.history import acting
from office.models import Change, Deputy
from tests.casework.matters.counter import accepted, arrive, assigned, record, sent, text
from tests.conftest import make_person


@pytest.fixture
def colleague(cast, street):
    """A second officer of the social section."""
    return make_person("officer_b", "承小乙", "officer", street.social)


@pytest.fixture
def work(cast, street, rules):
    """Three matters in the hands of the officer who is to go on leave."""
    return [
        assigned(
            accepted(arrive(cast.registrar)[1][0], cast.officehead), cast.officehead,
            street.social, cast.officer,
        )
        for _ in range(3)
    ]  # fmt: skip


def hand(giver, taker, by, why="leave"):
    fresh = type(by).objects.get(pk=by.pk)
    with acting(fresh):
        return handing.begin(giver, taker, why=why, note="", by=fresh)


def through(row):
    while handing.work(now(), lambda: False):
        pass
    return HandOverOfWork.objects.get(pk=row.pk)


def officers(matters):
    rows = Matter.objects.filter(pk__in=[m.pk for m in matters]).order_by("pk")
    return [row.officer for row in rows]


def test_all_open_work_goes_over_in_one_act_and_each_record_says_why(cast, colleague, work):
    row = hand(cast.officer, colleague, cast.head)
    assert officers(work) == [cast.officer] * 3  # decided, not yet carried out
    found = through(row)
    assert found.done_at is not None
    assert officers(work) == [colleague] * 3
    for matter in work:
        told = matter.moves.get(name="hand_work")
        assert row.number in told.summary
        assert told.actor == cast.head
        assert faults(Matter.objects.get(pk=matter.pk)) == []
        last = Change.objects.filter(root_kind="matters.matter", root_id=matter.pk).latest("id")
        assert last.reason == f"工作交接 {row.number}"
    assert {line.result for line in found.lines.all()} == {"done"}


def test_what_the_receiver_stays_out_of_stays_with_its_reason(cast, street, colleague, work):
    with acting(cast.registrar):
        recuse(work[0], colleague, kind="named", reason="点名反映", by=cast.registrar)
    found = through(hand(cast.officer, colleague, cast.head))
    assert officers(work) == [cast.officer, colleague, colleague]
    [stayed] = found.lines.filter(result="stayed")
    assert stayed.matter == work[0]
    assert "已回避" in stayed.why


def test_somebody_of_another_unit_or_of_the_unit_complained_about_takes_nothing(
    cast, street, colleague, work
):
    found = through(hand(cast.officer, cast.other_officer, cast.officehead))
    assert {line.result for line in found.lines.all()} == {"stayed"}
    assert "不在社会事务办任职" in found.lines.first().why
    with acting(cast.registrar):
        concern(work[0], street.village, source="petitioner", reason="没有答复", by=cast.registrar)
    assert officers(work) == [cast.officer] * 3


def test_a_matter_that_whoever_decides_cannot_see_is_neither_told_of_nor_moved(
    cast, colleague, work
):
    with acting(cast.registrar):
        recuse(work[1], cast.head, kind="named", reason="点名反映", by=cast.registrar)
    fresh = type(cast.head).objects.get(pk=cast.head.pk)
    told = [piece.matter for piece in handing.preview(cast.officer, colleague, fresh)]
    assert told == [work[0], work[2]]
    found = through(hand(cast.officer, colleague, cast.head))
    assert found.lines.count() == 2
    assert officers(work) == [colleague, cast.officer, colleague]


def test_only_heads_hand_work_over_and_unit_heads_only_their_own(cast, street, colleague, work):
    for person in (cast.officer, cast.registrar, cast.leader, cast.auditor):
        with pytest.raises(PermissionDenied):
            hand(cast.officer, colleague, person)
    stranger = make_person("head_b", "建小负", "unit_head", street.housing)
    with pytest.raises(ValidationError):
        hand(cast.officer, colleague, stranger)
    assert HandOverOfWork.objects.count() == 0


def test_a_killed_worker_goes_on_where_it_stopped_and_twice_does_nothing_twice(
    cast, colleague, work
):
    row = hand(cast.officer, colleague, cast.head)
    with acting(cast.head):
        assert handing.go_on(row, lambda: False, most=1) == 1
    assert officers(work) == [colleague, cast.officer, cast.officer]
    assert HandOverOfWork.objects.get(pk=row.pk).done_at is None
    HandOverOfWork.objects.for_worker().get()
    found = through(row)
    assert officers(work) == [colleague] * 3
    handing.go_on(found, lambda: False)
    assert all(m.moves.filter(name="hand_work").count() == 1 for m in work)


def test_what_changed_hands_meanwhile_is_left_alone(cast, colleague, work, street):
    row = hand(cast.officer, colleague, cast.head)
    third = make_person("officer_c", "承小丙", "officer", street.social)
    with acting(cast.head):
        matter = Matter.objects.get(pk=work[0].pk)
        matter.officer = third
        matter.save()
    found = through(row)
    assert officers(work) == [third, colleague, colleague]
    assert found.lines.get(matter=work[0]).why == "已经不在移交人手上。"


def test_a_head_sees_what_goes_and_what_stays_decides_and_prints(cast, colleague, work, login):
    with acting(cast.registrar):
        recuse(work[0], colleague, kind="named", reason="点名反映", by=cast.registrar)
    with acting(cast.secadmin):
        Deputy(
            post=cast.officer.posts.get(), user=colleague,
            valid_from=now().date(), valid_to=now().date() + timedelta(days=9),
        ).save()  # fmt: skip
    head = login(cast.head)
    assert "承小办" in text(head.get(reverse("matters:work_new")))
    url = f"{reverse('matters:work_new')}?giver={cast.officer.pk}&taker={colleague.pk}"
    page = text(head.get(url))
    assert "交给承小乙：2 项" in page
    assert "已回避" in page
    assert "AB 角" in page
    answer = head.post(url, sent(why="leave", note="年休假"))
    assert answer.status_code == 302, text(answer)
    assert head.post(answer.url, sent()).status_code == 302  # no worker: the page carries on
    page = text(head.get(answer.url))
    assert "移交 2 项，留下 1 项" in page
    paper = text(head.get(f"{answer.url}print/"))
    assert "工作交接单" in paper
    assert work[1].number in paper
    taker = login(colleague)
    page = text(taker.get(answer.url))
    assert work[1].number in page
    assert work[0].number not in page  # who stays out of it reads nothing of it here either
    assert login(cast.other_officer).get(answer.url).status_code == 404
    assert "移交承办" in text(taker.get(record(work[1])))
