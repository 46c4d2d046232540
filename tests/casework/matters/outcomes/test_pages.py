"""The pages: four parts, settling, easing and calls as somebody fills them in; what is logged."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.destruction import erase
from casework.matters.models import Easing, FollowUp, FourPart, Matter, Petitioner, Resolution
from casework.matters.opening import PEOPLE
from casework.matters.recusals import recuse
from office.clock import now, today
from office.history import acting
from office.models import Look
from tests.casework.matters.counter import arrive, record, sent, text
from tests.casework.matters.outcomes import making

DAY = timedelta(days=1)


def url(name, *keys):
    return reverse(f"matters:{name}", args=keys)


def test_an_officer_fills_in_the_four_parts_and_finds_them_on_the_record(cast, handled, login):
    file = making.filed(handled, cast.officer)
    client = login(cast.officer)
    form = text(client.get(url("four_parts", handled.pk)))
    assert "说明.txt" in form
    assert "行为违法的依法处理" in form
    done = client.post(url("four_parts", handled.pk), sent(**making.forms_of_parts([file.pk])))
    assert done.status_code == 302, text(done)
    page = text(client.get(record(handled)))
    assert "四个月加班费已补发。" in page
    assert page.count("不适用") >= 3


def test_a_missing_proof_is_told_at_its_place_and_nothing_typed_is_lost(cast, handled, login):
    client = login(cast.officer)
    answer = client.post(url("four_parts", handled.pk), sent(**making.forms_of_parts([])))
    assert answer.status_code == 422
    page = text(answer)
    assert "至少要有一份佐证材料" in page
    assert "四个月加班费已补发。" in page
    assert not FourPart.objects.exists()


def test_settling_takes_the_proof_along_after_closing_too(cast, closed, login):
    client = login(cast.officehead)
    fields = {"how": "agreement", "on": str(today()), "words": "签了协议。"}
    lacking = client.post(url("resolve", closed.pk), sent(**fields))
    assert lacking.status_code == 422
    assert "上传一份" in text(lacking)
    proof = SimpleUploadedFile("协议.txt", "双方同意。".encode())
    done = client.post(url("resolve", closed.pk), sent(**fields, upload=proof))
    assert done.status_code == 302, text(done)
    row = Resolution.objects.get()
    assert row.evidence.unlocked("name") == "协议.txt"
    page = text(client.get(record(closed)))
    assert "达成协议" in page
    assert "还没有记化解" not in page
    again = client.get(url("resolve", closed.pk), follow=True)
    assert "已经记了化解" in text(again)


def test_the_record_says_that_a_closed_matter_is_not_settled(cast, closed, login):
    assert "还没有记化解" in text(login(cast.officehead).get(record(closed)))


def test_a_day_that_passed_is_red_on_the_record(cast, handled, login):
    client = login(cast.officer)
    done = client.post(
        url("ease", handled.pk),
        sent(on=str(today()), reason="先等等看。", next_on=str(today() + 10 * DAY)),
    )
    assert done.status_code == 302, text(done)
    assert "已过期" not in text(client.get(record(handled)))
    with acting(None, "测试"):
        row = Easing.objects.get()
        row.on, row.next_on = today() - 3 * DAY, today() - DAY
        row.save()
    assert "已过期" in text(client.get(record(handled)))
    assert "先等等看。" in text(client.get(url("end_easing", handled.pk)))
    client.post(url("end_easing", handled.pk), sent(on=str(today()), ended="over", result="没事了"))
    assert Easing.objects.get().ended == "over"


def test_calling_shows_first_what_the_petitioner_asked_for_and_is_logged(
    cast, closed_long_ago, login
):
    with acting(None, "测试"):
        row = Petitioner.objects.get(matter=closed_long_ago)
        row.put("contact_note", "不要打电话，寄信")
        row.save()
    first = closed_long_ago.follow_ups.first()
    client = login(cast.officer)
    assert closed_long_ago.number in text(client.get(url("follow_ups")))
    page = text(client.get(url("follow_up", closed_long_ago.pk, first.pk)))
    assert page.index("不要打电话，寄信") < page.index("19900001234")
    look = Look.objects.get(person=cast.officer, what=PEOPLE)
    assert "回访" in look.purpose
    done = client.post(
        url("follow_up", closed_long_ago.pk, first.pk),
        sent(on=str(today()), result="not_wanted", petitioner=str(row.pk)),
    )
    assert done.status_code == 302, text(done)
    assert FollowUp.objects.get(pk=first.pk).result == "not_wanted"
    assert "信访人不愿回访" in text(client.get(record(closed_long_ago)))


def test_a_broken_promise_is_told_with_the_way_on(cast, closed, login):
    first = closed.follow_ups.first()
    answer = login(cast.registrar).post(
        url("follow_up", closed.pk, first.pk),
        sent(on=str(today()), result="broken", words="钱没有到账"), follow=True,
    )  # fmt: skip
    assert "恢复办理" in text(answer)


def test_the_head_of_the_unit_gives_the_call_to_the_officer(cast, closed, login):
    first = closed.follow_ups.first()
    client = login(cast.head)
    page = text(client.get(url("give_follow_up", closed.pk, first.pk)))
    assert cast.officer.name in page
    assert cast.other_officer.name not in page
    client.post(url("give_follow_up", closed.pk, first.pk), sent(to=str(cast.officer.pk)))
    assert FollowUp.objects.get(pk=first.pk).assigned_to == cast.officer


def test_nobody_else_opens_a_call_and_with_it_a_telephone_number(cast, closed, login):
    first = closed.follow_ups.first()
    for person in (cast.leader, cast.auditor):
        answer = login(person).get(url("follow_up", closed.pk, first.pk))
        assert answer.status_code in (302, 403)
        assert "19900001234" not in text(answer)
    for person in (cast.other_officer, cast.registrar2, cast.custodian):
        answer = login(person).get(url("follow_up", closed.pk, first.pk))
        assert answer.status_code in (302, 404)
    assert not Look.objects.filter(what=PEOPLE).exists()


def test_keys_of_another_matter_open_nothing(cast, street, closed, login):
    other = making.closed(cast, street)
    theirs = making.resolved(other, cast.officehead)
    client = login(cast.officehead)
    call = other.follow_ups.first()
    paper = making.signed(other, cast)
    for address in (
        url("take_back", closed.pk, theirs.pk), url("follow_up", closed.pk, call.pk),
        url("give_follow_up", closed.pk, call.pk), url("paper", closed.pk, paper.pk),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
        assert client.post(address, sent(reason="试试")).status_code == 404
    assert Resolution.objects.get().taken_back_on is None


PAGES = ("four_parts", "resolve", "ease", "end_easing", "talk", "enter_paper", "archive_paper")


@pytest.mark.parametrize("name", PAGES)
def test_who_stepped_back_finds_no_page(cast, handled, login, name):
    with acting(cast.officer):
        recuse(handled, cast.officer, kind="declared", reason="亲戚", by=cast.officer)
    client = login(cast.officer)
    assert client.get(url(name, handled.pk)).status_code == 404
    assert client.post(url(name, handled.pk), sent()).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_sealed_letter_has_no_such_page_even_for_its_custodian(cast, rules, login, name):
    letter = arrive(cast.registrar, klass="B", channel="letter", claims=[], people=[])[1][0]
    for person in (cast.custodian, cast.registrar, cast.officehead):
        client = login(person)
        assert client.get(url(name, letter.pk)).status_code in (302, 404)
        assert client.post(url(name, letter.pk), sent()).status_code in (302, 404)


def test_after_destruction_words_are_gone_and_days_stay(cast, closed, login):
    making.resolved(closed, cast.officehead)
    making.talked(closed, cast.officehead)
    with acting(None, "销毁"):
        row = Matter.objects.get(pk=closed.pk)
        row.destroyed_at, row.destroyed_in = now(), "XH2026-000001"
        row.save()
        erase(closed.pk, now())
    client = login(cast.officehead)
    page = text(client.get(record(closed)))
    assert page  # the record still opens
    assert "双方都满意" not in page
    assert "讲了加班费" not in page
    assert client.get(url("talk", closed.pk)).url == record(closed)
    assert Resolution.objects.get().settled_on == today()
    assert Resolution.objects.get().masked("words") != "双方都满意。"
