"""What a record tells of rights that lapsed, promises of other units, rounds that are over."""

from datetime import timedelta

from casework.matters.clockcard import owes
from casework.matters.coming import Facts, next_step
from casework.matters.desks.waiting import TO_REVIEW
from casework.matters.models import Matter
from casework.matters.moving import move
from casework.matters.profiles import limits_of
from casework.matters.states import Outcome, State
from office.history import acting
from tests.casework.matters.counter import record, text
from tests.casework.matters.entering import making as entering
from tests.casework.matters.life.starts import OWN_DUTY
from tests.casework.matters.opinions import making
from tests.casework.matters.outcomes import making as outcomes


def statuses(matter, kind):
    return list(matter.clocks.filter(kind=kind).values_list("status", flat=True))


def test_an_objection_nobody_raised_lapses_and_is_no_duty_done_late(cast, rules):
    matter = entering.sent_to_us(cast)
    assert statuses(matter, "objection") == ["running"]
    with acting(cast.officehead), making.later(12):  # past its five working days
        data = {"klass": "C", "path": "C6"}
        matter = move(matter, "accept", by=cast.officehead, data=data)
    assert statuses(matter, "objection") == ["dropped"]
    assert statuses(matter, "notice") == ["met"]


def test_more_time_ends_the_inner_limit_of_the_assignment(cast, street, rules):
    matter = making.handled(cast, street)
    assert statuses(matter, "assignment") == ["running"]
    matter = making.two("extend", cast, street, matter)
    assert statuses(matter, "assignment") == ["dropped"]


def test_a_unit_is_not_given_longer_than_the_office_has(cast, street, rules):
    matter = making.handled(cast, street)
    with making.later(45):
        data = {"lead_unit": street.housing, "note": "归村镇建设办。"}
        matter = making.act(matter, "reassign", cast.officehead, **data)
    clock = matter.clocks.get(kind="assignment", status="running")
    assert (clock.due_on, matter.due_kind) == (matter.due_on, "handle")


def test_a_promise_is_up_to_the_unit_that_gave_it_whoever_leads(cast, street, rules):
    matter = making.performing(cast, street)
    promise = matter.promises.get()
    with acting(cast.officehead, "承诺由村镇建设办兑现"):
        promise.unit = street.housing
        promise.save()
    assert matter.lead_unit == street.social
    assert owes(matter.clocks.get(kind="performance"), matter) == "村镇建设办"


def test_an_answer_that_a_review_revoked_is_marked_as_of_an_earlier_round(
    cast, street, rules, login
):
    matter = making.answered(cast, street, outcome=Outcome.NOT_SUPPORTED)
    client = login(cast.officehead)
    assert "已由后来的办理代替" not in text(client.get(record(matter)))
    for name, data in (
        ("ask_review", {"body_name": "云湖区人民政府"}),
        ("review_revoked", making.decision(cast, matter)),
    ):
        with acting(cast.officehead):
            matter = move(matter, name, by=cast.officehead, data=data)
    assert matter.round == 2
    assert "第 1 轮，已由后来的办理代替" in text(client.get(record(matter)))


def test_a_draft_waits_with_the_one_who_reviews_it(cast, street, rules):
    by_law = making.drafted(cast, street, outcome=Outcome.NOT_SUPPORTED)
    other = making.drafted(cast, street)

    def waiting(user):
        rows = Matter.objects.visible_to(user)
        return {one.pk for one in TO_REVIEW.narrow(rows, user)}

    assert waiting(cast.reviewer) == {by_law.pk}
    assert waiting(cast.officehead) == {other.pk}


def test_a_call_is_announced_only_where_one_is_owed(cast, street, rules):
    limits = limits_of(outcomes.closed(cast, street).profile)
    owed, none = Facts(State.CLOSED, calls=True), Facts(State.CLOSED)
    assert "回访" in next_step(owed, limits).what
    assert "回访" not in next_step(none, limits).what
    told = making.act(entering.fresh(cast), "tell", cast.officehead, body="云湖区人社局")
    assert "回访" not in next_step(Facts.of(told), limits).what
    assert "回访" in next_step(Facts.of(outcomes.closed(cast, street)), limits).what


def test_one_broken_promise_leaves_the_others_their_days_until_they_are_kept(cast, street, rules):
    promises = [making.promise(street, days=5), making.promise(street, days=40, what="补发九月")]
    matter = making.answered(cast, street, outcome=Outcome.SUPPORT, promises=promises)
    first, second = matter.promises.order_by("due_on")
    with making.later(6):
        matter = making.act(
            matter, "broken", cast.registrar, note="八月的还没发。", promise=first
        )  # fmt: skip
        running = matter.clocks.filter(status="running", kind="performance")
        assert [(clock.due_on, owes(clock, matter)) for clock in running] == [
            (second.due_on, str(second.unit))
        ]
        said = {"way": "phone", "note": "他说八月的还没有发。"}
        matter = making.act(matter, "hear", cast.officer, **said)
        matter = making.answered(cast, street, matter, outcome=Outcome.EXPLAIN)
        assert matter.state == State.PERFORMING
        proof = making.paper(matter, cast.officer, "转账凭证.txt")
        [left] = matter.promises.filter(dropped=False)
        matter = making.act(matter, "keep_promise", cast.officer, promise=left, proof=proof)
    assert matter.state == State.ANSWERED


def test_what_comes_back_from_another_path_gets_no_second_sixty_days(cast, street, rules):
    matter = making.handled(cast, street)
    accepted, due = matter.accepted_on, matter.due_on
    data = {"path": "C2", "body": "云湖区劳动争议仲裁院", "limit_text": "一年内申请"}
    with making.later(20):
        matter = entering.decided(
            matter, "reroute", cast, cast.leader, note="是劳动争议。", **data
        )  # fmt: skip
        matter = making.act(matter, "take_back", cast.officehead, note="仲裁院不收。")
        assert (matter.accepted_on, matter.due_on) == (accepted, due)
        assert matter.clocks.filter(kind="handle", status="running").count() == 1


def test_what_the_street_owes_counts_from_the_day_the_request_came_in(cast, street, rules):
    matter = entering.fresh(cast)
    with making.later(10):
        matter = entering.decided(matter, "route", cast, cast.reviewer, **OWN_DUTY)
    duty = matter.clocks.get(kind="duty")
    assert duty.start_on == matter.received_on
    assert duty.due_on == matter.received_on + timedelta(days=60)
