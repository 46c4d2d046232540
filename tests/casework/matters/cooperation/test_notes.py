"""内部备注: for colleagues who see the matter, and for nobody else."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.conflicts.asking import say
from casework.matters.conflicts.units import concern
from casework.matters.cooperation import notes
from casework.matters.models import InternalNote, Matter, Recusal
from office.clock import today
from office.history import acting
from office.models import Deputy
from tests.casework.matters.cooperation.asking import fresh, helped, post, url
from tests.casework.matters.counter import record, text

SAID = "对方愿意分两期付"


def noted(matter, by, *mention, body=SAID):
    with acting(by):
        return notes.write(matter, kind="talk", text=body, by=by, mention=mention)


def step_back(matter, user):
    with acting(None, "回避"):
        Recusal(matter=matter, user=user, since=today()).save()


def test_an_officer_mentions_the_head_who_finds_it_on_the_first_page_and_marks_it_read(
    cast, handled, login
):
    answer = post(
        login(cast.officer), "write_note", handled, kind="plan", body=SAID, mention=[cast.head.pk]
    )
    assert answer.status_code == 302
    [note] = InternalNote.objects.all()
    client = login(cast.head)
    assert "提到我的" in text(client.get("/admin/"))
    assert SAID in text(client.get(url("read_note", handled, note)))
    assert post(client, "read_note", handled, note).status_code == 302
    assert note.mentions.get().read_at is not None
    assert "提到我的" not in text(client.get("/admin/"))
    assert "提到我的" not in text(login(cast.officehead).get("/admin/"))


def test_whoever_cannot_see_the_matter_is_neither_offered_nor_accepted(cast, handled, login):
    page = text(login(cast.officer).get(url("write_note", handled)))
    assert cast.head.name in page
    assert cast.other_officer.name not in page
    with pytest.raises(ValidationError) as refused:
        noted(handled, cast.officer, cast.other_officer)
    assert "看不到这件事项" in str(refused.value.message_dict["mention"])


def test_a_recused_colleague_is_neither_offered_nor_accepted_nor_told_afterwards(
    cast, handled, login
):
    note = noted(handled, cast.officer, cast.head)
    step_back(handled, cast.head)
    page = text(login(cast.officer).get(url("write_note", handled)))
    assert cast.head.name not in page
    with pytest.raises(ValidationError):
        noted(handled, cast.officer, cast.head)
    client = login(cast.head)
    answer = post(
        login(cast.officer), "write_note", handled, kind="fact", body=SAID, mention=[cast.head.pk]
    )
    assert answer.status_code == 422
    assert SAID in text(answer)
    assert "提到我的" not in text(client.get("/admin/"))
    assert client.get(url("read_note", handled, note)).status_code == 404
    with acting(cast.head), pytest.raises(Matter.DoesNotExist):
        notes.mark_read(note, by=cast.head)


def test_a_note_is_never_reworded_or_deleted_but_struck_with_a_reason(cast, handled, login):
    note = noted(handled, cast.officer)
    with acting(cast.head), pytest.raises(PermissionDenied):
        notes.strike(note, reason="不该写", by=cast.head)
    client = login(cast.officer)
    assert post(client, "strike_note", handled, note, reason="记错了事项").status_code == 302
    note = fresh(note)
    assert (note.struck_by, note.unlocked("body")) == (cast.officer, SAID)
    page = text(client.get(record(handled)))
    assert f"<s><p>{SAID}" in page or f"<s>{SAID}</s>" in page
    assert "记错了事项" in page
    with pytest.raises(TypeError):
        note.delete()
    with acting(cast.officer), pytest.raises(ValidationError, match="已经划去"):
        notes.strike(note, reason="再划一次", by=cast.officer)


def test_notes_are_masked_until_the_texts_are_opened(cast, handled, login):
    noted(handled, cast.officer)
    page = text(login(cast.officehead).get(record(handled)))
    assert "内部备注" in page
    assert SAID not in page


def test_the_unit_complained_about_reads_its_own_tasks_and_no_notes_but_those_to_it(
    cast, street, handled, login
):
    with acting(cast.officehead):
        concern(
            handled, street.housing, source="petitioner", reason="没管住", by=cast.officehead,
            support=True,
        )  # fmt: skip
    noted(handled, cast.officer, body="村镇办的说法前后不一")
    to_them = noted(handled, cast.officer, cast.other_officer, body="请带上当天的记录")
    client = login(cast.other_officer)
    mine = list(notes.shown_to(cast.other_officer, handled))
    assert mine == [to_them]
    page = text(client.get(record(handled)))
    assert page.count("mt-line") < text(login(cast.officer).get(record(handled))).count("mt-line")


def test_a_helping_unit_reads_the_notes_it_works_by(cast, street, handled):
    helped(handled, street.housing, cast.officer)
    note = noted(handled, cast.officer)
    assert list(notes.shown_to(cast.other_officer, handled)) == [note]


def test_a_deputy_writes_in_the_post_they_act_in(cast, handled):
    with acting(cast.secadmin, "代行"):
        post_of_head = cast.head.posts.get()
        Deputy(post=post_of_head, user=cast.reviewer, valid_from=today(), valid_to=today()).save()
    note = noted(handled, fresh(cast.reviewer))
    assert note.post == post_of_head


def test_whoever_reads_only_writes_no_note(cast, handled, login):
    assert login(cast.auditor).get(url("write_note", handled)).status_code == 302
    with acting(cast.auditor), pytest.raises(PermissionDenied):
        notes.write(handled, kind="fact", text=SAID, by=cast.auditor)


def test_a_person_named_in_the_matter_later_loses_what_mentioned_them(cast, handled, login):
    noted(handled, cast.officer, cast.head)
    with acting(cast.registrar):
        say(handled, cast.head, kind="named", reason="说的就是她", by=cast.registrar)
    assert not notes.unread(cast.head).exists()


def test_everybody_who_may_see_the_matter_is_offered_and_nobody_twice(cast, street, handled, login):
    helped(handled, street.housing, cast.officer)
    offered = notes.may_be_mentioned(handled, cast.officer)
    assert {one.username for one in offered} == {
        "head", "other_officer", "officehead", "officehead2", "leader", "registrar",
    }  # fmt: skip
    assert len(offered) == len(set(offered))
