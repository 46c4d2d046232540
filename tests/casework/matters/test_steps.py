"""The path of the procedure and what comes next: a place and a sentence for every state."""

from datetime import date

import pytest

from casework.matters.clocks import NATIONAL, Limit
from casework.matters.coming import Facts, next_step
from casework.matters.states import ENDED, Ending, State
from casework.matters.steps import Standing, path_of, way_told

DAY = date(2026, 11, 9)
LIMITS = {kind: Limit(kind, *values) for kind, values in NATIONAL.items()}
#: the states a matter goes through on the usual way, in their order
USUAL = ["registered", "accepted", "handling", "drafted", "reviewed", "signed", "answered"]


def standing(state: str, *, klass: str = "C", path: str = "C6", **more) -> Standing:
    """A matter that came the usual way up to `state`."""
    before = USUAL[: USUAL.index(state)] if state in USUAL else ["registered"]
    facts = {"left": dict.fromkeys(before, DAY), "days": {"register": DAY}, "due_on": DAY}
    return Standing(state, klass, path, officer=True, **{**facts, **more})


def drawn(at: Standing) -> str:
    """The path in one line: done as it is, [here], (ahead)."""
    shapes = {"done": "{}", "here": "[{}]", "ahead": "({})"}
    return " ".join(shapes[step.place].format(step.label) for step in path_of(at))


@pytest.mark.parametrize("state", State)
def test_an_officer_finds_every_state_at_one_place_of_a_path(state):
    steps = path_of(standing(state, cut="registered", closed_on=DAY))

    here = [step for step in steps if step.place == "here"]
    assert len(here) == (state not in (State.CLOSED, State.ARCHIVED, State.HANDED_OVER))
    assert steps[0].place == "done"
    places = [step.place for step in steps]
    assert places == sorted(places, key=["done", "here", "ahead"].index)


@pytest.mark.parametrize("state", [state for state in State if state not in ENDED])
def test_an_open_matter_always_says_what_is_next_and_whose_move_it_is(state):
    for facts in (
        Facts(state, "C", "C6", "visit", officer=True),
        Facts(state, "C", "C5", "hotline"),
        Facts(state, "A", "", "letter", officer=True),
        Facts(state, "C", "C6", "visit", fast=True, officer=True),
    ):
        step = next_step(facts, LIMITS)
        assert step is not None
        assert all((step.what, step.who, step.why))
        assert step.ours or step.meanwhile, "whoever waits is told what to do meanwhile"


def test_a_matter_led_away_at_the_counter_is_the_office_heads_to_follow_for_it_has_no_officer():
    assert next_step(Facts(State.ROUTED, "C", "C2", "visit"), LIMITS).who == "信访办主任"
    assert next_step(Facts(State.ROUTED, "C", "C2", "visit", officer=True), LIMITS).who == "承办人"


@pytest.mark.parametrize("state", [State.ARCHIVED, State.VOID, State.HANDED_OVER])
def test_nothing_is_owed_where_everything_is_done(state):
    assert next_step(Facts(state), LIMITS) is None


def test_an_office_head_reads_the_usual_way_from_registration_to_the_end():
    assert drawn(standing("drafted")) == "登记 受理 交办 办理 [审核签发] (送达) (复查期) (办结)"
    assert drawn(standing("answered")) == "登记 受理 交办 办理 审核签发 送达 [复查期] (办结)"


def test_a_suggestion_a_duty_and_a_simple_matter_go_shorter_ways():
    assert drawn(standing("handling", klass="A", path="")) == (
        "登记 受理 交办 [研究答复] (送达) (告知办结) (办结)"
    )
    assert (
        drawn(standing("handling", path="C5"))
        == "登记 受理 交办 [履职答复] (送达) (告知办结) (办结)"
    )
    simple = standing("handling", fast=True)
    assert drawn(simple) == "登记 受理 交办 [简易答复] (送达) (复查期) (办结)"
    assert way_told(simple) == "简易办理"


def test_a_reply_that_became_an_opinion_after_all_goes_the_usual_way():
    assert "[审核签发] (送达)" in drawn(standing("drafted", klass="A", path=""))


def test_wages_that_go_to_arbitration_are_followed_and_never_were_accepted():
    at = standing("routed", path="C2", left={"registered": DAY})
    assert drawn(at) == "登记 分类告知 [法定途径] (办结)"
    assert way_told(at) == "法定途径"


def test_a_matter_led_away_late_shows_what_was_done_before():
    left = {"registered": DAY, "accepted": DAY, "handling": DAY}
    at = standing("routed", path="C2", left=left)
    assert drawn(at) == "登记 受理 交办 办理 [法定途径] (办结)"


def test_an_objection_and_a_promise_stand_beside_the_way():
    objection = path_of(standing("objected"))
    assert [step.label for step in objection if step.branch] == ["异议"]
    left = dict.fromkeys(USUAL[:-1], DAY)
    assert drawn(standing("performing", left=left)).endswith("送达 [履行] (复查期) (办结)")


def test_a_review_grows_the_path_until_the_last_level():
    left = dict.fromkeys([*USUAL, "reviewing", "upheld"], DAY)
    at = standing("final_review", left=left)
    assert drawn(at).endswith("复查期 复查 复核申请期 [复核] (办结)")


def test_after_a_revoked_opinion_the_former_review_is_no_station_ahead_or_behind():
    left = dict.fromkeys([*USUAL, "reviewing"], DAY)
    at = standing("handling", left=left)
    assert drawn(at) == "登记 受理 交办 [办理] (审核签发) (送达) (复查期) (办结)"


def test_what_goes_to_a_body_below_was_not_accepted_here():
    assert drawn(standing("assigned_out")) == "登记 [交办下级] (办结)"


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        (Ending.ON_SPOT, "登记 当场办结 (归档)"),
        (Ending.TOLD, "登记 告知去向 (归档)"),
        (Ending.REFUSED, "登记 不予受理 (归档)"),
        (Ending.UNCLEAR, "登记 身份、地址不明 (归档)"),
    ],
)
def test_a_matter_that_ended_at_the_door_does_not_pretend_to_have_been_accepted(ending, told):
    left = {"registered": DAY}
    at = standing("closed", ending=ending, left=left, cut="registered", closed_on=DAY)
    assert drawn(at) == told


def test_a_matter_closed_by_a_ledger_has_gone_the_whole_way_without_days():
    at = Standing("closed", "C", "C6", days={"take_over": DAY})
    assert drawn(at) == "登记 受理 交办 办理 审核签发 送达 复查期 办结 (归档)"


def test_a_matter_that_was_joined_or_given_below_was_never_accepted_by_the_street():
    joined = {"registered": DAY, "merged": DAY}
    at = standing("closed", ending="merged", left=joined, cut="merged", closed_on=DAY)
    assert drawn(at) == "登记 并入 办结 (归档)"
    below = {"registered": DAY, "assigned_out": DAY}
    at = standing("closed", ending="reported", left=below, cut="assigned_out", closed_on=DAY)
    assert drawn(at) == "登记 交办下级 办结 (归档)"


def test_void_and_withdrawn_matters_stop_where_they_stood():
    left = {"registered": DAY, "accepted": DAY}
    at = standing("void", left=left, cut="accepted", days={"register": DAY, "void": DAY})
    assert drawn(at) == "登记 受理 [作废]"
    assert path_of(at)[-1].note == "11-09 编号保留"
    assert drawn(standing("withdrawn", left=left, cut="accepted")) == "登记 受理 [撤回]"


def test_whose_day_it_is_is_said_at_the_station():
    window = standing("answered", due_kind="review_ask")
    assert [step.note for step in path_of(window) if step.place == "here"] == ["至 11-09"]
    above = standing("reviewing", due_kind="review_decide")
    assert [step.note for step in path_of(above) if step.place == "here"] == ["上级 11-09 前"]
    ours = standing("handling", due_kind="handle")
    assert [step.note for step in path_of(ours) if step.place == "here"] == ["11-09 前"]
