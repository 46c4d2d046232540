"""Service and its proof; what an opinion promised; what the petitioner says of it."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from casework.matters.approvals import ask, decide
from casework.matters.counting.checking import faults
from casework.matters.explaining import hindered
from casework.matters.models import Matter, Promise, Service
from casework.matters.table import BY_NAME
from office import clock
from office.clock import now, today
from office.history import acting
from tests.casework.matters.counter import all_said
from tests.casework.matters.entering.making import FITS
from tests.casework.matters.opinions import making
from tests.casework.matters.opinions.making import DAY, act, data_for, later, paper
from tests.casework.matters.opinions.refusing import refused

ONE = {"way": "person", "place": "他家里"}
TRIED = {"way": "person", "place": "他家", "note": "上门两次，没有人。"}


def serve(matter, cast, **data):
    return act(matter, "serve", cast.officer, **data)


def test_nothing_is_served_without_a_proof(cast, signed):
    for way in ("person", "post", "left", "notice"):
        assert "送达凭据" in refused(serve, signed, cast, way=way, place="他家")


@pytest.mark.parametrize("way", ["person", "left", "notice"])
def test_where_it_was_is_written_down_where_the_way_leaves_no_other_trace(cast, signed, way):
    proof = paper(signed, cast.officer)
    assert "写明" in refused(serve, signed, cast, way=way, proof=proof, place=" ")
    assert "公告" in refused(act, signed, "try_serve", cast.officer, way="notice", note="没有人")


def test_the_time_of_the_clock_is_kept_and_lies_behind_us(cast, signed):
    moment = timezone.localtime(now())
    ahead = {"way": "post", "proof": paper(signed, cast.officer)}
    with clock.at(moment.replace(hour=9, minute=0)):
        assert "晚于现在" in refused(serve, signed, cast, **ahead, time=time(9, 1))
        tried = act(
            signed,
            "try_serve",
            cast.officer,
            way="person",
            place="他家",
            note="没有人",
            time=time(8),
        )
        serve(tried, cast, **ahead, time=time(8, 30))
    assert [row.time for row in Service.objects.order_by("pk")] == [time(8), time(8, 30)]


def test_what_is_sent_electronically_is_served_by_consent_and_receipt_alone(cast, signed):
    consent = paper(signed, cast.officer, "电子送达同意书.txt")
    assert "同意书" in refused(serve, signed, cast, way="electronic", received=True)
    assert "已收到" in refused(serve, signed, cast, way="electronic", consent=consent)
    matter = serve(signed, cast, way="electronic", consent=consent, received=True)
    assert matter.state == "answered"


def test_who_leaves_it_at_the_door_is_not_the_only_witness(cast, signed):
    proof = paper(signed, cast.officer, "现场照片.txt")
    left = {"way": "left", "place": "他家门口", "proof": proof}
    assert "见证人" in refused(serve, signed, cast, **left)
    assert "自己见证" in refused(serve, signed, cast, **left, witness_user=cast.officer)
    assert "自己见证" in refused(serve, signed, cast, **left, witness=cast.officer.name)
    assert serve(signed, cast, **left, witness="王主任，村委会").state == "answered"
    assert Service.objects.get(failed=False).text("witness") == "王主任，村委会"


def test_a_notice_names_nobody_and_comes_after_a_try(cast, signed):
    proof = paper(signed, cast.officer, "公告照片.txt")
    notice = {"way": "notice", "place": "公告栏", "proof": proof, "no_name": True}
    assert "先用别的方式" in refused(serve, signed, cast, **notice)
    tried = act(signed, "try_serve", cast.officer, **TRIED)
    assert (tried.state, tried.due_kind) == ("signed", "handle")
    assert "姓名" in refused(serve, signed, cast, **notice | {"no_name": False})
    assert serve(signed, cast, **notice).state == "answered"


def test_nothing_is_served_before_it_was_signed(cast, street):
    with later(4):
        matter = making.signed(cast, street)
        proof = paper(matter, cast.officer)
        told = refused(serve, matter, cast, **ONE, proof=proof, on=today() - DAY)
        assert "早于" in told


def test_a_wrong_day_of_service_is_corrected_by_two_with_the_window(cast, street):
    with later(10):
        matter = making.answered(cast, street)
        signed_on = matter.opinions.get().signed_on
    with later(14):
        proof = paper(matter, cast.officer, "邮寄回执.txt")
        facts = {"reason": "回执日期", "evidence": proof}
        assert "早于签发" in refused(
            ask, matter, "served", by=cast.officer, new_date=signed_on - DAY, **facts
        )
        day = today() - DAY
        with acting(cast.officer):
            request = ask(matter, "served", by=cast.officer, new_date=day, **facts)
        with pytest.raises(PermissionDenied):
            decide(request, by=cast.head, approve=True)
        with acting(cast.officehead):
            matter = decide(request, by=cast.officehead, approve=True)
        clock = matter.clocks.get(kind="review_ask", status="running")
        assert (matter.answered_on, clock.start_on) == (day, day)
        assert clock.due_on >= day + 30 * DAY
        assert matter.clocks.get(kind="handle").ended_on == day
        assert matter.services.get().on == day
        assert matter.moves.latest("pk").name == "correct_served"


# What was promised


def test_an_opinion_that_promises_is_performed_before_it_is_closed(cast, street):
    matter = making.performing(cast, street)
    assert (matter.state, matter.due_kind) == ("performing", "performance")
    assert matter.due_on == today() + 20 * DAY
    row = Promise.objects.get()
    assert (row.text("what"), row.unit) == ("补发七、八月加班费", street.social)

    with later(10):
        matter = act(
            matter, "keep_promise", cast.officer, **data_for("keep_promise", cast, street, matter)
        )
        assert (matter.state, matter.due_kind) == ("answered", "review_ask")
        assert "可以申请复查" in refused(act, matter, "close", cast.officehead)
    with later(40):
        all_said(matter, cast.officer)
        matter = act(matter, "close", cast.officehead)
        assert (matter.state, matter.ending) == ("closed", "opinion")


def test_each_promise_has_its_own_day_and_the_next_one_leads(cast, street):
    promises = [making.promise(street, 20), making.promise(street, 10, "先发七月的")]
    matter = making.answered(
        cast, street, outcome="support", body="分两次补发。", promises=promises
    )
    assert matter.due_on == today() + 10 * DAY
    first = matter.promises.earliest("due_on")
    proof = paper(matter, cast.officer, "转账凭证.txt")
    matter = act(matter, "keep_promise", cast.officer, promise=first, proof=proof)
    assert (matter.state, matter.due_on) == ("performing", today() + 20 * DAY)
    assert "刷新" in refused(act, matter, "keep_promise", cast.officer, promise=first, proof=proof)


def test_a_broken_promise_is_reopened_without_anybodys_leave(cast, street):
    """Scene: payment by the 30th; the 30th passes; the petitioner reopens, nobody has to agree."""
    matter = making.performing(cast, street, days=7)
    with later(7):
        assert "过了这一天" in refused(act, matter, "broken", cast.registrar, note="没给钱")
    with later(8):
        assert Matter.objects.overdue(today()).filter(pk=matter.pk).exists()
        matter = act(matter, "broken", cast.registrar, note="一分钱没收到。")
        assert (matter.state, matter.round, matter.answered_on) == ("handling", 2, None)
        assert (matter.due_kind, matter.due_on) == ("handle", today() + 60 * DAY)
        assert not matter.approvals.exists()
        assert Promise.objects.get().broken_on == today()
        assert "听取陈述" in refused(act, matter, "draft", cast.officer, **making.opinion(street))


def test_a_promise_said_to_be_kept_is_contested_after_its_day_too(cast, street):
    matter = making.performing(cast, street, days=3)
    proof = paper(matter, cast.officer, "转账凭证.txt")
    matter = act(matter, "keep_promise", cast.officer, promise=matter.promises.get(), proof=proof)
    with later(4):
        assert act(matter, "broken", cast.registrar, note="没有到账。").state == "handling"


def test_a_promise_whose_day_passed_before_service_is_agreed_anew(cast, street):
    matter = making.signed(cast, street, **making.supporting(street, days=2))
    with later(3):
        proof = paper(matter, cast.officer)
        assert "重新约定日期" in refused(serve, matter, cast, **ONE, proof=proof)
        # it may have been handed over while the day was still ahead, and be written down now
        assert hindered(cast.officer, matter, BY_NAME["serve"]) == ""
        assert serve(matter, cast, **ONE, proof=proof, on=today() - 2 * DAY).state == "performing"


def test_what_was_done_in_time_and_late_is_told_in_the_log(cast, street):
    matter = making.performing(cast, street, days=5)
    with later(7):
        data = data_for("keep_promise", cast, street, matter)
        matter = act(matter, "keep_promise", cast.officer, **data)
        assert "迟 2 天" in matter.moves.latest("pk").summary
        [clock] = matter.clocks.filter(kind="performance")
        assert (clock.status, clock.ended_on - clock.due_on) == ("met", timedelta(days=2))


# Replies and settlements


def test_the_petitioners_thirty_days_begin_with_the_service_of_a_reply(cast, street):
    matter = making.handled(cast, street, fast=True, fits=FITS)
    matter = making.replied(cast, matter, outcome="support", body="已补发。")
    assert (matter.state, matter.get_state_display()) == ("signed", "待送达")
    assert (matter.answered_on, matter.opinions.get().drafted_on) == (None, today())
    assert not matter.clocks.filter(kind__in=("review_ask", "rating")).exists()
    with later(5):
        assert faults(matter) == []
        matter = making.in_hand(cast, street, matter)
        assert matter.clocks.get(kind="review_ask").start_on == today() == matter.answered_on
        assert matter.clocks.get(kind="rating").start_on == today()
        [fast] = matter.clocks.filter(kind="fast")
        assert (fast.status, fast.ended_on) == ("met", today())
        assert faults(matter) == []


def test_an_office_that_counts_dispatch_ends_its_own_limit_with_the_day_it_was_sent(
    cast, street, monkeypatch
):
    sent = today()
    matter = making.replied(cast, making.handled(cast, street, klass="A", path=""))
    monkeypatch.setattr("casework.matters.effects.serving.setting_of", lambda *_: "dispatched")
    with later(4):
        data = data_for("serve", cast, street, matter)
        told = refused(act, matter, "serve", cast.officer, **data, sent_on=sent - DAY)
        assert "发出日期" in told
        matter = act(matter, "serve", cast.officer, **data, sent_on=sent)
        assert matter.clocks.get(kind="suggestion").ended_on == sent
        assert matter.clocks.get(kind="rating").start_on == today()


def test_no_reply_is_closed_that_nobody_tried_to_hand_over(cast, street):
    matter = making.replied(cast, making.handled(cast, street, klass="A", path=""))
    all_said(matter, cast.officer)
    assert "还没有送达" in refused(act, matter, "close", cast.officehead)
    act(matter, "try_serve", cast.officer, **TRIED)
    matter = act(matter, "close", cast.officehead)
    assert (matter.state, matter.ending, matter.answered_on) == ("closed", "reply", None)


def test_what_can_be_reviewed_is_closed_after_a_service_alone(cast, street, signed):
    fast = making.replied(
        cast, making.handled(cast, street, fast=True, fits=FITS), outcome="explain"
    )
    for matter in (fast, signed):
        act(matter, "try_serve", cast.officer, **TRIED)
        assert "公告送达" in refused(act, matter, "close", cast.officehead)


def test_a_reply_is_taken_back_by_its_officer_and_an_opinion_by_the_leader(cast, street, signed):
    matter = making.replied(cast, making.handled(cast, street, klass="A", path=""))
    back = act(matter, "recall_draft", cast.officer)
    assert (back.state, back.opinions.get().dropped) == ("handling", True)
    again = making.replied(cast, back, body="改过的答复。")
    assert act(again, "unsign", cast.leader, note="再问问").state == "handling"
    assert making.in_hand(cast, street, making.replied(cast, back)).state == "closed"
    assert "不予签发" in refused(act, signed, "recall_draft", cast.officer)


def test_what_was_answered_before_replies_were_served_keeps_its_window(cast, street):
    """As rows of that time stand: the reply has its day, nothing says it was handed over."""
    matter = making.in_hand(
        cast, street,
        making.replied(cast, making.handled(cast, street, fast=True, fits=FITS), outcome="explain"),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("UPDATE matters_service SET opinion_id = NULL")
        cursor.execute("UPDATE matters_opinion SET drafted_on = NULL")
    assert faults(matter) == []
    with later(45):
        all_said(matter, cast.officer)
        assert act(matter, "close", cast.officehead).state == "closed"


def test_a_suggestion_is_answered_with_what_became_of_it_and_ends_in_hand(cast, street):
    matter = making.handled(cast, street, klass="A", path="")
    wrong = {"outcome": "support", "body": "好"}
    assert "采纳、部分采纳或不采纳" in refused(act, matter, "answer", cast.officer, **wrong)
    matter = making.replied(cast, matter, outcome="not_adopted", body="没有预算。")
    assert (matter.state, matter.due_kind) == ("signed", "suggestion")
    matter = making.in_hand(cast, street, matter)
    assert (matter.state, matter.ending, matter.due_on) == ("closed", "reply", None)
    assert matter.clocks.get(kind="suggestion").status == "met"
    assert matter.clocks.get(kind="rating").status == "running"


def test_a_suggestion_that_is_adopted_with_a_date_is_followed_until_it_is_done(cast, street):
    matter = making.handled(cast, street, klass="A", path="")
    promises = [making.promise(street, 9, "装六盏灯")]
    matter = making.in_hand(cast, street, making.replied(cast, matter, promises=promises))
    assert (matter.state, matter.due_kind) == ("performing", "performance")
    data = data_for("keep_promise", cast, street, matter)
    matter = act(matter, "keep_promise", cast.officer, **data)
    assert (matter.state, matter.ending) == ("closed", "reply")
    assert matter.clocks.get(kind="performance").status == "met"


def test_a_claim_of_the_petition_procedure_is_not_answered_by_a_reply(cast, street, handled):
    told = refused(act, handled, "answer", cast.officer, outcome="explain", body="好")
    for way in ("信访处理意见书", "听取陈述", "起草意见", "送达"):
        assert way in told


def test_an_agreement_ends_a_matter_and_can_be_confirmed_by_the_court(cast, street, handled):
    data = data_for("settle", cast, street, handled)
    assert "必填" in refused(act, handled, "settle", cast.officer, **data | {"consent": False})
    matter = act(handled, "settle", cast.officer, **data)
    row = matter.settlements.get()
    assert (matter.state, matter.ending) == ("closed", "settled")
    assert row.confirm_until == today() + 30 * DAY
    assert matter.documents.filter(kind="settlement").exists()
    court = data_for("confirm_court", cast, street, matter)
    matter = act(matter, "confirm_court", cast.officer, **court)
    assert matter.settlements.get().court == "云湖区人民法院"
    assert "没有等着司法确认" in refused(act, matter, "confirm_court", cast.officer, **court)
