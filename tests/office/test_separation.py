"""A small office separates by record and by act: every line of the rule, and the way upward."""

from datetime import timedelta

import pytest

from casework.matters.models import Approval
from casework.matters.table import RULES
from office.clock import today
from office.history import acting
from office.models import Deputy
from office.posts import renew
from office.registries import exports
from office.roles import BY_KEY, ROLES, combination_refused
from office.separation import (
    ACTS_OF_TWO,
    Act,
    Level,
    Part,
    holding,
    needs_second,
    refused,
    who_decides,
)
from tests.conftest import make_person

ME, OTHER = 1, 2
DAY = timedelta(days=1)

#: practice §2, first line: what somebody has been to a record, and what they may not do to it then
SAME_RECORD = [
    (Part.ASKER, Act.APPROVE, "申请人不能审批自己的申请"),
    (Part.DRAFTER, Act.SIGN, "拟稿人不能签发"),
    (Part.AUTHOR, Act.REVIEW, "作者不能审核"),
    (Part.SERVER, Act.WITNESS, "留置送达不能只由送达人自己见证"),
    *((Part.CONCERNED, act, "利害关系") for act in Act),
]


@pytest.mark.parametrize(("part", "act", "told"), SAME_RECORD)
def test_who_was_one_thing_to_a_record_is_not_the_other(part, act, told, cast):
    me, other = cast.officehead, cast.officehead2
    assert told in refused(act, me, {part: [me.pk]})
    assert refused(act, other, {part: [me.pk]}) == ""


def test_all_else_one_person_may_be_on_a_record(cast):
    barred = {(part, act) for part, act, _ in SAME_RECORD}
    for part in Part:
        for act in Act:
            told = refused(act, cast.officehead, {part: [cast.officehead.pk]})
            assert bool(told) is ((part, act) in barred), (part, act)


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [
        ({"registrar", "officer", "editor"}, True),
        ({"office_head", "page_reviewer"}, True),
        ({"system_admin", "officer"}, False),
        ({"security_admin", "registrar"}, False),
        ({"audit_admin", "leader"}, False),
        ({"system_admin", "audit_admin"}, False),
        ({"auditor", "officer"}, False),
    ],
)
def test_some_hats_nobody_wears_together(roles, allowed):
    assert (combination_refused(roles) == "") is allowed


# Second line: two persons for these acts alone


PRACTICE = [
    "refuse", "not_support", "extend", "seal", "unseal", "void", "received", "served", "reopen",
    "grant", "clear_export",
]  # fmt: skip


def test_the_acts_of_two_are_those_of_the_list_and_of_the_law():
    told = [key for key, act in ACTS_OF_TWO.items() if act.source == "practice §2"]
    assert [key for key in told if key != "emergency"] == PRACTICE
    assert all(act.label and act.source for act in ACTS_OF_TWO.values())
    assert {verb for act in ACTS_OF_TWO.values() if (verb := act.verb)} <= {
        verb for role in ROLES for verb in role.verbs
    }


@pytest.mark.parametrize(
    "act", ["accept", "assign", "name_officer", "return", "answer", "close", "hand_over", "attach"]
)
def test_everyday_acts_are_done_by_one(act):
    assert not needs_second(act)


def test_no_approval_is_asked_for_an_act_that_is_not_in_the_list():
    assert all(needs_second(act) for act in Approval.Act.values)
    assert {rule.name for rule in RULES if rule.second} == {
        rule.name for rule in RULES if needs_second(rule.name)
    }
    verbs = {act.verb for act in ACTS_OF_TWO.values()}
    # a ruling between two units, and a leader's word that a paper is theirs: on nobody's request
    verbs |= {"matters.decide_dispute", "matters.confirm_paper"}
    deciding = ("decide_", "approve_", "confirm_", "unseal")
    for role in ROLES:
        for verb in role.verbs:
            if verb.partition(".")[2].startswith(deciding):
                assert verb in verbs, verb
    assert {one.decide for one in exports.values() if one.decide} <= verbs


# Fifth line: nobody eligible → upward, never unlocked


VOID = "matters.decide_void"


def gone(*people):
    for person in people:
        with acting(None, "离任"):
            for post in person.posts.all():
                post.valid_to = today() - DAY
                post.save()
        renew(person)


def test_while_a_colleague_is_left_it_is_theirs_to_decide(cast):
    found = who_decides(VOID, {Part.ASKER: [cast.officehead.pk]}, today())
    assert (found.level, found.told) == (Level.SAME, "")
    assert set(found.people) == {cast.officehead2, cast.leader}


def test_with_no_colleague_left_it_goes_to_the_leader(cast):
    gone(cast.officehead2)
    found = who_decides(VOID, {Part.ASKER: [cast.officehead.pk]}, today())
    assert (found.level, found.people) == (Level.LEADER, (cast.leader,))
    assert "没有别的同事可以审批" in found.told
    assert cast.leader.name in found.told


def test_a_leader_decides_what_is_not_theirs_only_when_nobody_is_left(cast):
    verb = "matters.accept_matter"
    assert cast.leader not in who_decides(verb, {}, today()).people
    both = {Part.ASKER: [cast.officehead.pk, cast.officehead2.pk]}
    assert who_decides(verb, both, today()).people == (cast.leader,)


def test_a_deputy_who_asked_decides_nothing_for_whom_she_stands_in(cast, street):
    gone(cast.officehead2)
    with acting(None, "主任休假"):
        Deputy(
            post=cast.officehead.posts.get(), user=cast.registrar,
            valid_from=today(), valid_to=today() + DAY,
        ).save()  # fmt: skip
        cast.officehead.is_active = False
        cast.officehead.save()
    assert holding(VOID, today()) == [cast.registrar, cast.leader]
    found = who_decides(VOID, {Part.ASKER: [cast.registrar.pk]}, today())
    assert (found.level, found.people) == (Level.LEADER, (cast.leader,))


def test_with_no_leader_left_it_goes_to_the_district_and_nobody_can_decide_here(cast):
    gone(cast.officehead2)
    parts = {Part.ASKER: [cast.officehead.pk], Part.CONCERNED: [cast.leader.pk]}
    found = who_decides(VOID, parts, today())
    assert (found.level, found.people) == (Level.DISTRICT, ())
    assert "区级" in found.told


def test_an_act_that_is_the_leaders_own_is_not_called_an_exception(cast):
    found = who_decides("matters.decide_clear_export", {}, today())
    assert (found.level, found.told, found.people) == (Level.SAME, "", (cast.leader,))


def test_a_second_leader_decides_what_the_first_one_asked(cast, street):
    second = make_person("leader2", "街小二", "leader", street.street)
    found = who_decides(VOID, {Part.ASKER: [cast.leader.pk]}, today())
    assert second in found.people
    assert cast.leader not in found.people


def test_only_posts_over_a_unit_count_where_the_unit_matters(cast, street):
    verb = "matters.assign_officer"
    assert holding(verb, today(), over=street.social) == [cast.head]
    assert holding(verb, today(), over=street.housing) == []


def test_every_role_with_a_deciding_verb_is_a_role_of_the_street():
    for act in ACTS_OF_TWO.values():
        holders = [role.key for role in BY_KEY.values() if act.verb and act.verb in role.verbs]
        assert "auditor" not in holders
        assert holders or not act.verb
