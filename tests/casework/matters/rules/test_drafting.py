"""A head drafts, a leader approves, nobody changes what was approved, no day has two profiles."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from casework.matters.models import RuleLimit, RuleProfile
from casework.matters.profiles import limits_of, make_local_draft, profile_on
from casework.matters.rules import approving, drafting
from casework.matters.rules.comparing import compare, differing
from casework.matters.rules.tables import PARTS
from office import clock
from office.clock import today
from office.history import acting
from office.posts import appoint
from tests.casework.matters.rules.making import in_force

pytestmark = pytest.mark.usefixtures("that_day")


LIMITS = PARTS["limits"]
SOON = date(2026, 12, 1)


def draft(cast, profile, since=SOON, **limits):
    """The office head's draft of a profile, with some limits changed."""
    with acting(cast.officehead):
        made = drafting.draft_from(profile, by=cast.officehead, note="区里通知")
        drafting.describe(made, by=cast.officehead, version=1, valid_from=since)
        for kind, days in limits.items():
            drafting.change_row(
                made, LIMITS, kind, by=cast.officehead, version=1, days=days, article="通知第二条"
            )
    return RuleProfile.objects.get(pk=made.pk)


def submitted(cast, profile, since=SOON, **limits):
    made = draft(cast, profile, since, **limits)
    with acting(cast.officehead):
        return drafting.submit(made, by=cast.officehead)


def approved(cast, profile, since=SOON, **limits):
    made = submitted(cast, profile, since, **limits)
    with acting(cast.leader):
        return approving.decide(made, by=cast.leader, approve=True)


def test_a_head_drafts_and_a_leader_puts_in_force(cast, rules):
    later = approved(cast, rules, notice=10)

    rules.refresh_from_db()
    assert (later.stage, later.edition, later.replaces) == ("approved", 2, rules)
    assert later.decided_by == cast.leader
    assert (rules.valid_to, later.valid_from) == (date(2026, 11, 30), SOON)
    assert profile_on(date(2026, 11, 30)) == rules
    assert profile_on(SOON) == later
    assert limits_of(later)["notice"].days == 10
    assert limits_of(later)["notice"].article == "通知第二条"
    assert limits_of(rules)["notice"].days == 15
    assert later.stage_on(today()) == "已批准，未到施行日期"
    assert (rules.stage_on(SOON), later.stage_on(SOON)) == ("已被替代", "施行中")


def test_whoever_wrote_in_a_draft_approves_nothing_of_it(cast, rules, street):
    """A leader who had also been office head when the draft was written."""
    with acting(None, "兼任"):
        appoint(cast.leader, street.office, "office_head", title="兼任", since=today())
    with acting(cast.leader):
        made = drafting.draft_from(rules, by=cast.leader, note="试")
        drafting.describe(made, by=cast.leader, version=1, valid_from=SOON)
    with acting(cast.officehead):
        drafting.submit(made, by=cast.officehead)  # another one lays it before the leaders
    with acting(cast.leader), pytest.raises(ValidationError, match="不能由您批准"):
        approving.decide(made, by=cast.leader, approve=True)
    assert RuleProfile.objects.get(pk=made.pk).stage == "waiting"


def test_a_head_cannot_approve_and_a_leader_cannot_draft(cast, rules):
    made = submitted(cast, rules)
    with acting(cast.officehead), pytest.raises(PermissionDenied):
        approving.decide(made, by=cast.officehead, approve=True)
    with acting(cast.leader), pytest.raises(PermissionDenied):
        drafting.draft_from(rules, by=cast.leader, note="试")
    with acting(cast.registrar), pytest.raises(PermissionDenied):
        drafting.take_back(made, by=cast.registrar)


def test_the_database_itself_refuses_an_own_approval(cast, rules):
    made = submitted(cast, rules)
    made.decided_by = cast.officehead
    with acting(cast.officehead), pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_a_leader_sends_a_draft_back_with_a_reason_and_gets_it_again(cast, rules):
    made = submitted(cast, rules)
    with acting(cast.leader):
        with pytest.raises(ValidationError, match="请写明要改什么"):
            approving.decide(made, by=cast.leader, approve=False)
        back = approving.decide(made, by=cast.leader, approve=False, note="条款写错了")
    assert (back.stage, back.decision_note) == ("draft", "条款写错了")
    with acting(cast.officehead):
        again = drafting.submit(back, by=cast.officehead)
    assert again.decision_note == ""


def test_a_draft_without_a_first_day_is_laid_before_nobody(cast, rules):
    with acting(cast.officehead):
        made = drafting.draft_from(rules, by=cast.officehead, note="试")
        with pytest.raises(ValidationError, match="施行日期"):
            drafting.submit(made, by=cast.officehead)


@pytest.mark.parametrize("since", [date(1999, 1, 1), date(2000, 1, 1)])
def test_two_profiles_never_begin_before_one_another(cast, rules, since):
    made = draft(cast, rules, since)
    with acting(cast.officehead), pytest.raises(ValidationError, match="同一天不能有两个方案"):
        drafting.submit(made, by=cast.officehead)


def test_a_day_that_became_wrong_while_waiting_is_refused_at_the_approval(cast, rules):
    made = submitted(cast, rules, date(2026, 11, 1))
    in_force("插进来的", date(2026, 11, 10))
    with acting(cast.leader), pytest.raises(ValidationError, match="同一天不能有两个方案"):
        approving.decide(made, by=cast.leader, approve=True)


def test_a_profile_that_has_not_begun_is_replaced_without_a_gap(cast, rules):
    wrong = approved(cast, rules, SOON, notice=1)
    right = approved(cast, wrong, date(2026, 12, 15), notice=10)

    rules.refresh_from_db()
    wrong.refresh_from_db()
    assert wrong.valid_to == date(2026, 12, 14)
    righter = approved(cast, right, SOON, notice=12)
    for row in (rules, wrong, right):
        row.refresh_from_db()
    assert wrong.stage_on(SOON) == right.stage_on(SOON) == "未施行即被替代"
    assert rules.valid_to == date(2026, 11, 30)
    days = [date(2026, 11, 30) + timedelta(days=n) for n in range(40)]
    assert {profile_on(day).pk for day in days} == {rules.pk, righter.pk}


def test_no_two_profiles_hold_on_one_day_by_any_way(cast, rules):
    with acting(None, "旁门"), pytest.raises(IntegrityError), transaction.atomic():
        RuleProfile(name="旁门", source="x", valid_from=SOON, stage="approved").save()
    later = approved(cast, rules)
    rules.refresh_from_db()
    rules.valid_to = SOON
    with acting(cast.leader), pytest.raises(IntegrityError), transaction.atomic():
        rules.save()
    assert profile_on(SOON) == later


@pytest.mark.parametrize(
    ("name", "value"), [("name", "别的"), ("source", "别的"), ("stage", "draft"), ("digest", "x")]
)
def test_an_approved_profile_does_not_change(cast, rules, name, value):
    setattr(rules, name, value)
    with acting(cast.leader), pytest.raises(IntegrityError), transaction.atomic():
        rules.save()


@pytest.mark.parametrize("part", PARTS)
def test_no_row_of_an_approved_profile_changes_comes_or_goes(cast, rules, part):
    model, key = PARTS[part].model, PARTS[part].key
    row = model.objects.filter(profile=rules).first()
    row.article = "别的"
    with acting(cast.leader), pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    fresh = model.objects.get(pk=row.pk)
    fresh.pk, fresh.version = None, 1
    setattr(fresh, key, "new")
    fresh._state.adding = True
    with acting(cast.leader), pytest.raises(IntegrityError), transaction.atomic():
        fresh.save()
    table = model._meta.db_table
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f'DELETE FROM "{table}" WHERE id = %s', [row.pk])
    moved = model.objects.filter(profile=make_local_draft()).first()
    moved.profile, moved.article = rules, "别的"
    setattr(moved, key, "moved")
    with acting(cast.leader), pytest.raises(IntegrityError), transaction.atomic():
        moved.save()


def test_the_acts_of_drafting_refuse_what_was_approved(cast, rules):
    head = cast.officehead
    with acting(head):
        for act in (
            lambda: drafting.describe(rules, by=head, version=rules.version, name="别的"),
            lambda: drafting.change_row(rules, LIMITS, "notice", by=head, version=1, days=3),
            lambda: drafting.submit(rules, by=head),
            lambda: drafting.drop(rules, by=head),
        ):
            with pytest.raises(ValidationError, match="已经批准，不能再改"):
                act()
    assert rules.limits.get(kind="notice").days == 15


def test_what_waits_for_a_leader_is_not_changed_until_it_is_taken_back(cast, rules):
    made, head = submitted(cast, rules), cast.officehead
    with acting(head):
        with pytest.raises(ValidationError, match="等领导批准"):
            drafting.change_row(made, LIMITS, "notice", by=head, version=1, days=3)
        drafting.take_back(made, by=head)
        drafting.change_row(made, LIMITS, "notice", by=head, version=1, days=3)
    with acting(cast.leader), pytest.raises(ValidationError, match="起草中"):
        approving.decide(made, by=cast.leader, approve=True)


def test_an_act_of_two_cannot_be_made_an_act_of_one_but_others_can_be_made_stricter(cast, rules):
    made, head, acts = draft(cast, rules), cast.officehead, PARTS["acts"]
    with acting(head):
        with pytest.raises(ValidationError) as told:
            drafting.change_row(made, acts, "void", by=head, version=1, second=False)
        assert "不能取消" in told.value.message_dict["second"][0]
        drafting.change_row(made, acts, "route", by=head, version=1, second=True)
        with pytest.raises(ValidationError, match="没有决定这件事的权限"):
            drafting.change_row(made, acts, "refuse", by=head, version=1, decider="registrar")
    assert made.acts.get(act="route").second
    assert made.acts.get(act="void").second


@pytest.mark.parametrize(
    ("part", "key", "values", "field"),
    [
        ("limits", "notice", {"days": 0}, "days"),
        ("limits", "notice", {"unit": "person"}, "unit"),
        ("limits", "group", {"unit": "day"}, "unit"),
        ("settings", "warn_at", {"value": "半路"}, "value"),
        ("texts", "told", {"text": "请在【不知什么期限】内"}, "text"),
        ("texts", "told", {"text": " "}, "text"),
        ("limits", "notice", {"article": ""}, "article"),
    ],
)
def test_a_value_nobody_could_use_is_refused_at_its_field(cast, rules, part, key, values, field):
    made = draft(cast, rules)
    with acting(cast.officehead), pytest.raises(ValidationError) as told:
        drafting.change_row(made, PARTS[part], key, by=cast.officehead, version=1, **values)
    assert list(told.value.message_dict) == [field]


def test_two_heads_in_one_draft_do_not_write_over_each_other(cast, rules):
    made = draft(cast, rules)
    with acting(cast.officehead):
        drafting.change_row(made, LIMITS, "notice", by=cast.officehead, version=1, days=7)
    with acting(cast.officehead2), pytest.raises(ValidationError, match="刚才被同事改过"):
        drafting.change_row(made, LIMITS, "notice", by=cast.officehead2, version=1, days=9)
    assert made.limits.get(kind="notice").days == 7


def test_what_was_taken_back_and_changed_is_not_approved_from_an_old_page(cast, rules):
    read = submitted(cast, rules)
    with acting(cast.officehead):
        drafting.take_back(read, by=cast.officehead)
        drafting.change_row(read, LIMITS, "notice", by=cast.officehead, version=1, days=3)
        drafting.submit(read, by=cast.officehead)
    for approve in (True, False):
        with acting(cast.leader), pytest.raises(ValidationError, match="刚才被同事改过"):
            approving.decide(
                read, by=cast.leader, approve=approve, note="看过", version=read.version
            )
    now_read = RuleProfile.objects.get(pk=read.pk)
    assert now_read.stage == "waiting"
    with acting(cast.leader):
        done = approving.decide(now_read, by=cast.leader, approve=True, version=now_read.version)
    assert done.stage == "approved"


def test_there_is_one_open_draft_of_a_name(cast, rules):
    draft(cast, rules)
    with acting(cast.officehead), pytest.raises(ValidationError, match="没有批准的草稿"):
        drafting.draft_from(rules, by=cast.officehead, note="再来")
    with acting(cast.officehead):
        other = drafting.draft_from(rules, by=cast.officehead, name="云湖规则", note="另一个")
    assert (other.edition, other.name) == (1, "云湖规则")


def test_comparing_names_exactly_what_differs(cast, rules):
    made = draft(cast, rules, notice=10)
    [(part, [pair])] = differing(compare(rules, made))
    assert (part.name, pair.key, pair.how) == ("limits", "notice", "内容不同")
    assert (pair.left.value, pair.right.value) == ("15 日", "10 日")

    found = {
        pair.key: pair.how
        for _, pairs in differing(compare(rules, make_local_draft()))
        for pair in pairs
    }
    assert found == {
        "notice": "内容不同", "handle": "内容不同", "extension": "内容不同",
        "representatives": "仅依据不同", "few_people": "只有右边有",
        "few_representatives": "只有右边有", "reporter": "内容不同", "lapse": "内容不同",
    }  # fmt: skip


def test_a_value_that_may_be_missing_is_written_when_it_is_first_given(cast, rules):
    made, head = draft(cast, rules), cast.officehead
    with acting(head):
        drafting.change_row(
            made, LIMITS, "few_people", by=head, version=0,
            days=10, unit="person", article="通知", certainty="own",
        )  # fmt: skip
    assert RuleLimit.objects.get(profile=made, kind="few_people").days == 10
    assert not RuleLimit.objects.filter(profile=rules, kind="few_people").exists()


def test_a_draft_that_is_dropped_stays_readable_and_is_laid_before_nobody(cast, rules):
    made = draft(cast, rules)
    with acting(cast.officehead):
        drafting.drop(made, by=cast.officehead)
        with pytest.raises(ValidationError, match="不再使用的草稿"):
            drafting.submit(made, by=cast.officehead)
    with clock.at(clock.now()):
        assert profile_on(SOON) == rules
