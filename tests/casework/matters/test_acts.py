"""Acts on a matter through their pages: done by those entitled, refused in words to all others."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.matters.models import (
    Move,
    Recusal,
    SupportUnit,
)
from casework.matters.moving import move
from office import clock
from office.clock import now, today
from office.history import acting
from office.models import Look
from tests.casework.matters.counter import (
    accepted,
    act,
    all_said,
    answered,
    assigned,
    record,
    sent,
    state,
    text,
)
from tests.casework.matters.opinions.making import data_for
from tests.english import english_left

DAY = f"{today():%Y-%m-%d}"


def test_an_office_head_accepts_by_a_card_that_says_the_limit(cast, fresh, login):
    client = login(cast.officehead)
    page = text(client.get(act(fresh, "accept")))
    assert "又不属于诉讼、仲裁等五种法定途径" in page
    assert "听取信访人陈述事实和理由" in page
    assert "60 日</b>　《信访工作条例》第三十四条" in page
    assert "30 日</b>　内部时限" in page

    response = client.post(act(fresh, "accept"), sent(way="C6", on=DAY), follow=True)

    fresh.refresh_from_db()
    assert (fresh.state, fresh.klass, fresh.path) == ("accepted", "C", "C6")
    assert fresh.due_on == today() + timedelta(days=60)
    assert f"{fresh.number} 已受理。下一个期限：{fresh.due_on:%Y-%m-%d}" in text(response)


def test_a_suggestion_is_accepted_without_a_path(cast, fresh, login):
    login(cast.officehead).post(act(fresh, "accept"), sent(way="A", on=DAY))

    fresh.refresh_from_db()
    assert (fresh.klass, fresh.path, fresh.due_kind) == ("A", "", "suggestion")


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"way": ""}, "id_way", "请选择类别和途径"),
        ({"way": "B"}, "id_way", "B"),
        ({"on": "2999-01-01"}, "id_on", "日期不能晚于今天"),
        ({"on": "2001-01-01"}, "id_on", "日期不能早于收到日期"),
    ],
)
def test_a_refused_acceptance_is_told_at_its_field(wrong, field, sentence, cast, fresh, login):
    response = login(cast.officehead).post(
        act(fresh, "accept"), sent(**{"way": "C6", "on": DAY, **wrong})
    )

    page = text(response)
    assert response.status_code == 422
    assert sentence in page
    assert f'href="#{field}' in page
    assert state(fresh) == "registered"


def test_a_double_click_accepts_once(cast, fresh, login):
    form = sent(way="C6", on=DAY)
    client = login(cast.officehead)

    assert client.post(act(fresh, "accept"), form).url == record(fresh)
    assert "刚才已经提交" in text(client.post(act(fresh, "accept"), form, follow=True))
    assert Move.objects.filter(matter=fresh, name="accept").count() == 1


def test_an_act_that_a_colleague_did_first_is_told_in_words(cast, fresh, login):
    client = login(cast.officehead2)
    client.get(act(fresh, "accept"))
    accepted(fresh, cast.officehead)

    late = client.post(act(fresh, "accept"), sent(way="A", on=DAY))

    assert "现在是“已受理”，不能受理" in text(late)
    assert 'value="A"' in text(late)
    assert "可能已有同事先办了" in text(client.get(act(fresh, "accept"), follow=True))
    fresh.refresh_from_db()
    assert fresh.klass == "C"


def test_an_answer_that_came_too_late_keeps_its_text(cast, handled, login):
    answered(handled, cast.officer)
    typed = sent(outcome="explain", claim="要钱", facts="无", basis="无", all_answered="on")
    typed |= {"body": "写了一个上午的答复。"}

    late = login(cast.officer).post(act(handled, "draft"), typed)

    assert late.status_code == 422
    assert "写了一个上午的答复。" in text(late)
    assert handled.opinions.count() == 1


def test_the_office_head_gives_the_matter_to_a_unit_and_its_officer(cast, street, fresh, login):
    accepted(fresh, cast.officehead)
    client = login(cast.officehead)
    page = text(client.get(act(fresh, "assign")))
    assert "承小办" in page
    assert "云湖派出所" not in page

    client.post(
        act(fresh, "assign"),
        sent(lead_unit=street.social.pk, officer=cast.officer.pk, note="先联系本人"),
    )

    fresh.refresh_from_db()
    assert (fresh.lead_unit, fresh.officer, fresh.state) == (
        street.social,
        cast.officer,
        "handling",
    )
    assert Move.objects.filter(matter=fresh).latest("id").text("note") == "先联系本人"


@pytest.mark.parametrize(
    ("unit", "officer", "sentence"),
    [
        ("social", "other_officer", "村小建不在社会事务办任职"),
        ("outside", "officer", "选择一个有效的选项"),
        ("", "officer", "请选择承办单位"),
        ("social", "registrar", "选择一个有效的选项"),
    ],
)
def test_a_matter_goes_to_nobody_who_cannot_handle_it(
    unit, officer, sentence, cast, street, fresh, login
):
    accepted(fresh, cast.officehead)

    response = login(cast.officehead).post(
        act(fresh, "assign"),
        sent(lead_unit=getattr(street, unit).pk if unit else "", officer=getattr(cast, officer).pk),
    )

    assert response.status_code == 422
    assert sentence in text(response)
    assert state(fresh) == "accepted"


def test_whoever_stepped_back_is_not_offered_as_officer(cast, street, fresh, login):
    accepted(fresh, cast.officehead)
    with acting(cast.officehead):
        Recusal(matter=fresh, user=cast.officer, since=today()).save()

    assert "承小办" not in text(login(cast.officehead).get(act(fresh, "assign")))


def test_the_head_of_the_unit_names_the_officer(cast, street, fresh, login):
    matter = assigned(accepted(fresh, cast.officehead), cast.officehead, street.social)
    client = login(cast.head)
    assert "村小建" not in text(client.get(act(matter, "name_officer")))

    client.post(act(matter, "name_officer"), sent(officer=cast.officer.pk, note=""))

    matter.refresh_from_db()
    assert matter.officer == cast.officer


def test_an_officer_returns_with_a_reason_and_no_longer_sees_the_matter(cast, handled, login):
    client = login(cast.officer)
    assert "请写明退回理由" in text(client.post(act(handled, "return"), sent(note="")))

    response = client.post(act(handled, "return"), sent(note="归人社部门"), follow=True)

    handled.refresh_from_db()
    assert (handled.state, handled.lead_unit, handled.officer) == ("accepted", None, None)
    assert "已退回信访办" in text(response)
    assert client.get(record(handled)).status_code == 404


def test_an_officer_answers_with_the_claim_beside_the_form(cast, street, fresh, login):
    matter = accepted(fresh, cast.officehead, klass="A", path="")
    assigned(matter, cast.officehead, street.social, cast.officer)
    client = login(cast.officer)
    assert "加班费一直没有发" in text(client.get(act(matter, "answer")))

    client.post(act(matter, "answer"), sent(outcome="adopted", body="列入计划。", on=DAY))

    matter.refresh_from_db()
    assert (matter.state, matter.answered_on) == ("signed", None)
    assert matter.opinions.get().text("body") == "列入计划。"
    assert Look.objects.filter(person=cast.officer, what="诉求与经过").count() == 1


def test_an_office_head_closes_what_was_answered(cast, handled, login):
    answered(handled, cast.officer)
    all_said(handled, cast.officer)
    client = login(cast.officehead)

    early = text(client.post(act(handled, "close"), sent(note="", on=DAY), follow=True))

    assert "可以申请复查" in early
    assert state(handled) == "answered"

    with clock.at(now() + timedelta(days=31)):  # the petitioner's thirty days are over
        last = f"{today():%Y-%m-%d}"
        page = text(client.post(act(handled, "close"), sent(note="", on=last), follow=True))

    assert state(handled) == "closed"
    assert "没有正在计算的期限了" in page


def test_a_settled_matter_need_not_wait_for_a_review(cast, street, handled):
    with acting(cast.officer):
        agreement = data_for("settle", cast, street, handled)
        move(handled, "settle", by=cast.officer, data=agreement)

    assert state(handled) == "closed"


def test_there_is_no_way_to_hand_a_sealed_letter_over_but_a_signed_list(cast, sealed, login):
    sending = sent(note="区纪委监委，签收单在卷", on=DAY)
    assert login(cast.custodian).post(act(sealed, "hand_over"), sending).status_code == 404

    assert state(sealed) == "sealed"


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("registrar", "accept"),
        ("leader", "accept"),
        ("auditor", "accept"),
        ("officehead", "answer"),
        ("leader", "answer"),
        ("officer", "close"),
        ("officer", "name_officer"),
        ("registrar", "return"),
    ],
)
def test_an_act_that_is_not_theirs_is_refused_before_anything_is_read(
    who, name, cast, handled, login
):
    client = login(getattr(cast, who))
    form = sent(way="C6", on=DAY, outcome="support", body="好", note="好", officer=cast.officer.pk)

    for response in (client.get(act(handled, name)), client.post(act(handled, name), form)):
        assert (response.status_code, response.url) == (302, "/admin/")
    assert state(handled) == "handling"


def test_a_unit_that_supports_reads_and_does_not_decide(cast, street, fresh, login):
    matter = assigned(accepted(fresh, cast.officehead), cast.officehead, street.housing)

    with acting(cast.officehead):
        SupportUnit(matter=matter, unit=street.social, since=today()).save()
    client = login(cast.officer)

    assert client.get(record(matter)).status_code == 200
    refused = client.post(act(matter, "answer"), sent(outcome="support", body="好", on=DAY))
    assert refused.url == "/admin/"
    assert state(matter) == "handling"


def test_an_address_of_no_act_does_not_exist(cast, fresh, login):
    client = login(cast.officehead)

    for name in ("void", "register", "forget"):
        assert client.get(act(fresh, name)).status_code == 404
        assert client.post(act(fresh, name), sent()).status_code == 404
    assert client.get(reverse("matters:ask", args=[fresh.pk, "forget"])).status_code == 404
    assert client.get(reverse("matters:decide", args=[fresh.pk, 999])).status_code == 404


def test_nothing_on_the_pages_of_acts_is_english(cast, street, fresh, login):
    pages = {"officehead": ["accept"], "officer": ["answer", "return"], "head": ["name_officer"]}
    head = login(cast.officehead)
    assert english_left(text(head.get(act(fresh, "accept")))) == []
    matter = accepted(fresh, cast.officehead)
    assert english_left(text(head.get(act(matter, "assign")))) == []
    matter = assigned(matter, cast.officehead, street.social, cast.officer)
    for who in ("officer", "head"):
        for name in pages[who]:
            assert english_left(text(login(getattr(cast, who)).get(act(matter, name)))) == []
    for name in ("void", "received"):
        assert english_left(text(head.get(reverse("matters:ask", args=[matter.pk, name])))) == []
