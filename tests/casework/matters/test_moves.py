"""What each move writes, whom it accepts, and which days: one act at a time."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from casework.matters.lifecycle import accepted_clock
from casework.matters.models import Matter, Move, Opinion, Recusal
from casework.matters.moving import move
from casework.matters.permissions import may
from casework.matters.profiles import make_national_profile
from office import clock
from office.clock import now, today
from office.history import acting
from office.models import Change, Deputy, Post, Unit
from office.posts import renew
from tests.casework.matters.counter import (
    accepted,
    all_said,
    answered,
    arrive,
    assigned,
    in_hand,
)
from tests.casework.matters.opinions.making import data_for
from tests.casework.matters.trials import everything
from tests.conftest import make_cast, make_street

DAY = timedelta(days=1)
HEARD = {"way": "phone", "note": "他说一直没有发。"}


def on_day(day):
    """Let everything inside the block happen on a day."""
    return clock.at(now() + (day - today()))


def test_an_officer_moves_own_and_unclaimed_matters_and_leaves_colleagues_theirs(
    cast, street, fresh
):
    with acting(None, "第二名承办人"):
        Post(user=cast.editor, unit=street.social, role="officer", valid_from=today()).save()
    renew(cast.editor)
    matter = assigned(accepted(fresh, cast.officehead), cast.officehead, street.social)
    for person in (cast.officer, cast.editor, cast.head):
        assert may(person, matter, "matters.answer_matter")

    with acting(cast.head):
        matter = move(matter, "name_officer", by=cast.head, data={"officer": cast.editor})
    assert not may(cast.officer, matter, "matters.answer_matter")
    assert may(cast.editor, matter, "matters.answer_matter")
    assert may(cast.head, matter, "matters.answer_matter")


def test_the_head_of_one_section_is_no_head_where_they_only_handle(cast, street, fresh):

    with acting(None, "兼任"):
        Post(user=cast.head, unit=street.housing, role="officer", valid_from=today()).save()
    renew(cast.head)
    matter = assigned(accepted(fresh, cast.officehead), cast.officehead, street.housing)

    assert may(cast.head, matter, "matters.answer_matter")
    assert not may(cast.head, matter, "matters.assign_officer")
    with pytest.raises(PermissionDenied):
        move(matter, "name_officer", by=cast.head, data={"officer": cast.other_officer})


# What each move writes


def test_a_move_is_one_row_one_history_row_and_one_change_by_the_same_person(cast, street, fresh):
    """Also where nobody is said to be acting: the person of the move is behind the writes."""
    before = (fresh.history.count(), Move.objects.count())
    move(fresh, "accept", by=cast.officehead, data={"klass": "A", "note": "按建议件研究"})

    assert (fresh.history.count(), Move.objects.count()) == (before[0] + 1, before[1] + 1)
    row = Move.objects.latest("id")
    post = cast.officehead.posts.get()
    assert (row.name, row.source, row.target) == ("accept", "registered", "accepted")
    assert (row.actor, row.post, row.on) == (cast.officehead, post, today())
    history = fresh.history.latest()
    change = Change.objects.get(kind="matters.matter", history_id=history.history_id)
    assert (history.history_user, history.history_change_reason) == (cast.officehead, "受理")
    assert (change.actor, change.post, change.label) == (cast.officehead, post, fresh.number)
    assert set(change.shape.names()) == {"klass", "state", "accepted_on", "due_on", "due_kind"}


def test_a_deputy_moves_in_the_post_they_stand_in_for(cast, fresh):

    post = cast.officehead.posts.get()
    with acting(None, "AB角"):
        Deputy(post=post, user=cast.registrar2, valid_from=today(), valid_to=today()).save()
    renew(cast.registrar2)
    move(fresh, "accept", by=cast.registrar2, data={"klass": "A"})

    row = Move.objects.latest("id")
    assert (row.actor, row.post) == (cast.registrar2, post)
    assert Change.objects.latest("id").post == post


def test_notes_and_answers_are_stored_closed(cast, handled):
    matter = answered(handled, cast.officer, "经查，加班费已补发。")
    opinion = Opinion.objects.get(matter=matter)

    assert "加班费".encode() not in bytes(opinion.body)
    assert opinion.text("body") == "经查，加班费已补发。"
    note = Move.objects.get(matter=matter, name="assign")
    assert (note.text("note"), "工时".encode() in bytes(note.note)) == ("先联系本人核对工时", False)
    assert (matter.answered_on, opinion.author) == (today(), cast.officer)


def test_a_returned_matter_is_gone_from_the_unit_and_its_clock_runs_on(cast, handled):
    due = handled.due_on
    with acting(cast.officer):
        matter = move(handled, "return", by=cast.officer, data={"note": "归村镇建设办"})

    assert (matter.state, matter.lead_unit, matter.officer) == ("accepted", None, None)
    assert (matter.due_on, matter.due_kind) == (due, "handle")
    for person in (cast.officer, cast.head):
        assert not Matter.objects.visible_to(person).filter(pk=matter.pk).exists()


@pytest.mark.parametrize(
    ("klass", "path", "kind", "days"),
    [
        ("C", "C6", "handle", 60),
        ("A", "", "suggestion", 30),
    ],
)
def test_the_sixty_days_run_for_the_petition_procedure_alone(cast, fresh, klass, path, kind, days):
    matter = accepted(fresh, cast.officehead, klass=klass, path=path)
    assert (matter.due_kind, matter.due_on) == (kind, today() + timedelta(days=days))
    assert accepted_clock(klass, path) == kind


# Closing


def closed_on(matter, day, by):
    with on_day(day), acting(by):
        return move(matter, "close", by=by).state


def test_a_matter_is_closed_when_the_time_for_a_review_has_passed(cast, handled):
    matter = answered(handled, cast.officer)
    all_said(matter, cast.officer)
    assert matter.due_on == today() + 30 * DAY
    for day in (today(), matter.due_on):
        before = everything()
        with pytest.raises(ValidationError, match="可以申请复查"):
            closed_on(matter, day, cast.officehead)
        assert everything() == before
    assert closed_on(matter, matter.due_on + DAY, cast.officehead) == "closed"


def test_a_settlement_and_a_suggestion_are_closed_at_once(cast, street, fresh, handled):
    with acting(cast.officer):
        settled = data_for("settle", cast, street, handled)
        matter = move(handled, "settle", by=cast.officer, data=settled)
    assert (matter.state, matter.ending, matter.closed_on) == ("closed", "settled", today())

    other = accepted(arrive(cast.registrar)[1][0], cast.officehead, klass="A", path="")
    other = assigned(other, cast.officehead, street.social)
    with acting(cast.officer):
        data = {"outcome": "adopted", "body": "已列入计划。"}
        other = in_hand(move(other, "answer", by=cast.officer, data=data), cast.officer)
    assert (other.state, other.ending, other.due_on) == ("closed", "reply", None)


# What is refused


@pytest.mark.parametrize("unit", ["district", "street", "grid", "outside", "ended", "not yet"])
def test_a_matter_goes_to_no_unit_that_cannot_handle_it(unit, cast, street, fresh):
    with acting(None, "机构调整"):
        if unit in ("ended", "not yet"):
            parent = Unit.objects.get(pk=street.street.pk)
            dates = (
                {"valid_from": today() - 9 * DAY, "valid_to": today() - DAY}
                if unit == "ended"
                else {"valid_from": today() + DAY}
            )
            chosen = parent.add_child(name="拆迁办", kind="section", **dates)
        else:
            chosen = getattr(street, unit)
    matter = accepted(fresh, cast.officehead)
    before = everything()
    with pytest.raises(ValidationError) as refused:
        assigned(matter, cast.officehead, chosen)
    assert list(refused.value.message_dict) == ["lead_unit"]
    assert everything() == before


@pytest.mark.parametrize("who", ["other_officer", "editor", "leader", "recused", "closed", "gone"])
def test_nobody_is_named_officer_who_could_not_handle_the_matter(who, cast, street, fresh):
    matter = accepted(fresh, cast.officehead)
    person = getattr(cast, who, cast.officer)
    with acting(None, "测试"):
        if who == "recused":
            Recusal(matter=matter, user=person, since=today()).save()
        if who == "closed":
            person.deactivate()
        if who == "gone":
            post = person.posts.get()
            post.valid_to = today() - DAY
            post.save()
    before = everything()
    with pytest.raises(ValidationError) as refused:
        assigned(matter, cast.officehead, street.social, type(person).objects.get(pk=person.pk))
    assert list(refused.value.message_dict) == ["officer"]
    assert everything() == before


@pytest.mark.parametrize(
    ("days", "told"), [(1, "晚于今天"), (-4, "早于收到日期"), (-3, ""), (0, "")]
)
def test_a_matter_is_accepted_between_its_arrival_and_today(cast, fresh, days, told):
    assert fresh.received_on == today() - 3 * DAY
    act = {"by": cast.officehead, "on": today() + days * DAY, "data": {"klass": "A"}}
    if not told:
        matter = move(fresh, "accept", **act)
        assert matter.accepted_on == act["on"]
        assert matter.due_on == act["on"] + timedelta(days=30)
        return
    with pytest.raises(ValidationError, match=told) as refused:
        move(fresh, "accept", **act)
    assert list(refused.value.message_dict) == ["on"]


def test_no_act_is_dated_before_the_one_it_follows(cast, street, fresh):
    """An answer from before the acceptance would be in time without having been given in time."""
    matter = assigned(accepted(fresh, cast.officehead), cast.officehead, street.social)
    with pytest.raises(ValidationError, match="早于受理日期"):
        move(matter, "hear", by=cast.officer, on=today() - DAY, data=HEARD)
    matter = answered(matter, cast.officer)
    with pytest.raises(ValidationError, match="早于受理日期|早于答复日期"):
        move(matter, "close", by=cast.officehead, on=today() - DAY)


def test_a_move_nobody_knows_is_an_error_of_the_program(cast, fresh):
    with pytest.raises(KeyError):
        move(fresh, "forget", by=cast.officehead)


def test_a_matter_opened_before_a_colleague_moved_it_moves_from_where_it_stands(cast, fresh):
    stale = Matter.objects.get(pk=fresh.pk)
    accepted(fresh, cast.officehead)
    with pytest.raises(ValidationError, match="已受理"):
        accepted(stale, cast.officehead2)
    assert Move.objects.filter(matter=fresh, name="accept").count() == 1


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_acts_and_the_other_is_told():
    cast = make_cast(make_street())
    make_national_profile()
    matter = arrive(cast.registrar)[1][0]
    start, done, told = threading.Barrier(2), [], []

    def press(person):
        try:
            start.wait(10)
            done.append(accepted(Matter.objects.get(pk=matter.pk), person).state)
        except ValidationError as refused:
            told.append(refused.messages[0])
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=(person,))
        for person in (cast.officehead, cast.officehead2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert done == ["accepted"]
    assert [("已受理" in text, "已有同事先办" in text) for text in told] == [(True, True)]
    assert Move.objects.filter(matter=matter, name="accept").count() == 1
    assert matter.history.count() == 2


def test_the_legal_way_of_a_matter_is_in_its_history_and_on_the_audit_page(cast, fresh, login):
    matter = accepted(fresh, cast.officehead)

    row = Change.objects.filter(kind="matters.matter", object_id=matter.pk).latest("pk")

    assert "path" in row.shape.names()
    assert matter.history.latest("history_id").path == "C6"
    page = login(cast.auditor).get(f"/admin/audit/?record={matter.number}").content.decode()
    assert "法定途径" in page
    assert "信访程序" in page
