"""A request that waits is what the matter waits for: the record says so, and who by name decides."""

from django.urls import reverse

from casework.matters.approvals import ask
from casework.matters.models import Approval
from office.history import acting
from tests.casework.matters.counter import ARBITRATION, arrive, record, sent, text
from tests.casework.matters.opinions import making

DESK = "/admin/matters/desk/"


def led(matter, by):
    with acting(by):
        return ask(matter, "route", by=by, reason="拖欠工资，依法先仲裁", data=ARBITRATION)


def url(request):
    return reverse("matters:decide", args=[request.matter_id, request.pk])


def test_the_record_says_whose_decision_it_waits_for(cast, fresh, login):
    client = login(cast.officehead)
    assert "判明类别和途径" in text(client.get(record(fresh)))
    led(fresh, cast.officehead)
    page = text(client.get(record(fresh)))
    assert "等审批：导入法定途径" in page
    assert "判明类别和途径" not in page
    assert "请 法小审 审批。" in page


def test_more_time_that_was_asked_for_leaves_the_next_step_what_it_was(cast, handled, login):
    with acting(cast.officer):
        ask(handled, "extend", by=cast.officer, reason="考勤要逐日核对", data={"days": 15})
    page = text(login(cast.officer).get(record(handled)))
    assert "听取信访人陈述，查清事实，拟处理意见" in page
    assert "等审批：延长期限" not in page
    assert "请 街小领 审批。" in page


def test_nobody_who_asked_reads_that_they_lack_the_right_but_why(cast, handled, login):
    with acting(cast.officer):
        request = ask(handled, "extend", by=cast.officer, reason="逐日核对", data={"days": 15})
    answer = login(cast.officer).post(url(request), sent(decision="approve"), follow=True)
    assert "申请人不能审批自己的申请" in text(answer)
    assert Approval.objects.get().decision == ""


def test_a_reviewer_goes_on_at_the_desk_when_the_matter_is_no_longer_theirs(cast, fresh, login):
    request = led(fresh, cast.officehead)
    answer = login(cast.reviewer).post(url(request), sent(decision="approve"))
    assert (answer.status_code, answer.url) == (302, DESK)


def test_a_draft_waits_for_the_reviewers_that_it_needs(cast, street, rules, login):
    plain = making.drafted(cast, street)
    page = text(login(cast.officer).get(record(plain)))
    assert "<b>信访办主任</b> 信小任、信小副" in page
    about_money = making.drafted(cast, street, money=True)
    page = text(login(cast.officer).get(record(about_money)))
    assert "<b>法制审核</b> 法小审" in page


def test_the_receipt_says_what_was_answered_on_which_day(cast, street, rules, login):
    matter = making.closed(cast, street)
    item = matter.links.get().item
    page = text(login(cast.registrar).get(reverse("matters:receipt", args=[item.pk])))
    assert "已答复：" in page
    assert "建议采纳" in page
    other = arrive(cast.registrar)[0]
    assert "已答复" not in text(
        login(cast.registrar).get(reverse("matters:receipt", args=[other.pk]))
    )
