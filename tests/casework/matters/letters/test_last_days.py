"""Days a letter tells: those its own act set, put right when the record was, and 暂定 when they are."""

from datetime import timedelta

from django.urls import reverse

from casework.matters.approvals import ask
from casework.matters.models import Document, Service, StatutoryPath
from office.clock import now, today
from office.history import acting
from office.models import CalendarYear
from tests.casework.matters.counter import agreed, text
from tests.casework.matters.letters import making


def told(day):
    return f"{day.year}年{day.month}月{day.day}日"


def test_an_acceptance_printed_after_more_time_was_granted_tells_the_day_of_the_acceptance(
    cast, extended
):
    lines = extended.clocks.get(kind="handle").lines.order_by("pk")
    first, last = lines.first().due_on, lines.last().due_on
    letter = making.issued(making.drafted(extended, "acceptance", cast.officehead), cast.leader)
    said = making.wording(letter, cast.officehead)
    assert told(first) in said
    assert told(last) not in said


def test_a_path_notice_tells_of_its_own_path(cast, handled):
    day, notice = today() + timedelta(days=40), making.document(handled, "acceptance")
    with acting(cast.officehead):
        for move, body in ((notice.move, "云湖区人社局"), (None, "别的机关")):
            StatutoryPath(
                matter=handled, path="C3", body=body, limit_text="一年", last_day=day, since=today(),
                move=move, **({} if move else {"ended_on": today(), "result": "other"}),
            ).save()  # fmt: skip
        row = Document.objects.get(pk=notice.pk)
        row.matter, row.kind = handled, "path_notice"
        row.save()
    said = making.wording(making.drafted(handled, "path_notice", cast.officehead), cast.officehead)
    assert "云湖区人社局" in said
    assert "别的机关" not in said


def test_a_correction_counts_the_window_from_the_service_of_the_one_before(cast, signed):
    old = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    first = making.issued(making.corrected(old, cast.officer, "地址写错。"), cast.leader)
    with acting(cast.officer):
        Service(
            matter=signed, document=first.document, way="person", on=today(), at=now(),
            server=cast.officer,
        ).save()  # fmt: skip
    second = making.corrected(first, cast.officer, "电话写错。")
    assert "签发当日收到的" not in making.wording(second, cast.officer)


def test_a_last_day_by_a_calendar_nobody_knows_yet_is_told_as_such(cast, signed):
    draft, year = making.drafted(signed, "opinion", cast.officer), today().year
    assert f"（暂定，{year}年放假安排尚未公布）" in making.wording(draft, cast.officer)
    with acting(cast.officehead):
        for known in (year, year + 1):
            CalendarYear(year=known).save()
    assert "暂定" not in making.wording(draft, cast.officer)


def test_a_wrong_last_safe_day_is_put_right_by_a_correction_and_in_the_record(
    cast, fresh, bodies, login
):
    wrong, right = today() + timedelta(days=40), today() + timedelta(days=30)
    with acting(cast.officehead):
        request = ask(
            fresh, "route", by=cast.officehead, reason="工资争议",
            data={"path": "C3", "body": "云湖区人社局", "limit_text": "一年", "last_day": wrong},
        )  # fmt: skip
    agreed(request, cast.reviewer)
    notice = making.drafted(fresh, "path_notice", cast.officehead)
    old, matter = making.issued(notice, cast.officehead), notice.matter
    page = reverse("matters:letter_correct", args=[matter.pk, old.document_id])
    assert "更正后的最后安全日" in text(login(cast.officehead).get(page))
    draft = making.corrected(old, cast.officehead, "最后安全日写错。", last_day=right)
    assert StatutoryPath.objects.get(matter=matter).last_day == wrong
    said = making.wording(making.issued(draft, cast.leader), cast.officehead)
    assert told(right) in said
    assert told(wrong) not in said
    assert f"{wrong:%Y-%m-%d}" not in said
    assert StatutoryPath.objects.get(matter=matter).last_day == right
