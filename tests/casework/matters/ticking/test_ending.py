"""A window that lapsed: who closes the matter, and what the record says of it."""

from datetime import timedelta

import pytest

from casework.matters.approvals import ask
from casework.matters.models import Matter
from casework.matters.moving import happen
from casework.matters.ticking import ending
from casework.matters.ticking.passing import run
from office.history import acting
from tests.casework.matters.counter import all_said, record, text
from tests.casework.matters.opinions import making
from tests.casework.matters.ticking.telling import MONDAY, answered, ending_rules, on, passed, told

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(rules):
    with on(MONDAY):
        yield


@pytest.fixture
def final(rules):
    ending_rules(rules, MONDAY - 400 * DAY)


def window(matter):
    return matter.clocks.filter(kind__in=("review_ask", "final_ask")).latest("pk")


def state(matter):
    return Matter.objects.get(pk=matter.pk).state


def test_where_the_rules_call_it_ended_a_matter_nobody_contested_is_closed_by_nobody(
    cast, street, final, login
):
    matter = answered(cast, street)
    last = window(matter).due_on
    for days in range((last - MONDAY).days + 1):
        passed(MONDAY + days * DAY)
    assert state(matter) == "answered"  # the petitioner has this day too
    passed(last + DAY)

    matter.refresh_from_db()
    assert (matter.state, matter.closed_on, matter.due_on) == ("closed", last + DAY, None)
    row = matter.moves.latest("pk")
    assert (row.name, row.actor, row.post, row.on) == ("close", None, None, last + DAY)
    assert told(window(matter)) == ["lapsed"]
    assert matter.clocks.filter(kind="follow_30", status="running").exists()
    change = matter.history.latest()
    assert (change.history_user, change.state) == (None, "closed")
    with on(last + DAY):
        page = text(login(cast.officehead).get(record(matter)))
    assert "期满没有人申请，按规则方案即为终结" in page
    assert "系统" in page


def test_where_the_law_is_silent_the_office_head_closes_it(cast, street):
    matter = answered(cast, street)
    last = window(matter).due_on
    passed(last + 5 * DAY)
    assert state(matter) == "answered"
    with on(last + 5 * DAY):
        assert making.act(matter, "close", cast.officehead).state == "closed"


def test_rules_that_came_later_end_nothing_that_began_under_others(cast, street, rules):
    ending_rules(rules, MONDAY + DAY)
    matter = answered(cast, street)
    passed(window(matter).due_on + DAY)
    assert state(matter) == "answered"


def test_after_a_gap_it_is_closed_on_the_day_that_found_it(cast, street, final):
    matter = answered(cast, street)
    passed(MONDAY)
    found = window(matter).due_on + 40 * DAY
    passed(found)
    passed(found)
    matter.refresh_from_db()
    assert matter.closed_on == found
    assert matter.moves.filter(name="close").count() == 1


def test_nobody_asked_for_the_final_review_either(cast, street, final):
    matter = making.upheld(cast, street)
    all_said(matter, cast.officer)
    passed(window(matter).due_on + DAY)
    assert state(matter) == "closed"


def test_what_nobody_said_yet_keeps_it_open_until_the_day_after_it_is_said(cast, street, final):
    matter = making.answered(cast, street)
    day = window(matter).due_on + DAY
    passed(day)
    assert state(matter) == "answered"
    with on(day):
        all_said(matter, cast.officer)
    passed(day)  # asked once a day
    assert state(matter) == "answered"
    passed(day + DAY)
    assert state(matter) == "closed"


def test_a_promise_keeps_it_open(cast, street, final):
    matter = making.performing(cast, street, days=60)
    all_said(matter, cast.officer)
    passed(window(matter).due_on + DAY)
    assert state(matter) == "performing"


def test_while_a_second_person_has_to_decide_nothing_ends_by_itself(cast, street, final):
    matter = answered(cast, street)
    day = window(matter).due_on
    with on(day), acting(cast.officer):
        facts = {"new_date": MONDAY + 3 * DAY, "reason": "回证日期写错"}
        proof = making.paper(matter, cast.officer, "改正的回证.txt")
        ask(matter, "served", by=cast.officer, evidence=proof, **facts)
    passed(day + DAY)
    assert state(matter) == "answered"


def test_a_request_that_came_in_time_is_not_overtaken(cast, street, final):
    matter = answered(cast, street)
    day = window(matter).due_on
    with on(day):
        making.act(matter, "ask_review", cast.registrar, body_name="云湖区人民政府")
    passed(day + DAY)
    assert state(matter) == "reviewing"


def test_a_trial_of_another_day_ends_nothing(cast, street, final):
    matter = answered(cast, street)
    day = window(matter).due_on + DAY
    with on(MONDAY):
        run(day)
    assert state(matter) == "answered"
    with on(day):
        run(day - DAY)
    assert state(matter) == "answered"
    passed(day)
    assert state(matter) == "closed"


def test_what_people_do_never_happens_by_itself(cast, street):
    matter = answered(cast, street)
    with pytest.raises(ValueError, match="by itself"):
        happen(matter.pk, "archive", on=MONDAY, told="")


def test_one_that_cannot_be_closed_keeps_no_other_open(cast, street, final, monkeypatch, caplog):
    broken, fine = answered(cast, street), answered(cast, street)
    day = max(window(one).due_on for one in (broken, fine)) + DAY

    def fails(pk, *args, **facts):
        if pk == broken.pk:
            raise RuntimeError
        return happen(pk, *args, **facts)

    monkeypatch.setattr(ending, "happen", fails)
    passed(day)
    assert (state(broken), state(fine)) == ("answered", "closed")
    assert f"matter {broken.pk} was not closed" in caplog.text
    monkeypatch.undo()
    passed(day + DAY)
    assert state(broken) == "closed"


def test_nothing_is_closed_on_a_provisional_day(cast, street, final, monkeypatch):
    matter = answered(cast, street)
    last = window(matter)
    assert last.by_calendar  # a day off puts its end off
    with monkeypatch.context() as patched:
        patched.setattr(ending, "known_years", lambda: {2025})
        passed(last.due_on + DAY)
    assert state(matter) == "answered"
    passed(last.due_on + 2 * DAY)
    assert state(matter) == "closed"
