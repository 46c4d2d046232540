"""归档: a number, a table of contents and a cover; nothing is added any more (domain §2.6)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.approvals import ask, decide
from casework.matters.attaching import attach
from casework.matters.models import ArchiveFile, ArchiveLine, Clock, Matter, PaperSignature
from casework.matters.moving import move
from casework.matters.outcomes import archiving
from casework.matters.reading import why_no_change
from casework.matters.states import State
from office.clock import now, today
from office.history import acting
from office.models import Look
from tests.casework.matters.counter import act, record, sent, text
from tests.casework.matters.outcomes import making


def archive(matter, by, **data):
    with acting(by):
        return move(matter, "archive", by=by, data=data)


def test_a_closed_matter_goes_to_the_archive_under_the_next_number(cast, street, rules):
    numbers = [making.archived(cast, street).archive.number for _ in range(2)]
    year = today().year
    assert numbers == [f"AJ{year}-000001", f"AJ{year}-000002"]


def test_a_refused_archiving_takes_no_number(cast, street, closed):
    with pytest.raises(ValidationError):
        archive(closed, cast.officehead, pages={"file-1": "很多"})
    assert Matter.objects.get(pk=closed.pk).state == State.CLOSED
    assert making.archived(cast, street).archive.number.endswith("-000001")


def test_the_file_has_its_class_its_contents_and_the_pages_that_were_counted(cast, handled):
    file = making.filed(handled, cast.officer)
    closed = making.end(handled, cast.officehead)
    row = archive(closed, cast.officehead, pages={f"file-{file.pk}": 3}, box="二号柜").archive
    lines = archiving.lines_of(row)
    assert [line.n for line in lines] == list(range(1, len(lines) + 1))
    [paper] = [line for line in lines if line.file_id == file.pk]
    assert paper.pages == 3
    assert "说明" not in paper.title  # the name stays in the vault
    told = [line.title for line in lines if line.what == "move"]
    assert told[0].startswith("登记")
    assert told[-1].startswith("办结")
    assert row.retention == closed.retention != ""
    assert row.box == "二号柜"
    assert archiving.pages_of(lines)[0] == 3


def test_an_open_matter_is_not_archived(cast, handled):
    with pytest.raises(ValidationError, match="不能归档"):
        archive(handled, cast.officehead)


def test_a_request_that_waits_keeps_it_out_of_the_archive(cast, closed):
    proof = making.scan(closed, cast.registrar)
    with acting(cast.registrar):
        ask(
            closed, "received", by=cast.registrar, reason="登记早了一天",
            new_date=closed.received_on - timedelta(days=1), evidence=proof,
        )  # fmt: skip
    with pytest.raises(ValidationError, match="等待审批"):
        archive(closed, cast.officehead)


def test_a_signature_that_was_denied_keeps_it_out_of_the_archive(cast, closed):
    row = making.signed(closed, cast)
    with acting(None, "测试"):
        found = PaperSignature.objects.get(pk=row.pk)
        found.answer, found.answered_at = "denied", now()
        found.save()
    with pytest.raises(ValidationError, match="不属实"):
        archive(closed, cast.officehead)


def test_the_officer_and_the_leader_archive_nothing(cast, closed):
    for person in (cast.officer, cast.leader):
        with pytest.raises(PermissionDenied):
            archive(closed, person)
    assert archive(closed, cast.registrar).state == State.ARCHIVED


def test_nothing_is_added_to_what_lies_in_the_archive(cast, archived, login):
    upload = SimpleUploadedFile("补.txt", b"2026")
    with acting(cast.officehead), pytest.raises(ValidationError, match="已经归档"):
        attach(archived, upload, by=cast.officehead)
    url = reverse("matters:attach", args=[archived.pk])
    answer = login(cast.officehead).post(
        url, sent(files=[SimpleUploadedFile("补.txt", b"2026")]), follow=True
    )
    assert "已经归档" in text(answer)
    assert archived.files.count() == 0
    assert "不再修改" in why_no_change(archived)


def test_a_settlement_and_a_call_still_come_in(cast, archived):
    assert making.resolved(archived, cast.officehead).matter_id == archived.pk
    assert archived.follow_ups.filter(result="").count() == 2
    running = Clock.objects.filter(matter=archived, kind__startswith="follow", status="running")
    assert running.count() == 2


def come_back(archived, cast, note="承诺没有兑现"):
    """Reopened by two people, worked on and closed again."""
    with acting(cast.officehead):
        request = ask(archived, "reopen", by=cast.officehead, reason=note)
    with acting(cast.leader):
        matter = decide(request, by=cast.leader, approve=True)
    assert matter.state == State.HANDLING
    return making.end(matter, cast.officehead)


def test_coming_back_takes_the_file_out_and_archiving_again_keeps_its_number(cast, archived):
    first = archived.archive.number
    before = list(archived.archive.lines.values_list("n", "title"))
    matter = come_back(archived, cast)
    row = ArchiveFile.objects.get(matter=matter)
    assert (row.taken_out_by, row.unlocked("note")) == (cast.leader, "承诺没有兑现")
    again = archive(matter, cast.officehead).archive
    assert (again.number, again.edition, again.taken_out_on) == (first, 2, None)
    old = again.lines.filter(edition=1).values_list("n", "title")
    assert list(old) == before


def test_the_table_of_contents_cannot_be_rewritten(archived):
    line = ArchiveLine.objects.filter(archive=archived.archive).first()
    line.title = "换掉"
    with pytest.raises(Exception, match="append|只能追加|not allowed|只增"):
        line.save()


def test_the_archivist_fills_in_pages_and_prints_cover_and_contents(cast, handled, login):
    file = making.filed(handled, cast.officer)
    closed = making.end(handled, cast.officehead)
    client = login(cast.officehead)
    form = text(client.get(act(closed, "archive")))
    assert f"pages-file-{file.pk}" in form
    done = client.post(
        act(closed, "archive"), sent(**{f"pages-file-{file.pk}": "2", "box": "三号柜"})
    )
    assert done.status_code == 302, text(done)
    before = Look.objects.count()
    paper = text(client.get(reverse("matters:archive_paper", args=[closed.pk])))
    assert Look.objects.count() == before + 2  # who came, and what the files are called
    number = ArchiveFile.objects.get(matter=closed).number
    for words in (number, "韦小梅", "说明.txt", "三号柜", "卷内目录"):
        assert words in paper
    assert number in text(client.get(record(closed)))


def test_a_wrong_page_count_is_told_and_kept(cast, handled, login):
    file = making.filed(handled, cast.officer)
    closed = making.end(handled, cast.officehead)
    answer = login(cast.officehead).post(
        act(closed, "archive"), sent(**{f"pages-file-{file.pk}": "0", "box": "三号柜"})
    )
    assert answer.status_code == 422
    assert "三号柜" in text(answer)


def test_who_does_not_archive_prints_no_cover(cast, archived, login):
    url = reverse("matters:archive_paper", args=[archived.pk])
    assert login(cast.officer).get(url).status_code in (302, 403)
    assert login(cast.auditor).get(url).status_code in (302, 403)
    assert login(cast.other_officer).get(url).status_code == 404
