"""Pages of rules: anybody at a desk reads why, a head drafts, a leader approves, nobody else gets in."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.matters.clockcard import clock_card
from casework.matters.counting.profile_change import apply, open_elsewhere, preview
from casework.matters.models import ClockLine, Matter, Move, RuleProfile
from casework.matters.profiles import make_local_draft
from casework.matters.rules import drafting
from office import clock
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import accepted, arrive, sent, text
from tests.casework.matters.opinions import making as opinions
from tests.casework.matters.rules.making import in_force
from tests.english import english_left

pytestmark = pytest.mark.usefixtures("that_day")


def page(profile, name="read", *more):
    return reverse(f"rules:{name}", args=[profile.pk, *more])


@pytest.fixture
def draft(cast, rules):
    with acting(cast.officehead):
        return drafting.draft_from(rules, by=cast.officehead, note="区里通知")


@pytest.mark.parametrize("who", ["registrar", "officer", "auditor", "reviewer", "custodian"])
def test_any_officer_can_answer_why_fifteen_days(cast, rules, login, who):
    client = login(getattr(cast, who))
    assert page(rules) in text(client.get(reverse("rules:list")))
    shown = text(client.get(page(rules)))
    assert "告知受理情况" in shown
    assert "15 日" in shown
    assert "《信访工作条例》第二十三条" in shown
    assert "待核" in shown
    assert page(rules, "draft") not in shown


@pytest.mark.parametrize("who", ["sysadmin", "editor", "grid"])
def test_who_has_nothing_to_do_with_matters_does_not_get_in(cast, rules, login, who):
    client = login(getattr(cast, who))
    for address in (reverse("rules:list"), reverse("rules:compare"), page(rules)):
        assert client.get(address).status_code in (302, 403)
    assert "规则方案" not in text(client.get("/admin/"))


def test_a_profile_that_is_not_there_is_a_404(cast, rules, login):
    client = login(cast.officehead)
    for name in ("read", "draft", "edit", "submit", "take_back", "drop"):
        assert client.get(reverse(f"rules:{name}", args=[987654])).status_code == 404
    assert client.get(page(rules, "row", "limits", "nonsense")).status_code == 404
    assert client.get(page(rules, "row", "nonsense", "notice")).status_code == 404


def test_the_way_of_a_profile_from_the_head_to_the_leader_in_the_browser(cast, rules, login):
    head, leader = login(cast.officehead), login(cast.leader)
    made = head.post(page(rules, "draft"), sent(name=rules.name, note="告知改为十日"))
    draft = RuleProfile.objects.get(stage="draft")
    assert made.url == page(draft)
    row = page(draft, "row", "limits", "notice")
    assert "15 日" in text(head.get(row))
    answer = head.post(
        row,
        sent(days="10", unit="day", article="区里通知第二条", certainty="verified", version="1"),
    )
    assert answer.url == f"{page(draft)}#limits-notice"
    shown = text(head.get(page(draft)))
    assert "10 日" in shown
    assert "请先在“名称、依据和施行日期”里填写施行日期" in shown
    head.post(
        page(draft, "edit"),
        sent(
            name=rules.name, source=rules.source, note="告知改为十日", valid_from="2026-12-01",
            version=str(RuleProfile.objects.get(pk=draft.pk).version),
        ),
    )  # fmt: skip
    before = text(head.get(page(draft, "submit")))
    assert "到 2026-11-30 为止" in before
    assert "内容不同" in before
    head.post(page(draft, "submit"), sent())

    assert page(draft, "decide") in text(leader.get(page(draft)))
    asked = text(leader.get(page(draft, "decide")))
    assert "区里通知第二条" in asked
    assert leader.post(page(draft, "decide"), sent(decision="approve")).status_code == 422
    draft.refresh_from_db()
    leader.post(page(draft, "decide"), sent(decision="approve", version=draft.version))
    draft.refresh_from_db()
    rules.refresh_from_db()
    assert (draft.stage, draft.decided_by) == ("approved", cast.leader)
    assert rules.valid_to == date(2026, 11, 30)
    assert "已批准，未到施行日期" in text(leader.get(reverse("rules:list")))


def test_a_leader_finds_what_waits_on_the_first_page_and_nobody_else_does(cast, draft, login):
    with acting(cast.officehead):
        drafting.describe(draft, by=cast.officehead, version=1, valid_from=date(2026, 12, 1))
        draft.refresh_from_db()
    assert "规则方案：等您批准" not in text(login(cast.leader).get("/admin/"))
    with acting(cast.officehead):
        drafting.submit(draft, by=cast.officehead)
    shown = text(login(cast.leader).get("/admin/"))
    assert "规则方案：等您批准" in shown
    assert page(draft, "decide") in shown
    assert "规则方案：等您批准" not in text(login(cast.officehead).get("/admin/"))


def test_what_was_approved_is_refused_at_every_page(cast, rules, login):
    head = login(cast.officehead)
    row = page(rules, "row", "limits", "notice")
    for address in (row, page(rules, "edit"), page(rules, "submit"), page(rules, "drop")):
        turned = head.get(address, follow=True)
        assert "批准过的方案不改动" in text(turned)
    sentence = "已经批准，不能再改"
    values = sent(days="3", unit="day", article="x", certainty="own", version="1")
    answer = head.post(row, values)
    assert answer.status_code == 422
    assert sentence in text(answer)
    answer = head.post(
        page(rules, "edit"), sent(name="别的", source="x", version=str(rules.version))
    )
    assert sentence in text(answer)
    assert "别的" in text(answer)  # nothing typed is lost
    assert sentence in text(head.post(page(rules, "drop"), sent()))
    assert rules.limits.get(kind="notice").days == 15


def test_a_head_has_no_page_to_approve_and_a_drafting_leader_is_told_why(cast, draft, login):
    assert login(cast.officehead).get(page(draft, "decide")).status_code in (302, 403)
    with acting(cast.officehead):
        drafting.describe(draft, by=cast.officehead, version=1, valid_from=date(2026, 12, 1))
        draft.refresh_from_db()
        drafting.submit(draft, by=cast.officehead)
    with acting(cast.leader, "改了一项"):  # as if the leader had headed the office that day
        row = draft.limits.get(kind="notice")
        row.certainty = "own"
        row.save()
    draft.refresh_from_db()
    leader = login(cast.leader)
    assert "您起草或修改过这份方案" in text(leader.get(page(draft)))
    answer = leader.post(page(draft, "decide"), sent(decision="approve", version=draft.version))
    assert answer.status_code == 422
    assert "不能由您批准" in text(answer)
    assert RuleProfile.objects.get(pk=draft.pk).stage == "waiting"


def test_the_second_person_cannot_be_switched_off_on_the_page(cast, draft, login):
    answer = login(cast.officehead).post(
        page(draft, "row", "acts", "refuse"),
        sent(second="no", decider="leader", legal="yes", article="x", certainty="own", version="1"),
    )
    assert answer.status_code == 422
    assert "必须由第二个人审批" in text(answer)
    assert draft.acts.get(act="refuse").second


def test_two_profiles_stand_side_by_side_and_say_how_they_differ(cast, rules, login):
    local = make_local_draft()
    client, address = login(cast.auditor), reverse("rules:compare")
    shown = text(client.get(address, {"left": rules.pk, "right": local.pk}))
    assert "有 8 处不同" in shown
    assert shown.count('class="is-other"') == 8
    assert "仅依据不同" in shown
    assert "5 个工作日" in shown
    whole = client.get(address, {"left": rules.pk, "right": local.pk, "all": "on"})
    assert "信访人可申请复查" in text(whole)
    assert "内容一样" in text(client.get(address, {"left": rules.pk, "right": rules.pk}))
    assert client.get(address, {"left": "x", "right": "99999"}).status_code == 200


def test_alone_a_profile_has_nothing_to_be_compared_with(cast, rules, login):
    assert "只有一个方案" in text(login(cast.officehead).get(reverse("rules:compare")))


def test_without_any_profile_the_list_says_what_to_do(cast, login):
    assert "national_rules" in text(login(cast.officehead).get(reverse("rules:list")))


def test_the_pages_speak_chinese(cast, rules, draft, login):
    local, head = make_local_draft(), login(cast.officehead)
    addresses = [
        reverse("rules:list"), page(rules), page(local), page(draft, "draft"), page(draft, "edit"),
        page(draft, "submit"), page(draft, "drop"),
        *(page(draft, "row", part, key) for part, key in (
            ("limits", "notice"), ("fields", "category"), ("acts", "void"), ("settings", "warn_at"),
            ("settings", "lapse"), ("texts", "told"), ("limits", "few_people"),
        )),
        f"{reverse('rules:compare')}?left={rules.pk}&right={local.pk}",
    ]  # fmt: skip
    for address in addresses:
        answer = head.get(address)
        assert answer.status_code == 200, address
        assert not english_left(text(answer)), address


# Open matters under other rules


def test_open_matters_move_to_other_rules_only_when_a_leader_says_so(cast, rules, login):
    matter = arrive(cast.registrar)[1][0]
    start = matter.received_on
    later = in_force("快", today() - timedelta(days=1), notice=(10, "day"))

    [seen] = preview(open_elsewhere(cast.leader, later), later)
    [turned] = seen.turned
    assert (turned.old, turned.new) == (start + timedelta(days=15), start + timedelta(days=10))

    leader, address = login(cast.leader), page(later, "move")
    shown = text(leader.get(address))
    assert matter.number in shown
    assert f"<b>{turned.new:%Y-%m-%d}</b>" in shown
    answer = leader.post(address, sent(matters=[str(matter.pk)]))
    assert answer.url == page(later)

    matter = Matter.objects.get(pk=matter.pk)
    assert (matter.profile, matter.due_on) == (later, turned.new)
    lines = list(ClockLine.objects.filter(clock__matter=matter, clock__kind="notice"))
    assert [line.days for line in lines] == [15, 10]
    assert lines[-1].start_on == start  # the days that were used stay used
    row = Move.objects.filter(matter=matter).last()
    assert (row.name, row.actor) == ("change_profile", cast.leader)
    told = clock_card(matter, today())
    assert any("按新方案改为 10 日" in line for line in map(str, told.lines))
    assert "快" in row.summary
    assert "都已按本方案计算" in text(leader.get(address))


def test_what_somebody_else_set_and_what_was_lengthened_stays(cast, rules):
    due = today() + timedelta(days=2)
    sender = arrive(cast.registrar, channel="hotline", sender_due=due)[1][0]
    handled = accepted(arrive(cast.registrar)[1][0], cast.officehead)
    later = in_force("快", today() - timedelta(days=1), handle=(40, "day"), notice=(4, "day"))

    with acting(cast.leader):
        assert apply([sender.pk, handled.pk], later, cast.leader) == 2
    assert sender.clocks.get(kind="sender").due_on == due
    assert sender.clocks.get(kind="notice").due_on == sender.received_on + timedelta(days=4)
    clock_ = handled.clocks.get(kind="handle")
    assert clock_.due_on == clock_.start_on + timedelta(days=40)
    with acting(cast.leader):
        assert apply([sender.pk, handled.pk], later, cast.leader) == 0  # done once


def test_a_limit_begun_anew_moves_too(cast, street, rules):
    matter = opinions.performing(cast, street)
    with opinions.later(21):
        matter = opinions.act(matter, "broken", cast.registrar, note="没有收到。")
        later = in_force("快", today() - timedelta(days=1), handle=(40, "day"))
        with acting(cast.leader):
            assert apply([matter.pk], later, cast.leader) == 1
        clock_ = matter.clocks.get(kind="handle", status="running")
        assert clock_.due_on == clock_.start_on + timedelta(days=40)


def test_a_sealed_letter_and_an_ended_matter_stay_under_their_rules(cast, sealed, rules):
    later = in_force("快", today() - timedelta(days=1), hand_over=(1, "day"))
    with acting(cast.leader):
        assert apply([sealed.pk], later, cast.leader) == 0
    assert not open_elsewhere(cast.custodian, later).exists()


def test_open_matters_do_not_move_to_rules_that_do_not_hold_yet(cast, rules, login):
    matter = arrive(cast.registrar)[1][0]
    later = in_force("将来", today() + timedelta(days=30), notice=(4, "day"))
    leader = login(cast.leader)
    assert "只有施行中的方案" in text(leader.get(page(later, "move"), follow=True))
    answer = leader.post(page(later, "move"), sent(matters=[str(matter.pk)]))
    assert answer.status_code == 422
    assert Matter.objects.get(pk=matter.pk).profile == rules
    assert login(cast.officehead).get(page(later, "move")).status_code in (302, 403)
    with clock.at(clock.now() + timedelta(days=31)):
        assert leader.get(page(later, "move")).status_code == 200
