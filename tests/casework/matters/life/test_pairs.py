"""Every pair of states: where a way leads from one to the other it is gone, else nothing leads there."""

from collections import Counter

import pytest
from django.db import transaction

from casework.matters.counting.checking import faults
from casework.matters.models import Matter
from casework.matters.states import OPEN, State
from casework.matters.table import BY_NAME, RULES
from tests.casework.matters.life.arrows import ARROWS, WAYS
from tests.casework.matters.life.starts import start_of
from tests.casework.matters.life.world import SECOND, STATES, WHO, data_of, go
from tests.casework.matters.trials import REFUSALS, everything

ALL = [state.value for state in State]
PAIRS = [(source, target) for source in ALL for target in ALL]
GONE = [(name, *pair) for pair, names in WAYS.items() for name in names]
NONE = [pair for pair in PAIRS if pair not in WAYS]


def test_the_table_holds_the_ways_of_the_law_and_no_others():
    """Each rule begins and ends where it may; what a rule leaves open its effect decides."""
    assert set(ARROWS) == set(BY_NAME)
    for rule in RULES:
        ways = ARROWS[rule.name]
        assert {source for source, _ in ways} == set(rule.sources), rule.name
        assert {target for _, target in ways} == set(rule.targets), rule.name
    assert set(STATES) == set(ALL)
    assert set(WHO) == set(BY_NAME)
    assert set(SECOND) | {"seal"} == {rule.name for rule in RULES if rule.second}
    assert len(GONE) + len(NONE) >= len(PAIRS) == 441


@pytest.mark.parametrize(("name", "source", "target"), GONE)
def test_a_way_of_the_law_is_gone_by_whose_it_is(cast, street, rules, name, source, target):
    start = start_of(name, source, target)
    matter = start.make(cast, street)
    assert matter.state == source
    with start.when():
        data = data_of(name, cast, street, matter) | start.more(cast, street, matter)
        moves = matter.moves.count()
        found = go(name, cast, matter, data)
        if name == "unseal" or found.sealed:  # under seal nobody but custodians looks
            found = Matter.objects.get(pk=matter.pk)
        assert found.state == target
        assert found.moves.count() > moves
        assert faults(found) == []
        assert (found.due_on is not None) is (target in OPEN)


@pytest.mark.parametrize(("source", "target"), NONE)
def test_nothing_leads_where_no_way_is(cast, street, rules, source, target):
    """Whatever leads to `target` from elsewhere is refused here, and leaves no row of business."""
    matter = STATES[source](cast, street)
    assert matter.state == source
    tried = Counter()
    for rule in RULES:
        if target not in rule.targets:
            continue
        data = data_for_refusal(rule.name, cast, street, matter)
        before = everything()
        result = None
        try:
            with transaction.atomic():
                result = go(rule.name, cast, matter, data).state
                transaction.set_rollback(True)
        except REFUSALS:
            assert everything() == before, rule.name
            tried["refused"] += 1
        assert result != target, rule.name
    assert Matter.objects.get(pk=matter.pk).state == source


def data_for_refusal(name, cast, street, matter):
    """Good data where this matter lets them be made, else none: the state is what refuses."""
    try:
        with transaction.atomic():
            return data_of(name, cast, street, matter)
    except (*REFUSALS, AttributeError, RuntimeError):
        return {}
