"""并入 and 分出: both ways, with clocks, recusals and everything that can be in the way."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.approvals import ask, decide
from casework.matters.counting.checking import faults
from casework.matters.intake import query_code
from casework.matters.models import Clock, Document, Matter, MatterLink, Recusal
from casework.matters.moving import move
from casework.matters.recusals import recuse
from casework.matters.repeats import deciding
from casework.matters.repeats.facts import is_first, is_repeat, members_of
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import accepted, arrive, assigned, record, sent, text
from tests.casework.matters.repeats.making import again, merged, parted, told

PAGE = "/admin/matters/{}/do/merge/"


@pytest.fixture
def pair(cast, rules):
    """The woman who came about her overtime, and came again."""
    return arrive(cast.registrar)[1][0], again(cast.registrar)


def sums(matter):
    """Every clock of a matter as people see it: kind, days, state."""
    return sorted(
        (clock.kind, clock.start_on, clock.due_on, clock.status)
        for clock in Clock.objects.filter(matter=matter)
    )


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


def test_a_merged_matter_keeps_its_own_notice_clock_and_receipt(cast, pair):
    to, matter = pair
    before, code = sums(matter), query_code(matter.links.get().item)
    found = merged(matter, to, cast.registrar)
    assert (found.state, found.due_kind) == ("merged", "notice")
    assert found.due_on == matter.due_on
    assert sums(matter) == before
    assert faults(fresh(matter)) == faults(fresh(to)) == []
    assert query_code(matter.links.get().item) == code
    assert list(members_of(to)) == [matter]


def test_the_petitioner_is_told_in_writing_and_the_matter_ends_as_merged(cast, pair):
    to, matter = pair
    merged(matter, to, cast.registrar)
    found = told(matter, cast.registrar)
    assert (found.state, found.ending, found.closed_on) == ("closed", "merged", today())
    assert found.due_on is None
    assert Document.objects.get(matter=matter).kind == "repeat_notice"
    assert Clock.objects.get(matter=matter, kind="notice").status == "met"
    assert faults(fresh(matter)) == []


@pytest.mark.parametrize("answered", [False, True])
def test_what_was_merged_by_mistake_comes_out_as_if_it_had_never_been(cast, pair, answered):
    to, matter = pair
    before, due = sums(matter), (matter.due_on, matter.due_kind)
    merged(matter, to, cast.registrar)
    if answered:
        told(matter, cast.registrar)
    found = parted(matter, cast.officehead)
    assert (found.state, found.ending, found.closed_on) == ("registered", "", None)
    assert (found.due_on, found.due_kind) == due
    assert sums(matter) == before
    assert faults(fresh(matter)) == faults(fresh(to)) == []
    assert not members_of(to).exists()
    row = MatterLink.objects.get(matter=matter)
    assert row.until == today()
    assert row.unlocked("undone_reason") == "说的是另一处房子。"
    assert accepted(fresh(matter), cast.officehead).state == "accepted"


def test_a_matter_can_be_merged_again_after_it_came_out(cast, pair):
    to, matter = pair
    for _ in range(2):
        merged(fresh(matter), to, cast.registrar)
        told(fresh(matter), cast.registrar)
        parted(fresh(matter), cast.registrar)
    assert MatterLink.objects.filter(matter=matter).count() == 2
    assert faults(fresh(matter)) == []


def test_the_sender_s_limit_runs_on_too(cast, rules):
    to = arrive(cast.registrar)[1][0]
    limit = today() + timedelta(days=2)
    matter = again(cast.registrar, channel="hotline", source="区热线", sender_due=limit)
    before = sums(matter)
    merged(matter, to, cast.registrar)
    assert fresh(matter).due_on == limit
    told(matter, cast.registrar)
    assert {clock.kind for clock in Clock.objects.filter(matter=matter, status="met")} >= {
        "notice",
        "sender",
    }
    parted(matter, cast.registrar)
    assert sums(matter) == before


def test_repeat_and_first_are_facts_of_the_matter(cast, pair):
    to, matter = pair
    assert is_first(matter)
    merged(matter, to, cast.registrar)
    assert is_repeat(matter)
    assert is_first(to)
    parted(matter, cast.registrar)
    assert is_first(matter)
    other = again(cast.registrar, people=[])
    merged(other, to, cast.registrar, kind="joint")
    assert is_first(other)  # other people with the same matter are no repeat


def refused(matter, to, by):
    with acting(by), pytest.raises(ValidationError) as error:
        deciding.merge(matter, to, kind="repeat", reason="一样", by=by)
    return error.value.message_dict["to"]


def test_what_cannot_take_a_repeat_in_is_refused_and_nothing_is_written(cast, street, rules):
    matter, third = again(cast.registrar), again(cast.registrar)
    to = arrive(cast.registrar)[1][0]
    merged(third, to, cast.registrar)
    void = arrive(cast.registrar)[1][0]
    with acting(cast.registrar):
        request = ask(void, "void", by=cast.registrar, reason="重复登记")
    with acting(cast.officehead):
        decide(request, by=cast.officehead, approve=True)
    sealed = arrive(cast.registrar)[1][0]
    with acting(cast.officehead):
        ask(sealed, "seal", by=cast.officehead, reason="反映村干部收钱")
    for wrong in (third, fresh(void), fresh(sealed)):
        assert "没有找到可以并入的" in refused(matter, fresh(wrong), cast.registrar)[0]
    assert "它自己" in refused(matter, matter, cast.registrar)[0]
    assert "先把它们分出来" in refused(to, matter, cast.registrar)[0]  # a ring or a chain
    assert MatterLink.objects.count() == 1
    assert fresh(matter).state == "registered"


def test_the_matter_it_was_merged_into_turning_void_keeps_nobody_waiting(cast, pair):
    to, matter = pair
    merged(matter, to, cast.registrar)
    with acting(cast.registrar):
        request = ask(to, "void", by=cast.registrar, reason="重复登记")
    with acting(cast.officehead):
        decide(request, by=cast.officehead, approve=True)
    with pytest.raises(ValidationError, match="请先分出"):
        told(matter, cast.registrar)
    assert parted(matter, cast.registrar).state == "registered"


def test_whoever_stays_out_of_one_stays_out_of_both_until_they_part(cast, street, pair):
    to, matter = pair
    to = assigned(accepted(to, cast.officehead), cast.officehead, street.social, cast.officer)
    with acting(cast.registrar):
        recuse(matter, cast.officer, kind="named", reason="点名反映", by=cast.registrar)
    merged(matter, to, cast.registrar)
    assert fresh(to).officer is None
    assert not Matter.objects.visible_to(cast.officer).filter(pk=to.pk).exists()
    parted(matter, cast.registrar)
    seen = type(cast.officer).objects.get(pk=cast.officer.pk)
    assert Matter.objects.visible_to(seen).filter(pk=to.pk).exists()
    assert not Matter.objects.visible_to(seen).filter(pk=matter.pk).exists()


def test_whoever_is_named_after_the_merger_is_kept_out_of_both(cast, street, pair):
    to, matter = pair
    merged(matter, to, cast.registrar)
    with acting(cast.officehead):
        recuse(to, cast.officehead2, kind="named", reason="点名反映", by=cast.officehead)
    for one in (to, matter):
        assert Recusal.objects.filter(matter=one, user=cast.officehead2, until=None).exists()


def test_the_unit_that_leads_reads_what_was_said_again(cast, street, pair):
    to, matter = pair
    assigned(accepted(to, cast.officehead), cast.officehead, street.social, cast.officer)
    for person, sees in ((cast.officer, True), (cast.other_officer, False)):
        merged_in = Matter.objects.visible_to(person).filter(pk=matter.pk)
        assert not merged_in.exists()
        if sees:
            merged(matter, to, cast.registrar)
        assert merged_in.all().exists() is sees
    parted(matter, cast.registrar)
    assert not Matter.objects.visible_to(cast.officer).filter(pk=matter.pk).exists()


def test_only_registrar_and_office_head_merge_and_part(cast, street, pair):
    to, matter = pair
    for person in (cast.officer, cast.leader, cast.auditor):
        with pytest.raises((PermissionDenied, Matter.DoesNotExist)):
            move(matter, "merge", by=person, data={"to": to, "note": "一样"})
    merged(matter, to, cast.registrar)
    with pytest.raises(PermissionDenied):
        move(matter, "unmerge", by=cast.leader, data={"note": "不一样"})


def test_a_matter_that_ended_otherwise_is_never_taken_out(cast, street, pair):
    _, matter = pair
    merged(matter, pair[0], cast.registrar)
    told(matter, cast.registrar)
    parted(matter, cast.registrar)
    with acting(cast.officehead):
        closed = move(matter, "tell", by=cast.officehead, data={"body": "区人社局"})
    with pytest.raises(ValidationError, match="没有并入"):
        parted(closed, cast.registrar)


def test_a_repeat_of_something_that_is_over_goes_its_own_way(cast, pair):
    old, matter = pair
    with acting(cast.officehead):
        move(old, "tell", by=cast.officehead, data={"body": "区人社局"})
    assert "另行办理" in refused(matter, fresh(old), cast.registrar)[0]
    with acting(cast.registrar):
        deciding.again(matter, fresh(old), reason="还是加班费", by=cast.registrar)
    assert is_repeat(matter)
    assert accepted(fresh(matter), cast.officehead).state == "accepted"


def test_a_registrar_merges_on_the_page_and_the_office_head_takes_it_out(cast, pair, login):
    to, matter = pair
    client = login(cast.registrar)
    page = client.get(PAGE.format(matter.pk))
    assert to.number in text(page)
    answer = client.post(PAGE.format(matter.pk), sent(number=to.number, decision="merge"))
    assert "请写明依据" in text(answer)
    given = {"number": to.number, "kind": "repeat", "note": "同一件事", "decision": "merge"}
    answer = client.post(PAGE.format(matter.pk), sent(**given))
    assert answer.status_code == 302, text(answer)
    page = text(client.get(record(matter)))
    assert "已并入" in page
    assert to.number in page
    head = login(cast.officehead)
    assert matter.number in text(head.get(record(to)))
    answer = head.post(f"/admin/matters/{matter.pk}/do/unmerge/", sent(note="另一处房子"))
    assert answer.status_code == 302, text(answer)
    assert fresh(matter).state == "registered"


def test_who_cannot_open_the_other_matter_is_told_that_there_is_one(cast, pair, login):
    to, matter = pair
    assigned(accepted(to, cast.officehead), cast.officehead, _unit(cast), None)
    merged(matter, to, cast.registrar)
    with acting(cast.officehead):
        Recusal(matter=to, user=cast.registrar, since=today()).save()
        Recusal.objects.filter(matter=matter, user=cast.registrar).exists()
    page = text(login(cast.registrar).get(record(matter)))
    assert to.number not in page


def _unit(cast):
    return cast.officer.posts.get().unit
