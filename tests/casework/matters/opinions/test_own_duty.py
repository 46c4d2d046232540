"""What the street itself has to do is refused by an opinion that others agreed to, never by one person."""

import pytest
from django.core.exceptions import ValidationError

from casework.matters.approvals import ask, decide
from casework.matters.permissions import available
from casework.matters.steps import path_of, standing_of
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import assigned
from tests.casework.matters.entering import making as entering
from tests.casework.matters.life.starts import OWN_DUTY
from tests.casework.matters.opinions import making

_REFUSED = {"outcome": "not_supported", "body": "经查不属于违法建设。"}


@pytest.fixture(params=["C5", "C4"])
def duty(request, cast, street, rules):
    way = OWN_DUTY | {"path": request.param}
    matter = entering.decided(entering.fresh(cast), "route", cast, cast.officehead2, **way)
    return assigned(matter, cast.officehead, street.social, cast.officer)


def running(matter):
    return set(matter.clocks.filter(status="running").values_list("kind", flat=True))


def test_nobody_refuses_it_alone(cast, street, duty):
    with pytest.raises(ValidationError, match="不能一个人答复"):
        making.act(duty, "answer", cast.officer, **_REFUSED)
    duty.refresh_from_db()
    assert (duty.state, duty.opinions.count()) == ("handling", 0)
    told = making.replied(cast, duty, outcome="support", body="已经拆除。")
    assert told.state == "signed"
    assert making.in_hand(cast, street, told).state == "closed"


def test_the_law_is_looked_at_and_a_leader_signs(cast, street, duty):
    matter = making.answered(cast, street, duty, outcome="not_supported")
    assert matter.opinions.get().legal
    assert (matter.state, matter.ending) == ("closed", "opinion")
    assert matter.closed_on == matter.answered_on == matter.opinions.get().answered_on
    assert matter.clocks.get(kind="duty").status == "met"
    assert not matter.clocks.filter(kind="review_ask").exists()
    paper = matter.documents.get(kind="reply")
    assert matter.services.get().document == paper
    assert "先申请行政复议" in paper.remedy
    assert "复查" not in paper.remedy
    assert "ask_review" not in {rule.name for rule in available(cast.registrar, matter)}
    with pytest.raises(ValidationError, match="只有信访程序的处理意见可以申请复查"):
        making.act(matter, "ask_review", cast.registrar, body_name="云湖区人民政府")
    stations = [step.label for step in path_of(standing_of(matter, matter.moves.all()))]
    assert "审核签发" in stations
    assert "复查期" not in stations


def test_a_late_refusal_is_told_as_late_and_its_day_can_be_put_right(cast, street, duty):
    with making.later(70):
        matter = making.answered(cast, street, duty, outcome="not_supported")
        clock = matter.clocks.get(kind="duty")
        assert (clock.status, clock.ended_on > clock.due_on) == ("met", True)
        assert clock.ended_on == today()
    with making.later(75):
        with acting(cast.officer):
            proof = making.paper(matter, cast.officer, "邮寄回执.txt")
            request = ask(
                matter, "served", by=cast.officer, reason="日期写错",
                new_date=today() - 2 * making.DAY, evidence=proof,
            )  # fmt: skip
        with acting(cast.officehead):
            told = decide(request, by=cast.officehead, approve=True)
        day = today() - 2 * making.DAY
        assert (told.closed_on, told.answered_on) == (day, day)
        assert told.clocks.get(kind="duty").ended_on == day


def test_an_answer_does_not_end_what_was_promised_before(cast, street, duty):
    promises = [making.promise(street), making.promise(street, 40, "清运垃圾")]
    told = {"outcome": "support", "body": "责令限期清理。"}
    made = making.in_hand(cast, street, making.replied(cast, duty, **told, promises=promises))
    with making.later(21):
        first = made.promises.earliest("due_on")
        made = making.act(made, "broken", cast.registrar, promise=first, note="没有人来。")
        again = making.in_hand(cast, street, making.replied(cast, made, **told))
    assert again.state == "performing"
    assert {"performance"} == running(again) & {"performance", "duty"}


def test_what_is_taken_up_again_has_the_limit_of_a_duty(cast, street, duty):
    reply = {"outcome": "support", "body": "责令限期清理。", "promises": [making.promise(street)]}
    made = making.in_hand(cast, street, making.replied(cast, duty, **reply))
    with making.later(21):
        again = making.act(made, "broken", cast.registrar, note="他说没有人来清理。")
        assert {"duty"} == running(again) & {"duty", "accompany", "handle"}
