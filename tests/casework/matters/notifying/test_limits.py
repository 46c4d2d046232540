"""What the clock finds is told once to whoever has the matter in hand; late things higher up too."""

from datetime import timedelta

import pytest

from casework.matters.counting.ledger import start
from office.history import acting
from office.models import Delivery, Notice
from tests.casework.matters.counter import arrive
from tests.casework.matters.notifying.hearing import heard, words
from tests.casework.matters.opinions import making
from tests.casework.matters.seals import seal
from tests.casework.matters.ticking.telling import MONDAY, answered, on, passed

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(rules):
    with on(MONDAY):
        yield


def limits(person) -> list[str]:
    return [title for title in heard(person) if "轮到" not in title]


def test_the_officer_is_warned_and_the_heads_hear_when_it_is_late(cast, street):
    matter = making.handled(cast, street)
    clock = matter.clocks.get(kind="handle")
    passed(clock.due_on - 3 * DAY)
    assert limits(cast.officer)[-1] == f"{matter.number} 还剩 3 天"
    assert not [title for title in heard(cast.leader) if "还剩" in title]
    passed(clock.due_on + DAY)
    title = f"{matter.number} 已经超期"
    assert limits(cast.officer)[-1] == title
    assert words(cast.officer, "limit_late").startswith("作出处理意见，最后一天是")
    for person in (cast.head, cast.officehead, cast.officehead2):
        assert title in limits(person)
        assert words(person, "limit_late") == words(cast.officer, "limit_late")


def test_a_pass_that_is_repeated_tells_nothing_twice(cast, street):
    matter = making.handled(cast, street)
    day = matter.clocks.get(kind="handle").due_on + DAY
    passed(day)
    told = Delivery.objects.count()
    passed(day)
    passed(day + 7 * DAY)
    assert Delivery.objects.count() == told


def test_before_a_unit_leads_the_office_is_warned(cast, fresh):
    notice = fresh.clocks.get(kind="notice")
    passed(notice.due_on - 3 * DAY)
    assert f"{fresh.number} 还剩 3 天" in limits(cast.officehead)
    assert limits(cast.officer) == []


def test_a_window_nobody_used_is_told_and_not_called_late(cast, street):
    matter = answered(cast, street)
    passed(matter.clocks.get(kind="review_ask").due_on + DAY)
    assert f"{matter.number} 期满" in limits(cast.officehead)
    assert not [title for title in limits(cast.officehead) if "超期" in title]
    kinds = {row.facts["期限"] for row in Notice.objects.filter(kind="limit_lapsed")}
    assert kinds == {"信访人可申请复查"}


def test_custodians_hear_of_a_sealed_limit_without_its_number(cast, sealed):
    clock = sealed.clocks.get(kind="hand_over")
    passed(clock.due_on + DAY)
    assert "一件密件的期限到点了" in limits(cast.custodian)
    for person in (cast.officehead, cast.leader, cast.registrar):
        assert limits(person) == []
    assert sealed.number not in str([*Notice.objects.values(), *Delivery.objects.values()])


def test_a_limit_of_a_matter_that_was_sealed_later_leads_nobody_else_there(cast, rules, login):
    matter = arrive(cast.registrar)[1][0]
    with acting(cast.officehead):
        start(matter, "sender", MONDAY, due_on=MONDAY + 10 * DAY)
    passed(MONDAY + 8 * DAY)
    assert limits(cast.officehead)
    seal(matter, cast.officehead)
    page = login(cast.officehead).get("/admin/notices/").content.decode()
    assert matter.number not in page
