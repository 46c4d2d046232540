"""What a ledger must not bring along: reports, decisions on who leads, names in open text."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from openpyxl import Workbook

from casework.matters.ledgers import jobs, naming
from casework.matters.ledgers.layouts import save_layout
from casework.matters.ledgers.opening import Ledger
from casework.matters.models import ImportJob, LedgerLayout, Matter, Move
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import sent, text

HEADINGS = ["编号", "登记日期", "标题", "承办单位", "办理状态", "投诉性质"]
FILE = "韦小梅反映加班费.xlsx"


def ledger_file(*rows, headings=HEADINGS):
    book, out = Workbook(), BytesIO()
    for row in (headings, *rows):
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


def row(number="A1", unit="社会事务办", state="", kind="", title="路灯不亮"):
    return [number, f"{today() - timedelta(days=9):%Y-%m-%d}", title, unit, state, kind]


def uploaded(by, *rows, source="区热线", headings=HEADINGS):
    with acting(by):
        return jobs.create(ledger_file(*rows, headings=headings), FILE, by=by, source=source)


def imported(by, *rows, **more):
    job = uploaded(by, *rows, **more)
    with acting(by):
        jobs.begin(Ledger.open(job))
        return jobs.run(Ledger.open(ImportJob.objects.get(pk=job.pk)), by)


def test_a_ledger_does_not_decide_who_leads_an_open_matter(cast, street, rules):
    imported(cast.registrar, row("A1"), row("A2", state="已办结", title="井盖缺失"))
    open_one, closed = Matter.objects.order_by("source_number")

    assert (open_one.state, open_one.lead_unit) == ("registered", None)
    assert '["承办单位", "社会事务办"]' in open_one.text("extra")
    assert (closed.state, closed.lead_unit) == ("closed", street.social)


@pytest.mark.parametrize("said", ["检举控告类", "检举", "举报", " 控 告 ", "举报类", "检举/控告"])
def test_a_report_against_somebody_never_comes_in_by_a_ledger(cast, rules, said):
    job = imported(cast.registrar, row("A1", kind=said), row("A2"))

    assert (job.added, job.failed) == (1, 1)
    [problem] = jobs.problems(job)
    assert problem.address == "F2"
    assert "检举控告件请按密件登记，不从台账导入" in problem.why
    assert Matter.objects.get().source_number == "A2"


@pytest.mark.parametrize("column", ["信访类别", "办理状态", "标题"])
def test_a_report_is_known_in_any_column(cast, rules, column):
    headings = [*HEADINGS, "信访类别"]
    cells = [*row(), ""]
    cells[headings.index(column)] = "检举控告"

    assert imported(cast.registrar, cells, headings=headings).failed == 1


def test_a_title_that_only_speaks_of_a_report_comes_in(cast, rules):
    assert imported(cast.registrar, row(title="举报楼道堆放杂物无人处理")).added == 1


def test_the_name_of_the_file_stays_with_whoever_brought_it(cast, rules, login):
    client = login(cast.registrar)
    upload = SimpleUploadedFile(FILE, ledger_file(row(state="已办结")))
    page = client.post(reverse("ledgers:upload"), sent(file=upload, source=""), follow=True)
    job = ImportJob.objects.get()

    assert job.source == "未注明来源"
    assert job.name.startswith("台账 20")
    assert "韦小梅" not in f"{job.name}{job.options}{job.mapping}"
    assert FILE in text(page)
    assert FILE not in text(login(cast.officehead).get(reverse("ledgers:job", args=[job.pk])))
    assert FILE not in text(login(cast.officehead).get(reverse("ledgers:upload")))

    with acting(cast.registrar):
        jobs.begin(Ledger.open(job))
        jobs.run(Ledger.open(ImportJob.objects.get()), cast.registrar)
    assert Matter.objects.get().source == "未注明来源"


def test_the_source_of_a_ledger_stays_out_of_what_happened(cast, rules):
    imported(cast.registrar, row(state="已办结"), source="韦小梅转来")

    assert "韦小梅" not in Move.objects.get().summary


def test_a_forgotten_upload_forgets_its_name(cast, rules):
    job = uploaded(cast.registrar, row())
    assert naming.file_name(job) == FILE

    jobs.drop(job)

    assert naming.file_name(ImportJob.objects.get()) == job.name


def test_an_import_by_the_command_forgets_the_name_of_its_file_at_the_end(cast, rules, tmp_path):
    path = tmp_path / FILE
    path.write_bytes(ledger_file(row()))

    call_command("import_matters", str(path))

    job = ImportJob.objects.get()
    assert (job.state, job.source) == ("done", "未注明来源")
    assert naming.file_name(job) == job.name
    assert "韦小梅" not in job.name


def test_the_copy_with_errors_is_for_whoever_brought_the_ledger(cast, rules, login):
    job = imported(cast.registrar, row(title=""))
    url = reverse("ledgers:errors", args=[job.pk])

    assert login(cast.registrar).get(url).status_code == 200
    head = login(cast.officehead)
    assert head.get(url).status_code == 404
    assert url not in text(head.get(reverse("ledgers:job", args=[job.pk])))


def test_two_columns_of_one_meaning_are_told_by_letters(cast, rules, login):
    job = uploaded(cast.registrar, row())
    ledger = Ledger.open(job)
    form = {f"column_{c.index}": c.field or "" for c in ledger.mapping.columns}
    form |= {"column_6": "title", "act": "choose", "header_row": "1"}
    form |= {"sheet": ledger.sheet.name, "source": "区热线"}

    page = login(cast.registrar).post(
        reverse("ledgers:job", args=[job.pk]), sent(**form), follow=True
    )

    assert "C、F 两列都对应成了" in [str(m) for m in page.context["messages"]][0]


def keep(job, name, by):
    with acting(by):
        return save_layout(Ledger.open(job), name, by=by)


def test_a_layout_keeps_headings_of_mapped_columns_alone(cast, rules):
    job = uploaded(cast.registrar, [*row(), ""], headings=[*HEADINGS, "韦小梅的备注"])

    kept = keep(job, "月报", cast.registrar)

    assert "登记日期" in str(kept.mapping)
    assert "韦小梅" not in str(kept.mapping)
    assert all(column["field"] for column in kept.mapping["columns"])


@pytest.mark.parametrize(
    "heading",
    ["19900001234", "199 0000 1234", "45010219900307123X", "2026-11-03", "2026年11月3日", "20261103"],
)  # fmt: skip
def test_a_layout_takes_no_cell_of_a_row_for_a_heading(cast, rules, heading):
    job = uploaded(cast.registrar, row(), headings=[*HEADINGS[:2], heading, *HEADINGS[3:]])
    ledger = Ledger.open(job)
    job.mapping = ledger.chosen()
    job.mapping["columns"]["3"] = ["title", "", "人工选定", True]

    with pytest.raises(ValidationError, match="C 列的标题像电话、证件号码或日期"):
        keep(job, "月报", cast.registrar)
    assert not LedgerLayout.objects.exists()


def test_nobody_writes_over_the_layout_of_a_colleague(cast, rules):
    keep(uploaded(cast.registrar, row()), "月报", cast.registrar)
    keep(uploaded(cast.registrar, row(), source="上级转送"), "月报", cast.registrar)

    with pytest.raises(ValidationError, match="请换个名字"):
        keep(uploaded(cast.registrar2, row(), source="别处"), "月报", cast.registrar2)
    assert LedgerLayout.objects.get().mapping["source"] == "上级转送"
