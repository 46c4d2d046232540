"""Scene: a promise of the 30th is not kept; the unit turns red and the petitioner reopens at once."""

import pytest

from casework.matters.models import Approval, Clock, Matter, Opinion, Promise
from tests.browser.stage import DESK, paper
from tests.casework.matters.counter import a_category, accepted, arrive, assigned, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "民宿保洁员四个月加班费未付"
LATE = "() => getComputedStyle(document.querySelector('.mt-urgent--late, .mt-left--late b')).color"
CALM = "() => getComputedStyle(document.querySelector('.desk-list a, .mt-duties a')).color"


@pytest.fixture
def handled(play):
    """On Tuesday 1 September, in the hands of the officer of 社会事务办."""
    play.wall.set(2026, 9, 1)
    cast = play.cast
    way = {"category": a_category()}
    matter = accepted(arrive(cast.registrar, late_reason="")[1][0], cast.officehead, **way)
    return assigned(matter, cast.officehead, play.street.social, cast.officer)


def drafted(officer, matter):
    """The officer hears the petitioner on the phone and drafts what promises the money."""
    officer.visit(DESK).follow(TITLE)
    officer.follow("听取陈述")
    officer.choose("电话")
    officer.fill("陈述要点", "她说四个月都是自己打扫，要求补齐加班费。")
    officer.press("听取陈述")
    officer.arrive("/inspect/")
    officer.follow("起草意见")
    officer.choose("支持诉求")
    officer.fill("信访诉求", "补发七月到十月的加班费。")
    officer.fill("事实和理由", "查考勤表和值班表，加班属实，共 9600 元。")
    officer.fill("依据", "《劳动法》第四十四条。", exact=True)
    officer.fill("处理意见", "支持诉求，由社会事务办督促民宿在九月三十日前付清。")
    officer.choose("诉求逐项都有回应")
    officer.choose("涉及钱款")
    officer.fill("承诺 1：做什么", "督促民宿付清加班费 9600 元")
    officer.page.get_by_label("最迟哪天").first.fill("2026-09-30")
    officer.press("提交审核")
    officer.arrive("/inspect/")
    officer.see("意见待审核")


def answered(play, matter, tmp_path):
    """Reviewed by law, signed by the leader, handed over by the officer, all on the same day."""
    reviewer = play.sit("reviewer")
    reviewer.visit(DESK).follow(TITLE)
    reviewer.follow("审核同意")
    reviewer.see("九月三十日前付清", "2026-09-30")
    reviewer.press("审核同意")
    reviewer.arrive("/desk/")
    leader = play.sit("leader")
    leader.visit(DESK).follow(TITLE)
    leader.follow("签发", exact=True)
    leader.see("九月三十日前付清")
    leader.press("签发")
    leader.arrive("/inspect/")
    officer = play.sit("officer")
    officer.visit(DESK).follow(TITLE)
    officer.follow("送达")
    officer.choose("当面")
    officer.fill("地点", "青檀社区家中")
    officer.page.get_by_label("送达凭据").set_input_files(paper(tmp_path, "送达回证"))
    officer.press("送达")
    officer.arrive("/inspect/")
    officer.see("履行中")


def test_a_broken_promise_turns_the_unit_red_and_the_petitioner_reopens(play, handled, tmp_path):
    matter = handled
    drafted(play.sit("officer"), matter)
    answered(play, matter, tmp_path)
    promise = Promise.objects.get()
    assert (f"{promise.due_on}", promise.unit) == ("2026-09-30", play.street.social)
    # 30 days after service on 1 September is 1 October; off until the 7th, so the 8th (art. 35)
    window = Clock.objects.get(kind="review_ask")
    assert (f"{window.start_on}", f"{window.due_on}") == ("2026-09-01", "2026-10-08")
    assert f"{Matter.objects.get().due_on}" == "2026-09-30"

    play.wall.set(2026, 10, 8)
    for username, desk in (("head", "unit"), ("officehead", "board"), ("leader", "leader")):
        screen = play.sit(username)
        screen.visit(f"{DESK}?as={desk}")
        late = screen.panel("超期")
        assert play.street.social.name in late.inner_text()
        if desk != "board":
            assert "超期 8 天" in screen.panel("承诺到期").inner_text()
            assert screen.page.evaluate(LATE) != screen.page.evaluate(CALM)
    officer = play.sit("officer")
    officer.visit(DESK).see("超期 8 天")

    counter = play.sit("registrar")
    counter.visit(record(matter))
    counter.see("已过 8 天，还没有兑现")
    counter.follow("反映未兑现")
    counter.fill("信访人怎么说", "她说节后去问，老板还是一分没给。")
    counter.press("反映未兑现")
    counter.arrive("/inspect/")
    counter.see("第 2 轮", "办理中")
    officer.visit(DESK).see(TITLE)

    matter = Matter.objects.get()
    assert (matter.state, matter.round, matter.officer) == ("handling", 2, play.cast.officer)
    assert not Approval.objects.exists(), "nobody was asked for permission"
    promise.refresh_from_db()
    assert (f"{promise.broken_on}", promise.kept_on) == ("2026-10-08", None)
    running = {(row.kind, f"{row.due_on}") for row in Clock.objects.filter(status="running")}
    # a new 60 days from 8 October: 23 in October, 30 in November, 7 in December
    assert ("handle", "2026-12-07") in running
    assert not {"performance", "review_ask"} & {kind for kind, _ in running}
    assert Opinion.objects.get().round == 1
