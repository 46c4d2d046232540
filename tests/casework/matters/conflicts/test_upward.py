"""When everybody whose act it is stays out, the act goes upward; it never unlocks (practice §2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.matters.approvals import (
    ask,
    decide,
    deciders,
    may_decide,
    may_enter_district,
    record_district,
)
from casework.matters.conflicts.asking import declare, say
from casework.matters.conflicts.upward import OnPaper
from casework.matters.models import Approval, Matter, Move
from casework.matters.moving import move
from casework.matters.permissions import may
from office.clock import today
from office.history import acting
from office.models import Deputy
from office.posts import renew
from office.separation import Level
from tests.casework.matters.counter import accepted, act, assigned, record, sent, state, text
from tests.conftest import make_person

DAY = timedelta(days=1)


def out(matter, user, by):
    with acting(by):
        say(matter, user, kind="named", reason="点名反映他", by=by)


def gone(*people):
    """These people leave their posts."""
    for person in people:
        with acting(None, "离任"):
            for post in person.posts.all():
                post.valid_to = today() - DAY
                post.save()
        renew(person)


def void_asked(matter, by):
    with acting(by):
        return ask(matter, "void", by=by, reason="重复登记")


# Moves


def test_the_office_head_names_an_officer_when_the_unit_head_stays_out(
    cast, street, handled, login
):
    gone_officer = handled.officer
    assert not may(cast.officehead, handled, "matters.assign_officer")
    out(handled, cast.head, cast.registrar)
    with acting(gone_officer):
        declare(handled, by=gone_officer, reason="信访人是我的表兄")
    page = act(handled, "name_officer")
    assert login(cast.officehead).get(page).status_code == 200
    with acting(cast.officehead), pytest.raises(ValidationError, match="已回避"):
        move(handled, "name_officer", by=cast.officehead, data={"officer": cast.head})
    assert not may(cast.leader, handled, "matters.assign_officer")


def test_a_leader_accepts_and_assigns_when_both_office_heads_stay_out(cast, street, fresh, login):
    assert not may(cast.leader, fresh, "matters.accept_matter")
    out(fresh, cast.officehead, cast.registrar)
    assert not may(cast.leader, fresh, "matters.accept_matter")
    out(fresh, cast.officehead2, cast.registrar)

    assert "受理" in text(login(cast.leader).get(record(fresh)))
    matter = accepted(fresh, cast.leader)
    matter = assigned(matter, cast.leader, street.social)
    assert matter.lead_unit == street.social
    row = Move.objects.filter(name="assign").get()
    assert (row.actor, row.post) == (cast.leader, cast.leader.posts.get())


def test_a_leader_answers_nothing_for_an_officer(cast, handled):
    for person in (cast.officer, cast.head, cast.officehead, cast.officehead2):
        out(handled, person, cast.registrar)
    with acting(cast.leader), pytest.raises(PermissionDenied):
        move(handled, "hear", by=cast.leader, data={"way": "phone", "note": "好"})


def test_a_leader_who_stays_out_too_stands_in_for_nobody(cast, fresh):
    for person in (cast.officehead, cast.officehead2, cast.leader):
        out(fresh, person, cast.registrar)
    with acting(cast.leader), pytest.raises(Matter.DoesNotExist):
        move(fresh, "accept", by=cast.leader, data={"klass": "A"})


# Approvals


def test_a_deputy_does_not_decide_what_she_asked_and_it_goes_to_the_leader(cast, fresh, login):
    gone(cast.officehead2)
    with acting(cast.secadmin):
        Deputy(
            post=cast.officehead.posts.get(), user=cast.registrar2,
            valid_from=today(), valid_to=today() + DAY,
        ).save()  # fmt: skip
        cast.officehead.is_active = False
        cast.officehead.save()
    renew(cast.registrar2)
    request = void_asked(fresh, cast.registrar2)
    assert deciders(request).level == Level.LEADER
    shown = text(login(cast.registrar2).get(record(fresh)))
    assert "没有别的同事可以审批，请报街道领导（街小领）决定" in shown
    with acting(cast.registrar2), pytest.raises(ValidationError, match="不能审批自己的申请"):
        decide(request, by=cast.registrar2, approve=True)
    with acting(cast.leader):
        decide(request, by=cast.leader, approve=True)
    request.refresh_from_db()
    assert (request.level, state(fresh)) == ("leader", "void")
    assert Move.objects.get(name="void").summary == "（街道领导决定）"


def test_who_was_asked_to_step_back_decides_nothing_on_the_matter(cast, fresh):
    request = void_asked(fresh, cast.registrar)
    with acting(cast.registrar):
        say(fresh, cast.officehead, kind="asked", reason="说他偏袒", by=cast.registrar)
    assert not may_decide(cast.officehead, request)
    assert may_decide(cast.officehead2, request)


def nobody_left(cast, fresh):
    gone(cast.officehead, cast.officehead2)
    out(fresh, cast.leader, cast.registrar)
    return void_asked(fresh, cast.registrar)


def test_the_districts_paper_decides_when_nobody_is_left(cast, fresh, login):
    request = nobody_left(cast, fresh)
    assert deciders(request).level == Level.DISTRICT
    assert "请报区级主管部门决定" in text(login(cast.registrar).get(record(fresh)))
    # another registrar sees what is registered: the asker enters nothing
    assert not may_enter_district(cast.registrar, request)
    page = reverse("matters:district", args=[fresh.pk, request.pk])
    assert login(cast.registrar).get(page).url == "/admin/"

    client = login(cast.registrar2)
    assert client.get(page).status_code == 200
    scan = SimpleUploadedFile("批复.txt", "区里的批复".encode())
    form = {"decision": "approve", "authority": "云湖区信访局", "note": ""}
    # void, it is no registrar's but its own: the second one goes on to the list
    assert client.post(page, sent(**form, upload=scan)).url == "/admin/matters/"
    request.refresh_from_db()
    assert (request.level, request.decided_by, request.recorded_by) == (
        "district", None, cast.registrar2,
    )  # fmt: skip
    assert state(fresh) == "void"
    assert Move.objects.get(name="void").summary == "（区级决定：云湖区信访局）"
    assert "区级决定" in text(login(cast.registrar).get(record(fresh)))


def test_the_asker_enters_the_paper_only_when_nobody_else_could(cast, fresh):
    gone(cast.officehead, cast.officehead2)
    out(fresh, cast.leader, cast.registrar2)
    request = void_asked(fresh, cast.registrar)
    assert may_enter_district(cast.registrar2, request)
    gone(cast.registrar2)
    assert may_enter_district(cast.registrar, Approval.objects.get())


def test_whoever_had_all_others_step_back_is_not_left_alone_with_the_own_request(cast, fresh):
    request = nobody_left(cast, fresh)  # the asker named the leader
    gone(cast.registrar2)
    assert not may_enter_district(cast.registrar, request)


def test_whoever_named_the_deciders_does_not_enter_the_paper_for_a_colleague(cast, street, fresh):
    request = nobody_left(cast, fresh)
    with acting(cast.registrar2):
        say(fresh, cast.head, kind="named", reason="信访人说是亲戚", by=cast.registrar2)
    third = make_person("registrar3", "登小三", "registrar", street.office)
    assert may_enter_district(third, request)
    assert not may_enter_district(cast.registrar2, request)
    assert not may_enter_district(cast.registrar, request)


def test_whoever_is_asked_to_step_back_enters_no_paper(cast, fresh):
    request = nobody_left(cast, fresh)
    with acting(cast.registrar):
        say(fresh, cast.registrar2, kind="asked", reason="信访人要求她回避", by=cast.registrar)
    decision = OnPaper(approve=True, authority="云湖区信访局", paper=None)
    with acting(cast.registrar2), pytest.raises(ValidationError, match="正在等决定"):
        record_district(request, decision, by=cast.registrar2)


def test_a_refusal_of_the_district_needs_its_reason_and_leaves_the_matter(cast, fresh, login):
    request = nobody_left(cast, fresh)
    page = reverse("matters:district", args=[fresh.pk, request.pk])
    scan = SimpleUploadedFile("批复.txt", "不同意".encode())
    form = {"decision": "refuse", "authority": "云湖区信访局"}
    client = login(cast.registrar2)
    assert "请写明文书上的理由" in text(client.post(page, sent(**form, upload=scan, note="")))
    scan.seek(0)
    client.post(page, sent(**form, upload=scan, note="两件不同"))
    request.refresh_from_db()
    assert (request.decision, state(fresh)) == ("refused", "registered")
    assert "（区级决定：云湖区信访局）" in Move.objects.get(name="decline").summary


def test_no_decision_stands_without_a_person_or_a_paper(cast, fresh):
    request = void_asked(fresh, cast.registrar)
    for level in ("district", "same"):
        request.decision, request.level = "approved", level
        with pytest.raises(IntegrityError), transaction.atomic():
            request.save()
        request = Approval.objects.get()
