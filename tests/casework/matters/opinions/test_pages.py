"""The pages on the way of an opinion, as an officer, a reviewer, a leader and a registrar use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.approvals import ask
from casework.matters.models import Approval, Matter, Review
from office.clock import today
from office.history import acting
from office.models import Look
from tests.casework.matters.counter import act, arrive, record, sent, text
from tests.casework.matters.opinions import making
from tests.casework.matters.opinions.making import later, opinion

DAY = f"{today():%Y-%m-%d}"


def scan(name="扫描件.txt"):
    return SimpleUploadedFile(name, "签字盖章".encode())


def typed(street, **change):
    facts = {name: value for name, value in opinion(street).items() if isinstance(value, str)}
    return sent(**facts, all_answered="on") | change


def test_an_officer_who_drafts_too_early_is_told_what_comes_first(cast, handled, login):
    page = text(login(cast.officer).get(act(handled, "draft"), follow=True))
    assert "起草意见前要听取信访人陈述" in page


def test_an_officer_drafts_with_the_claim_at_hand_and_promises_in_rows(cast, street, heard, login):
    client = login(cast.officer)
    page = text(client.get(act(heard, "draft")))
    assert page.count("加班费一直没有发") >= 2  # beside the form, and in it

    refused = client.post(act(heard, "draft"), typed(street, outcome="support"))
    assert refused.status_code == 422
    assert "写明做什么、哪个单位做" in text(refused)
    assert "请先申请劳动仲裁" in text(refused)

    client.post(
        act(heard, "draft"),
        typed(street, outcome="support", what_1="补发", unit_1=street.social.pk, due_on_1=DAY),
    )
    heard.refresh_from_db()
    assert heard.state == "drafted"


def test_a_draft_that_comes_back_stands_in_the_form_as_it_was(cast, street, login):
    matter = making.drafted(cast, street, **making.supporting(street))
    making.act(matter, "redraft", cast.officehead, note="写明金额。")
    page = text(login(cast.officer).get(act(matter, "draft")))
    for words in ("《劳动法》第四十四条", "民宿应补发加班费", "补发七、八月加班费"):
        assert words in page


def test_a_reviewer_reads_the_draft_by_the_task_and_the_look_is_logged(cast, street, login):
    matter = making.drafted(cast, street, outcome="not_supported")
    client = login(cast.reviewer)
    page = text(client.get(act(matter, "review")))
    assert "《劳动法》第四十四条" in page
    assert "韦小梅" not in page
    [look] = Look.objects.filter(person=cast.reviewer)
    assert (look.what, look.purpose) == ("意见稿", "审核处理意见")

    shown = text(client.get(record(matter)))
    assert "查看信访人信息" not in shown
    opening = sent(what="信访人信息", purpose="审核处理意见")
    assert client.post(reverse("matters:open", args=[matter.pk]), opening).url == "/admin/"
    assert Look.objects.filter(person=cast.reviewer).count() == 1

    answer = client.post(act(matter, "review"), sent(note="可以。"), follow=True)
    assert answer.status_code == 200
    assert client.get(record(matter)).status_code == 404


def test_nobody_reads_a_draft_on_a_page_that_is_not_theirs(cast, street, login):
    matter = making.drafted(cast, street)
    for who in ("registrar", "auditor", "leader"):
        answer = login(getattr(cast, who)).get(act(matter, "review"))
        assert answer.url == "/admin/"
    assert login(cast.other_officer).get(act(matter, "review")).status_code == 404


def test_a_leader_signs_and_the_officer_serves_with_a_proof(cast, street, login):
    matter = making.reviewed(cast, street)
    login(cast.leader).post(act(matter, "sign"), sent(note=""))
    client = login(cast.officer)
    bare = client.post(act(matter, "serve"), sent(way="person", place="他家", on=DAY))
    assert "请上传送达凭据" in text(bare)
    client.post(
        act(matter, "serve"), sent(way="person", place="他家", on=DAY, proof=scan("回证.txt"))
    )
    matter.refresh_from_db()
    assert (matter.state, matter.services.get().proof.text("name")) == ("answered", "回证.txt")


def test_a_refused_service_leaves_no_file_behind(cast, street, signed, login):
    files = signed.files.count()
    form = sent(way="left", on=DAY, proof=scan())
    answer = login(cast.officer).post(act(signed, "serve"), form)
    assert "见证人" in text(answer)
    assert signed.files.count() == files


def test_the_record_shows_what_was_promised_and_turns_red_when_the_day_is_over(cast, street, login):
    matter = making.performing(cast, street, days=3)
    client = login(cast.officer)
    assert "还没有兑现" in text(client.get(record(matter)))
    with later(5):
        page = text(login(cast.officer).get(record(matter)))
        assert "已过 2 天，还没有兑现" in page
        assert "补发七、八月加班费" in page


def test_a_draft_is_no_answer_to_those_who_read_the_record(cast, street, login):
    matter = making.drafted(cast, street)
    assert login(cast.officer).get(record(matter)).context["answers"] == []
    served = making.answered(cast, street)
    assert len(login(cast.officer).get(record(served)).context["answers"]) == 1


def test_more_time_is_asked_for_and_given_on_pages(cast, handled, login):
    url = reverse("matters:ask", args=[handled.pk, "extend"])
    client = login(cast.officer)
    assert "还可以延长 30 日" in text(client.get(url))
    assert "还可以延长 30 日" in text(client.post(url, sent(days="31", reason="要等鉴定")))
    client.post(url, sent(days="20", reason="要等鉴定"))
    request = Approval.objects.get()
    assert request.terms == {"days": 20}
    decide = reverse("matters:decide", args=[handled.pk, request.pk])
    page = text(login(cast.leader).get(decide))
    assert "延长几日" in page
    assert "要等鉴定" in page
    due = handled.due_on
    login(cast.leader).post(decide, sent(decision="approve", note=""))
    handled.refresh_from_db()
    assert (handled.due_on - due).days == 20


@pytest.fixture
def refusal(cast, rules):
    """A refusal the office head asks for: legal review goes first."""
    matter = arrive(cast.registrar)[1][0]
    with acting(cast.officehead):
        return ask(
            matter, "refuse", by=cast.officehead, reason="已在法院审理",
            data={"remedy": "可以向上一级机关反映。"},
        )  # fmt: skip


def of(name, request):
    return reverse(f"matters:{name}", args=[request.matter_id, request.pk])


def test_a_refusal_waits_for_the_legal_reviewer_who_sees_it_meanwhile(cast, refusal, login):
    leader = login(cast.leader)
    assert "请法小审先审核" in text(leader.get(of("decide", refusal)))
    early = leader.post(of("decide", refusal), sent(decision="approve", note=""))
    assert "先经法制审核" in text(early)

    reviewer = login(cast.reviewer)
    page = text(reviewer.get(of("legal", refusal)))
    assert "已在法院审理" in page
    assert "可以向上一级机关反映" in page
    reviewer.post(of("legal", refusal), sent(decision="approve", note="依据充分"))
    assert reviewer.get(of("legal", refusal)).status_code == 404
    assert "依据充分" in text(leader.get(of("decide", refusal)))
    leader.post(of("decide", refusal), sent(decision="approve", note=""))
    assert Matter.objects.get(pk=refusal.matter_id).state == "closed"


def test_what_the_law_speaks_against_is_not_agreed_to(cast, refusal, login):
    login(cast.reviewer).post(of("legal", refusal), sent(decision="refuse", note="尚未立案"))
    answer = login(cast.leader).post(of("decide", refusal), sent(decision="approve", note=""))
    assert "法制审核没有同意" in text(answer)
    assert Review.objects.get().agrees is False


def test_a_leaders_signature_on_paper_is_entered_by_somebody_else(cast, refusal, login):
    login(cast.reviewer).post(of("legal", refusal), sent(decision="approve", note=""))
    form = {"decision": "approve", "leader": cast.leader.pk, "signed_on": DAY}
    asker = login(cast.officehead).get(of("on_paper", refusal), follow=True)
    assert "申请人不能录入" in text(asker)
    login(cast.officehead2).post(of("on_paper", refusal), sent(**form, scan=scan("呈批单.txt")))
    refusal.refresh_from_db()
    assert (refusal.decided_by, refusal.recorded_by) == (cast.leader, cast.officehead2)
    [row] = refusal.matter.paper_signatures.all()
    assert (row.leader, row.approval, row.answer) == (cast.leader, refusal, "")


def test_who_gave_the_matter_up_and_came_back_is_recorded_by_the_registrar(cast, handled, login):
    client = login(cast.registrar)
    bare = client.post(act(handled, "withdraw"), sent(note="谈妥了", on=DAY))
    assert "撤回申请书" in text(bare)
    client.post(act(handled, "withdraw"), sent(note="谈妥了", on=DAY, paper=scan("撤回.txt")))
    assert Matter.objects.get(pk=handled.pk).state == "withdrawn"
    client.post(act(handled, "undo_withdraw"), sent(note="反悔了"))
    assert Matter.objects.get(pk=handled.pk).state == "handling"
