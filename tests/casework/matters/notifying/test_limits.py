"""What the clock finds is told once to whoever has the matter in hand; late things higher up too."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from casework.matters.conflicts.standing import touched
from casework.matters.counting.ledger import start
from casework.matters.models import Matter
from casework.matters.notifying.hands import out_of
from casework.matters.notifying.kinds import NEAR, TODAY
from casework.matters.recusals import recuse
from casework.matters.ticking.passing import run
from office.clock import today
from office.history import acting
from office.models import Delivery, Leave, Notice
from office.outbox.texts import check, declared_texts
from tests.casework.matters.counter import arrive
from tests.casework.matters.notifying.hearing import heard, words
from tests.casework.matters.opinions import making
from tests.casework.matters.seals import seal
from tests.casework.matters.ticking.telling import MONDAY, answered, on, passed

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(rules):
    with on(MONDAY):
        passed(MONDAY)  # the first pass, of which each person hears but once
        yield


@pytest.fixture
def pair(cast):
    """Two matters of one letter."""
    return arrive(cast.registrar, claims=[("加班费未付", "加班费"), ("没有热水", "热水")])[1]


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
    assert "有密件的期限到点了" in limits(cast.custodian)
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


def test_what_leaves_the_house_names_the_last_day_and_no_count_of_days(cast, street, settings):
    settings.MAIL_ON = True
    assert "{天数}" in str(NEAR.texts["bell"])
    for kind in (NEAR, TODAY):
        for way in ("mail", "sms"):
            said = str(kind.texts[way])
            assert "{最后一天}" in said
            assert not {"天数", "今天"} & set(re.findall("天数|今天", said))
    declared = declared_texts()["limit_near-mail"]
    with pytest.raises(ValidationError, match="没有{天数}这个占位符"):
        check(declared, "{编号} 还剩 {天数} 天", "{期限}")


def test_a_pass_for_a_day_that_is_gone_warns_of_nothing_that_has_ended(cast, street):
    matter = making.handled(cast, street)
    last = matter.clocks.get(kind="handle").due_on
    with on(last + 2 * DAY):
        run(last - 3 * DAY)
    assert "还剩" not in str(limits(cast.officer))
    passed(last + 2 * DAY)
    assert set(limits(cast.officer)) == {f"{matter.number} 已经超期"}


def test_heads_on_leave_hear_of_what_is_late(cast, street):
    matter = making.handled(cast, street)
    day = matter.clocks.get(kind="handle").due_on + DAY
    with acting(None, "测试"):
        Leave(person=cast.head, valid_from=day - 3 * DAY, valid_to=day + 3 * DAY).save()
    passed(day)
    assert f"{matter.number} 已经超期" in limits(cast.head)


@pytest.mark.parametrize("gone", ["recused", "closed account"])
def test_where_the_officer_is_out_the_heads_of_the_unit_are_warned(cast, street, gone):
    matter = making.handled(cast, street)
    with acting(cast.officehead):
        if gone == "recused":
            recuse(matter, cast.officer, kind="named", reason="亲戚", by=cast.officehead)
            matter = Matter.objects.get(pk=matter.pk)
            matter.officer = cast.officer  # as one named before another arrival was linked
            matter.save()
        else:
            cast.officer.is_active = False
            cast.officer.save()
    passed(matter.clocks.get(kind="handle").due_on - 3 * DAY)
    warned = f"{matter.number} 还剩 3 天"
    assert warned in limits(cast.head)
    assert warned not in limits(cast.officehead) + limits(cast.officer)


def test_those_who_stay_out_of_one_matter_are_looked_up_in_one_query(cast, pair):
    first, second = pair
    assert touched(today()) == set()
    with acting(cast.officehead):
        recuse(first, cast.officer, kind="named", reason="亲戚", by=cast.officehead)
    assert touched(today()) == {first.pk, second.pk}
    assert {one.pk for one in pair if out_of(one)} <= touched(today())
