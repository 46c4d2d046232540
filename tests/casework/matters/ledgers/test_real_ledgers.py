"""Real ledgers as they are: every row comes in once, and nothing of a row is lost.

What is expected is read out of the files themselves, by another program than the import's.
"""

import csv
import json
import re
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from casework.matters.models import Matter, Opinion, Petitioner
from casework.matters.states import State
from office.history import acting
from office.sheets.cells import text

from .conftest import bring, counts, told

pytestmark = pytest.mark.usefixtures("rules")

# file → (rows, of them new, the others being repetitions within the file)
LEDGERS = {
    "teddy2020_fj2_labelled_sample_phantom_rows.xlsx": (495, 494),
    "teddy2020_fj2_labelled.xlsx": (548, 548),
    "teddy2020_fj2_unlabelled.xlsx": (1636, 1636),
    "teddy2020_fj3_hot_topics.xlsx": (2578, 2578),
    "teddy2020_fj4_with_replies.xlsx": (1687, 1687),
    "fuzhou_12345_river_appeals.xlsx": (899, 899),
    "pingshan_events_2018.csv": (5947, 5947),
    "pingshan_events_2018_gb18030_first1000.csv": (1000, 1000),
}
NOTHING = {"", "-"}


def rows_of(path: Path) -> list[dict[str, object]]:
    """The rows of the first sheet by heading, as openpyxl or csv gives them; unnamed columns apart."""
    if path.suffix == ".csv":
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return list(csv.DictReader(path.read_text(encoding).splitlines()))
            except UnicodeDecodeError:
                continue
    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        book.worksheets[0].reset_dimensions()
        lines = book.worksheets[0].iter_rows(values_only=True)
        headings = [str(cell or n) for n, cell in enumerate(next(lines))]
        return [dict(zip(headings, line, strict=False)) for line in lines if any(line)]


def stored(matter: Matter) -> str:
    """Everything the record says, opened, on one heap."""
    parts = [matter.title, matter.source_number, str(matter.received_on), str(matter.answered_on)]
    parts += [matter.text(name) for name in ("claim", "place")]
    parts += [value for _, value in json.loads(matter.text("extra") or "[]")]
    parts += [matter.get_channel_display(), matter.get_klass_display()]
    for person in matter.petitioners.all():
        parts += [person.text("name"), "1 匿名" if person.kind == "anonymous" else ""]
    parts += [opinion.text("body") for opinion in matter.opinions.all()]
    return "\n".join(parts)


def shown(value: object) -> str:
    """A cell as the record says it: days one way, numbers without .0."""
    if isinstance(value, str) and re.fullmatch(r"\d\d/\d\d/\d{4}", value):
        return f"{value[6:]}-{value[:2]}-{value[3:5]}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return text(value) if isinstance(value, str | int | float | date | bool) else ""


@pytest.mark.parametrize("name", LEDGERS)
def test_every_row_of_a_real_ledger_comes_in_once_and_whole(cast, real, name):
    rows, new = LEDGERS[name]
    data = real(name).read_bytes()

    job = bring(data, cast.registrar, name=name)
    assert (counts(job), told(job)) == ((rows, new, 0, rows - new, 0), [])
    assert counts(bring(data, cast.registrar, name=name)) == (rows, 0, 0, rows, 0)
    assert Matter.objects.count() == new
    closed = Matter.objects.filter(state=State.CLOSED, from_ledger=True, due_on=None)
    assert closed.count() == new  # all of them are years old
    numbers = Matter.objects.order_by("pk").values_list("number", flat=True)
    assert (numbers[0], numbers[new - 1]) == ("XF2026-000001", f"XF2026-{new:06d}")
    assert lost(rows_of(real(name))) == []


def lost(rows: list[dict[str, object]]) -> list[tuple[str, object]]:
    """Cells of some sixty rows that the records do not hold anywhere."""
    matters = Matter.objects.select_related("data_key")
    found = []
    for row in rows[:: max(1, len(rows) // 60)]:
        held = stored(matters.get(source_number=shown(next(iter(row.values())))))
        found += [
            (heading, value)
            for heading, value in row.items()
            if shown(value) not in NOTHING and shown(value) not in held
        ]
    return found


def test_messages_with_replies_bring_the_reply_and_its_day(cast, real):
    path = real("teddy2020_fj4_with_replies.xlsx")
    bring(path.read_bytes(), cast.registrar, name=path.name)

    row = rows_of(path)[100]
    matter = Matter.objects.get(source_number=str(row["留言编号"]))
    opinion = matter.opinions.get()
    assert matter.title == text(row["留言主题"])
    assert matter.text("claim") == text(row["留言详情"])
    assert opinion.text("body") == text(row["答复意见"])
    told_on = datetime.strptime(str(row["答复时间"]), "%Y/%m/%d %H:%M:%S").date()  # noqa: DTZ007
    assert (matter.answered_on, opinion.answered_on) == (told_on, told_on)
    assert Opinion.objects.count() == 1687
    assert matter.petitioners.get().text("name") == row["留言用户"]


def test_a_hotline_ledger_keeps_its_flags_dates_and_unnamed_columns(cast, real):
    path = real("fuzhou_12345_river_appeals.xlsx")
    bring(path.read_bytes(), cast.registrar, name=path.name)

    rows = {str(row["id"]): row for row in rows_of(path)}
    flags = {number: row["匿名(1)/实名(0)"] for number, row in rows.items()}
    kinds = dict(Petitioner.objects.values_list("matter__source_number", "kind"))
    for number, flag in flags.items():
        if flag in (1, "匿名"):
            assert kinds[number] == "anonymous"
        elif flag == 0:
            assert number not in kinds
    written = {n: row["时间"] for n, row in rows.items() if isinstance(row["时间"], str)}
    assert len(written) == 100  # month/day/year as text, beside 799 true dates
    for matter in Matter.objects.filter(source_number__in=written):
        month, day, year = map(int, written[matter.source_number].split("/"))
        assert matter.received_on == date(year, month, day)
    first = Matter.objects.order_by("pk").first()
    kept = dict(json.loads(first.text("extra")))
    assert kept["列D"] == str(rows[first.source_number]["3"])
    assert kept["情感倾向（原）"].startswith("1.07")


def test_a_ledger_without_titles_and_names_is_titled_by_its_types(cast, real):
    path = real("pingshan_events_2018.csv")
    bring(path.read_bytes(), cast.registrar, name=path.name)

    row = rows_of(path)[3000]
    matter = Matter.objects.get(source_number=row["REC_ID"])
    kinds = list(dict.fromkeys([row["MAIN_TYPE_NAME"], row["SUB_TYPE_NAME"]]))
    assert matter.title == f"{'：'.join(kinds)}（{row['COMMUNITY_NAME']}）"
    assert not Petitioner.objects.exists()
    nowhere = next(row for row in rows_of(path) if row["COMMUNITY_NAME"] == "-")
    title = Matter.objects.get(source_number=nowhere["REC_ID"]).title
    assert "（-）" not in title


def test_two_files_of_one_source_share_their_numbers(cast, real):
    first, second = (
        real("teddy2020_fj2_labelled_sample_phantom_rows.xlsx"), real("teddy2020_fj2_labelled.xlsx"),
    )  # fmt: skip
    ids = [{row["留言编号"] for row in rows_of(path)} for path in (first, second)]
    common = len(ids[0] & ids[1])

    with acting(cast.registrar):
        bring(first.read_bytes(), cast.registrar, name=first.name, source="留言板")
        job = bring(second.read_bytes(), cast.registrar, name=second.name, source="留言板")
    read, added, updated, skipped, failed = counts(job)
    assert common > 0
    assert added == read - common
    assert updated + skipped + failed == common
