"""The record of a matter: what whom it shows, masked or opened, and from whom it is hidden."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.approvals import ask, decide
from casework.matters.models import Matter, Move, Recusal
from casework.matters.moving import move
from casework.matters.opening import HOLDS
from office import clock
from office.calendar import fill_from_library
from office.clock import now, today
from office.history import acting, because
from office.models import Look
from tests.casework.matters.counter import (
    LIST,
    accepted,
    act,
    all_said,
    answered,
    arrive,
    assigned,
    record,
    sent,
    text,
)
from tests.english import english_left

CLAIM, NAME, PHONE, NOTE = "加班费一直没有发", "韦小梅", "19900001234", "先联系本人核对工时"


def looks(user) -> list[tuple[str, str]]:
    return list(Look.objects.filter(person=user).order_by("id").values_list("what", "purpose"))


def test_the_officer_reads_at_once_what_the_task_needs_and_the_look_is_written(
    cast, handled, login
):
    page = text(login(cast.officer).get(record(handled)))

    for told in (CLAIM, NAME, PHONE, NOTE):
        assert told in page
    assert looks(cast.officer) == [("信访人信息", "承办本事项"), ("诉求与经过", "承办本事项")]


def test_working_on_a_record_for_a_quarter_of_an_hour_is_one_look(cast, handled, login):
    client = login(cast.officer)
    moment = now()
    for minutes in (0, 5, 14):
        with clock.at(moment + timedelta(minutes=minutes)):
            client.get(record(handled))
    assert len(looks(cast.officer)) == 2
    with clock.at(moment + HOLDS + timedelta(minutes=1)):
        client.get(record(handled))
    assert len(looks(cast.officer)) == 4


def test_after_the_matter_is_closed_its_officer_states_a_purpose_like_everybody(
    cast, handled, login
):
    answered(handled, cast.officer)
    all_said(handled, cast.officer)
    with clock.at(now() + timedelta(days=31)), acting(cast.officehead):
        move(handled, "close", by=cast.officehead)

    page = text(login(cast.officer).get(record(handled)))

    assert CLAIM not in page
    assert looks(cast.officer) == []


def test_a_registrar_reads_the_own_unfinished_entry_and_no_finished_one(cast, rules, login):
    unfinished = arrive(cast.registrar, complete=False)[1][0]
    client = login(cast.registrar)

    assert NAME in text(client.get(record(unfinished)))
    assert looks(cast.registrar)[0] == ("信访人信息", "补全本人登记的事项")
    assert NAME not in text(client.get(record(arrive(cast.registrar)[1][0])))
    assert NAME not in text(login(cast.registrar2).get(record(unfinished)))


@pytest.mark.parametrize("who", ["officehead", "leader", "auditor", "head"])
def test_whoever_has_no_task_sees_masks_until_a_purpose_is_written(who, cast, handled, login):
    person = getattr(cast, who)
    client = login(person)

    page = text(client.get(record(handled)))
    assert "韦*" in page
    assert "199****1234" in page
    assert not [told for told in (CLAIM, NAME, PHONE, NOTE) if told in page]

    opened = client.post(
        reverse("matters:open", args=[handled.pk]),
        sent(what="诉求与经过", purpose="审核答复意见"),
        follow=True,
    )
    assert CLAIM in text(opened)
    assert NOTE in text(opened)
    assert NAME not in text(opened)
    assert looks(person) == [("诉求与经过", "审核答复意见")]
    client.post(
        reverse("matters:open", args=[handled.pk]),
        sent(what="信访人信息", purpose="联系信访人核对情况"),
    )
    assert PHONE in text(client.get(record(handled)))
    with clock.at(now() + HOLDS + timedelta(minutes=1)):
        assert PHONE not in text(client.get(record(handled)))


@pytest.mark.parametrize("purpose", ["", "看", "   "])
def test_without_a_purpose_nothing_opens_and_nothing_is_written(purpose, cast, handled, login):
    client = login(cast.officehead)

    refused = client.post(
        reverse("matters:open", args=[handled.pk]), sent(what="诉求与经过", purpose=purpose)
    )

    assert refused.status_code == 422
    assert "查看目的" in text(refused)
    assert CLAIM not in text(refused) + text(client.get(record(handled)))
    assert looks(cast.officehead) == []


def test_the_next_acts_are_buttons_for_those_whose_acts_they_are(cast, handled, login):
    shown = {}
    for who in ("officer", "head", "officehead", "leader", "auditor", "registrar"):
        response = login(getattr(cast, who)).get(record(handled))
        buttons = response.context["buttons"]
        shown[who] = [action.label for action in buttons.main], buttons.primary

    assert shown["officer"][0][-1] == shown["officer"][1].label == "听取陈述"
    assert "退回" in shown["officer"][0]
    assert "改派承办人" in shown["head"][0]
    for who in ("officehead", "leader", "auditor", "registrar"):
        assert shown[who] == ([], None)


def test_the_auditor_is_offered_nothing_that_changes_anything(cast, handled, login):
    response = login(cast.auditor).get(record(handled))

    assert [one.label for one in response.context["buttons"].more] == ["查看记录", "修改历史"]
    assert "multipart/form-data" not in text(response)


def test_the_path_shows_what_was_done_when_and_where_the_matter_waits(cast, handled, login):
    steps = login(cast.officer).get(record(handled)).context["steps"]
    day = f"{today():%m-%d}"

    assert [step.label for step in steps if step.place == "done"] == ["登记", "受理", "交办"]
    assert [step.label for step in steps if step.place == "here"] == ["办理"]
    assert steps[1].note == f"{day} 第二十三条"
    assert steps[2].note == day


def test_a_matter_without_an_officer_says_what_is_missing(cast, street, fresh, login):
    matter = assigned(accepted(fresh, cast.officehead), cast.officehead, street.social)

    response = login(cast.head).get(record(matter))

    assert "还差：指定承办人" in text(response)
    assert response.context["buttons"].primary.label == "指定承办人"
    assert "承办单位负责人</b> 单小负" in text(response)


def test_after_acceptance_the_limit_of_the_answer_stands_under_handling(cast, fresh, login):
    matter = accepted(fresh, cast.officehead)
    steps = {s.label: s for s in login(cast.officehead).get(record(matter)).context["steps"]}

    assert (steps["交办"].place, steps["交办"].note) == ("here", "")
    assert steps["办理"].note == f"{matter.due_on:%m-%d} 前 第三十一条"


def test_a_void_entry_asks_nobody_for_what_was_left_out(cast, rules, login):
    matter = arrive(cast.registrar, complete=False)[1][0]
    with acting(cast.officehead):
        request = ask(matter, "void", by=cast.officehead, reason="重复登记")
    with acting(cast.officehead2):
        decide(request, by=cast.officehead2, approve=True)
    client = login(cast.officehead)

    listed = client.get(reverse(LIST) + "?tab=all")
    assert [(row["number"], row["gap"]) for row in listed.context["rows"]] == [
        (matter.number, False)
    ]
    assert client.get(reverse(LIST) + "?tab=all&incomplete=on").context["rows"] == []
    assert "待补全" not in text(client.get(record(matter)))
    assert "还没补全" not in text(client.get(record(matter)))


def test_a_matter_without_a_claim_offers_only_what_there_is_to_open(cast, rules, login):
    empty = arrive(cast.registrar, claims=[("电梯停了半个月", "")])[1][0]
    client = login(cast.leader)
    page = text(client.get(record(empty)))
    assert "打开诉求" not in page
    assert "打开经过和材料" not in page

    login(cast.registrar).post(
        reverse("matters:attach", args=[empty.pk]), sent(files=[_note("报修单.txt")])
    )
    page = text(client.get(record(empty)))
    assert "打开诉求" not in page
    assert "打开经过和材料" in page


def test_a_post_named_after_its_unit_says_the_unit_once(cast, street, fresh, login):
    post = cast.officehead.posts.get()
    with acting(None):
        post.title = f"{post.unit}主任"
        post.save()
    accepted(fresh, cast.officehead)

    page = text(login(cast.officehead).get(record(fresh)))

    assert f"，{post.unit}主任" in page
    assert f"{post.unit} {post.unit}" not in page


def test_why_this_day_is_answered_by_a_sum(cast, fresh, login):
    card = login(cast.officehead).get(record(fresh)).context["clock"]

    last = fresh.received_on + timedelta(days=15)
    assert card.lines == [
        f"登记：{fresh.received_on:%Y-%m-%d} 起算（当日不算），加 15 日（自然日）",
        "依据：《信访工作条例》第二十三条",
        f"等于：{last:%Y-%m-%d}（星期{'一二三四五六日'[last.weekday()]}），遇节假日不顺延",
    ]
    assert card.owes == "信访办公室"


def test_a_limit_in_working_days_of_an_unknown_year_is_provisional(cast, rules, login):
    fill_from_library()
    with clock.at(datetime(2099, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))):
        letter = arrive(cast.registrar, klass="B", received_on=date(2099, 3, 2), people=[])[1][0]
        page = text(login(cast.custodian).get(record(letter)))

    assert "暂定" in page
    assert "2099 年节假日尚未公布" in page


def test_a_date_taken_over_from_a_ledger_has_no_made_up_sum(cast, fresh, login):
    with acting(cast.officehead), because("试"):
        fresh.due_on += timedelta(days=5)
        fresh.save()

    page = text(login(cast.officehead).get(record(fresh)))

    assert "没有逐项算式" in page


def test_values_of_a_ledger_open_together_with_the_claim(cast, handled, login):
    with acting(cast.officehead):
        handled.put("extra", json.dumps({"是否集体访": "否", "备注": "镇里转来"}))
        handled.save()

    assert "镇里转来" in text(login(cast.officer).get(record(handled)))
    assert "镇里转来" not in text(login(cast.leader).get(record(handled)))


def test_an_answer_is_read_by_the_officer_and_masked_for_others(cast, handled, login):
    answered(handled, cast.officer, "九月和十月的加班费已补发到账。")

    assert "已补发到账" in text(login(cast.officer).get(record(handled)))
    other = text(login(cast.leader).get(record(handled)))
    assert "已补发到账" not in other
    assert "支持诉求" in other


def test_a_request_that_waits_is_seen_by_all_and_decided_by_another(cast, fresh, login):
    with acting(cast.registrar):
        request = ask(fresh, "void", by=cast.registrar, reason="和上一件重复登记")
    decide = reverse("matters:decide", args=[fresh.pk, request.pk])

    assert decide in text(login(cast.officehead).get(record(fresh)))
    theirs = text(login(cast.registrar).get(record(fresh)))
    assert "等待审批：作废" in theirs
    assert decide not in theirs


def doors(matter) -> list[str]:
    """Every address of a matter."""
    pk = matter.pk
    views = ("inspect", "edit", "delete", "usage", "history", "history_results")
    own = ("open", "complete", "another", "attach")
    return [
        *(reverse(f"wagtailsnippets_matters_matter:{name}", args=[pk]) for name in views),
        *(reverse(f"matters:{name}", args=[pk]) for name in own),
        *(act(matter, name) for name in ("accept", "assign", "name_officer", "return")),
        *(act(matter, name) for name in ("answer", "close", "hand_over")),
        *(reverse("matters:ask", args=[pk, name]) for name in ("void", "received")),
        *(reverse("matters:decide", args=[pk, approval.pk]) for approval in matter.approvals.all()),
        *(
            reverse(f"matters:{name}", args=[pk, file.pk])
            for file in matter.files.all()
            for name in ("file", "content", "withdraw")
        ),
        *(reverse("matters:receipt", args=[link.item_id]) for link in matter.links.all()),
    ]


def passes(client, url: str) -> list[str]:
    """GET and POST that are not answered as if the record did not exist."""
    return [
        f"{method} {url} {status}"
        for method in ("get", "post")
        if (status := getattr(client, method)(url, sent()).status_code) not in (404, 405)
    ]


@pytest.fixture
def busy(cast, handled, login):
    """A matter with a file and a request, so that it has every kind of address."""
    login(cast.officer).post(
        reverse("matters:attach", args=[handled.pk]),
        sent(files=[_note("工时表.txt")]),
    )
    with acting(cast.officehead):
        ask(handled, "void", by=cast.officehead, reason="试一试")
    return handled


def _note(name: str):
    return SimpleUploadedFile(name, "七月 31 小时".encode())


def test_for_an_officer_of_another_unit_no_address_of_the_matter_exists(cast, busy, login):
    assert len(doors(busy)) == 24
    client = login(cast.other_officer)

    assert [passed for url in doors(busy) for passed in passes(client, url)] == []


def test_whoever_steps_back_loses_every_address(cast, busy, login):
    with acting(cast.officehead):
        Recusal(matter=busy, user=cast.officer, since=today()).save()
    client = login(cast.officer)

    assert [passed for url in doors(busy) for passed in passes(client, url)] == []
    assert busy.number not in text(client.get("/admin/"))


@pytest.mark.parametrize("who", ["officehead", "leader", "auditor", "officer", "registrar2"])
def test_a_sealed_letter_does_not_exist_for_anybody_but_its_keepers(who, cast, sealed, login):
    client = login(getattr(cast, who))

    assert [passed for url in doors(sealed) for passed in passes(client, url)] == []


def test_a_keeper_sees_of_a_sealed_letter_its_number_and_path_alone(cast, sealed, login):
    response = login(cast.custodian).get(record(sealed))

    assert sealed.number in text(response)
    assert [step.label for step in response.context["steps"]] == ["密件登记", "转交纪检监察机关"]
    assert "查看信访人信息" not in text(response)
    assert looks(cast.custodian) == []


def test_a_matter_is_never_deleted(cast, fresh, login):
    url = reverse("wagtailsnippets_matters_matter:delete", args=[fresh.pk])

    for who in ("officehead", "registrar", "leader"):
        client = login(getattr(cast, who))
        assert client.get(url).url == "/admin/"
        assert client.post(url, sent()).url == "/admin/"
    assert Matter.objects.filter(pk=fresh.pk).exists()


def test_the_auditor_can_send_no_form_of_a_matter(cast, busy, login):
    before = (busy.history.count(), Move.objects.count(), busy.files.count())
    client = login(cast.auditor)

    for url in doors(busy):
        if "/open/" not in url and not url.endswith(f"/files/{busy.files.get().pk}/"):
            response = client.post(url, sent(reason="试", note="试", way="C6", decision="approve"))
            assert (response.status_code in (404, 405)) or response.url == "/admin/", url

    busy.refresh_from_db()
    assert (busy.history.count(), Move.objects.count(), busy.files.count()) == before
    assert busy.approvals.get().decision == ""


def test_the_history_tells_of_the_matter_and_all_that_belongs_to_it_masked(cast, busy, login):
    page = text(
        login(cast.auditor).get(reverse("wagtailsnippets_matters_matter:history", args=[busy.pk]))
    )

    for told in ("信访人：新增", "材料：新增", "审批：新增", "韦*", "社会事务办"):
        assert told in page
    assert not [told for told in (CLAIM, NAME, PHONE, "试一试") if told in page]


def test_nothing_on_the_record_is_english(cast, busy, login):
    for who in ("officer", "officehead", "auditor"):
        assert english_left(text(login(getattr(cast, who)).get(record(busy)))) == []
