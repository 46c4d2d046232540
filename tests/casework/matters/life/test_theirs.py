"""Whose move it is: the whole cast tries each; what the buttons offer and what happens agree."""

import pytest
from django.db import transaction

from casework.matters.models import Matter
from casework.matters.moving import move
from casework.matters.permissions import available
from casework.matters.states import State
from casework.matters.table import BY_NAME, RULES
from tests.casework.matters.life.arrows import ARROWS
from tests.casework.matters.life.starts import start_of
from tests.casework.matters.life.world import SECOND, WHO, data_of
from tests.casework.matters.trials import outcome

HEADS = {"officehead", "officehead2"}
#: whoever took the arrival in, and the office; any registrar while it waits in the queue
DESK, WINDOW = {*HEADS, "registrar"}, {*HEADS, "registrar", "registrar2"}
UNIT = {"officer", "head"}

THEIRS = {
    **dict.fromkeys(
        (
            "accept", "on_spot", "tell", "forward", "assign_out", "report_in", "send_back",
            "object", "objection_upheld", "objection_refused", "unclear", "leave_fast",
            "path_outcome", "take_back", "assign", "reassign", "review", "redraft", "close",
            "no_heirs",
        ),
        HEADS,
    ),
    **dict.fromkeys(
        (
            "track", "review_paper", "sign_paper", "broken", "ask_review", "review_upheld",
            "review_changed", "review_revoked", "ask_final", "final_hearing", "final_upheld",
            "final_changed", "final_revoked", "review_declined", "final_declined", "undo_withdraw", "archive", "tell_merged",
            "unmerge",
        ),
        DESK,
    ),
    **dict.fromkeys(("withdraw", "heirs", "merge"), WINDOW),
    **dict.fromkeys(
        (
            "return", "hear", "not_reached", "draft", "recall_draft", "answer", "settle",
            "confirm_court", "keep_promise",
        ),
        UNIT,
    ),
    **dict.fromkeys(("serve", "try_serve"), UNIT | HEADS),
    **dict.fromkeys(("sign", "unsign"), {"leader"}),
    "name_officer": {"head"},
    "hand_over": {"custodian", "custodian2"},
}  # fmt: skip


def test_every_move_of_one_person_is_somebodys():
    assert set(THEIRS) == {rule.name for rule in RULES if not rule.second}


@pytest.mark.parametrize("name", THEIRS)
def test_a_move_is_made_by_those_whose_it_is_and_by_nobody_else(cast, street, rules, name):
    start = start_of(name, *ARROWS[name][0])
    matter = start.make(cast, street)
    done, wrong = set(), []
    with start.when():
        for who, person in vars(cast).items():
            with transaction.atomic():
                data = data_of(name, cast, street, matter) | start.more(cast, street, matter)
                result = outcome(move, matter, name, by=person, data=data)
                transaction.set_rollback(True)
            if result in State.values:
                done.add(who)
            seen = Matter.objects.visible_to(person).filter(pk=matter.pk).exists()
            offered = seen and BY_NAME[name] in available(person, matter)
            if offered is not (who in done) or seen is (result is Matter.DoesNotExist):
                wrong.append((who, result, offered, seen))
    assert wrong == []
    assert done == THEIRS[name]


@pytest.mark.parametrize("name", SECOND)
def test_what_takes_two_is_no_move_of_one(cast, street, rules, name):
    """Nobody makes it alone, whoever they are: neither asker nor decider."""
    start = start_of(name, *ARROWS[name][0])
    matter = start.make(cast, street)
    with start.when():
        data = data_of(name, cast, street, matter) | start.more(cast, street, matter)
        for who in (WHO[name], SECOND[name], "officehead", "leader"):
            assert outcome(move, matter, name, by=getattr(cast, who), data=data) not in State.values
