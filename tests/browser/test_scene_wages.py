"""Scene: unpaid wages are led to arbitration, and stay followed until the outcome is in."""

import pytest

from casework.matters.models import Clock, Document, Matter, StatutoryPath
from tests.browser.stage import DESK, paper
from tests.casework.matters.counter import arrive, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "区劳动人事争议仲裁委员会"
LIMIT = "知道权利被侵害之日起一年（《劳动争议调解仲裁法》第二十七条）"
AID = "区法律援助中心 12348"


def led_to_arbitration(head, matter):
    """From the head's board over the guided choice to the request."""
    head.visit(DESK).follow(matter.title)
    head.follow("受理", exact=True)
    head.follow("仲裁")
    head.arrive("/ask/route/")
    head.see("信访不停止法定途径的时限。")
    head.fill("向哪个机关提出", BODY)
    head.fill("法律规定的时限", LIMIT)
    head.fill("最后安全日", "2027-06-30")
    head.fill("法律援助联系", AID)
    head.fill("为什么走这条途径", "拖欠工资的争议依法先仲裁，工时有考勤表。")
    head.press("提交申请")
    head.arrive("/inspect/")


def test_unpaid_wages_go_to_arbitration_and_are_followed_to_the_end(play, tmp_path):
    matter = arrive(play.cast.registrar, late_reason="")[1][0]  # received on 18 September
    head = play.sit("officehead")
    led_to_arbitration(head, matter)
    head.see("等待审批：导入法定途径", "等审批：导入法定途径", "请 法小审 审批。")
    assert Matter.objects.get().state == "registered", "nothing is led anywhere by one person"

    reviewer = play.sit("reviewer")
    reviewer.visit(DESK).follow(matter.title)
    reviewer.see(BODY, LIMIT, AID, "2027-06-30")
    reviewer.press("同意")
    reviewer.arrive("/desk/")  # decided: it is no longer one of hers
    reviewer.see("没有等您审批的申请。")

    head.visit(record(matter))
    path = head.page.get_by_label("法定途径", exact=True)
    assert path.locator("strong").inner_text() == "最后安全日 2027-06-30"
    for told in (BODY, LIMIT, AID, "信访不停止这个期限。"):
        assert told in path.inner_text()
    head.see("分类处理告知书")
    notice = Document.objects.get(kind="path_notice")
    assert (f"{notice.issued_on}", notice.matter_id) == ("2026-09-21", matter.pk)
    # 30 days after the 21st, an inside limit: 21 October
    assert f"{Matter.objects.get().due_on}" == "2026-10-21"

    play.wall.set(2026, 10, 12)
    head = play.sit("officehead")
    head.visit(record(matter)).follow("跟踪记录")
    head.fill("进展", "仲裁委九月二十八日立案，十月二十日开庭，法律援助派了律师。")
    head.press("跟踪记录")
    head.arrive("/inspect/")
    head.see("2026-11-11")  # 30 days after 12 October
    assert f"{Matter.objects.get().due_on}" == "2026-11-11"

    play.wall.set(2026, 11, 5)
    head = play.sit("officehead")
    head.visit(record(matter)).follow("登记途径结果")
    head.choose("有裁决、判决或决定")
    head.fill("结果说明", "裁决民宿十日内支付加班费 9600 元，十一月四日已付。")
    head.page.get_by_label("上传凭据").set_input_files(paper(tmp_path, "仲裁裁决书"))
    head.press("登记途径结果")
    head.arrive("/inspect/")
    head.see("已办结")

    row = StatutoryPath.objects.get()
    assert (row.path, row.body, row.aid, f"{row.ended_on}") == ("C2", BODY, AID, "2026-11-05")
    assert Matter.objects.get().ending == "path"
    assert not Clock.objects.filter(kind="accompany", status="running").exists()
