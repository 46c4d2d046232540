"""Scene: a letter with three claims becomes three matters, each with its own clocks, under one receipt."""

import pytest

from casework.matters.models import Clock, Item, Matter
from casework.matters.moving import move
from office.history import acting
from tests.browser.stage import DESK
from tests.casework.matters.counter import a_category, accepted, answered, assigned, in_hand

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LETTER = (
    "工地天天浇筑到凌晨，老人孩子睡不着。"
    "度假区收费以后，村民自己进出也要扫码，建议给村民发通行证。"
    "去年的过渡费迟发了两季，请补上。"
)
NOISE, PARKING, MONEY = "工地夜间浇筑噪声", "给村民发停车通行证", "过渡费迟发两季"


def registered(counter):
    """The letter came on Friday; on Monday it is written down as one matter and then taken apart."""
    counter.visit(DESK).follow("登记来件")
    counter.choose("来信")
    counter.fill("一句话说清是什么事", "一封信说了噪声、停车、过渡费三件事")
    counter.fill("诉求", LETTER)
    counter.fill("姓名或单位", "褚文远")
    counter.fill("电话", "19900000006")
    counter.fill("收到日期", "2026-09-18")
    counter.press("登记并打印回执")
    counter.arrive("/receipt/")
    counter.follow("看这件事项")
    counter.follow("拆分", more=True)
    counter.page.get_by_text("打开诉求，选择句子").click()
    counter.fill("为办什么事要看", "把来信按诉求拆开")
    counter.page.keyboard.press("Enter")
    for sentence, part in (("度假区收费", "第 2 件"), ("去年的过渡费", "第 3 件")):
        counter.page.get_by_label(sentence).select_option(label=part)
    counter.fill("本件改叫", NOISE)
    counter.fill("第 2 件：一句话说清是什么事", PARKING)
    counter.fill("第 3 件：一句话说清是什么事", MONEY)
    counter.press("拆分")


def handled(play):
    """What the office did in the weeks after: one opinion, one reply, one still at work."""
    cast, street = play.cast, play.street
    noise, parking, money = Matter.objects.order_by("pk")
    play.wall.set(2026, 9, 22)
    accepted(noise, cast.officehead, category=a_category())
    assigned(noise, cast.officehead, street.housing, cast.other_officer)
    accepted(parking, cast.officehead, klass="A", path="")
    assigned(parking, cast.officehead, street.social, cast.officer)
    accepted(money, cast.officehead, category=a_category())
    assigned(money, cast.officehead, street.social, cast.officer)
    play.wall.set(2026, 9, 28)
    with acting(cast.officer):
        told = {"outcome": "adopted", "body": "建议很好，十月起发通行证。"}
        in_hand(move(parking, "answer", by=cast.officer, data=told), cast.officer)
    play.wall.set(2026, 9, 29)
    answered(money, cast.officer)


def test_a_letter_with_three_claims_is_split_and_answered_three_times(play):
    counter = play.sit("registrar")
    registered(counter)
    counter.arrive("/receipt/")
    item = Item.objects.get()
    sections = counter.page.locator("main section")
    for n, title in enumerate((NOISE, PARKING, MONEY)):
        shown = sections.nth(n).inner_text()
        assert title in shown
        # 15 days after Friday the 18th; a holiday Saturday, and an office's last day stays there
        assert "2026年10月3日（周六）" in shown
    matters = list(Matter.objects.order_by("pk"))
    assert [matter.title for matter in matters] == [NOISE, PARKING, MONEY]
    assert [matter.links.get().item for matter in matters] == [item] * 3
    assert matters[0].text("claim") == LETTER, "what was written is not taken apart"
    assert "通行证" in matters[1].text("claim")
    assert "过渡费" not in matters[1].text("claim")
    inside = Clock.objects.filter(kind="routing").values_list("matter", "due_on")
    # five working days from the 18th: Sunday the 20th was worked, so the 24th
    assert {(pk, f"{day}") for pk, day in inside} == {(one.pk, "2026-09-24") for one in matters}

    handled(play)
    ends = {one.title: (one.state, f"{one.due_on}") for one in Matter.objects.all()}
    assert ends[NOISE] == ("handling", "2026-11-21")  # 60 days after 22 September
    assert ends[PARKING][0] == "closed"
    assert ends[MONEY] == ("answered", "2026-10-29")  # 30 days after 29 September

    play.wall.set(2026, 10, 12)
    counter = play.sit("registrar")  # he comes with the paper and asks
    counter.visit(DESK).follow("按编号找")
    counter.fill("编号、标题或单位", item.number)
    counter.page.keyboard.press("Enter")
    counter.see(NOISE, PARKING, MONEY)
    counter.page.locator("tr", has_text=PARKING).get_by_role("link").first.click()
    counter.arrive("/inspect/")
    counter.see("建议采纳")
    counter.follow("打印回执", more=True)
    counter.arrive("/receipt/")
    shown = [counter.page.locator("main section").nth(n).inner_text() for n in range(3)]
    assert "2026年11月21日（周六）" in shown[0]
    assert "已答复：2026年9月28日（周一），建议采纳" in shown[1]
    assert "已答复：2026年9月29日（周二），支持诉求" in shown[2]
    assert "您可以申请复查，最晚到：\n2026年10月29日（周四）" in shown[2]
