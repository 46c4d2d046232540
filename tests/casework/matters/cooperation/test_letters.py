"""Bodies without an account: a letter goes out, its answer is entered with the scan."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.cooperation import letters
from casework.matters.models import Document, OutsideLetter
from office.clock import at, now, today
from office.history import acting
from tests.casework.matters.cooperation.asking import fresh, helped, names, post, url
from tests.casework.matters.counter import record, text

ASKED = "请核查十月八日的出警记录"


def fields(**more):
    told = {
        "kind": "support", "body_name": "云湖派出所", "what": ASKED, "way": "paper",
        "sent_on": str(today()), "due_on": str(today() + timedelta(days=10)),
    }  # fmt: skip
    return told | more


def sent_letter(matter, by, **more):
    told = fields(**more) | {"sent_on": today(), "due_on": today() + timedelta(days=10)}
    with acting(by):
        return letters.send(matter, letters.Wish(**told), by=by)


def test_an_officer_notes_a_letter_to_the_police_station_and_a_document_is_left(
    cast, handled, login
):
    assert post(login(cast.officer), "send_outside", handled, **fields()).status_code == 302
    [letter] = OutsideLetter.objects.all()
    assert letter.unlocked("what") == ASKED
    [paper] = Document.objects.filter(kind="cooperation")
    assert (paper.move, paper.to_name) == (letter.move, "云湖派出所")
    assert ASKED in paper.unlocked("summary")
    assert "等复函" in text(login(cast.officer).get(record(handled)))


def test_its_answer_is_entered_with_the_scan(cast, handled, login):
    letter = sent_letter(handled, cast.officer)
    scan = SimpleUploadedFile("复函.txt", "当日无出警".encode())
    answer = post(
        login(cast.officer), "answer_outside", handled, letter, on=str(today()),
        answer="当日没有出警", upload=scan,
    )  # fmt: skip
    assert answer.status_code == 302
    letter = fresh(letter)
    assert (letter.stage, letter.unlocked("answer")) == ("answered", "当日没有出警")
    assert letter.paper.matter_id == handled.pk
    assert names(handled)[-1] == "answer_outside"
    assert (
        post(
            login(cast.officer),
            "answer_outside",
            handled,
            letter,
            on=str(today()),
            answer="又来一份",
        ).status_code
        == 302
    )
    assert fresh(letter).unlocked("answer") == "当日没有出警"


def test_an_answer_before_the_letter_or_tomorrow_is_refused_and_nothing_typed_is_lost(
    cast, handled, login
):
    letter = sent_letter(handled, cast.officer)
    for day, told in ((-1, "不能早于发出日期"), (1, "不能晚于今天")):
        answer = post(
            login(cast.officer), "answer_outside", handled, letter,
            on=str(today() + timedelta(days=day)), answer="当日没有出警",
        )  # fmt: skip
        assert answer.status_code == 422
        assert told in text(answer)
        assert "当日没有出警" in text(answer)
    assert fresh(letter).waits


def test_letters_to_the_district_go_out_by_the_petition_office_alone(cast, handled, login):
    page = text(login(cast.officer).get(url("send_outside", handled)))
    assert 'value="coordinate"' not in page
    with pytest.raises(PermissionDenied):
        sent_letter(handled, cast.officer, kind="coordinate", body_name="云湖区信访局")
    sent_letter(handled, cast.officehead, kind="coordinate", body_name="云湖区信访局")
    assert Document.objects.get(kind="report_up").to_name == "云湖区信访局"


def test_a_support_unit_writes_no_letters_for_the_lead(cast, street, handled):
    helped(handled, street.housing, cast.officer)
    with pytest.raises(PermissionDenied):
        sent_letter(handled, cast.other_officer)


def test_a_letter_without_an_answer_turns_red(cast, handled, login):
    sent_letter(handled, cast.officer)
    with at(now() + timedelta(days=11)):
        assert "超期，应在" in text(login(cast.officer).get(record(handled)))


def test_a_letter_nobody_waits_for_any_more_is_withdrawn_with_a_reason(cast, handled):
    letter = sent_letter(handled, cast.officer)
    with acting(cast.officer), pytest.raises(ValidationError, match="请写明"):
        letters.withdraw(letter, reason=" ", by=cast.officer)
    with acting(cast.officer):
        letters.withdraw(letter, reason="发错了单位", by=cast.officer)
    assert fresh(letter).stage == "withdrawn"
