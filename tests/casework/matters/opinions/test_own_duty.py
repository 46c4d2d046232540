"""What the street itself has to do is refused by an opinion that others agreed to, never by one person."""

import pytest
from django.core.exceptions import ValidationError

from casework.matters.permissions import available
from casework.matters.steps import path_of, standing_of
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
    told = making.act(duty, "answer", cast.officer, outcome="support", body="已经拆除。")
    assert told.state == "closed"


def test_the_law_is_looked_at_and_a_leader_signs(cast, street, duty):
    matter = making.answered(cast, street, duty, outcome="not_supported")
    assert matter.opinions.get().legal
    assert (matter.state, matter.ending) == ("closed", "opinion")
    assert matter.closed_on == matter.answered_on == matter.opinions.get().answered_on
    assert "review_ask" not in running(matter)
    assert "duty" not in running(matter)
    paper = matter.documents.get(kind="opinion")
    assert "行政复议" in paper.remedy
    assert "复查" not in paper.remedy
    assert "ask_review" not in {rule.name for rule in available(cast.registrar, matter)}
    with pytest.raises(ValidationError, match="只有信访程序的处理意见可以申请复查"):
        making.act(matter, "ask_review", cast.registrar, body_name="云湖区人民政府")
    stations = [step.label for step in path_of(standing_of(matter, matter.moves.all()))]
    assert "审核签发" in stations
    assert "复查期" not in stations


def test_what_is_taken_up_again_has_the_limit_of_a_duty(cast, street, duty):
    made = making.act(
        duty, "answer", cast.officer, outcome="support", body="责令限期清理。",
        promises=[making.promise(street)],
    )  # fmt: skip
    with making.later(21):
        again = making.act(made, "broken", cast.registrar, note="他说没有人来清理。")
        assert {"duty"} == running(again) & {"duty", "accompany", "handle"}
