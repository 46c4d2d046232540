"""A second person decides whether somebody stays out; nobody in it themself, and upward if need be."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.attaching import attach
from casework.matters.conflicts.asking import say
from casework.matters.conflicts.deciding import (
    decide,
    deciders,
    may_decide,
    may_enter_district,
    record_district,
    tell,
)
from casework.matters.conflicts.upward import OnPaper
from casework.matters.models import Conflict, Matter, Move
from office.clock import today
from office.history import acting
from office.models import Change, Look
from office.separation import Level
from tests.casework.matters.counter import record, sent, text


def said(matter, user, by, kind="asked"):
    with acting(by):
        return say(matter, user, kind=kind, reason="说他和老板是亲戚", by=by)


def page(name, row):
    return reverse(f"matters:{name}", args=[row.matter_id, row.pk])


@pytest.fixture
def request_(cast, handled):
    """The petitioner wants the officer to step back; the registrar entered it."""
    return said(handled, cast.officer, cast.registrar)


def test_the_head_decides_on_the_page_and_the_petitioner_is_answered(cast, request_, login):
    client = login(cast.officehead)
    assert "待决定的回避" in text(client.get("/admin/"))
    shown = text(client.get(page("decide_conflict", request_)))
    assert "说他和老板是亲戚" in shown
    assert Look.objects.filter(person=cast.officehead, purpose="决定回避").exists()

    refused = client.post(page("decide_conflict", request_), sent(decision="refuse", note=" "))
    assert "请写明理由" in text(refused)
    done = client.post(
        page("decide_conflict", request_), sent(decision="refuse", note="没有亲属关系"), follow=True
    )
    assert "请把决定答复信访人" in text(done)
    row = Conflict.objects.get()
    assert (row.decision, row.decided_by, row.level) == ("refused", cast.officehead, "same")
    assert row.text("opinion") == "没有亲属关系"
    assert row.owes_answer

    clerk = login(cast.registrar)
    assert "记录答复信访人" in text(clerk.get(record(row.matter)))
    clerk.post(page("tell_conflict", row), sent(on=f"{today()}", how="phone"))
    row.refresh_from_db()
    assert (row.told_on, row.told_how, row.told_by) == (today(), "phone", cast.registrar)
    last = Move.objects.latest("id")
    assert (last.name, last.summary) == ("tell_recusal", "电话告知信访人：承小办不回避")
    assert "没有要答复的" in text(clerk.get(page("tell_conflict", row), follow=True))


def test_who_is_concerned_and_who_said_it_decide_nothing(cast, handled, login):
    row = said(handled, cast.officehead2, cast.officehead)
    for person, told in ((cast.officehead, "申请人不能审批"), (cast.officehead2, "利害关系")):
        assert not may_decide(person, row)
        with acting(person), pytest.raises(ValidationError, match=told):
            decide(row, by=person, approve=False, note="不用回避")
        assert told in text(login(person).get(page("decide_conflict", row), follow=True))
    assert Conflict.objects.get().decision == ""
    assert not Look.objects.filter(what="回避的理由").exists()


@pytest.mark.parametrize("who", ["registrar2", "officer", "head", "auditor", "reviewer"])
def test_nobody_without_the_right_decides(who, cast, request_):
    with pytest.raises((PermissionDenied, ValidationError, Matter.DoesNotExist)):
        decide(request_, by=getattr(cast, who), approve=True)


def test_it_is_decided_once(cast, request_, login):
    with acting(cast.officehead):
        decide(request_, by=cast.officehead, approve=True)
    with acting(cast.leader), pytest.raises(ValidationError, match="已经有人决定过"):
        decide(request_, by=cast.leader, approve=False, note="不用")
    answer = login(cast.leader).get(page("decide_conflict", request_), follow=True)
    assert "已经有人决定过" in text(answer)


def test_the_history_says_who_decided_in_which_post_and_why(cast, request_):
    with acting(cast.officehead):
        decide(request_, by=cast.officehead, approve=True, note="是表兄弟")
    move = Move.objects.get(name="confirm_recusal")
    assert (move.actor, move.post) == (cast.officehead, cast.officehead.posts.get())
    assert move.text("note") == "是表兄弟"
    change = Change.objects.filter(kind="matters.conflict").latest("id")
    assert (change.actor, change.reason) == (cast.officehead, "决定回避")


# Upward


def without_heads_and_leader(cast, handled):
    """The heads stay out of it; the leader is the one whom it is about: nobody in the street is left."""
    for person in (cast.officehead, cast.officehead2):
        said(handled, person, cast.registrar, kind="named")
    return said(handled, cast.leader, cast.registrar, kind="named")


def test_with_the_heads_out_of_it_the_leader_decides(cast, handled, login):
    row = said(handled, cast.officehead2, cast.registrar, kind="named")
    said(handled, cast.officehead, cast.registrar, kind="named")
    found = deciders(row)
    assert (found.level, found.people) == (Level.LEADER, (cast.leader,))
    assert found.told in text(login(cast.registrar).get(record(handled)))
    with acting(cast.leader):
        done = decide(row, by=cast.leader, approve=True)
    assert done.level == "leader"
    assert "（街道领导决定）" in Move.objects.get(name="confirm_recusal").summary


def test_with_nobody_left_the_district_decides_on_paper(cast, handled, login):
    row = without_heads_and_leader(cast, handled)
    assert deciders(row).level == Level.DISTRICT
    for person in (cast.officehead, cast.leader, cast.registrar):
        assert not may_decide(person, row)
    # the asker enters no paper while somebody else can
    assert not may_enter_district(cast.registrar, row)
    assert may_enter_district(cast.head, row)

    client = login(cast.head)
    assert "录入区级决定" in text(client.get(record(handled)))
    empty = client.post(
        page("district_conflict", row), sent(decision="approve", authority="区信访局")
    )
    assert "扫描件" in text(empty)
    scan = SimpleUploadedFile("批复.txt", "区里的批复".encode())
    client.post(
        page("district_conflict", row),
        sent(decision="approve", authority="云湖区信访局", upload=scan, note=""),
    )
    row.refresh_from_db()
    assert (row.decision, row.level, row.decided_by) == ("approved", "district", None)
    assert (row.recorded_by, row.authority) == (cast.head, "云湖区信访局")
    assert row.paper.matter_id == handled.pk
    assert "（区级决定：云湖区信访局）" in Move.objects.get(name="confirm_recusal").summary


def test_no_paper_of_the_district_is_entered_while_somebody_here_can_decide(cast, request_, login):
    with acting(cast.registrar2), pytest.raises((ValidationError, Matter.DoesNotExist)):
        record_district(request_, OnPaper(True, "区信访局", None), by=cast.registrar2)
    with acting(cast.head), pytest.raises(ValidationError, match="街道里还有人可以决定"):
        record_district(request_, OnPaper(True, "区信访局", None), by=cast.head)
    assert login(cast.head).get(page("district_conflict", request_)).url == "/admin/"


def test_the_concerned_enters_no_paper_and_a_paper_belongs_to_the_matter(cast, handled, fresh):
    row = without_heads_and_leader(cast, handled)
    with acting(cast.registrar):
        elsewhere = attach(
            handled, SimpleUploadedFile("批复.txt", "批复".encode()), by=cast.registrar
        )
    with acting(cast.head):
        with pytest.raises(ValidationError) as told:
            record_district(row, OnPaper(False, " ", None, " "), by=cast.head)
        assert set(told.value.message_dict) == {"authority", "upload", "note"}
        decided = record_district(
            row, OnPaper(False, "区信访局", elsewhere, "认错人"), by=cast.head
        )
    assert decided.refused
    assert Matter.objects.visible_to(cast.leader).filter(pk=handled.pk).exists()


def test_an_answer_to_the_petitioner_has_a_day_and_a_way(cast, request_):
    with acting(cast.officehead):
        row = decide(request_, by=cast.officehead, approve=True)
    with acting(cast.registrar):
        with pytest.raises(ValidationError, match="不能晚于今天"):
            tell(row, by=cast.registrar, on=today().replace(year=today().year + 1), how="phone")
        with pytest.raises(ValidationError, match="答复方式"):
            tell(row, by=cast.registrar, on=today(), how="smoke")
