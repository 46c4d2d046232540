"""Scene: the office head is on leave; the deputy does not approve her own request, the leader does."""

from datetime import date

import pytest

from casework.matters.models import Approval, Document, Matter
from office.history import acting
from office.models import Deputy, Leave
from office.posts import renew
from tests.browser.stage import DESK
from tests.casework.matters.counter import accepted, arrive, assigned, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "四个月考勤要逐日核对，外省工友还没有答复。"


@pytest.fixture
def nearly_due(play):
    """Accepted on 31 July, so owed until 29 September (60 days, art. 34); now it is the 21st."""
    play.wall.set(2026, 7, 31)
    matter = accepted(arrive(play.cast.registrar)[1][0], play.cast.officehead)
    assigned(matter, play.cast.officehead, play.street.social, play.cast.officer)
    play.wall.set(2026, 9, 21)
    return matter


@pytest.fixture
def one_head(play):
    """A small office: one head, for whom the second registrar stands in until 9 October."""
    cast = play.cast
    with acting(cast.secadmin, "只有一位主任；请假期间由登小二代行"):
        post = cast.officehead2.posts.get()
        post.valid_to = date(2026, 8, 31)
        post.save()
        Deputy(
            post=cast.officehead.posts.get(), user=cast.registrar2,
            valid_from=date(2026, 9, 21), valid_to=date(2026, 10, 9),
        ).save()  # fmt: skip
    for person in (cast.officehead2, cast.registrar2):
        renew(person)


def away(head):
    """The head writes down their own leave."""
    head.visit("/admin/leave/")
    head.fill("自", "2026-09-21", exact=True)
    head.fill("至", "2026-10-09", exact=True)
    head.field("事由").select_option(label="请假")
    # by keyboard: the calendar of the date field lies over the button
    head.page.get_by_role("button", name="登记请假", exact=True).press("Enter")
    head.see("2026-09-21 至 2026-10-09")


def asked(deputy, matter):
    """The deputy, at the head's desk, asks for fifteen days more."""
    deputy.visit(DESK)
    deputy.follow("信访办")
    deputy.visit(record(matter))
    deputy.see("2026-09-29")
    deputy.follow("申请延长期限", more=True)
    deputy.fill("延长几日", "15")
    deputy.fill("延长的理由", REASON)
    deputy.press("提交申请")
    deputy.arrive("/inspect/")


def test_the_deputy_asks_for_more_time_and_the_leader_gives_it(play, one_head, nearly_due):
    matter = nearly_due
    away(play.sit("officehead"))
    deputy = play.sit("registrar2")
    asked(deputy, matter)
    deputy.see("等待审批：延长期限", "请 街小领 审批。")
    assert deputy.page.get_by_role("link", name="去审批").count() == 0
    request = Approval.objects.get()
    deputy.visit(f"/admin/matters/{matter.pk}/approvals/{request.pk}/")
    deputy.see("申请人不能审批自己的申请")
    assert f"{Matter.objects.get().due_on}" == "2026-09-29", "nobody gave herself more time"

    leader = play.sit("leader")
    leader.visit(DESK).follow("延长期限：民宿保洁员四个月加班费未付")
    leader.see(REASON, "登小二", "15")
    leader.press("同意")
    leader.arrive("/inspect/")
    leader.see("2026-10-14", "延期告知书")
    leader.press("组织与日历")
    leader.follow("职责分离状况")
    leader.see("代行 信小任 的岗位：信访办公室 信访办主任，2026-09-21 至 2026-10-09")
    alone = leader.page.locator("tr", has_text="延长期限").inner_text()
    assert "只有一人" in alone
    assert "街小领" in alone
    stands_in = leader.page.locator("tr", has_text="作废").inner_text()
    assert "登小二" in stands_in, "the deputy decides what others ask for"
    assert "信小任" in stands_in, "and it says who is away"

    deputy.visit(record(matter))
    deputy.see("2026-10-14")
    matter = Matter.objects.get()
    assert (f"{matter.due_on}", matter.state) == ("2026-10-14", "handling")
    request.refresh_from_db()
    assert (request.asked_by, request.decided_by) == (play.cast.registrar2, play.cast.leader)
    assert Document.objects.filter(kind="extension").count() == 1
    assert Leave.objects.get().person == play.cast.officehead
