"""Colleagues hear of what others ask of them, and of the answer."""

import pytest

from casework.matters.approvals import ask, decide
from casework.matters.conflicts.asking import say
from casework.matters.cooperation import notes, supervising, support
from casework.matters.moving import move
from office.history import acting
from office.models import Notice
from tests.casework.matters.cooperation.asking import helped
from tests.casework.matters.notifying.hearing import heard, words
from tests.casework.matters.opinions import making
from tests.casework.matters.seals import seal


def test_those_who_can_decide_hear_of_a_request_and_the_asker_of_the_answer(cast, fresh):
    with acting(cast.registrar):
        request = ask(fresh, "void", by=cast.registrar, reason="重复登记")
    title = f"{fresh.number} 等您审批"
    assert heard(cast.officehead) == heard(cast.leader) == [title]
    assert words(cast.leader, "approval_asked") == "有同事申请：作废。"
    assert heard(cast.registrar) == heard(cast.officer) == []
    with acting(cast.leader):
        decide(request, by=cast.leader, approve=False, note="两件不是一回事")
    assert words(cast.registrar, "approval_decided") == "作废：不同意。"


def test_the_asker_is_not_told_of_their_own_request(cast, fresh):
    with acting(cast.officehead):
        ask(fresh, "void", by=cast.officehead, reason="重复登记")
    assert heard(cast.officehead) == []
    assert heard(cast.officehead2) == [f"{fresh.number} 等您审批"]


def test_what_needs_a_legal_review_is_told_to_its_reviewers_too(cast, fresh):
    data = {"remedy": "可以申请行政复议"}
    with acting(cast.officehead):
        ask(fresh, "refuse", by=cast.officehead, reason="不属于信访事项", data=data)
    assert heard(cast.reviewer, "approval_asked")
    assert heard(cast.leader, "approval_asked")


def test_a_unit_hears_of_a_task_and_the_asker_of_its_answer(cast, street, handled):
    task = helped(handled, street.housing, cast.officer)
    assert heard(cast.other_officer) == [f"{handled.number} 请村镇建设办协办"]
    assert heard(cast.head, "support_asked") == []
    with acting(cast.other_officer):
        support.answer(task, text="已查", by=cast.other_officer)
    assert words(cast.officer, "support_answered") == "村镇建设办：已答复。"


def test_where_a_unit_has_a_head_its_officers_are_not_told_of_a_task(cast, street, rules):
    matter = making.handled(cast, street)
    with acting(cast.officehead):
        data = {"lead_unit": street.housing, "officer": cast.other_officer, "note": "归村镇"}
        matter = move(matter, "reassign", by=cast.officehead, data=data)
    helped(matter, street.social, cast.other_officer)
    assert heard(cast.head, "support_asked") == [f"{matter.number} 请社会事务办协办"]
    assert heard(cast.officer, "support_asked") == []


def test_the_unit_that_leads_hears_when_it_is_pressed(cast, handled):
    with acting(cast.officehead):
        supervising.remind(handled, text="progress", by=cast.officehead)
    for person in (cast.officer, cast.head):
        assert heard(person, "pressed") == [f"{handled.number} 被催办"]
    assert heard(cast.officehead, "pressed") == []


def test_who_is_mentioned_hears_of_it_and_reads_nothing_of_the_note(cast, handled):
    with acting(cast.officer):
        notes.write(handled, kind="fact", text="工时表在村里", by=cast.officer, mention=[cast.head])
    assert heard(cast.head, "mentioned") == [f"{handled.number} 有同事@了您"]
    assert "工时表" not in str(list(Notice.objects.values()))


def test_who_stays_out_of_a_matter_hears_nothing_of_it(cast, street):
    matter = making.handled(cast, street)
    with acting(cast.officehead):
        say(matter, cast.head, by=cast.officehead, kind="named", reason="信里写了他的名字")
    before = heard(cast.head)
    with acting(cast.officehead):
        supervising.remind(matter, text="progress", by=cast.officehead)
    assert heard(cast.head) == before
    assert heard(cast.officer, "pressed")


def test_a_request_to_seal_is_told_to_nobody(cast, handled):
    seal(handled, cast.officehead)
    assert not Notice.objects.filter(kind="approval_asked").exists()


@pytest.fixture(autouse=True)
def quiet(settings):
    settings.SMS_GATEWAY = ""
