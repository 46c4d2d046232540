"""Acts that take two people: the rules beneath the pages, and what a correction moves along."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from casework.matters.approvals import ask, decide, may_ask, may_decide
from casework.matters.attaching import attach
from casework.matters.filing import withdraw
from casework.matters.models import Approval, Matter, Move, Recusal
from casework.matters.profiles import make_national_profile
from office.clock import today
from office.history import acting
from office.models import Change, Deputy
from office.posts import renew
from tests.casework.matters.counter import accepted, answered, arrive, assigned
from tests.casework.matters.trials import everything
from tests.conftest import make_cast, make_street
from tests.office.test_attachments import upload

DAY = timedelta(days=1)


def proof_of(matter, by):
    return attach(matter, upload("信封邮戳".encode()), by=by)


def corrected(matter, day, asker, decider):
    """Ask for a corrected day of receipt and let somebody else agree."""
    request = ask(
        matter, "received", by=asker, reason="邮戳为准", new_date=day,
        evidence=proof_of(matter, asker),
    )  # fmt: skip
    return decide(request, by=decider, approve=True)


def refused(field, act, *args, **named):
    """The sentence at a field with which an act is refused, leaving nothing behind."""
    before = everything()
    with pytest.raises(ValidationError) as told:
        act(*args, **named)
    assert everything() == before
    return told.value.message_dict[field][0]


# Corrections and the clocks that follow them


@pytest.mark.parametrize("days", [-7, -4, -2])
def test_a_corrected_day_of_receipt_moves_the_clock_that_began_with_it(cast, fresh, days):
    day = today() + days * DAY
    matter = corrected(fresh, day, cast.registrar, cast.officehead)

    assert (matter.received_on, matter.due_on) == (day, day + 15 * DAY)
    row = Move.objects.latest("id")
    assert (row.name, row.actor) == ("correct_received", cast.officehead)
    assert row.summary == f"{today() - 3 * DAY:%Y-%m-%d} → {day:%Y-%m-%d}"
    assert row.text("note") == "邮戳为准"
    change = Change.objects.filter(kind="matters.matter", object_id=matter.pk).latest("id")
    assert set(change.shape.names()) == {"received_on", "due_on"}
    assert (change.actor, change.post) == (cast.officehead, cast.officehead.posts.get())


def test_the_arrival_itself_came_in_on_the_corrected_day_too(cast, fresh):
    day = today() - 5 * DAY
    corrected(fresh, day, cast.registrar, cast.officehead)
    assert fresh.links.get().item.received_on == day


def test_an_arrival_that_opened_several_matters_is_not_corrected_through_one(cast, rules):
    item, [one, two] = arrive(cast.registrar, claims=[("路灯坏了", "一"), ("井盖丢了", "二")])
    corrected(one, today() - 5 * DAY, cast.registrar, cast.officehead)
    item.refresh_from_db()
    two.refresh_from_db()
    assert item.received_on == two.received_on == today() - 3 * DAY


def test_a_clock_that_began_with_the_acceptance_stays_where_it_is(cast, fresh):
    matter = accepted(fresh, cast.officehead)
    due = matter.due_on
    matter = corrected(matter, today() - 9 * DAY, cast.officehead, cast.leader)
    assert (matter.received_on, matter.due_on) == (today() - 9 * DAY, due)


def test_a_closed_account_and_a_stranger_correct_nothing(cast, fresh):
    proof = proof_of(fresh, cast.registrar)
    facts = {"reason": "x", "new_date": today() - 5 * DAY, "evidence": proof}
    with pytest.raises(PermissionDenied):
        ask(fresh, "received", by=cast.leader, **facts)
    with pytest.raises(Matter.DoesNotExist):
        ask(fresh, "received", by=cast.officer, **facts)


# What a request cannot do without


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"reason": " \n "}, "reason", "理由"),
        ({"new_date": None}, "new_date", "正确的收到日期"),
        ({"new_date": 1}, "new_date", "不能晚于今天"),
        ({"new_date": -3}, "new_date", "不需要更正"),
        ({"evidence": None}, "evidence", "上传能证明"),
    ],
)
def test_what_a_request_cannot_do_without_is_named(cast, fresh, change, field, told):
    proof = proof_of(fresh, cast.registrar)
    facts = {"reason": "x", "new_date": -5, "evidence": proof} | change
    if facts["new_date"] is not None:
        facts["new_date"] = today() + facts["new_date"] * DAY
    assert told in refused(field, ask, fresh, "received", by=cast.registrar, **facts)


def test_a_proof_is_a_file_of_this_matter_that_still_stands(cast, fresh):
    other = arrive(cast.registrar)[1][0]
    withdrawn = proof_of(fresh, cast.registrar)
    withdraw(withdrawn, by=cast.registrar, reason="传错了")
    withdrawn.refresh_from_db()
    for proof in (proof_of(other, cast.registrar), withdrawn):
        facts = {"reason": "x", "new_date": today() - 5 * DAY, "evidence": proof}
        told = refused("evidence", ask, fresh, "received", by=cast.registrar, **facts)
        assert "上传能证明" in told


def test_a_matter_was_received_before_it_was_accepted(cast, fresh):
    matter = accepted(fresh, cast.officehead)
    proof = proof_of(matter, cast.officehead)
    with acting(None, "补录"):
        matter.accepted_on = today() - 2 * DAY
        matter.save()
    facts = {"reason": "x", "new_date": today() - DAY, "evidence": proof}
    assert "受理日期" in refused("new_date", ask, matter, "received", by=cast.officehead, **facts)


def test_a_day_that_became_impossible_while_the_request_waited_is_not_written(cast, fresh):
    proof = proof_of(fresh, cast.registrar)
    request = ask(
        fresh, "received", by=cast.registrar, reason="x", new_date=today() - DAY, evidence=proof
    )
    from_then = today() - 2 * DAY
    with acting(cast.officehead):
        fresh.refresh_from_db()
        fresh.accepted_on = from_then
        fresh.save()
    before = everything()
    with pytest.raises(ValidationError, match="重新提出"):
        decide(request, by=cast.officehead, approve=True)

    assert everything() == before
    assert decide(request, by=cast.officehead, approve=False, note="已受理").received_on == (
        today() - 3 * DAY
    )


@pytest.mark.parametrize("act", ["void", "received"])
def test_one_request_at_a_time_waits_for_each_act(cast, fresh, act):
    proof = proof_of(fresh, cast.registrar)
    facts = {"reason": "x", "new_date": today() - 5 * DAY, "evidence": proof}
    first = ask(fresh, act, by=cast.registrar, **facts)
    assert "正在等待审批" in refused("__all__", ask, fresh, act, by=cast.officehead, **facts)
    decide(first, by=cast.officehead, approve=False, note="再核实")
    assert ask(fresh, act, by=cast.officehead, **facts).decision == ""


# Two people


def test_who_asked_does_not_decide_in_any_post(cast, fresh):
    """Not by standing in for the leader either."""
    request = ask(fresh, "void", by=cast.registrar, reason="重复登记")
    with acting(None, "AB角"):
        Deputy(
            post=cast.leader.posts.get(), user=cast.registrar, valid_from=today(), valid_to=today()
        ).save()
    renew(cast.registrar)
    assert cast.registrar.has_perm("matters.decide_void")
    assert not may_decide(cast.registrar, request)
    with pytest.raises(ValidationError, match="不能审批自己"):
        decide(request, by=cast.registrar, approve=True)
    with pytest.raises(ValidationError, match="不能审批自己"):
        decide(request, by=cast.registrar, approve=False, note="撤回")


def test_the_database_itself_keeps_asker_and_decider_apart(cast, fresh):
    request = ask(fresh, "void", by=cast.officehead, reason="重复登记")
    request.decided_by = cast.officehead
    with pytest.raises(IntegrityError, match="(?i)asker_is_not_approver"), transaction.atomic():
        request.save()


def test_a_decision_is_made_once(cast, fresh):
    request = ask(fresh, "void", by=cast.registrar, reason="重复登记")
    decide(request, by=cast.officehead, approve=False, note="不是一回事")
    for person, approve in ((cast.officehead2, True), (cast.leader, False)):
        with pytest.raises(ValidationError, match="已经有人审批过"):
            decide(request, by=person, approve=approve, note="x")
    assert Matter.objects.get(pk=fresh.pk).state == "registered"


def test_refusing_needs_a_reason_and_changes_nothing_but_the_request(cast, fresh):
    request = ask(fresh, "void", by=cast.registrar, reason="重复登记")
    assert "写明理由" in refused(
        "note", decide, request, by=cast.officehead, approve=False, note=" "
    )
    matter = decide(request, by=cast.officehead, approve=False, note="不是一回事")
    request.refresh_from_db()

    assert (matter.state, matter.version) == ("registered", 1)
    assert (request.decision, request.decided_by) == ("refused", cast.officehead)
    row = Move.objects.latest("id")
    assert (row.name, row.summary, row.text("note")) == ("decline", "不同意作废", "不是一回事")


def test_who_stepped_back_while_the_request_waited_decides_nothing(cast, fresh):
    request = ask(fresh, "void", by=cast.registrar, reason="重复登记")
    with acting(None, "回避"):
        Recusal(matter=fresh, user=cast.officehead, since=today()).save()
    with pytest.raises(Matter.DoesNotExist):
        decide(request, by=cast.officehead, approve=True)
    assert decide(request, by=cast.officehead2, approve=True).state == "void"


def test_a_request_decides_on_its_own_matter_alone(cast, fresh):
    other = arrive(cast.registrar)[1][0]
    request = ask(fresh, "void", by=cast.registrar, reason="重复登记")
    request.matter = other
    with pytest.raises(Approval.DoesNotExist):
        decide(request, by=cast.officehead, approve=True)
    assert Matter.objects.get(pk=other.pk).state == "registered"


def test_what_was_answered_is_not_void_any_more(cast, street, fresh):
    matter = assigned(accepted(fresh, cast.officehead), cast.officehead, street.social)
    request = ask(matter, "void", by=cast.officehead, reason="重复登记")
    answered(matter, cast.officer)
    assert not may_ask(cast.officehead2, Matter.objects.get(pk=matter.pk), "void")
    before = everything()
    with pytest.raises(ValidationError, match="不能作废"):
        decide(request, by=cast.officehead2, approve=True)
    assert everything() == before


def test_nothing_is_asked_of_a_void_matter(cast, fresh):
    proof = proof_of(fresh, cast.registrar)
    waiting = ask(
        fresh, "received", by=cast.registrar, reason="x", new_date=today() - 9 * DAY, evidence=proof
    )
    void = decide(
        ask(fresh, "void", by=cast.registrar, reason="重复登记"), by=cast.leader, approve=True
    )
    for act in ("void", "received"):
        with pytest.raises(ValidationError, match="已作废"):
            ask(void, act, by=cast.registrar, reason="x")
    with pytest.raises(ValidationError, match="不能更正"):
        decide(waiting, by=cast.officehead, approve=True)
    decide(waiting, by=cast.officehead, approve=False, note="已作废，不必更正")
    assert Matter.objects.get(pk=fresh.pk).received_on == today() - 3 * DAY


def test_a_sealed_matter_is_not_voided(cast, sealed):
    for person in (cast.registrar, cast.custodian):
        with pytest.raises(ValidationError, match="不能作废"):
            ask(sealed, "void", by=person, reason="x")
    with pytest.raises(Matter.DoesNotExist):
        ask(sealed, "void", by=cast.officehead, reason="x")


def test_the_reason_is_stored_closed(cast, fresh):
    request = ask(fresh, "void", by=cast.registrar, reason="和韦小梅上一件重复")
    assert "韦小梅".encode() not in bytes(request.reason)
    assert request.text("reason") == "和韦小梅上一件重复"
    assert Change.objects.latest("id").reason == "申请作废"


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_decides():
    cast = make_cast(make_street())
    make_national_profile()
    matter = arrive(cast.registrar)[1][0]
    request = ask(matter, "void", by=cast.registrar, reason="重复登记")
    start, done, told = threading.Barrier(2), [], []

    def press(person, approve):
        try:
            start.wait(10)
            waiting = Approval.objects.get(pk=request.pk)
            done.append(decide(waiting, by=person, approve=approve, note="x").state)
        except ValidationError as refused:
            told.append(refused.messages[0])
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=(cast.officehead, True)),
        threading.Thread(target=press, args=(cast.leader, False)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (len(done), len(told)) == (1, 1)
    assert "已经有人审批过" in told[0]
    request.refresh_from_db()
    assert request.history.count() == 2
    assert (request.decision == "approved") is (Matter.objects.get(pk=matter.pk).state == "void")
