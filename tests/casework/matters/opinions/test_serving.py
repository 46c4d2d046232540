"""Service and its proof; what an opinion promised; what the petitioner says of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework.matters.approvals import ask, decide
from casework.matters.models import Matter, Promise, Service
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import all_said
from tests.casework.matters.opinions import making
from tests.casework.matters.opinions.making import DAY, act, data_for, later, paper
from tests.casework.matters.opinions.refusing import refused


def serve(matter, cast, **data):
    return act(matter, "serve", cast.officer, **data)


def test_nothing_is_served_without_a_proof(cast, signed):
    for way in ("person", "post", "left", "notice"):
        assert "送达凭据" in refused(serve, signed, cast, way=way)


def test_what_is_sent_electronically_is_served_by_consent_and_receipt_alone(cast, signed):
    consent = paper(signed, cast.officer, "电子送达同意书.txt")
    assert "同意书" in refused(serve, signed, cast, way="electronic", received=True)
    assert "已收到" in refused(serve, signed, cast, way="electronic", consent=consent)
    matter = serve(signed, cast, way="electronic", consent=consent, received=True)
    assert matter.state == "answered"


def test_who_leaves_it_at_the_door_is_not_the_only_witness(cast, signed):
    proof = paper(signed, cast.officer, "现场照片.txt")
    left = {"way": "left", "proof": proof}
    assert "见证人" in refused(serve, signed, cast, **left)
    assert "自己见证" in refused(serve, signed, cast, **left, witness_user=cast.officer)
    assert "自己见证" in refused(serve, signed, cast, **left, witness=cast.officer.name)
    assert serve(signed, cast, **left, witness="王主任，村委会").state == "answered"
    assert Service.objects.get(failed=False).text("witness") == "王主任，村委会"


def test_a_notice_names_nobody_and_comes_after_a_try(cast, signed):
    proof = paper(signed, cast.officer, "公告照片.txt")
    notice = {"way": "notice", "proof": proof, "no_name": True}
    assert "先用别的方式" in refused(serve, signed, cast, **notice)
    tried = act(signed, "try_serve", cast.officer, way="person", note="上门两次，没有人。")
    assert (tried.state, tried.due_kind) == ("signed", "handle")
    assert "姓名" in refused(serve, signed, cast, **notice | {"no_name": False})
    assert serve(signed, cast, **notice).state == "answered"


def test_nothing_is_served_before_it_was_signed(cast, street):
    with later(4):
        matter = making.signed(cast, street)
        proof = paper(matter, cast.officer)
        told = refused(serve, matter, cast, way="person", proof=proof, on=today() - DAY)
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
        assert "重新约定日期" in refused(serve, matter, cast, way="person", proof=proof)


def test_what_was_done_in_time_and_late_is_told_in_the_log(cast, street):
    matter = making.performing(cast, street, days=5)
    with later(7):
        data = data_for("keep_promise", cast, street, matter)
        matter = act(matter, "keep_promise", cast.officer, **data)
        assert "迟 2 天" in matter.moves.latest("pk").summary
        [clock] = matter.clocks.filter(kind="performance")
        assert (clock.status, clock.ended_on - clock.due_on) == ("met", timedelta(days=2))


# Replies and settlements


def test_a_suggestion_is_answered_at_once_with_what_became_of_it(cast, street):
    matter = making.handled(cast, street, klass="A", path="")
    wrong = {"outcome": "support", "body": "好"}
    assert "采纳、部分采纳或不采纳" in refused(act, matter, "answer", cast.officer, **wrong)
    matter = act(matter, "answer", cast.officer, outcome="not_adopted", body="没有预算。")
    assert (matter.state, matter.ending, matter.due_on) == ("closed", "reply", None)
    assert matter.clocks.get(kind="suggestion").status == "met"
    assert matter.clocks.get(kind="rating").status == "running"


def test_a_suggestion_that_is_adopted_with_a_date_is_followed_until_it_is_done(cast, street):
    matter = making.handled(cast, street, klass="A", path="")
    matter = act(
        matter, "answer", cast.officer, outcome="adopted", body="装灯。",
        promises=[making.promise(street, 9, "装六盏灯")],
    )  # fmt: skip
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
