"""A review asked for after the matter was closed: recorded, told as late or not, never turned away."""

import pytest
from django.core.exceptions import ValidationError

from casework.matters.approvals import ask, decide
from casework.matters.permissions import available
from office.clock import today
from office.history import acting
from tests.casework.matters.opinions import making
from tests.casework.matters.outcomes import making as outcomes

BODY = {"body_name": "云湖区人民政府"}


@pytest.fixture
def closed(cast, street, rules):
    """Served, closed forty days later with nobody having asked."""
    matter = making.answered(cast, street)
    outcomes.four(matter, cast.officer, outcomes.filed(matter, cast.officer))
    with making.later(40):
        return making.act(matter, "close", cast.officehead)


def asked(cast, matter):
    return making.act(matter, "ask_review", cast.registrar, **BODY)


def test_who_asks_too_late_is_recorded_and_the_superior_decides(cast, closed):
    with making.later(41):
        matter = asked(cast, closed)
        assert matter.superior_reviews.get().late
    assert (matter.state, matter.ending, matter.closed_on) == ("reviewing", "", None)
    assert (matter.retention, matter.keep_until) == ("", None)


def test_an_opinion_that_arrived_later_than_written_was_contested_in_time(cast, closed):
    with making.later(40):
        with acting(cast.officer):
            proof = making.paper(closed, cast.officer, "邮寄回执.txt")
            request = ask(
                closed, "served", by=cast.officer, reason="日期写错",
                new_date=today() - 20 * making.DAY, evidence=proof,
            )  # fmt: skip
        with acting(cast.officehead):
            matter = decide(request, by=cast.officehead, approve=True)
        window = matter.clocks.get(kind="review_ask")
        assert window.due_on > today()
    with making.later(41):
        assert not asked(cast, matter).superior_reviews.get().late


def test_an_agreement_leaves_nothing_to_review(cast, street, rules):
    matter = making.settled(cast, street)
    assert "ask_review" not in {rule.name for rule in available(cast.registrar, matter)}
    with pytest.raises(ValidationError, match="没有处理意见可以复查"):
        asked(cast, matter)


def test_a_request_that_is_not_taken_up_leaves_the_window_open(cast, street, rules):
    matter = making.answered(cast, street)
    due = matter.clocks.get(kind="review_ask").due_on
    matter = asked(cast, matter)
    data = making.data_for("review_declined", cast, street, matter)
    matter = making.act(matter, "review_declined", cast.registrar, **data)
    assert matter.state == "answered"
    assert list(
        matter.clocks.filter(status="running", kind="review_ask").values_list("due_on")
    ) == [(due,)]
    assert asked(cast, matter).state == "reviewing"  # asked in time once more


def test_a_late_request_that_is_not_taken_up_ends_the_matter_again(cast, street, closed):
    with making.later(41):
        matter = asked(cast, closed)
        data = making.data_for("review_declined", cast, street, matter)
        matter = making.act(matter, "review_declined", cast.registrar, **data)
        assert (matter.state, matter.ending, matter.closed_on) == ("closed", "opinion", today())
        assert matter.retention
        assert matter.due_on is None
        assert not matter.clocks.filter(kind__in=("review_ask", "review_decide"), status="running")


def test_the_last_level_is_asked_once_and_after_the_first(cast, street, closed):
    with making.later(41):
        told = "还没有复查过"
        with pytest.raises(ValidationError, match=told):
            making.act(closed, "ask_final", cast.registrar, body_name="市人民政府")
