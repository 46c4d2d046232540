"""The life of a matter, tried at every state, by everybody, with everything that can be wrong."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from casework.matters.approvals import ask, decide
from casework.matters.attaching import attach
from casework.matters.lifecycle import missing, wrong_day
from casework.matters.models import Matter
from casework.matters.moving import move
from casework.matters.permissions import available
from casework.matters.states import OPEN, State
from casework.matters.table import BY_NAME, LABELS, RULES
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import accepted, arrive, assigned
from tests.casework.matters.handing import handed_over, listed
from tests.casework.matters.trials import everything, outcome
from tests.office.test_attachments import upload

DAY = timedelta(days=1)


@pytest.fixture
def stages(cast, street, rules):
    """One matter in every state, each brought there through the real doors."""
    found = {}
    for state in ("registered", "accepted", "handling", "answered", "closed", "void"):
        found[state] = matter = arrive(cast.registrar)[1][0]
        if state in ("accepted", "handling", "answered", "closed"):
            found[state] = matter = accepted(matter, cast.officehead)
        if state in ("handling", "answered", "closed"):
            found[state] = matter = assigned(matter, cast.officehead, street.social, cast.officer)
        if state in ("answered", "closed"):
            settled = {"outcome": "mediated", "body": "双方签了协议。"}
            found[state] = matter = move(matter, "answer", by=cast.officer, data=settled)
        if state == "closed":
            found[state] = move(matter, "close", by=cast.officehead)
        if state == "void":
            request = ask(matter, "void", by=cast.registrar, reason="重复登记")
            found[state] = decide(request, by=cast.officehead, approve=True)
    for state in ("sealed", "handed_over"):
        found[state] = matter = arrive(cast.registrar, klass="B", claims=[], people=[])[1][0]
        if state == "handed_over":
            found[state] = handed_over(matter, cast.custodian)
    assert {state: matter.state for state, matter in found.items()} == {s: s for s in State.values}
    return found


@pytest.fixture
def good(cast, street, stages):
    """What each move needs, and somebody whose move it is."""
    data = {
        "accept": {"klass": "C", "path": "C6"},
        "assign": {"lead_unit": street.social, "officer": cast.officer, "note": "先联系本人"},
        "name_officer": {"officer": cast.officer},
        "reassign": {"lead_unit": street.housing, "note": "被反映的单位不主办"},
        "return": {"note": "不归本单位"},
        "answer": {"outcome": "support", "body": "已补发。"},
        "close": {},
        "void": {"note": "重复登记"},
        "seal": {"note": "反映村干部收钱"},
        "unseal": {"note": "反映的是补偿标准"},
        "hand_over": {"hand_over": listed(stages["sealed"], by=cast.custodian)},
    }
    who = {
        "accept": cast.officehead, "assign": cast.officehead, "name_officer": cast.head,
        "reassign": cast.officehead, "return": cast.officer, "answer": cast.officer,
        "close": cast.officehead,
        "void": cast.leader, "hand_over": cast.custodian, "seal": cast.officehead,
        "unseal": cast.custodian,
    }  # fmt: skip
    assert set(data) == set(who) == set(BY_NAME)
    return SimpleNamespace(data=data, who=who)


#: (state, move) → new state; there is no other way from one state to another
WAYS = {
    ("registered", "accept"): "accepted",
    ("accepted", "assign"): "handling",
    ("handling", "name_officer"): "handling",
    ("handling", "reassign"): "handling",
    ("handling", "return"): "accepted",
    ("handling", "answer"): "answered",
    ("answered", "close"): "closed",
    ("sealed", "hand_over"): "handed_over",
}


def test_every_move_works_in_its_states_and_nowhere_else(stages, good):
    """Eight states, eleven moves: each pair tried by the person whose move it is."""
    found = {
        (state, rule.name): outcome(
            move, matter, rule.name, by=good.who[rule.name], data=good.data[rule.name]
        )
        for state, matter in stages.items()
        for rule in RULES
    }
    assert len(found) == 88
    assert {pair: state for pair, state in found.items() if state in State.values} == WAYS


def test_a_move_in_the_wrong_state_is_told_with_number_and_state(stages, good):
    with pytest.raises(ValidationError) as refused:
        move(stages["closed"], "accept", by=good.who["accept"], data=good.data["accept"])
    [told] = refused.value.messages
    assert stages["closed"].number in told
    assert "已办结" in told
    assert "受理" in told


#: who may make which move, where it is possible; everybody else is refused
THEIRS = {
    "accept": {"officehead", "officehead2"},
    "assign": {"officehead", "officehead2"},
    "name_officer": {"head"},
    "reassign": {"officehead", "officehead2"},
    "return": {"officer", "head"},
    "answer": {"officer", "head"},
    "close": {"officehead", "officehead2"},
    "void": set(),
    "seal": set(),
    "unseal": set(),
    "hand_over": {"custodian", "custodian2"},
}


def test_every_move_is_for_those_whose_it_is_and_for_nobody_else(cast, stages, good):
    """The whole cast tries every move; what the buttons offer and what happens agree."""
    wrong = []
    for rule in RULES:
        matter = stages[rule.sources[0]]
        for name, person in vars(cast).items():
            result = outcome(move, matter, rule.name, by=person, data=good.data[rule.name])
            done, theirs = result == rule.target, name in THEIRS[rule.name]
            seen = Matter.objects.visible_to(person).filter(pk=matter.pk).exists()
            offered = seen and rule in available(person, matter)
            hidden = result is Matter.DoesNotExist
            if not done == theirs == offered or hidden is seen:
                wrong.append((rule.name, name, result, offered))
    assert wrong == []


#: who may ask for and who may decide on what needs two people
ASK = {"registrar", "registrar2", "officehead", "officehead2"}
DECIDE = {"officehead", "officehead2", "leader"}


@pytest.mark.parametrize("act", ["void", "received"])
def test_every_request_is_for_those_whose_it_is_and_decided_by_another(cast, fresh, act):
    file = attach_proof(fresh, cast.registrar)
    facts = {"reason": "登记错了", "new_date": fresh.received_on - DAY, "evidence": file}

    def asked(by):
        ask(fresh, act, by=by, **facts)
        return fresh

    wrong = [
        name
        for name, person in vars(cast).items()
        if (outcome(asked, person) in State.values) is not (name in ASK)
    ]
    assert wrong == []

    for asker in sorted(ASK):
        with transaction.atomic():
            request = ask(fresh, act, by=getattr(cast, asker), **facts)
            decided = {
                name
                for name, person in vars(cast).items()
                if outcome(decide, request, by=person, approve=True) in State.values
            }
            transaction.set_rollback(True)
        assert decided == DECIDE - {asker}, asker


def attach_proof(matter, by):
    with acting(by):
        return attach(matter, upload(b"the envelope"), by=by)


def test_an_open_matter_always_has_a_last_day_and_a_finished_one_none(stages):
    for state, matter in stages.items():
        assert (matter.due_on is not None) is (state in OPEN), state
        assert bool(matter.due_kind) is (state in OPEN), state
    assert stages["answered"].due_on == today() + timedelta(days=30)
    assert stages["answered"].due_kind == "review_ask"


# What is refused


@pytest.mark.parametrize(
    ("name", "change", "field"),
    [
        ("accept", {"klass": ""}, "klass"),
        ("accept", {"klass": "B"}, "klass"),
        ("accept", {"klass": "X"}, "klass"),
        ("accept", {"path": ""}, "path"),
        ("accept", {"path": "C9"}, "path"),
        ("accept", {"klass": "A"}, "path"),
        ("assign", {"lead_unit": None}, "lead_unit"),
        ("name_officer", {"officer": None}, "officer"),
        ("return", {"note": " \n\t "}, "note"),
        ("answer", {"body": "  "}, "body"),
        ("answer", {"outcome": "won"}, "outcome"),
        ("answer", {"outcome": ""}, "outcome"),
        ("hand_over", {"hand_over": None}, "hand_over"),
    ],
)
def test_what_a_move_cannot_do_without_is_named_at_its_field(good, stages, name, change, field):
    rule = BY_NAME[name]
    before = everything()
    with pytest.raises(ValidationError) as refused:
        move(stages[rule.sources[0]], name, by=good.who[name], data=good.data[name] | change)
    assert list(refused.value.message_dict) == [field]
    assert everything() == before


def test_every_need_of_every_move_is_asked_for():
    for rule in RULES:
        assert set(missing(rule, {})) == set(rule.needs)
        assert rule.label == LABELS[rule.name]


def test_days_are_compared_with_all_that_came_before():
    day = today()
    before = [("收到日期", day - 5 * DAY), ("受理日期", None), ("答复日期", day - DAY)]
    assert wrong_day(day, day, before) == wrong_day(day - DAY, day, before) == ""
    assert "答复日期" in wrong_day(day - 2 * DAY, day, before)
    assert "收到日期" in wrong_day(day - 6 * DAY, day, before)
    assert "今天" in wrong_day(day + DAY, day, [])


def test_a_closed_account_moves_nothing(cast, stages, good):
    with acting(None, "停用"):
        type(cast.officehead).objects.get(pk=cast.officehead.pk).deactivate()
    person = type(cast.officehead).objects.get(pk=cast.officehead.pk)
    for name in ("accept", "assign", "close"):
        matter = stages[BY_NAME[name].sources[0]]
        result = outcome(move, matter, name, by=person, data=good.data[name])
        assert result is Matter.DoesNotExist
