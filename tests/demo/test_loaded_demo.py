"""The loaded demo: every state, every way out, every tool (practice §7), and desks one can believe.

One module, because every module that looks at the demo loads it anew.
"""

from datetime import timedelta

import pytest

from casework.matters.clocks import KINDS, OWED
from casework.matters.models import (
    Approval,
    Clock,
    ConcernedUnit,
    Conflict,
    Document,
    Easing,
    FollowUp,
    GroupVisit,
    ItemLink,
    Matter,
    MatterLink,
    OutsideLetter,
    PaperSignature,
    Promise,
    Reminder,
    Resolution,
    Service,
    StandingUse,
    Supervision,
    SupportTask,
    Talk,
)
from casework.matters.states import ENDED, Ending, State
from casework.matters.steps import path_of, standing_of
from casework.matters.table import BY_NAME
from tests.demo.named import LATE, NAMED

#: endings that no story has: they are rare, and each needs somebody's misfortune or fault
UNTOLD = {Ending.REFUSED, Ending.UNCLEAR, Ending.NO_HEIRS}
#: limits the office sets itself and that lead nowhere: late with those above, or at a full counter
INSIDE = {"routing", "assignment"}

pytestmark = pytest.mark.slow


def moves(matter):
    return list(matter.moves.order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize("words", NAMED)
def test_a_visitor_finds_what_everybody_in_the_street_talks_of(demo, words):
    assert Matter.objects.filter(title__contains=words).exists()


@pytest.mark.parametrize("state", list(State), ids=list(State.values))
def test_a_visitor_of_the_demo_finds_a_matter_in_every_state(demo, state):
    assert Matter.objects.filter(state=state).exists()


@pytest.mark.parametrize("ending", sorted(set(Ending) - UNTOLD))
def test_a_visitor_of_the_demo_finds_a_matter_with_every_ordinary_ending(demo, ending):
    assert Matter.objects.filter(ending=ending).exists()


def test_every_matter_stands_where_its_story_says(demo, rows):
    assert {key: demo.matter(key).state for key in rows} == {
        key: row["state"] for key, row in rows.items()
    }


def test_a_registrar_settled_a_matter_on_the_spot_by_a_standing_authorisation(demo):
    matter = demo.matter("qt-proof-letter")
    use = StandingUse.objects.get(move__matter=matter)
    assert (use.move.name, use.authorisation.act) == ("on_spot", "on_spot")
    assert matter.ending == Ending.ON_SPOT
    assert matter.answered_on == matter.received_on


def test_a_registrar_accepted_by_a_standing_authorisation_what_is_now_handled_the_simple_way(demo):
    matter = demo.matter("wt-charger-permit")
    assert (matter.state, matter.fast) == (State.HANDLING, True)
    assert StandingUse.objects.filter(move__matter=matter, move__name="accept").exists()
    assert Clock.objects.get(matter=matter, kind="fast").status == Clock.Status.RUNNING


def test_an_officer_left_the_simple_way_and_the_sixty_days_count_from_acceptance(demo):
    matter = demo.matter("wt-leaking-flat")
    assert not matter.fast
    assert "leave_fast" in moves(matter)
    assert matter.clocks.get(kind="handle").start_on == matter.accepted_on
    assert matter.documents.filter(kind="fast_left").exists()


@pytest.mark.parametrize("key", ["m11-lift-stopped", "m21-migrant-child", "wt2-road-collapse"])
def test_what_was_handled_the_simple_way_was_answered_within_its_days(demo, key):
    matter = demo.matter(key)
    clock = matter.clocks.get(kind="fast")
    assert matter.fast
    assert clock.status == Clock.Status.MET
    assert clock.ended_on <= clock.due_on


def test_a_leader_extended_one_matter_and_another_request_waits_for_a_leader(demo):
    extended = demo.matter("m23-parking-scan")
    assert extended.due_on > demo.today
    assert extended.documents.filter(kind="extension").exists()
    waiting = Approval.objects.get(act="extend", decision="")
    assert waiting.matter == demo.matter("m09-property-fee")
    assert waiting.asked_by == demo.people["officer"]


def test_a_unit_handed_matters_back_and_other_units_lead_them_now(demo):
    for key, unit in (("m13-field-boundary", "justice"), ("m14-homestead-delay", "construction")):
        matter = demo.matter(key)
        assert "return" in moves(matter)
        assert matter.lead_unit == demo.units[unit]
        assert matter.documents.filter(kind="return").exists()


def test_two_numbers_are_void_and_one_request_to_void_waits(demo):
    assert Matter.objects.filter(state=State.VOID).count() == 2
    assert Approval.objects.get(act="void", decision="").matter == demo.matter("qt-parcel-forced")


def test_unpaid_wages_were_led_to_arbitration_and_are_followed_with_day_and_aid(demo):
    matter = demo.matter("m03-henglun-wages")
    path = matter.paths.get(ended_on=None)
    assert (matter.state, matter.path) == (State.ROUTED, "C2")
    assert path.last_day > demo.today
    assert "法律援助" in path.aid
    assert moves(matter).count("track") == 3
    assert matter.documents.filter(kind="path_notice").exists()


def test_a_matter_followed_through_arbitration_has_its_outcome_with_a_proof(demo):
    matter = demo.matter("m05-cleaner-overtime")
    path = matter.paths.get()
    assert (path.result, matter.ending) == ("performed", Ending.PATH)
    assert path.evidence is not None


def test_of_two_promises_one_was_kept_and_one_is_overdue(demo):
    matter = demo.matter("m12-transition-fee")
    kept, late = Promise.objects.filter(matter=matter).order_by("due_on")
    assert kept.kept_on <= kept.due_on
    assert kept.proof is not None
    assert late.kept_on is None
    assert late.due_on < demo.today
    assert matter.state == State.PERFORMING


def test_the_unit_complained_about_supplies_facts_but_does_not_lead(demo):
    matter = demo.matter("m12-transition-fee")
    assert ConcernedUnit.objects.get(matter=matter).unit == demo.units["resettlement"]
    assert matter.lead_unit != demo.units["resettlement"]
    assert matter.supports.filter(unit=demo.units["resettlement"], until=None).exists()


def test_a_review_revoked_an_opinion_and_the_second_round_has_the_day_of_the_order(demo):
    matter = demo.matter("m10-maintenance-fund")
    review = matter.superior_reviews.get()
    assert (review.decision, matter.round, matter.state) == ("revoked", 2, State.HANDLING)
    assert matter.due_on == review.until
    assert matter.officer == demo.people["officer7"]


def test_a_final_review_upheld_an_opinion_and_ended_the_procedure(demo):
    matter = demo.matter("lw-cut-tree")
    levels = list(matter.superior_reviews.order_by("pk").values_list("level", "decision"))
    assert levels == [("review", "upheld"), ("final", "upheld")]
    assert matter.ending == Ending.FINAL


def test_the_same_claim_after_the_final_review_is_barred_with_a_comparison(demo):
    matter = demo.matter("lw-cut-tree-again")
    assert matter.ending == Ending.BARRED
    assert matter.documents.filter(kind="barred").exists()
    assert demo.matter("lw-cut-tree").number in matter.moves.get(name="bar").summary


def test_a_hearing_of_the_final_review_is_left_out_of_its_days(demo):
    clock = demo.matter("qt-blocked-gate").clocks.get(kind="final_decide")
    assert (clock.due_on - clock.start_on).days > 30


def test_a_petitioner_gave_a_matter_up_and_took_it_back_and_its_limit_is_as_before(demo):
    matter = demo.matter("m16-lakeside-bar")
    assert [name for name in moves(matter) if "withdraw" in name] == ["withdraw", "undo_withdraw"]
    duty = matter.clocks.get(kind="duty")
    assert (duty.status, duty.start_on) == (Clock.Status.RUNNING, matter.received_on)


def test_a_petitioner_who_gave_up_may_still_change_their_mind(demo):
    clock = demo.matter("hx-fire-check").clocks.get(kind="withdrawn")
    assert clock.status == Clock.Status.RUNNING
    assert clock.due_on >= demo.today


def test_an_officer_stepped_back_and_sees_the_matter_no_more(demo):
    matter, officer = demo.matter("m13-field-boundary"), demo.people["officer5"]
    declared = Conflict.objects.get(matter=matter)
    assert (declared.kind, declared.decision) == ("declared", "approved")
    assert not Matter.objects.visible_to(officer).filter(pk=matter.pk).exists()


def test_a_petitioner_asked_for_another_officer_and_was_told_why_not(demo):
    asked = Conflict.objects.get(kind="asked")
    assert asked.decision == "refused"
    assert asked.told_on is not None


def test_one_letter_with_three_claims_became_three_matters_under_one_receipt(demo):
    keys = ("m25-split-noise", "lx-split-parking", "lx-split-compensation")
    links = ItemLink.objects.filter(matter__in=[demo.matter(key) for key in keys])
    assert links.count() == 3
    assert links.values("item").distinct().count() == 1
    assert len({demo.matter(key).due_on for key in keys}) == 3
    assert "split" in moves(demo.matter(keys[0]))


def test_a_repeat_was_joined_told_in_writing_and_keeps_its_own_receipt(demo):
    matter, first = demo.matter("qt-meal-again"), demo.matter("m18-meal-delivery")
    assert MatterLink.objects.get(matter=matter).to == first
    assert matter.documents.filter(kind="repeat_notice").exists()
    assert matter.links.get().item != first.links.get().item


def test_what_another_person_says_of_the_same_thing_is_joined_and_waits_for_word(demo):
    matter = demo.matter("hx-lamps-again")
    assert MatterLink.objects.get(matter=matter).kind == "joint"
    assert "tell_merged" in {name for name, rule in BY_NAME.items() if State.MERGED in rule.sources}
    assert not matter.documents.filter(kind="repeat_notice").exists()


def test_the_way_of_a_joined_matter_does_not_say_that_it_was_accepted(demo):
    for key, passed in (
        ("qt-meal-again", ["登记", "并入"]),
        ("nw-waste-house", ["登记", "交办下级"]),
    ):
        matter = demo.matter(key)
        way = path_of(standing_of(matter, matter.moves.all()))
        assert [step.label for step in way][:3] == [*passed, "办结"]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("wt2-canal-silted", "assign_out"),
        ("lw-parking-penalty", "told"),
        ("wt2-medical-settle", "forward"),
        ("wt2-only-child-bonus", "objection"),
        ("wt-leaking-flat", "opinion"),
        ("nw-canal-stench", "supervision"),
        ("m01-lanting-delivery", "cooperation"),
    ],
)
def test_a_reader_finds_the_paper_that_a_step_left(demo, key, kind):
    assert Document.objects.filter(matter=demo.matter(key), kind=kind).exists()


def test_each_matter_in_the_archive_has_a_file_number_and_a_table_of_contents(demo):
    for matter in Matter.objects.filter(state=State.ARCHIVED):
        file = matter.archive
        assert file.number.startswith("AJ")
        assert file.lines.count() > 2
    assert Matter.objects.filter(state=State.ARCHIVED).count() == 7


def test_a_dispute_is_calmer_for_now_and_not_settled_with_a_day_to_ask_again(demo):
    easing = Easing.objects.get()
    assert easing.matter == demo.matter("m06-ceiling-leak")
    assert easing.next_on > demo.today
    assert not easing.matter.resolutions.exists()


def test_disputes_are_settled_in_each_of_the_three_ways_with_a_proof(demo):
    found = Resolution.objects.filter(taken_back_on=None)
    assert {row.how for row in found} == set(Resolution.How.values)
    assert all(row.evidence is not None for row in found)


def test_calls_after_the_end_were_made_and_others_are_still_due(demo):
    assert FollowUp.objects.filter(result="keeps").count() >= 12
    waiting = FollowUp.objects.filter(result="")
    assert waiting.filter(due_on__gte=demo.today).exists()
    soon = demo.matter("hx-light-blocked").follow_ups.get(kind="follow_30")
    assert 0 <= (soon.due_on - demo.today).days <= 3


def test_of_two_signatures_on_paper_one_waits_to_be_confirmed(demo):
    answers = PaperSignature.objects.order_by("pk").values_list("matter", "answer")
    assert set(answers) == {
        (demo.matter("m02-lanting-damages").pk, "confirmed"),
        (demo.matter("wt-leaking-flat").pk, ""),
    }


def test_units_were_asked_for_help_and_one_handed_it_back(demo):
    stages = list(SupportTask.objects.values_list("stage", flat=True))
    assert (stages.count("answered"), stages.count("returned")) == (2, 1)
    letters = list(OutsideLetter.objects.values_list("stage", flat=True))
    assert (letters.count("answered"), letters.count("sent")) == (3, 1)


def test_a_leader_pressed_three_units_and_one_has_not_answered(demo):
    stages = dict(Supervision.objects.values_list("matter", "stage"))
    assert stages == {
        demo.matter("nw-canal-stench").pk: "asked",
        demo.matter("wt2-married-daughter").pk: "answered",
        demo.matter("sq-title-deed").pk: "accepted",
    }
    assert Reminder.objects.filter(answered_at=None).exists()
    assert Reminder.objects.exclude(answered_at=None).exists()


def test_a_wall_that_may_fall_carries_the_word_of_danger_and_no_person_does(demo):
    danger = demo.matter("sq-retaining-wall").dangers.get()
    assert danger.stands(demo.today)


def test_a_group_came_with_five_chosen_speakers_and_a_paper_that_says_so(demo):
    matter = demo.matter("m01-lanting-delivery")
    assert GroupVisit.objects.filter(matter=matter).count() == 2
    speakers = matter.co_petitioners.filter(representative=True)
    assert speakers.count() == 5
    assert all(row.paper is not None for row in speakers)


def test_a_talk_cites_the_released_text_that_was_explained(demo):
    talks = Talk.objects.all()
    assert talks.count() == 2
    assert any(talk.citations.exists() for talk in talks)


def test_a_letter_of_report_was_handed_over_and_others_wait_sealed(demo):
    assert Matter.objects.filter(state=State.HANDED_OVER).count() == 1
    assert Matter.objects.filter(state=State.SEALED).count() == 3


def test_only_what_is_meant_to_be_late_is_late(demo):
    rows = Clock.objects.filter(status=Clock.Status.RUNNING, due_on__lt=demo.today)
    owed = [kind for kind in KINDS if KINDS[kind].by == OWED and kind not in INSIDE]
    late = {(row.matter_id, row.kind) for row in rows.filter(kind__in=owed)}
    assert late == {(demo.matter(key).pk, kind) for key, kind in LATE}


def test_an_internal_limit_is_late_only_where_the_matter_is_or_waits_at_the_counter(demo):
    rows = Clock.objects.filter(status=Clock.Status.RUNNING, due_on__lt=demo.today)
    late = {demo.matter(key).pk for key, _ in LATE}
    assert {row.matter_id for row in rows.filter(kind="assignment")} <= late
    waiting = Matter.objects.filter(pk__in=rows.filter(kind="routing").values("matter"))
    assert {row.state for row in waiting} <= {State.REGISTERED, State.MERGED}


def test_nothing_was_done_after_its_limit_but_three_notices(demo):
    # an objection that nobody raised in time is a right that lapsed, nothing done late
    met = Clock.objects.filter(status=Clock.Status.MET).exclude(kind__in={*INSIDE, "objection"})
    late = {(row.matter_id, row.kind) for row in met if row.ended_on and row.ended_on > row.due_on}
    told = ("nw-waste-house", "sq-unsafe-house", "lx-dumped-rubble")
    assert late == {(demo.matter(key).pk, "notice") for key in told}


def test_a_desk_shows_what_falls_due_within_three_days(demo):
    open_ones = Matter.objects.filter(sealed=False).exclude(state__in=ENDED)
    soon = open_ones.filter(due_on__range=(demo.today, demo.today + timedelta(days=3)))
    assert 5 <= soon.count() <= 9


def test_no_call_no_help_and_no_letter_is_overdue_by_accident(demo):
    for found in (
        FollowUp.objects.filter(result="", due_on__lt=demo.today),
        SupportTask.objects.filter(stage="asked", due_on__lt=demo.today),
        OutsideLetter.objects.filter(stage="sent", due_on__lt=demo.today),
    ):
        assert not found.exists()


@pytest.mark.parametrize(
    "username", ["officer", "officer2", "officer3", "officer4", "officer5", "officer6", "officer7"]
)
def test_every_officer_finds_a_matter_of_their_own_to_work_on(demo, username):
    mine = Matter.objects.visible_to(demo.people[username]).exclude(state__in=ENDED)
    assert mine.filter(officer=demo.people[username]).exists()


def test_each_day_of_a_story_is_in_order_and_no_act_lies_ahead(demo):
    for matter in Matter.objects.filter(sealed=False):
        moments = list(matter.moves.order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments), matter
        assert all(row.on <= demo.today for row in matter.moves.all()), matter


def test_papers_were_served_in_every_way_and_one_letter_that_is_no_answer(demo):
    handed_over = Service.objects.filter(failed=False)
    assert set(handed_over.values_list("way", flat=True)) == set(Service.Way.values)
    assert handed_over.get(opinion=None).document.kind == "acceptance"
    assert {row.get_way_display() for row in Service.objects.filter(failed=True)} == {"当面送达"}
