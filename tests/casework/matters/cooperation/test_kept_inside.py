"""What colleagues write to each other stays among them: sealed, destroyed, asked for, exported."""

import json

import pytest
from django.http import QueryDict
from django.urls import reverse

from casework.matters.cooperation import danger, notes, supervising, support
from casework.matters.delegating import handing
from casework.matters.destruction import due
from casework.matters.models import Move, SupportTask
from casework.matters.rights.telling import PLAIN
from office.clock import now, today
from office.exporting import runs
from office.history import acting
from office.private_files import load
from office.vault import GONE, Destroyed
from tests.casework.matters.archive import closed, destroyed, in_2040
from tests.casework.matters.cooperation.asking import fresh, helped, names, url
from tests.casework.matters.counter import LIST, record, text
from tests.casework.matters.rights.desk import built, gathered
from tests.casework.matters.seals import seal
from tests.doors.samples import sealed_desk
from tests.doors.together import together

SECRET = "老板私下说愿意认"


def noted(matter, by, body=SECRET):
    with acting(by):
        return notes.write(matter, kind="talk", text=body, by=by)


def test_a_petitioner_is_told_their_own_data_and_no_note_of_colleagues(cast, street, handled):
    noted(handled, cast.officer)
    helped(handled, street.housing, cast.officer, what=SECRET)
    asked = gathered(cast.registrar, handled)
    told = json.dumps(built(asked, cast.registrar), ensure_ascii=False)
    assert SECRET not in told
    assert "加班费" in told
    assert "协办" not in told


def test_no_move_of_working_together_is_among_those_a_petitioner_is_told():
    inside = {
        "ask_support", "answer_support", "return_support", "send_outside", "dispute", "remind",
        "supervise", "answer_supervision", "urgent", "danger", "end_danger",
    }  # fmt: skip
    assert not inside & set(PLAIN)


def test_the_receipt_and_a_list_in_clear_have_nothing_of_it(cast, handled, login):
    noted(handled, cast.officer)
    with acting(cast.officer):
        danger.raise_danger(handled, reason=SECRET, by=cast.officer)
    item = handled.links.get().item_id
    page = text(login(cast.registrar).get(reverse("matters:receipt", args=[item])))
    assert SECRET not in page
    assert "眼前危险" not in page
    with acting(cast.officehead):
        run = runs.begin(
            cast.officehead, "matters", QueryDict("tab=all"), format="csv", purpose="核对台账"
        )
    while runs.take_up(now(), bool):
        pass
    run.refresh_from_db()
    sheet = load(run.path, run.data_key).decode("utf-8-sig", "ignore")
    assert handled.number in sheet
    assert SECRET not in sheet
    assert "眼前危险" not in sheet


def test_a_sealed_matter_has_none_of_it_at_any_address(cast, street, handled, login):
    sealed_desk(cast)
    keys = together(cast, fresh(handled), street.community)
    with acting(cast.officer):
        seal(fresh(handled), cast.officer)
    for who in (cast.officer, cast.officehead, cast.leader, cast.custodian):
        client = login(who)
        for name, key in (
            ("ask_support", ()), ("answer_support", ("task",)), ("answer_outside", ("letter",)),
            ("read_note", ("note",)), ("decide_dispute", ("dispute",)), ("danger", ()),
            ("judge_supervision", ("supervision",)), ("urgent_told", ("urgent",)),
            ("end_danger", ("danger",)), ("write_note", ()), ("supervise", ()),
        ):  # fmt: skip
            address = url(name, handled, *(keys[one] for one in key))
            assert client.get(address).status_code == 404, (who.username, name)
        home = text(client.get("/admin/")) + text(client.get(url("together"), follow=True))
        assert handled.title not in home
    assert danger.standing(fresh(handled), today()) is not None  # kept, but told to nobody
    listed = text(login(cast.custodian).get(reverse(LIST), {"tab": "all"}))
    assert handled.number not in listed
    assert "眼前危险" not in listed


def test_with_the_key_of_a_destroyed_matter_its_notes_are_gone(cast, street, rules, login):
    matter = closed(cast, street)
    note = noted(matter, cast.officehead)
    with in_2040():
        destroyed(cast, matter)
        note = fresh(note)
        with pytest.raises(Destroyed):
            note.unlocked("body")
        assert note.masked("body") == GONE
        page = login(cast.officehead).get(record(matter))
        assert "内部备注" not in text(page)


def test_a_supervision_nobody_answered_keeps_a_matter_from_being_destroyed(cast, street, rules):
    matter = closed(cast, street)
    order = supervising.Order("refusing", "letter", "按答复履行")
    with acting(cast.leader):
        row = supervising.supervise(matter, order, by=cast.leader)
    with in_2040():
        [line] = due(today(), [matter.pk])
        assert line.kept == "督办没有结束"
        with acting(cast.leader):
            supervising.withdraw(row, reason="已经履行", by=cast.leader)
        [line] = due(today(), [matter.pk])
        assert line.kept == ""


def test_support_tasks_go_to_a_colleague_of_the_unit_with_the_rest_of_the_work(
    cast, street, handled, housing_head, housing_second
):
    task = helped(handled, street.housing, cast.officer)
    with acting(housing_head):
        support.name_person(task, cast.other_officer, by=housing_head)
        handing.begin(
            cast.other_officer, housing_second, why="leave", note="", by=fresh(housing_head)
        )
    while handing.work(now(), lambda: False):
        pass
    assert SupportTask.objects.get().person == housing_second
    assert names(handled)[-1] == "name_support"


def test_the_story_says_what_was_done_and_never_what_was_written(cast, street, handled, login):
    together(cast, fresh(handled), street.community)
    said = " ".join(Move.objects.filter(matter=handled).values_list("summary", flat=True))
    for words in ("现场照片", "出警记录", "三日内答复", "路口聚集", "有人要动手"):
        assert words not in said
    page = text(login(cast.officehead).get(record(handled)))
    for label in ("请求协办", "致函外单位", "催办", "督办", "报告重大紧急", "标注眼前危险"):
        assert label in page


def test_people_who_see_no_matters_have_no_desk_of_it(cast, login):
    for who in (cast.editor, cast.sysadmin, cast.grid):
        assert login(who).get(url("together")).status_code == 302
        assert login(who).get(url("danger_now")).status_code == 302
