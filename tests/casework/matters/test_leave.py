"""An auditor reads sealed matters for a purpose a custodian agreed to, for some days, and only reads."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.intake import Arrival, register
from casework.matters.leave import ask_leave, decide_leave, running_for
from casework.matters.models import Matter, Recusal, SealedAudit
from casework.matters.sealed.envelope import Envelope
from office import clock
from office.clock import now, today
from office.history import acting
from office.models import Change, Limit, Look, User
from tests.casework.matters.counter import record, sent, text
from tests.casework.matters.seals import seal, seen, seers

DESK = "/admin/matters/sealed/audits/"
DAY = timedelta(days=1)


def again(user):
    return User.objects.get(pk=user.pk)


def asked(cast, purpose="核对三季度密件是否按期转交", start=None, end=None):
    with acting(cast.auditor):
        start, end = start or today() - 90 * DAY, end or today()
        return ask_leave(by=again(cast.auditor), purpose=purpose, start=start, end=end)


def given(cast, days=3, **more):
    row = asked(cast, **more)
    with acting(cast.custodian):
        until = today() + days * DAY
        return decide_leave(row.pk, by=again(cast.custodian), approve=True, until=until)


def test_without_leave_an_auditor_sees_nothing_sealed(cast, sealed):
    assert not seen(cast.auditor, sealed)
    asked(cast)
    assert not seen(cast.auditor, sealed)


def test_with_leave_an_auditor_sees_the_sealed_matters_of_the_period(cast, sealed, handled):
    seal(handled, cast.officer)
    given(cast)
    assert seen(cast.auditor, sealed)
    assert seen(cast.auditor, handled)
    assert seers(cast, handled) == {"custodian", "custodian2", "auditor"}


def test_what_was_registered_on_another_day_stays_hidden(cast, sealed):
    given(cast, start=today() - 9 * DAY, end=today() - DAY)
    assert not seen(cast.auditor, sealed)
    given(cast, start=today(), end=today())
    assert seen(cast.auditor, sealed)


def test_the_day_after_the_last_one_nothing_is_left(cast, sealed, login):
    given(cast, days=2)
    with clock.at(now() + 2 * DAY):
        assert seen(cast.auditor, sealed)
    with clock.at(now() + 3 * DAY):
        assert not seen(cast.auditor, sealed)
        client = login(cast.auditor)
        assert client.get(record(sealed)).status_code == 404
        assert "正在审计密件" not in text(client.get("/admin/matters/"))


def test_lists_and_branches_agree_for_an_auditor_with_leave(cast, sealed, handled):
    given(cast)
    user = again(cast.auditor)
    whole = set(Matter.objects.visible_to(user).values_list("pk", flat=True))
    parts = {
        pk for rows in Matter.objects.branches_for(user) for pk in rows.values_list("pk", flat=True)
    }
    assert whole == parts == {sealed.pk, handled.pk}


def test_an_auditor_who_stepped_back_gets_nothing_by_a_leave(cast, sealed):
    with acting(None, "回避"):
        Recusal(matter=sealed, user=cast.auditor, since=today()).save()
    given(cast)
    assert not seen(cast.auditor, sealed)


def test_the_auditor_asks_and_a_custodian_decides_on_their_pages(cast, sealed, login):
    auditor, custodian = login(cast.auditor), login(cast.custodian)
    page = text(auditor.get(DESK))
    assert "还没有申请过" in page
    days = {"registered_from": f"{today() - DAY}", "registered_to": f"{today()}"}
    assert auditor.post(DESK, sent(purpose="看看", **days)).status_code == 422
    answer = auditor.post(DESK, sent(purpose="核对密件是否按期转交", **days))
    assert (answer.status_code, answer.url) == (302, DESK)
    assert "审小计" in text(custodian.get("/admin/"))
    row = SealedAudit.objects.get()
    page = f"{DESK}{row.pk}/"
    assert "核对密件是否按期转交" in text(custodian.get(page))
    answer = custodian.post(page, sent(decision="approve", until=f"{today() + 7 * DAY}"))
    assert (answer.status_code, answer.url) == (302, DESK)
    assert seen(cast.auditor, sealed)
    assert "可以看到" in text(auditor.get(DESK))


def test_nobody_else_asks_or_decides(cast, login):
    row = asked(cast)
    for name, person in vars(cast).items():
        client = login(person)
        if name not in ("auditor", "custodian", "custodian2"):
            assert client.get(DESK).status_code in (302, 403), name
            assert client.get(f"{DESK}{row.pk}/").status_code in (302, 404), name
            with acting(person), pytest.raises(PermissionDenied):
                ask_leave(by=again(person), purpose="核对密件", start=today(), end=today())
        if not name.startswith("custodian"):
            with acting(person), pytest.raises(ValidationError):
                decide_leave(row.pk, by=again(person), approve=True, until=today())
    assert SealedAudit.objects.get().decision == ""


def test_a_refusal_needs_a_reason_and_gives_nothing(cast, sealed, login):
    row, client = asked(cast), login(cast.custodian)
    page = f"{DESK}{row.pk}/"
    answer = client.post(page, sent(decision="refuse", until=f"{today()}"))
    assert answer.status_code == 422
    assert "请写明理由" in text(answer)
    client.post(page, sent(decision="refuse", note="目的没有写清"))
    assert not seen(cast.auditor, sealed)
    assert "目的没有写清" in text(login(cast.auditor).get(DESK))


def test_it_is_decided_once(cast):
    row = given(cast)
    with acting(cast.custodian2), pytest.raises(ValidationError, match="已经审批过"):
        decide_leave(row.pk, by=again(cast.custodian2), approve=False, note="不行")


@pytest.mark.parametrize("days", [-1, 8])
def test_a_leave_ends_within_the_days_the_office_has_set(days, cast):
    row, until = asked(cast), today() + days * DAY
    with acting(cast.custodian), pytest.raises(ValidationError, match="最多 7 天"):
        decide_leave(row.pk, by=again(cast.custodian), approve=True, until=until)


def test_the_office_sets_how_many_days(cast):
    with acting(cast.sysadmin, "审计要求"):
        Limit(key="sealed_audit_days", value=10).save()
    assert given(cast, days=10).until == today() + 10 * DAY


def test_every_opening_is_a_look_with_the_purpose_agreed_to(cast, sealed, login):
    row, client = given(cast), login(cast.auditor)
    page = text(client.get(record(sealed)))
    assert "正在审计密件" in page
    client.get(record(sealed))
    client.get(f"/admin/matters/history/{sealed.pk}/")
    looks = Look.objects.filter(person=cast.auditor, object_id=sealed.pk)
    assert [look.what for look in looks] == [f"密件（密件审计第 {row.pk} 号）"] * 3
    assert {look.purpose for look in looks} == {row.purpose}
    assert all(look.sealed for look in looks)
    assert "3 次" in text(login(cast.custodian).get(DESK))


def test_the_auditor_reads_masks_and_opens_nothing(cast, rules, login):
    with acting(cast.registrar):
        arrival = Arrival(
            channel="visit", received_on=today(), klass="B",
            claims=[("密件", "村干部收了两万元。")], envelope=Envelope(opened=True),
        )  # fmt: skip
        matter = register(arrival, by=cast.registrar)[1][0]
    given(cast)
    client = login(cast.auditor)
    page = client.get(record(matter))
    assert page.status_code == 200
    for word in ("两万元", "打开内容", "查看反映人信息", "/open/"):
        assert word not in text(page)
    what = {"what": "诉求与经过", "purpose": "核对密件内容"}
    assert client.post(f"/admin/matters/{matter.pk}/open/", sent(**what)).status_code == 404
    assert "两万元" not in text(client.get(record(matter)))


def test_no_other_door_opens_by_a_leave(cast, sealed, login):
    given(cast)
    client = login(cast.auditor)
    for path in (
        "open/", "note/", "concerned/", "ask/unseal/", "ask/received/", "do/hand_over/", "files/",
        "complete/", "another/",
    ):  # fmt: skip
        for method in ("get", "post"):
            answer = getattr(client, method)(f"/admin/matters/{sealed.pk}/{path}")
            assert answer.status_code in (404, 405), f"{method} {path}"


def test_no_file_that_an_auditor_makes_names_a_sealed_matter(cast, sealed, login):
    given(cast)
    client = login(cast.auditor)
    assert sealed.number in text(client.get("/admin/matters/?tab=all"))
    for key in ("matters", "changes", "looks"):
        page = text(client.get(f"/admin/exports/{key}/?tab=all"))
        assert sealed.number not in page


def test_leaves_are_in_the_change_log(cast, login):
    given(cast)
    rows = Change.objects.filter(kind="matters.sealedaudit").order_by("pk")
    assert [row.reason for row in rows] == ["申请审计密件", "审批密件审计"]
    assert "密件审计申请" in text(login(cast.auditor).get("/admin/audit/?kind=matters.sealedaudit"))


def test_two_leaves_run_side_by_side(cast, sealed):
    given(cast, days=1, start=today() - 9 * DAY, end=today() - 8 * DAY)
    given(cast, days=2)
    assert len(running_for(again(cast.auditor))) == 2
    assert seen(cast.auditor, sealed)
