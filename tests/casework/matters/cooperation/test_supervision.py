"""催办 and 督办: a nudge in chosen words; a pressure with a clock, an answer and a verdict."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.cooperation import counts, supervising
from casework.matters.models import Clock, Document, Matter, Reminder, Supervision
from casework.matters.moving import move
from office.clock import today
from office.history import acting
from tests.casework.matters.cooperation.asking import fresh, helped, names, post, url
from tests.casework.matters.counter import record, text
from tests.conftest import make_person


def ordered(matter, by, **more):
    told = {"ground": "dragging", "measure": "letter", "what": "五日内书面答复"} | more
    with acting(by):
        return supervising.supervise(matter, supervising.Order(**told), by=by)


def said(row, by, **more):
    told = {"text": "已补发，十日内全部结清"} | more
    with acting(by):
        return supervising.answer(row, by=by, **told)


def clock(row):
    return Clock.objects.filter(kind="supervision", subject=row.subject).order_by("pk").last()


def test_the_office_head_reminds_and_the_officer_takes_note(cast, handled, login):
    client = login(cast.officehead)
    assert post(client, "remind", handled, text_chosen="progress").status_code == 302
    [row] = Reminder.objects.all()
    theirs = login(cast.officer)
    assert "请说明办到哪一步" in text(theirs.get("/admin/"))
    assert post(theirs, "reply_reminder", handled, row, answer="").status_code == 302
    row = fresh(row)
    assert (row.read_by, row.answered_at) == (cast.officer, None)
    assert "请说明办到哪一步" not in text(theirs.get("/admin/"))


def test_a_reminder_says_nothing_that_was_not_to_choose_from(cast, handled, login):
    answer = post(login(cast.officehead), "remind", handled, text_chosen="快点，不然扣你分")
    assert answer.status_code == 422
    assert not Reminder.objects.exists()


def test_nobody_below_reminds_or_supervises(cast, handled, login):
    for who in (cast.officer, cast.head, cast.registrar):
        with pytest.raises((PermissionDenied, ValidationError)):
            ordered(handled, who)
    assert login(cast.head).get(url("supervise", handled)).status_code == 302
    assert not Supervision.objects.exists()


def test_a_leader_supervises_and_the_unit_has_a_clock_of_its_own(cast, handled, login):
    due = str(today() + timedelta(days=5))
    answer = post(
        login(cast.leader), "supervise", handled, measure="letter", ground="shifting",
        what="请于五日内书面答复", due_on=due, suggestion="",
    )  # fmt: skip
    assert answer.status_code == 302
    [row] = Supervision.objects.all()
    assert (clock(row).status, str(clock(row).due_on)) == ("running", due)
    assert fresh(handled).due_kind == "supervision"  # the earliest thing owed
    assert Document.objects.get(kind="supervision").to_name == row.unit.name
    assert "要答复的督办" in text(login(cast.officer).get("/admin/"))


def test_the_unit_answers_the_supervisor_sends_back_and_then_accepts(cast, handled, login):
    row = ordered(handled, cast.officehead)
    client = login(cast.officer)
    assert post(client, "answer_supervision", handled, row, body="在办").status_code == 302
    assert clock(row).status == "met"
    boss = login(cast.officehead)
    assert "等审核的督办答复" in text(boss.get("/admin/"))
    refused = post(boss, "judge_supervision", handled, row, decision="back", note="")
    assert refused.status_code == 422
    post(boss, "judge_supervision", handled, row, decision="back", note="没有写什么时候结清")
    assert fresh(row).stage == "asked"
    assert clock(row).status == "running"
    said(fresh(row), cast.officer)
    post(boss, "judge_supervision", handled, row, decision="accept", note="")
    row = fresh(row)
    assert (row.stage, row.ended_on, row.answers.count()) == ("accepted", today(), 2)
    assert names(handled)[-1] == "accept_supervision"
    assert fresh(handled).due_kind == "handle"


def test_a_suggestion_needs_a_written_answer_on_adoption(cast, handled, login):
    row = ordered(handled, cast.leader, suggestion="请完善加班登记办法")
    answer = post(login(cast.officer), "answer_supervision", handled, row, body="已补发")
    assert answer.status_code == 422
    with pytest.raises(ValidationError) as refused:
        said(row, cast.officer)
    assert {"adoption", "adoption_note"} <= set(refused.value.message_dict)
    said(row, cast.officer, adoption="partly", adoption_note="先在两家试行")
    assert fresh(row).answers.get().unlocked("adoption_note") == "先在两家试行"


def test_another_unit_does_not_answer_for_the_one_supervised(cast, street, handled, login):
    row = ordered(handled, cast.officehead)
    with pytest.raises(Matter.DoesNotExist):
        said(row, cast.other_officer)
    helped(handled, street.housing, cast.officer)
    with pytest.raises(PermissionDenied):
        said(row, cast.other_officer)
    assert login(cast.other_officer).get(url("answer_supervision", handled, row)).status_code == 302
    with acting(cast.officehead):
        note = "职责调整"
        move(
            fresh(handled), "reassign", by=cast.officehead,
            data={"lead_unit": street.housing, "note": note},
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        said(row, cast.other_officer)  # it leads now, but it was not the one supervised


def test_a_supervision_of_a_unit_that_leads_no_more_is_withdrawn_with_a_reason(cast, handled):
    row = ordered(handled, cast.officehead)
    with acting(cast.officehead):
        supervising.withdraw(row, reason="改交别的单位", by=cast.officehead)
    assert (fresh(row).stage, clock(row).status) == ("withdrawn", "dropped")
    with pytest.raises(ValidationError, match="已撤销"):
        said(row, cast.officer)


def test_stronger_measures_come_after_a_letter(cast, handled):
    with pytest.raises(ValidationError) as refused:
        ordered(handled, cast.leader, measure="talk")
    assert "先发督办函" in str(refused.value.message_dict["measure"])
    first = ordered(handled, cast.leader)
    second = ordered(handled, cast.leader, measure="talk", before=first)
    assert second.before == first
    assert Clock.objects.filter(kind="supervision", status="running").count() == 2


def test_nobody_supervises_the_unit_they_work_in(cast, street, handled):
    with acting(cast.officehead):
        matter = move(
            handled, "reassign", by=cast.officehead,
            data={"lead_unit": street.office, "note": "由信访办牵头"},
        )  # fmt: skip
    with pytest.raises(ValidationError, match="不能自己督办自己"):
        ordered(matter, cast.officehead)
    ordered(matter, cast.leader)


def test_what_was_answered_by_oneself_is_judged_by_another(cast, street, handled):
    both = make_person("both", "兼小任", "office_head", street.office)
    row = ordered(handled, cast.officehead)
    said(row, cast.officer)
    with acting(both):
        supervising.judge(row, accept=True, note="", by=both)
    assert fresh(row).answers.get().verdict_by == both


def test_supervision_is_counted_by_unit_and_ground_and_never_by_person(cast, handled, login):
    dropped = ordered(handled, cast.officehead)
    ordered(handled, cast.officehead, ground="late")
    with acting(cast.officehead):
        supervising.withdraw(dropped, reason="发错了", by=cast.officehead)
    [unit] = counts.supervised(cast.leader, today(), today(), "unit")
    assert (unit.label, unit.asked, unit.running, unit.dropped) == ("社会事务办", 1, 1, 1)
    with pytest.raises(KeyError):
        counts.supervised(cast.leader, today(), today(), "officer")
    page = text(login(cast.leader).get(url("supervisions")))
    assert "社会事务办" in page
    assert cast.officer.name not in page
    assert login(cast.officer).get(url("supervisions")).status_code == 302


def test_supervision_shows_on_the_record_with_its_day(cast, handled, login):
    ordered(handled, cast.officehead)
    assert "督办函：敷衍、拖延" in text(login(cast.officer).get(record(handled)))
