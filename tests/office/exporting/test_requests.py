"""A list in clear leaves the house only when a second person agreed, marked, for a short time."""

import threading
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from openpyxl import load_workbook

from office.clock import at, now, today
from office.exporting import requests, runs
from office.history import acting
from office.models import Change, ExportRequest, ExportRun, Look, Post, User
from office.posts import appoint
from tests.office.exporting.desk import (
    NAMES,
    asked,
    cells,
    content,
    file,
    flat,
    matters,
    page,
    sent,
    text,
    work,
)  # fmt: skip
from tests.office.exporting.test_files import end_posts, on_disk

State = ExportRequest.State
ASK = "/admin/exports/clear/matters/?tab=all"


def about(request):
    return f"/admin/exports/requests/{request.pk}/"


def ask_form(**fields):
    return sent(**{"usual": "上报", "detail": "报区信访局核对联系方式", **fields})


def agree(request, by):
    with acting(by):
        return requests.decide(request.pk, by=by, agree=True)


def fresh(person):
    return User.objects.get(pk=person.pk)


def test_a_head_asks_a_leader_agrees_and_the_marked_file_is_the_head_s_for_a_day(cast, login):
    matters(cast)
    head, leader = login(cast.officehead), login(cast.leader)
    form = text(head.get(ASK))
    assert "3 条" in form
    assert "全部的信访事项" in form
    response = head.post(ASK, ask_form())
    request = ExportRequest.objects.get()
    assert response.url == about(request)
    assert not ExportRun.objects.exists()

    assert about(request) in text(leader.get("/admin/"))
    shown = text(leader.get(about(request)))
    for words in ("信小任", "全部的信访事项", "3 条", "上报：报区信访局核对联系方式"):
        assert words in shown
    assert leader.post(about(request), sent(agree="yes", note="")).status_code == 302
    assert about(request) not in text(leader.get("/admin/"))
    assert work()

    run = ExportRun.objects.get()
    assert (run.person, run.clear, run.format) == (cast.officehead, True, "xlsx")
    assert page(run) in text(head.get("/admin/"))
    data = content(head.get(file(run)))
    assert all(name in flat(data) for name in NAMES)
    request.refresh_from_db()
    assert run.expires_at == request.decided_at + timedelta(hours=24)
    assert leader.get(file(run)).status_code == 404


def test_every_printed_page_says_who_has_it_since_when_for_what_and_by_which_request(cast, login):
    matters(cast)
    request = agree(asked(cast.officehead), cast.leader)
    work()
    run = ExportRun.objects.get()
    data = content(login(cast.officehead).get(file(run)))
    mark = cells(data)[1][0]
    for words in (
        "明文导出", "信小任（officehead）", f"{today():%Y-%m-%d}", "报区信访局", f"申请第 {request.pk} 号",
    ):  # fmt: skip
        assert words in mark
    sheet = load_workbook(BytesIO(data)).active
    printed = (
        f"{sheet.oddHeader.center.text}{sheet.oddHeader.left.text}{sheet.oddHeader.right.text}"
    )
    printed += (
        f"{sheet.oddFooter.center.text}{sheet.oddFooter.left.text}{sheet.oddFooter.right.text}"
    )
    assert "信小任（officehead）" in printed
    assert f"申请第 {request.pk} 号" in printed


def test_each_download_in_clear_is_in_the_ledger_with_its_purpose_and_request(cast, login):
    matters(cast)
    request = agree(asked(cast.officehead), cast.leader)
    work()
    run = ExportRun.objects.get()
    for _ in range(2):
        content(login(cast.officehead).get(file(run)))
    made, *downloads = Look.objects.order_by("pk")
    assert made.what.startswith(f"生成 .xlsx，3 行明文（申请第 {request.pk} 号）")
    assert [look.what[:4] for look in downloads] == ["下载 .", "下载 ."]
    assert {look.purpose for look in (made, *downloads)} == {"报区信访局核对联系方式"}


def test_nobody_decides_on_what_they_asked_for_themselves(cast, street, login):
    matters(cast)
    with acting(None, "兼任"):
        appoint(cast.officehead, street.street, "leader", since=today())
    person = fresh(cast.officehead)
    request = asked(person)
    client = login(person)
    shown = text(client.get(about(request)))
    assert "不能审批自己的申请" in shown
    assert 'name="agree"' not in shown
    assert about(request) not in text(client.get("/admin/"))
    told = text(client.post(about(request), sent(agree="yes", note="")))
    assert "不能审批自己的申请" in told
    with pytest.raises(ValidationError, match="不能审批自己的申请"):
        agree(request, person)
    assert ExportRequest.objects.get().state == State.ASKED
    assert not ExportRun.objects.exists()


def test_who_may_not_decide_does_not_decide(cast, login):
    matters(cast)
    request = asked(cast.officehead)
    for person in (cast.officehead2, cast.registrar, cast.head, cast.sysadmin):
        assert login(person).get(about(request)).status_code == 404
        assert login(person).post(about(request), sent(agree="yes")).status_code == 404
        with pytest.raises(ValidationError, match="没有审批"):
            agree(request, person)
    auditor = login(cast.auditor)
    assert 'name="agree"' not in text(auditor.get(about(request)))
    assert "没有审批这项申请的权限" in text(auditor.post(about(request), sent(agree="yes")))
    assert ExportRequest.objects.get().state == State.ASKED


def test_a_request_without_words_of_its_own_is_not_made(cast, login):
    matters(cast)
    client = login(cast.officehead)
    for fields in ({"detail": " "}, {"usual": "", "detail": "核对"}, {"detail": ""}):
        response = client.post(ASK, ask_form(**fields))
        assert response.status_code == 200
    assert "请写明给谁、做什么用" in text(client.post(ASK, ask_form(detail="")))
    with pytest.raises(ValidationError, match="请写明用途"):
        asked(cast.officehead, purpose="  ")
    assert not ExportRequest.objects.exists()


def test_who_may_not_ask_does_not_ask(cast, login):
    matters(cast)
    for person in (cast.head, cast.leader, cast.auditor, cast.registrar):
        assert login(person).get(ASK).status_code == 302
        with pytest.raises(PermissionDenied):
            asked(person)
    assert "申请明文导出" not in text(login(cast.leader).get("/admin/exports/new/matters/?tab=all"))
    assert "申请明文导出" in text(login(cast.officehead).get("/admin/exports/new/matters/?tab=all"))
    assert login(cast.secadmin).get("/admin/exports/clear/users/").status_code == 302
    assert not ExportRequest.objects.exists()


def test_a_refusal_says_why_and_the_asker_reads_it(cast, login):
    matters(cast)
    request = asked(cast.officehead)
    leader = login(cast.leader)
    assert "不同意时请写明理由" in text(leader.post(about(request), sent(agree="no", note=" ")))
    assert ExportRequest.objects.get().state == State.ASKED
    leader.post(about(request), sent(agree="no", note="遮盖的就够用"))
    assert ExportRequest.objects.get().state == State.REFUSED
    for address in (about(request), "/admin/exports/"):
        assert "遮盖的就够用" in text(login(cast.officehead).get(address))
    assert not ExportRun.objects.exists()
    assert not work()


def test_a_decision_that_is_neither_yes_nor_no_decides_nothing(cast, login):
    matters(cast)
    request = asked(cast.officehead)
    told = text(login(cast.leader).post(about(request), sent(note="看看")))
    assert "请选“同意”或“不同意”" in told
    assert ExportRequest.objects.get().state == State.ASKED


def test_an_asker_takes_a_request_back_while_nobody_decided(cast, login):
    matters(cast)
    request = asked(cast.officehead)
    head = login(cast.officehead)
    assert head.post(about(request), sent(act="withdraw")).status_code == 302
    assert ExportRequest.objects.get().state == State.WITHDRAWN
    told = text(login(cast.leader).post(about(request), sent(agree="yes", note="")))
    assert "申请人已经撤回" in told
    assert not ExportRun.objects.exists()


def test_what_was_decided_is_not_taken_back_and_nobody_takes_back_another_s_request(cast, login):
    matters(cast)
    request = asked(cast.officehead)
    with pytest.raises(PermissionDenied):
        requests.withdraw(request.pk, by=cast.leader)
    agree(request, cast.leader)
    told = text(login(cast.officehead).post(about(request), sent(act="withdraw")))
    assert "街小领 已经审批：已同意" in told
    assert ExportRequest.objects.get().state == State.ALLOWED


def test_of_two_who_decide_the_second_is_told_and_changes_nothing(cast, street, login):
    matters(cast)
    with acting(None, "增加领导"):
        appoint(cast.officehead2, street.street, "leader", since=today())
    second = fresh(cast.officehead2)
    request = asked(cast.officehead)
    login(cast.leader).post(about(request), sent(agree="no", note="不必"))
    told = text(login(second).post(about(request), sent(agree="yes", note="")))
    assert "街小领 已经审批：未同意。没有再次处理。" in told
    assert ExportRequest.objects.get().state == State.REFUSED
    assert not ExportRun.objects.exists()


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_the_same_moment_begin_one_file(cast, street):
    matters(cast)
    with acting(None, "增加领导"):
        appoint(cast.officehead2, street.street, "leader", since=today())
    request, ready, told = asked(cast.officehead), threading.Barrier(2), []

    def decider(pk):
        person = User.objects.get(pk=pk)
        ready.wait()
        try:
            agree(request, person)
            told.append("done")
        except ValidationError as error:
            told.extend(error.messages)
        finally:
            connection.close()

    people = [cast.leader.pk, cast.officehead2.pk]
    threads = [threading.Thread(target=decider, args=(pk,)) for pk in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(text[-7:] for text in told) == sorted(["done", "没有再次处理。"])
    assert ExportRun.objects.count() == 1
    assert ExportRequest.history.filter(state=State.ALLOWED).count() == 1


def test_a_form_sent_twice_asks_once_and_decides_once(cast, login):
    matters(cast)
    head, fields = login(cast.officehead), ask_form()
    assert head.post(ASK, fields).url == head.post(ASK, fields).url
    request = ExportRequest.objects.get()
    leader, fields = login(cast.leader), sent(agree="yes", note="")
    for _ in range(2):
        assert leader.post(about(request), fields).status_code == 302
    assert ExportRun.objects.count() == 1


def test_nobody_agrees_for_an_asker_who_has_lost_the_right(cast, login):
    matters(cast)
    request = asked(cast.officehead)
    end_posts(cast.officehead)
    told = text(login(cast.leader).post(about(request), sent(agree="yes", note="")))
    assert "申请人现在没有申请明文导出的权限" in told
    with acting(None, "离岗"):
        person = fresh(cast.officehead)
        person.is_active = False
        person.save()
    with pytest.raises(ValidationError, match="账号已停用"):
        agree(request, cast.leader)
    assert ExportRequest.objects.get().state == State.ASKED


def test_an_asker_who_lost_the_right_after_the_agreement_gets_nothing(cast, login):
    matters(cast)
    agree(asked(cast.officehead), cast.leader)
    end_posts(cast.officehead)
    assert work()
    run = ExportRun.objects.get()
    assert run.state == ExportRun.State.FAILED
    assert "没有申请明文导出“信访事项”的权限" in run.error
    assert (on_disk(), Look.objects.count()) == ([], 0)


def test_an_asker_who_lost_the_right_after_the_file_was_made_does_not_get_it(cast, login):
    matters(cast)
    agree(asked(cast.officehead), cast.leader)
    work()
    end_posts(cast.officehead)
    response = login(fresh(cast.officehead)).get(file(ExportRun.objects.get()))
    assert response.status_code == 403
    assert not Look.objects.filter(what__startswith="下载").exists()


def test_a_clear_file_is_gone_a_day_after_the_agreement_however_late_it_was_made(cast, login):
    matters(cast)
    agree(asked(cast.officehead), cast.leader)
    with at(now() + timedelta(hours=23)):
        assert work()
        assert login(cast.officehead).get(file(ExportRun.objects.get())).status_code == 200
    with at(now() + timedelta(hours=24, minutes=1)):
        client = login(cast.officehead)
        assert client.get(file(ExportRun.objects.get())).status_code == 410
        runs.forget_expired(now())
    assert ExportRun.objects.get().state == ExportRun.State.GONE
    assert on_disk() == []


def test_a_file_that_no_worker_made_in_time_is_not_made_any_more(cast):
    matters(cast)
    agree(asked(cast.officehead), cast.leader)
    with at(now() + timedelta(hours=25)):
        assert work()
    run = ExportRun.objects.get()
    assert run.state == ExportRun.State.FAILED
    assert "请重新申请" in run.error
    assert on_disk() == []


def test_an_auditor_reads_what_was_asked_decided_and_taken_back(cast, login):
    matters(cast)
    request = agree(asked(cast.officehead), cast.leader)
    auditor = login(cast.auditor)
    assert "报区信访局核对联系方式" in text(auditor.get("/admin/exports/requests/"))
    shown = text(auditor.get(about(request)))
    for words in ("信小任", "街小领", "已同意", "下载到"):
        assert words in shown
    changes = Change.objects.filter(kind="office.exportrequest").order_by("pk")
    assert [(c.actor.username, c.reason) for c in changes] == [
        ("officehead", "申请明文导出"), ("leader", "审批明文导出"),
    ]  # fmt: skip
    assert changes[1].post == Post.objects.get(user=cast.leader)
    audit = text(auditor.get("/admin/audit/?kind=office.exportrequest"))
    assert f'href="{about(request)}"' in audit
    for words in ("待审批", "已同意", "审批明文导出", f"第 {request.pk} 号"):
        assert words in audit
    for raw in ("matters", "{"):
        assert f"<ins>{raw}" not in audit


def test_a_stranger_to_a_request_finds_none(cast, login):
    matters(cast)
    request = asked(cast.officehead)
    for person in (cast.officer, cast.officehead2, cast.editor):
        assert login(person).get(about(request)).status_code == 404
        assert "报区信访局" not in text(login(person).get("/admin/exports/requests/"))
        assert "报区信访局" not in text(login(person).get("/admin/exports/"))
