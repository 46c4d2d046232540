"""What a profile says: values with their articles, what acts take, what a matter must have."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from casework.matters.clocks import NATIONAL
from casework.matters.models import Category, RuleAct, RuleProfile
from casework.matters.models.profiles import ALWAYS_TWO
from casework.matters.profiles import (
    WarnAt,
    act_rule,
    advice_for,
    deadline_of,
    gaps_for,
    limits_of,
    make_local_draft,
    make_national_profile,
    profile_on,
    read_warnings,
    representative_limit,
    required_from,
    setting_of,
    text_of,
    warn_at,
)
from casework.matters.rules import national
from casework.matters.rules.tables import PARTS, digest_of, rows_of
from casework.matters.rules.vocabulary import ACTS, FIELDS, LIMITS, MARKS, SETTINGS, TEXTS
from casework.matters.states import State
from office.history import acting
from office.roles import ROLES
from office.separation import ACTS_OF_TWO
from tests.casework.matters.counter import arrive
from tests.casework.matters.rules.making import in_force

#: domain §2.7: what the national profile must say
TABLE = {
    "notice": (15, "day"), "objection": (5, "workday"), "handle": (60, "day"),
    "extension": (30, "day"), "review_ask": (30, "day"), "review_decide": (30, "day"),
    "final_ask": (30, "day"), "final_decide": (30, "day"), "fast_accept": (3, "workday"),
    "fast": (10, "workday"), "representatives": (5, "person"), "group": (5, "person"),
    "rating": (30, "day"), "repeat": (90, "day"), "suggestion": (30, "day"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), TABLE.items())
def test_the_national_profile_says_what_the_law_says(rules, kind, value):
    limit = limits_of(rules)[kind]
    assert (limit.days, limit.unit) == value


def test_every_value_of_the_national_profile_names_its_article_and_how_sure_it_is(rules):
    for name, part in PARTS.items():
        rows = list(part.model.objects.filter(profile=rules))
        optional = {"few_people", "few_representatives"} if name == "limits" else set()
        assert {getattr(row, part.key) for row in rows} == set(part.labels) - optional
        assert all(row.article.strip() for row in rows)
        assert {row.certainty for row in rows} <= {"verified", "unverified", "own"}
    checked = rules.limits.filter(certainty="verified").values_list("kind", flat=True)
    assert set(checked) >= {"notice", "objection", "handle", "extension", "review_ask"}
    assert rules.limits.get(kind="rating").certainty == "unverified"
    assert rules.limits.get(kind="follow_30").certainty == "own"


def test_the_words_of_the_program_cover_every_limit_act_and_text():
    assert set(NATIONAL) <= set(LIMITS)
    assert [kind for kind, label in LIMITS.items() if kind == label] == []  # each has a name
    assert set(national.FIELDS) == set(FIELDS)
    assert set(national.ACTS) == set(ACTS)
    assert set(national.TEXTS) == set(TEXTS)
    assert set(national.SETTINGS) == set(SETTINGS)
    of_matters = {
        act for act, two in ACTS_OF_TWO.items() if two.verb.startswith("matters.decide_")
    } | {"not_support", "unseal"}
    others = {"clear_export", "recusal", "sealed_audit", "rights"}  # decided outside of a profile
    assert set(ALWAYS_TWO) == of_matters - others
    for act, kind in ACTS.items():
        holders = {role.key for role in ROLES if kind.verb in role.verbs}
        assert national.ACTS[act][1] in holders, act


def test_the_rules_of_the_province_are_a_draft_that_holds_nowhere(rules):
    local = make_local_draft()
    assert make_local_draft() == local
    assert local.stage == RuleProfile.Stage.DRAFT
    assert "待核" in local.note
    assert profile_on(date(2026, 11, 23)) == rules

    limits = limits_of(local)
    assert (limits["notice"].days, limits["notice"].unit) == (5, "workday")
    assert (limits["handle"].days, limits["extension"].days) == (30, 60)
    assert limits["review_ask"] == limits_of(rules)["review_ask"]
    assert setting_of(local, "lapse") == "final"
    assert "本人同意" in text_of(local, "reporter")
    assert local.limits.get(kind="notice").certainty == "unverified"


@pytest.mark.parametrize(("people", "most"), [(1, 3), (5, 3), (10, 3), (11, 5), (200, 5)])
def test_in_the_province_few_people_send_three_speakers_and_many_five(rules, people, most):
    assert representative_limit(make_local_draft(), people).days == most
    assert representative_limit(rules, people).days == 5


@pytest.mark.parametrize("act", ALWAYS_TWO)
def test_what_takes_two_persons_takes_two_whatever_a_table_says(rules, act):
    local = make_local_draft()
    row = local.acts.get(act=act)
    assert act_rule(local, act).second
    with pytest.raises(ValidationError, match="不能取消"):
        RuleAct(profile=local, act=act, second=False, decider=row.decider).validate_constraints()


def test_refusals_routing_and_what_is_not_supported_go_through_legal_review(rules):
    legal = {act for act in ACTS if act_rule(rules, act).legal}
    assert legal == {"refuse", "bar", "not_support", "reroute", "route", "group", "money"}
    assert act_rule(rules, "refuse").reviewer == "legal_reviewer"
    assert act_rule(rules, "opinion").reviewer == "office_head"
    assert not act_rule(rules, "fast").second
    assert act_rule(rules, "extend").decider == "leader"
    assert all(act_rule(rules, act).article for act in ACTS)
    with pytest.raises(KeyError):
        act_rule(rules, "nonsense")


def test_a_matter_is_asked_for_its_subject_by_the_opinion_and_not_before(cast, rules):
    matter = arrive(cast.registrar)[1][0]
    assert required_from(rules) == {"accepted": ("claim",), "drafted": ("category",)}
    assert gaps_for(matter, State.ACCEPTED) == {}
    assert set(advice_for(matter, State.ACCEPTED)) == {"community"}
    told = gaps_for(matter, State.SIGNED)
    assert list(told) == ["category"]
    assert "内容分类还没有填" in told["category"]
    assert "意见待审核" in told["category"]

    with acting(cast.registrar):
        subject = Category(code="01", name="欠薪")
        subject.save()
    matter.category = subject
    assert gaps_for(matter, State.ANSWERED) == {}


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.VOID, State.CLOSED, State.MERGED])
def test_who_leaves_early_is_asked_for_nothing(cast, rules, state):
    bare = arrive(cast.registrar, claims=[("路灯坏了", "")], people=[])[1][0]
    assert gaps_for(bare, state) == {}


def test_nothing_is_asked_about_a_sealed_letter(sealed):
    assert gaps_for(sealed, State.SIGNED) == {} == advice_for(sealed, State.SIGNED)


def test_a_registration_without_a_claim_or_a_way_to_reach_anybody_is_told_so(cast, rules):
    bare = arrive(cast.registrar, claims=[("路灯坏了", "")], people=[], people_count=8)[1][0]
    assert list(gaps_for(bare, State.ACCEPTED)) == ["claim"]
    assert set(advice_for(bare, State.HANDLING)) == {
        "name", "contact", "community", "representatives",
    }  # fmt: skip


def test_texts_carry_the_limits_of_their_profile(rules):
    assert "30日内，请求上一级机关复查" in text_of(rules, "remedy_opinion")
    slower = in_force("慢", date(2026, 1, 1), review_ask=(45, "day"))
    assert "45日内，请求上一级机关复查" in text_of(slower, "remedy_opinion")
    assert not any(mark in text_of(rules, key) for key in TEXTS for mark in MARKS)


def test_settings_are_those_of_the_law(rules):
    assert setting_of(rules, "hearing_stops") == "final_review"
    assert setting_of(rules, "clock_stop") == "served"
    assert warn_at(rules) == WarnAt((0.5, 0.8), 3)


@pytest.mark.parametrize("text", ["", "150%", "50%,", "3天", "0%,3日", "3日,4日", "一半"])
def test_a_warning_nobody_can_read_is_refused(text):
    with pytest.raises(ValueError, match=".*"):
        read_warnings(text)


def test_an_approved_profile_is_read_once_a_process_and_a_draft_each_time(
    cast, rules, django_assert_num_queries
):
    limits_of(rules), act_rule(rules, "void")
    fresh = RuleProfile.objects.get(pk=rules.pk)
    with django_assert_num_queries(0):
        assert limits_of(fresh) == limits_of(rules)
        act_rule(fresh, "void")
    local = RuleProfile.objects.get(pk=make_local_draft().pk)
    with django_assert_num_queries(1):
        limits_of(local)
    with acting(cast.officehead):
        row = local.limits.get(kind="notice")
        row.days = 7
        row.save()
    assert limits_of(local)["notice"].days == 7


def test_two_profiles_that_say_the_same_have_the_same_digest(rules):
    assert rules.digest == digest_of(rows_of(rules)) == digest_of(national.rows())
    assert digest_of(rows_of(make_local_draft())) != rules.digest


def test_a_matter_keeps_its_dates_when_other_rules_begin(cast, rules):
    matter = arrive(cast.registrar)[1][0]
    later = in_force("快", date(2026, 11, 1), notice=(3, "day"))

    matter.refresh_from_db()
    assert matter.profile == rules
    assert matter.due_on == matter.received_on + timedelta(days=15)
    assert deadline_of(matter, "notice", matter.received_on).due_on == matter.due_on
    fresh = arrive(cast.registrar)[1][0]
    assert fresh.profile == later
    assert fresh.due_on == fresh.received_on + timedelta(days=3)


def test_the_national_rules_are_there_once(rules):
    assert make_national_profile() == rules
    assert RuleProfile.objects.count() == 1
    assert rules.stage == RuleProfile.Stage.APPROVED
