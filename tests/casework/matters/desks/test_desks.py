"""我的台面: what waits for whom, late things first, and what it costs to look."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.matters.approvals import ask
from casework.matters.cooperation import supervising
from casework.matters.counting import ledger
from casework.matters.models import Matter, Recusal
from office.clock import today
from office.history import acting
from office.models import Deputy, Post
from office.posts import appoint
from tests.casework.matters.counter import LIST, accepted, arrive, assigned, record, text
from tests.english import english_left

DESK = "/admin/matters/desk/"


def groups(client, path: str = DESK) -> dict[str, list[str]]:
    """Heading → titles of its lines."""
    found = client.get(path).context["groups"]
    return {group.name: [line.duty.title for line in group.lines] for group in found}


def heads(client, path: str = DESK) -> dict[str, tuple[str, list[str]]]:
    """Queue → (how many in words, numbers of its first matters)."""
    return {
        head.queue.title: (head.told, [row.number for row in head.matters])
        for head in client.get(path).context["heads"]
    }


def test_an_officer_finds_late_things_first_then_today_this_week_and_later(cast, given, login):
    to_sunday = 6 - today().weekday()
    for title, days in (("以后的", 30), ("今天的", 0), ("超期的", -4), ("更久的", -9)):
        given(title, days)
    if to_sunday:
        given("本周的", to_sunday)

    found = groups(login(cast.officer))

    assert list(found)[:2] == ["已超期", "今天"]
    assert found["已超期"] == ["更久的", "超期的"]
    assert found["今天"] == ["今天的"]
    assert found["以后"] == ["以后的"]
    assert found.get("本周", []) == (["本周的"] if to_sunday else [])
    assert "超期 9 天" in text(login(cast.officer).get(DESK))


def test_whoever_asks_how_it_stands_is_answered_today(cast, given, login):
    matter = given("电梯停运", 30)
    with acting(cast.officehead):
        supervising.remind(matter, text="progress", by=cast.officehead)

    assert groups(login(cast.officer)) == {"今天": ["电梯停运"], "以后": ["电梯停运"]}


def test_a_line_says_what_is_next_and_both_days_that_run(cast, given, login):
    matter = given("来文有时限的", 20)
    day = today() + timedelta(days=25)
    with acting(cast.officehead):
        ledger.start(matter, "sender", today(), due_on=day, article="来文")

    [line] = login(cast.officer).get(DESK).context["groups"][0].lines

    assert "听取信访人陈述" in line.duty.what
    assert line.left == "还有 20 天"
    assert line.duty.also == f"来文要求的时限 {day:%m-%d}"
    assert line.duty.url == record(matter)


def test_what_waits_for_others_stands_apart_unless_it_is_late(cast, given, login):
    for title, days in (("已交法制的", 20), ("交了却超期的", -1)):
        matter = given(title, days)
        Matter.objects.filter(pk=matter.pk).update(state="drafted")

    found = groups(login(cast.officer))

    assert found == {"已超期": ["交了却超期的"], "等别人": ["已交法制的"]}
    assert "等审核人" in text(login(cast.officer).get(DESK))


def test_a_day_of_the_petitioner_that_passed_makes_nobody_late(cast, given, login):
    matter = given("复查期满的", -3)
    Matter.objects.filter(pk=matter.pk).update(state="answered", due_kind="review_ask")

    assert groups(login(cast.officer)) == {"等别人": ["复查期满的"]}
    board = login(cast.officehead).get(DESK)
    assert board.context["late"].units == []
    assert heads(login(cast.officehead))["期满可办结"] == ("1", [matter.number])
    listed = login(cast.officehead).get(reverse(LIST) + "?tab=overdue")
    assert listed.context["page"].matters == []


def test_an_officer_without_work_is_told_what_will_come_here(cast, rules, login):
    page = text(login(cast.officer).get(DESK))

    assert "手上没有要办的" in page
    assert "协办任务" in page


def test_whoever_stepped_back_finds_nothing_of_the_matter_on_the_desk(cast, given, login):
    matter = given("回避了的", 5)
    with acting(cast.officehead):
        Recusal(matter=matter, user=cast.officer, since=today()).save()

    page = text(login(cast.officer).get(DESK))

    assert "回避了的" not in page
    assert matter.number not in page


def test_the_desk_costs_the_same_queries_with_two_matters_and_with_twenty(cast, given, login):
    client = login(cast.officer)
    counts = []
    for titles in (range(2), range(18)):
        for n in titles:
            given(f"第{n}件", n)
        client.get(DESK)
        with CaptureQueriesContext(connection) as caught:
            client.get(DESK)
        counts.append(len(caught))

    assert counts[0] == counts[1]


def test_an_office_head_sees_who_is_late_by_unit_and_person_and_goes_there(
    cast, street, given, login
):
    mine = [given(f"社会第{n}件", -2) for n in range(2)]
    theirs = given("村镇的", -5, officer=cast.other_officer, unit=street.housing)
    client = login(cast.officehead)

    late = client.get(DESK).context["late"]

    told = {row.unit.name: (row.unit.told, [(o.name, o.told) for o in row.owners])
            for row in late.units}  # fmt: skip
    assert told == {
        "社会事务办": ("2", [("承小办", "2")]),
        "村镇建设办": ("1", [("村小建", "1")]),
    }
    by_unit = {row.unit.name: row for row in late.units}
    shown = client.get(by_unit["社会事务办"].owners[0].url).context["page"].matters
    assert {row.pk for row in shown} == {row.pk for row in mine}
    shown = client.get(by_unit["村镇建设办"].unit.url).context["page"].matters
    assert [row.pk for row in shown] == [theirs.pk]


def test_a_board_counts_no_further_than_999(cast, given, login, monkeypatch):
    for n in range(3):
        given(f"超期第{n}件", -2)
    for module in ("casework.matters.queues", "casework.matters.desks.overdue"):
        monkeypatch.setattr(f"{module}.COUNTED", 3)

    late = login(cast.officehead).get(DESK).context["late"]

    assert (late.told, late.units[0].unit.told) == ("2+", "3+")


def test_an_office_head_accepts_and_hands_on_from_the_board(cast, fresh, login):
    ready = accepted(arrive(cast.registrar)[1][0], cast.officehead)

    found = heads(login(cast.officehead))

    assert found["待受理"] == ("1", [fresh.number])
    assert found["待交办"] == ("1", [ready.number])
    assert "承办争议待裁" not in found, "quiet while nothing waits"


def test_a_leader_meets_opinions_to_sign_requests_and_promises(cast, given, fresh, login):
    to_sign, promised = given("等签的", 9), given("答应了的", -1)
    Matter.objects.filter(pk=to_sign.pk).update(state="reviewed")
    Matter.objects.filter(pk=promised.pk).update(state="performing", due_kind="performance")
    with acting(cast.officehead):
        ask(fresh, "void", by=cast.officehead, reason="重复登记")
    page = login(cast.leader).get(DESK)

    assert heads(login(cast.leader))["待签意见"] == ("1", [to_sign.number])
    assert heads(login(cast.leader))["承诺到期"] == ("1", [promised.number])
    assert [row.get_act_display() for row in page.context["requests"]] == ["作废"]
    assert "超期 1 天" in text(page)


def test_a_unit_head_has_an_own_desk_and_that_of_the_unit(cast, street, handled, login):
    unnamed = assigned(accepted(arrive(cast.registrar)[1][0], cast.officehead), cast.officehead,
                       street.social)  # fmt: skip
    client = login(cast.head)

    page = client.get(DESK)
    assert [label for label, _, _ in page.context["tabs"]] == ["我的办件台", "本单位"]
    found = heads(client, DESK + "?as=unit")
    assert found["本单位待指定承办人"] == ("1", [unnamed.number])
    assert found["本单位在办"] == ("1", [handled.number])


def test_a_registrar_finds_gaps_with_the_way_to_close_them(cast, rules, login):
    gap = arrive(cast.registrar, complete=False)[1][0]
    arrive(cast.registrar2, complete=False)

    page = login(cast.registrar).get(DESK)

    assert heads(login(cast.registrar))["待补全"] == ("1", [gap.number])
    assert reverse("matters:complete", args=[gap.pk]) in text(page)


def test_who_holds_two_posts_changes_desks_by_tabs_and_a_deputy_sits_at_the_other_desk(
    cast, street, fresh, login
):
    with acting(cast.secadmin):
        appoint(cast.registrar, street.social, "officer", since=today())
        post = Post.objects.get(user=cast.officehead)
        Deputy(post=post, user=cast.officer, valid_from=today(), valid_to=today()).save()

    tabs = login(cast.registrar).get(DESK).context["tabs"]
    assert [label for label, _, _ in tabs] == ["我的办件台", "窗口"]
    assert heads(login(cast.officer), DESK + "?as=board")["待受理"] == ("1", [fresh.number])
    asked_too_much = login(cast.registrar).get(DESK + "?as=board")
    assert asked_too_much.context["desk"].name == "officer"


@pytest.mark.parametrize("who", ["auditor", "editor", "grid", "custodian", "sysadmin"])
def test_whoever_has_no_desk_is_refused_and_offered_none(who, cast, rules, login):
    client = login(getattr(cast, who))

    assert client.get(DESK).status_code in (302, 403)
    assert DESK not in text(client.get("/admin/"))


@pytest.mark.parametrize(
    "who", ["registrar", "officer", "head", "officehead", "reviewer", "leader"]
)
def test_nothing_on_a_desk_is_english_and_sealed_titles_are_on_none(
    who, cast, handled, sealed, login
):
    page = text(login(getattr(cast, who)).get(DESK))

    assert english_left(page) == []
    assert sealed.title not in page
