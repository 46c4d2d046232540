"""What a move cannot do without, who asks and decides what takes two, and what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from casework.matters.approvals import ask, decide
from casework.matters.attaching import attach
from casework.matters.lifecycle import missing, wrong_day
from casework.matters.models import Matter
from casework.matters.moving import move
from casework.matters.states import State
from casework.matters.table import LABELS, RULES
from office.clock import today
from office.history import acting
from tests.casework.matters.entering.making import fresh
from tests.casework.matters.life.arrows import ARROWS
from tests.casework.matters.life.starts import start_of
from tests.casework.matters.life.world import STATES, WHO, data_of
from tests.casework.matters.trials import everything, outcome
from tests.office.test_attachments import upload

DAY = timedelta(days=1)


def test_a_move_in_the_wrong_state_is_told_with_number_and_state(cast, street, rules):
    matter = STATES["void"](cast, street)
    with pytest.raises(ValidationError) as refused:
        move(matter, "accept", by=cast.officehead, data={"klass": "C", "path": "C6"})
    [told] = refused.value.messages
    assert matter.number in told
    assert "已作废" in told
    assert "受理" in told


#: who may ask for and who may decide on what needs two people
ASK = {"registrar", "registrar2", "officehead", "officehead2"}
DECIDE = {"officehead", "officehead2", "leader"}


@pytest.mark.parametrize("act", ["void", "received"])
def test_every_request_is_for_those_whose_it_is_and_decided_by_another(cast, rules, act):
    matter = fresh(cast)
    with acting(cast.registrar):
        file = attach(matter, upload(b"the envelope"), by=cast.registrar)
    facts = {"reason": "登记错了", "new_date": matter.received_on - DAY, "evidence": file}

    def asked(by):
        ask(matter, act, by=by, **facts)
        return matter

    wrong = [
        name
        for name, person in vars(cast).items()
        if (outcome(asked, person) in State.values) is not (name in ASK)
    ]
    assert wrong == []

    for asker in sorted(ASK):
        with transaction.atomic():
            request = ask(matter, act, by=getattr(cast, asker), **facts)
            decided = {
                name
                for name, person in vars(cast).items()
                if outcome(decide, request, by=person, approve=True) in State.values
            }
            transaction.set_rollback(True)
        assert decided == DECIDE - {asker}, asker


# What is refused


@pytest.mark.parametrize(
    ("name", "change", "field"),
    [
        ("accept", {"klass": ""}, "klass"),
        ("accept", {"klass": "B"}, "klass"),
        ("accept", {"klass": "X"}, "klass"),
        ("accept", {"path": ""}, "path"),
        ("accept", {"path": "C9"}, "path"),
        ("accept", {"klass": "A", "path": "C6"}, "path"),
        ("assign", {"lead_unit": None}, "lead_unit"),
        ("name_officer", {"officer": None}, "officer"),
        ("return", {"note": " \n\t "}, "note"),
        ("answer", {"body": "  "}, "body"),
        ("answer", {"outcome": "won"}, "outcome"),
        ("answer", {"outcome": ""}, "outcome"),
        ("draft", {"basis": "  "}, "basis"),
        ("draft", {"outcome": ""}, "outcome"),
        ("serve", {"proof": None}, "proof"),
        ("settle", {"agreement": None}, "agreement"),
        ("hand_over", {"hand_over": None}, "hand_over"),
    ],
)
def test_what_a_move_cannot_do_without_is_named_at_its_field(
    cast, street, rules, name, change, field
):
    start = start_of(name, *ARROWS[name][0])
    matter = start.make(cast, street)
    data = data_of(name, cast, street, matter) | start.more(cast, street, matter)
    before = everything()
    with pytest.raises(ValidationError) as refused:
        move(matter, name, by=getattr(cast, WHO[name]), data=data | change)
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


@pytest.mark.parametrize("name", ["accept", "assign", "close"])
def test_a_closed_account_moves_nothing(cast, street, rules, name):
    start = start_of(name, *ARROWS[name][0])
    matter = start.make(cast, street)
    data = data_of(name, cast, street, matter)
    with acting(None, "停用"):
        type(cast.officehead).objects.get(pk=cast.officehead.pk).deactivate()
    person = type(cast.officehead).objects.get(pk=cast.officehead.pk)
    assert outcome(move, matter, name, by=person, data=data) is Matter.DoesNotExist
