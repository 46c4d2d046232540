"""The table of roles itself: what each may do, and what nobody may do together."""

import itertools

import pytest

from office.grants import permission
from office.roles import ALONE, BY_KEY, ROLE_CHOICES, ROLES, Reach, combination_refused, group_name

OURS = ("matters.", "office.")


def verbs(key):
    return set(BY_KEY[key].verbs)


def test_every_verb_of_the_table_is_a_right_that_exists(db):
    for role in ROLES:
        for verb in role.verbs:
            assert permission(verb).codename == verb.split(".")[1]


def test_roles_are_told_apart_by_key_and_by_name():
    assert len({role.label for role in ROLES}) == len(BY_KEY) == len(ROLES) == len(ROLE_CHOICES)
    assert group_name("registrar") == "登记员"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_no_role_deletes_anything(role):
    assert not [verb for verb in role.verbs if ".delete_" in verb]
    assert not set(role.pages) - {"add", "change", "publish"}


@pytest.mark.parametrize("key", ["system_admin", "security_admin", "audit_admin"])
def test_an_administrator_comes_near_no_case(key):
    assert BY_KEY[key].reach == Reach.NONE
    assert not [verb for verb in verbs(key) if verb.startswith("matters.")]


def test_the_three_administrators_share_no_right_to_change_anything():
    changing = {
        key: {verb for verb in verbs(key) if ".view_" not in verb}
        for key in ("system_admin", "security_admin", "audit_admin")
    }
    for one, other in itertools.combinations(changing.values(), 2):
        assert not one & other
    # the audit administrator signs a report of what others did, and changes nothing
    assert changing["audit_admin"] == {"office.close_emergency"}


def test_an_auditor_reads_everything_and_changes_nothing():
    assert BY_KEY["auditor"].reach == Reach.ALL
    own_requests = {"matters.ask_sealed_audit"}  # a custodian decides, and all it opens is reading
    rest = verbs("auditor") - own_requests
    assert {verb.split(".")[1].split("_")[0] for verb in rest} == {"view", "export"}
    deciders = {role.key for role in ROLES if "matters.decide_sealed_audit" in role.verbs}
    assert deciders == {"custodian"}


def test_who_writes_pages_has_no_right_on_records():
    for key in ("editor", "page_reviewer"):
        assert (BY_KEY[key].reach, verbs(key)) == (Reach.NONE, set())


def test_only_custodians_see_or_hand_over_what_is_sealed():
    assert [role.key for role in ROLES if role.reach == Reach.SEALED] == ["custodian"]
    assert [role.key for role in ROLES if "matters.hand_over_sealed" in role.verbs] == ["custodian"]


def test_who_keeps_accounts_reads_no_log_and_who_reads_logs_keeps_no_account():
    logs = {"office.view_change", "office.view_look"}
    for role in ROLES:
        assert not (logs & set(role.verbs) and "office.change_user" in role.verbs), role.key


@pytest.mark.parametrize("alone", sorted(ALONE))
@pytest.mark.parametrize("other", sorted(BY_KEY))
def test_an_administrators_or_auditors_role_stands_alone(alone, other):
    refused = combination_refused({alone, other})
    assert bool(refused) is (alone != other)
    if refused:
        assert "不得兼任" in refused


def test_in_a_small_office_one_person_may_register_handle_and_write_pages():
    assert combination_refused({"registrar", "officer", "editor"}) == ""
    assert combination_refused({"office_head", "leader"}) == ""
    assert combination_refused(set()) == ""
