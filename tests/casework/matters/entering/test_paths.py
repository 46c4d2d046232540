"""Led to another procedure: the notice, the last safe day, the following, the outcome (practice §1)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.approvals import ask, decide
from casework.matters.entering.late import reroutings
from casework.matters.models import Matter
from casework.matters.moving import move
from office import clock
from office.clock import now, today
from office.history import acting
from tests.casework.matters.counter import ARBITRATION, accepted, agreed, assigned, routed
from tests.casework.matters.entering import making
from tests.casework.matters.trials import everything

DAY = timedelta(days=1)
OWN = {
    "path": "C5",
    "body": "本街道",
    "limit_text": "两个月（《行政诉讼法》第四十七条）",
    "own_duty": True,
}


def test_the_path_is_written_down_with_its_last_safe_day(cast, rules):
    last = today() + 40 * DAY
    matter = making.led(cast, last_day=last)

    path = matter.paths.get()
    assert (path.path, path.body, path.last_day) == ("C2", "区劳动人事争议仲裁委员会", last)
    assert path.aid == "区法律援助中心 12348"
    assert (matter.klass, matter.path, matter.accepted_on) == ("C", "C2", None)
    notice = matter.documents.get(kind="path_notice").unlocked("summary")
    for said in (path.body, path.limit_text, f"最后安全日：{last:%Y-%m-%d}", path.aid, "不停止"):
        assert said in notice
    clocks = {row.kind: row for row in matter.clocks.filter(status="running")}
    assert clocks["path_last_day"].due_on == last
    assert set(clocks) == {"accompany", "path_last_day"}
    assert matter.due_kind == "accompany"


def test_a_path_is_not_led_to_without_a_second_person(cast, rules):
    matter = making.fresh(cast)
    with pytest.raises(PermissionDenied), acting(cast.officehead):
        move(matter, "route", by=cast.officehead, data={"note": "仲裁", **ARBITRATION})
    with acting(cast.officehead):
        request = ask(matter, "route", by=cast.officehead, reason="仲裁", data=ARBITRATION)
        with pytest.raises(ValidationError, match="不能审批自己"):
            decide(request, by=cast.officehead, approve=True)
    assert Matter.objects.get(pk=matter.pk).due_kind == "notice"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"path": "C6"}, "path"),
        ({"path": "C9"}, "path"),
        ({"body": ""}, "body"),
        ({"limit_text": ""}, "limit_text"),
        ({"last_day": today() - DAY}, "last_day"),
        ({"own_duty": True}, "own_duty"),
    ],
)
def test_a_path_without_body_limit_or_a_day_to_keep_is_refused(change, field, cast, rules):
    matter = making.fresh(cast)
    before = everything()
    with pytest.raises(ValidationError) as told, acting(cast.officehead):
        ask(matter, "route", by=cast.officehead, reason="仲裁", data=ARBITRATION | change)
    assert field in told.value.error_dict
    assert everything() == before


def test_what_the_street_owes_itself_stays_until_it_is_done(cast, street, rules):
    matter = routed(making.fresh(cast), cast.officehead, cast.reviewer, **OWN)
    assert (matter.state, matter.due_kind, matter.accepted_on) == ("accepted", "duty", today())
    assert matter.due_on == matter.received_on + 60 * DAY
    assert matter.paths.get().own_duty
    assert assigned(matter, cast.officehead, street.social, cast.officer).state == "handling"


def test_every_note_of_following_begins_the_next_month(cast, rules):
    matter = making.led(cast, last_day=today() + 90 * DAY)
    with clock.at(now() + 20 * DAY), acting(cast.officehead):
        matter = move(matter, "track", by=cast.officehead, data={"note": "已立案"})
        assert matter.due_on == today() + 30 * DAY
    assert matter.clocks.filter(kind="accompany", status="met").count() == 1
    assert matter.clocks.filter(kind="path_last_day", status="running").count() == 1


def test_the_outcome_is_proved_and_ends_every_clock(cast, rules):
    matter = making.led(cast, last_day=today() + 90 * DAY)
    said = {"result": "decided", "result_note": "裁决支付两万元"}
    with pytest.raises(ValidationError) as told:
        making.moved(matter, "path_outcome", cast.officehead, **said)
    assert "paper" in told.value.error_dict

    scan = making.paper(matter, cast.officehead)
    done = making.moved(matter, "path_outcome", cast.officehead, paper=scan, **said)

    path = done.paths.get()
    assert (path.result, path.ended_on, path.evidence) == ("decided", today(), scan)
    assert path.unlocked("result_note") == "裁决支付两万元"
    assert (
        done.clocks.filter(status="running", kind__in=["accompany", "path_last_day"]).count() == 0
    )


def test_a_paper_of_another_matter_proves_nothing(cast, rules):
    matter, other = making.led(cast), making.fresh(cast)
    scan = making.paper(other, cast.officehead)
    with pytest.raises(ValidationError) as told:
        making.moved(
            matter,
            "path_outcome",
            cast.officehead,
            result="decided",
            result_note="有裁决",
            paper=scan,
        )
    assert "paper" in told.value.error_dict


def test_a_path_that_led_nowhere_comes_back_with_sixty_days(cast, rules):
    matter = making.led(cast, last_day=today() + 90 * DAY)
    back = making.moved(matter, "take_back", cast.officehead, note="仲裁委不收")
    assert (back.state, back.path, back.due_kind) == ("accepted", "C6", "handle")
    assert back.due_on == today() + 60 * DAY
    assert back.paths.get().ended_on == today()
    assert back.clocks.filter(kind="path_last_day", status="running").count() == 0


# Late


def rerouted(cast, street, days):
    """An accepted matter that a leader lets go to arbitration so many days later."""
    matter = accepted(making.fresh(cast), cast.officehead)
    matter = assigned(matter, cast.officehead, street.social, cast.officer)
    with clock.at(now() + days * DAY):
        return making.decided(matter, "reroute", cast, cast.leader, **ARBITRATION)


def test_a_change_of_path_is_the_leaders_and_keeps_the_senders_day(cast, street, rules):
    matter = making.fresh(cast, channel="hotline", sender_due=today() + 5 * DAY)
    matter = accepted(matter, cast.officehead)
    with acting(cast.officehead):
        request = ask(matter, "reroute", by=cast.officehead, reason="是劳动争议", data=ARBITRATION)
        with pytest.raises(ValidationError, match="不能审批自己"):
            decide(request, by=cast.officehead, approve=True)
    with pytest.raises(PermissionDenied), acting(cast.officehead2):
        decide(request, by=cast.officehead2, approve=True)
    with pytest.raises(ValidationError, match="先经法制审核"), acting(cast.leader):
        decide(request, by=cast.leader, approve=True)
    done = agreed(request, cast.leader)
    assert (done.state, done.path) == ("routed", "C2")
    running = set(done.clocks.filter(status="running").values_list("kind", flat=True))
    assert running == {"accompany", "sender"}


def test_the_auditor_sees_who_changed_the_path_in_the_last_ten_days(cast, street, rules):
    early, late, over = (rerouted(cast, street, days) for days in (20, 52, 65))
    assert early.paths.get().days_left == 40
    assert [row.matter for row in reroutings(cast.auditor)] == [over, late]
    assert [row.overdue for row in reroutings(cast.auditor)] == [5, 0]
