"""From the registration on: every way out, who goes it, what paper and which clock it leaves."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.approvals import ask, decide
from casework.matters.models import Matter
from casework.matters.moving import move
from casework.matters.states import State
from casework.matters.transitions import entry
from office import clock
from office.clock import now, today
from office.history import acting
from tests.casework.matters.counter import accepted, agreed, arrive, assigned
from tests.casework.matters.entering import making
from tests.casework.matters.trials import everything

DAY = timedelta(days=1)
#: move → (state, how it ended, papers it leaves, the clock that leads)
ENDS = {
    "accept": ("accepted", "", ["acceptance"], "handle"),
    "on_spot": ("closed", "on_spot", ["reply"], ""),
    "route": ("routed", "", ["path_notice"], "accompany"),
    "refuse": ("closed", "refused", ["refusal"], ""),
    "bar": ("closed", "barred", ["barred", "review_opinion"], ""),
    "tell": ("closed", "told", ["told"], ""),
    "forward": ("closed", "forwarded", ["forward", "told"], ""),
    "assign_out": ("assigned_out", "", ["assign_out", "told"], "report_back"),
    "report_in": ("closed", "reported", ["closing"], ""),
    "send_back": ("assigned_out", "", ["return"], "report_back"),
    "object": ("objected", "", ["objection"], "notice"),
    "objection_upheld": ("closed", "forwarded", ["told", "objection_answer"], ""),
    "objection_refused": ("registered", "", [], "notice"),
    "unclear": ("closed", "unclear", [], ""),
    "leave_fast": ("accepted", "", ["fast_left"], "handle"),
    "reroute": ("routed", "", ["path_notice"], "accompany"),
    "track": ("routed", "", [], "accompany"),
    "path_outcome": ("closed", "path", [], ""),
    "take_back": ("accepted", "", ["acceptance"], "handle"),
}


def test_every_row_of_the_entry_side_has_somebody_and_something_to_do_it_with():
    assert set(making.GOOD) == set(ENDS) == {rule.name for rule in entry.RULES}
    assert all(rule.told and rule.article and rule.done for rule in entry.RULES)


@pytest.mark.parametrize("name", ENDS)
def test_an_office_head_goes_every_way_and_leaves_its_papers(name, cast, street, rules):
    good = making.GOOD[name]
    matter = good.start(cast, street)
    data = good.data(cast, street, matter)
    before = set(matter.documents.values_list("pk", flat=True))
    if good.second:
        done = making.decided(matter, name, cast, getattr(cast, good.second), **data)
    else:
        done = making.moved(matter, name, getattr(cast, good.who), **data)

    papers = list(
        done.documents.exclude(pk__in=before).order_by("pk").values_list("kind", flat=True)
    )
    assert (done.state, done.ending, papers, done.due_kind) == ENDS[name]
    assert done.moves.latest("pk").name == name
    if done.state == "closed":
        assert (done.closed_on, done.due_on) == (today(), None)


@pytest.mark.parametrize("state", making.STATES)
def test_the_rows_work_in_their_states_and_nowhere_else(state, cast, street, rules):
    """Every move of the entry side tried at a matter of every state by whoever may make it."""
    wrong = []
    for rule in entry.RULES:
        if state in rule.sources:
            continue
        matter = making.STATES[state](cast, street)
        assert matter.state == state
        good = making.GOOD[rule.name]
        data = good.data(cast, street, matter) if rule.name != "bar" else {}
        before = everything()
        try:
            if rule.second:
                ask(matter, rule.name, by=cast.officehead, reason="理由", data=data)
            else:
                move(matter, rule.name, by=getattr(cast, good.who), data=data)
            wrong.append(rule.name)
        except ValidationError as error:
            if "现在是" not in "".join(error.messages):
                wrong.append((rule.name, error.messages))
        if everything() != before:
            wrong.append((rule.name, "wrote"))
    assert wrong == []


@pytest.mark.parametrize(
    "who", ["registrar", "officer", "head", "leader", "reviewer", "auditor", "custodian"]
)
def test_nobody_but_the_petition_office_goes_a_way_out(who, cast, street, rules):
    matter = making.fresh(cast)
    for name in ("accept", "tell", "forward", "assign_out", "on_spot", "unclear"):
        good = making.GOOD[name]
        data = good.data(cast, street, matter)
        before = everything()
        with pytest.raises((PermissionDenied, Matter.DoesNotExist)):
            move(matter, name, by=getattr(cast, who), data=data)
        assert everything() == before


# Two people


@pytest.mark.parametrize(("name", "second"), [("refuse", "leader"), ("bar", "leader")])
def test_a_refusal_is_the_leaders_to_decide_never_the_askers(name, second, cast, street, rules):
    good = making.GOOD[name]
    matter = good.start(cast, street)
    data = good.data(cast, street, matter)
    with acting(cast.officehead):
        with pytest.raises(PermissionDenied):
            move(matter, name, by=cast.officehead, data={"note": "理由", **data})
        request = ask(matter, name, by=cast.officehead, reason="不属于信访受理范围", data=data)
        with pytest.raises(ValidationError, match="不能审批自己"):
            decide(request, by=cast.officehead, approve=True)
    assert Matter.objects.get(pk=matter.pk).state == "registered"

    with pytest.raises(ValidationError, match="先经法制审核"), acting(cast.leader):
        decide(request, by=cast.leader, approve=True)
    done = agreed(request, cast.leader)

    paper = done.documents.exclude(kind="review_opinion").latest("pk")
    assert paper.paper is None
    assert "不属于信访受理范围" in paper.unlocked("summary")
    assert paper.approval == request
    assert done.clocks.filter(status="running", kind="notice").count() == 0


def test_a_refusal_without_a_remedy_is_not_even_asked_for(cast, rules):
    matter = making.fresh(cast)
    before = everything()
    with pytest.raises(ValidationError) as told, acting(cast.officehead):
        ask(matter, "refuse", by=cast.officehead, reason="不归信访", data={"remedy": " "})
    assert "remedy" in told.value.error_dict
    assert everything() == before


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"new_facts": True}, "new_facts", "新的事项"),
        ({"earlier": "XF2026-999999"}, "earlier", "没有找到"),
        ({"paper": None}, "paper", "必填"),
        ({"comparison": ""}, "comparison", "必填"),
    ],
)
def test_nothing_is_barred_without_its_final_review(change, field, sentence, cast, street, rules):
    matter = making.fresh(cast)
    data = making.GOOD["bar"].data(cast, street, matter) | change
    with pytest.raises(ValidationError) as told, acting(cast.officehead):
        ask(matter, "bar", by=cast.officehead, reason="同样的事实", data=data)
    assert sentence in "".join(told.value.message_dict[field])


def test_a_window_that_lapsed_bars_nothing(cast, street, rules):
    """Nobody asked for a review within the thirty days: the matter is closed, not ended."""
    matter = making.fresh(cast)
    data = making.GOOD["bar"].data(cast, street, matter)
    data["earlier"] = making.moved(making.fresh(cast), "tell", cast.officehead, body="区里").number
    with pytest.raises(ValidationError, match="30 日没有申请"), acting(cast.officehead):
        ask(matter, "bar", by=cast.officehead, reason="同样的事实", data=data)


# What the counter would get wrong


@pytest.mark.parametrize("path", ["C1", "C2", "C3", "C4", "C5"])
def test_what_has_another_path_is_not_accepted_past_the_legal_review(path, cast, rules):
    matter = making.fresh(cast)
    with pytest.raises(ValidationError, match="导入法定途径"):
        accepted(matter, cast.officehead, path=path)
    with pytest.raises(ValidationError, match="导入法定途径"):
        making.moved(
            matter,
            "on_spot",
            cast.officehead,
            klass="C",
            path=path,
            summary="好了",
            confirmed="oral",
        )


@pytest.mark.parametrize(
    ("where", "sentence"),
    [("outside", "街道不能交办"), ("district", "街道不能交办"), ("social", "先受理")],
)
def test_a_street_assigns_to_villages_alone(where, sentence, cast, street, rules):
    matter = making.fresh(cast)
    before = everything()
    with pytest.raises(ValidationError, match=sentence):
        making.moved(matter, "assign_out", cast.officehead, unit=getattr(street, where))
    assert everything() == before


def test_a_village_reports_by_the_day_that_was_set(cast, street, rules):
    day = today() + 9 * DAY
    matter = making.moved(
        making.fresh(cast), "assign_out", cast.officehead, unit=street.village, due_on=day
    )
    assert (matter.due_kind, matter.due_on, matter.lead_unit) == (
        "report_back",
        day,
        street.village,
    )
    assert matter.documents.get(kind="assign_out").to_name == "望塘村"
    with pytest.raises(ValidationError, match="今天以后"):
        making.moved(matter, "send_back", cast.officehead, note="重报", again=True, due_on=today())
    with pytest.raises(ValidationError, match="另定报结日期"):
        making.moved(matter, "send_back", cast.officehead, note="重报", again=True)


def test_a_report_that_is_not_accepted_is_taken_over_with_sixty_days(cast, street, rules):
    matter = making.below(cast, street)
    done = making.moved(matter, "send_back", cast.officehead, note="村里办不了")
    assert (done.state, done.path, done.accepted_on) == ("handling", "C6", today())
    assert (done.due_kind, done.due_on) == ("handle", today() + 60 * DAY)
    assert done.documents.latest("pk").kind == "acceptance"


def test_who_came_in_person_is_not_objected_to(cast, rules):
    with pytest.raises(ValidationError, match="请用“告知去向”"):
        making.moved(making.fresh(cast), "object", cast.officehead, note="不归我们", body="区里")


def test_an_objection_is_late_after_five_working_days(cast, rules):
    matter = making.sent_to_us(cast)
    last = matter.clocks.get(kind="objection").due_on
    late = (last - today()).days + 1
    data = {"note": "不归我们", "body": "区里"}
    with (
        clock.at(now() + late * DAY),
        acting(cast.officehead),
        pytest.raises(ValidationError, match="已经过了"),
    ):
        move(matter, "object", by=cast.officehead, data=data)


def test_a_refused_objection_stops_no_clock_and_is_not_raised_again(cast, rules):
    matter = making.sent_to_us(cast)
    due = matter.due_on
    objected = making.moved(matter, "object", cast.officehead, note="不归我们", body="区里")
    assert objected.due_on == due
    back = making.moved(objected, "objection_refused", cast.officehead, note="属地办理")
    assert (back.state, back.due_kind, back.due_on) == ("registered", "notice", due)
    with pytest.raises(ValidationError, match="已经提过异议"):
        making.moved(back, "object", cast.officehead, note="还是不归我们", body="区里")


def test_papers_go_back_only_with_the_senders_word(cast, rules):
    with pytest.raises(ValidationError) as told:
        making.moved(making.objected(cast), "objection_upheld", cast.officehead, note="同意")
    assert "paper" in told.value.error_dict


def test_a_matter_on_the_spot_needs_the_petitioners_word_or_hand(cast, rules):
    matter = making.fresh(cast)
    said = {"klass": "C", "path": "C6", "summary": "已当场补办。"}
    with pytest.raises(ValidationError) as told:
        making.moved(matter, "on_spot", cast.officehead, confirmed="paper", **said)
    assert "paper" in told.value.error_dict
    done = making.moved(matter, "on_spot", cast.officehead, confirmed="oral", **said)
    assert done.accepted_on == done.answered_on == done.closed_on == today()
    assert done.documents.get().unlocked("summary") == "已当场补办。"


def test_a_person_with_name_and_address_is_not_unclear_without_a_proof(cast, rules):
    matter = making.fresh(cast)
    said = {"unclear": "address", "note": "信退回两次"}
    with pytest.raises(ValidationError, match="请上传凭据"):
        making.moved(matter, "unclear", cast.officehead, **said)
    scan = making.paper(matter, cast.officehead, "退信.txt")
    assert making.moved(matter, "unclear", cast.officehead, paper=scan, **said).state == "closed"


def test_an_anonymous_suggestion_is_answered_in_public(cast, rules):
    matter = making.fresh(cast, people=[])
    done = making.moved(
        matter, "unclear", cast.officehead, unclear="both", note="匿名信", summary="已加装路灯。"
    )
    paper = done.documents.get()
    assert (paper.kind, paper.publishable) == ("reply", True)


# Simplified handling


def test_a_simple_matter_has_ten_working_days_and_may_go_back_to_sixty_from_the_start(
    cast, street, rules
):
    matter = making.fast(cast)
    assert (matter.fast, matter.due_kind) == (True, "fast")
    start = matter.accepted_on
    matter = assigned(matter, cast.officehead, street.social, cast.officer)
    with clock.at(now() + 8 * DAY), acting(cast.officer):
        matter = move(matter, "leave_fast", by=cast.officer, data={"note": "牵出另一家"})
    assert (matter.state, matter.fast) == ("handling", False)
    assert (matter.due_kind, matter.due_on) == ("handle", start + 60 * DAY)
    assert "牵出另一家" in matter.documents.get(kind="fast_left").unlocked("summary")


def test_a_suggestion_leaves_the_simple_way_for_its_own_limit(cast, rules):
    matter = accepted(
        making.fresh(cast), cast.officehead, klass="A", path="", fast=True, fits=making.FITS
    )
    assert matter.due_kind == "fast"
    assert (
        making.moved(matter, "leave_fast", cast.officehead, note="要论证").due_kind == "suggestion"
    )


@pytest.mark.parametrize("left_out", making.FITS)
def test_the_simple_way_is_confirmed_line_by_line(left_out, cast, rules):
    matter = making.fresh(cast)
    fits = [key for key in making.FITS if key != left_out]
    with pytest.raises(ValidationError) as told:
        accepted(matter, cast.officehead, fast=True, fits=fits)
    assert "fits" in told.value.error_dict
    assert Matter.objects.get(pk=matter.pk).state == "registered"


def test_many_people_never_go_the_simple_way(cast, rules):
    with pytest.raises(ValidationError, match="联名、集体"):
        making.fast(cast, people_count=8, representatives=3)


def test_whoever_does_not_work_on_it_leaves_no_simple_way(cast, street, rules):
    matter = assigned(making.fast(cast), cast.officehead, street.social, cast.head)
    with pytest.raises((ValidationError, PermissionDenied)):
        making.moved(matter, "leave_fast", cast.officer, note="不简单")
    plain = accepted(making.fresh(cast), cast.officehead)
    with pytest.raises(ValidationError, match="不是简易办理"):
        making.moved(plain, "leave_fast", cast.officehead, note="不简单")


def test_two_heads_at_once_one_wins_and_the_other_is_told(cast, rules):
    _, [matter] = arrive(cast.registrar)
    making.moved(matter, "tell", cast.officehead, body="区住建局")
    with pytest.raises(ValidationError, match="可能已有同事先办了"):
        making.moved(matter, "forward", cast.officehead2, to_name="区住建局")
    assert Matter.objects.get(pk=matter.pk).state == State.CLOSED
