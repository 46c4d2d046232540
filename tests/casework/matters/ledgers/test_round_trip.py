"""What left as an official ledger comes back: nothing stored changes, and what differs is named."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from casework.matters.intake import Person
from casework.matters.ledgers import jobs, returning
from casework.matters.ledgers.fields import BY_NAME
from casework.matters.ledgers.opening import Ledger
from casework.matters.models import Item, ItemLink, Matter, Opinion, Petitioner
from office.history import acting
from office.ledger_forms import form_of, own_row, shipped, template_columns
from office.models import Change
from office.registries import exports
from office.sheets.official import Head, write_csv, write_template, write_xlsx
from tests.casework.matters.counter import accepted, answered, arrive, assigned, text

from .conftest import YESTERDAY, bring, counts, told, workbook

pytestmark = pytest.mark.usefixtures("rules")
STORED = (Matter, Petitioner, Item, ItemLink, Opinion)
EXPORTED = [
    pytest.param(write, clear, id=f"{write.__name__[6:]}-{'clear' if clear else 'masked'}")
    for write in (write_xlsx, write_csv)
    for clear in (False, True)
]


@pytest.fixture
def records(cast, street):
    """Three matters at three stations, with people whose names and numbers a mask would hide."""
    crowd = [Person(name=f"韦小{n}", phone=f"1990000123{n}") for n in range(7)]
    made = [arrive(cast.registrar, people=crowd, people_count=7)[1][0]]
    for title in ("=1+1 号楼路灯不亮", "楼道“堆物”，\n三次反映"):
        claim = (title.replace("\n", ""), f"{title}，请尽快处理。")
        made.append(arrive(cast.registrar, claims=[claim], community=street.community)[1][0])
    matter = assigned(
        accepted(made[1], cast.officehead), cast.officehead, street.social, cast.officer
    )
    answered(matter, cast.officer)
    accepted(made[2], cast.officehead)
    return [Matter.objects.get(pk=row.pk) for row in made]


def exported(user, write=write_xlsx, clear=False):
    listing, made = exports["matters"].open(user, {"tab": "all"}, clear), BytesIO()
    write(made, listing.head, listing.columns, listing.rows())
    return made.getvalue()


def changed(data: bytes, **cells: object) -> bytes:
    """An exported .xlsx in which somebody typed over cells of a heading: 列名=value, first row."""
    book, out = load_workbook(BytesIO(data)), BytesIO()
    sheet = book.worksheets[0]
    [header] = [row for row in sheet.iter_rows() if any(c.value == "信访编号" for c in row)]
    for cell in header:
        if cell.value in cells:
            sheet.cell(cell.row + 1, cell.column).value = cells[cell.value]
    book.save(out)
    return out.getvalue()


def everything():
    """All stored values, as the database has them."""
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in STORED}
    past = {model.__name__: model.history.count() for model in STORED if hasattr(model, "history")}
    return rows, past, Change.objects.count()


@pytest.mark.parametrize(("write", "clear"), EXPORTED)
def test_what_an_office_head_exported_comes_back_without_changing_anything(
    cast, records, write, clear
):
    before = everything()
    name = "信访台账.csv" if write is write_csv else "信访台账.xlsx"
    job = bring(exported(cast.officehead, write, clear), cast.officehead, name=name)

    assert counts(job) == (3, 0, 0, 3, 0)
    assert (told(job), jobs.notes(job)) == ([], [])
    assert everything() == before


def test_a_ledger_that_an_office_retitled_and_reordered_comes_back_too(cast, records):
    form = form_of("matters")
    order = [form.columns[1], *form.columns[:1], *form.columns[2:]]
    renamed = {"number": "件号", "received_on": "来件日", "claim": "说的什么事"}
    columns = [
        {"key": c.key, "title": renamed.get(c.key, c.title), "width": 9, "shown": True}
        for c in order
    ]
    row = own_row("matters")
    row.columns = columns
    with acting(cast.officehead, "本街道的格式"):
        row.save()
    before = everything()[0]

    assert counts(bring(exported(cast.officehead), cast.officehead)) == (3, 0, 0, 3, 0)
    assert everything()[0] == before


def test_the_title_the_line_of_who_filled_it_in_and_the_footer_are_no_records(cast, records):
    book, out = load_workbook(BytesIO(exported(cast.officehead))), BytesIO()
    sheet = book.worksheets[0]
    assert "填报单位" in "".join(str(c.value) for row in sheet.iter_rows(max_row=4) for c in row)
    sheet.append(["审核人：信小任　　日期：2026年11月23日"])
    sheet.append(["合计", 3])
    book.save(out)

    job = bring(out.getvalue(), cast.officehead)
    assert counts(job) == (3, 0, 0, 3, 0)


def test_a_cell_that_differs_is_named_and_not_written(cast, records):
    before = everything()
    typed = changed(exported(cast.officehead), 诉求摘要="改过的摘要", 人数=9, 承办单位="村镇建设办")
    job = bring(typed, cast.officehead)

    assert counts(job) == (3, 0, 0, 3, 0)
    assert everything() == before
    notes = jobs.notes(job)
    assert {note.heading for note in notes} == {"诉求摘要", "人数", "承办单位"}
    assert all("与系统中的记录不同，没有改动：请在记录里更改" in note.why for note in notes)


def test_the_result_page_names_the_cells_that_differ(cast, records, login):
    job = bring(changed(exported(cast.officehead), 人数=9), cast.officehead)
    page = text(login(cast.officehead).get(reverse("ledgers:job", args=[job.pk])))

    [note] = jobs.notes(job)
    assert note.address in page
    assert "请在记录里更改" in page


@pytest.mark.parametrize("guess", ["韦小0", "韦*", "欧阳娜", "19900001230", "199****1230"])
def test_a_ledger_of_guesses_tells_nothing_of_who_came(cast, records, guess):
    """Neither a right nor a wrong name or phone is answered: a file may hold ten thousand of them."""
    cells = {"联系方式": guess} if guess[0] == "1" else {"信访人": guess}
    before = everything()
    job = bring(changed(exported(cast.officehead), **cells), cast.officehead)

    assert (counts(job), jobs.notes(job)) == ((3, 0, 0, 3, 0), [])
    assert everything() == before


def test_a_number_of_ours_that_does_not_exist_is_refused_by_cell(cast, records):
    job = bring(changed(exported(cast.officehead), 信访编号="XF2026-009999"), cast.officehead)

    assert counts(job) == (3, 0, 0, 2, 1)
    [said] = told(job)
    assert "（信访编号）：这是本系统的编号样式，但没有您可以查看的这件信访事项" in said
    assert Matter.objects.count() == 3


def test_a_hidden_or_sealed_number_is_answered_like_one_that_does_not_exist(cast, records):
    sealed = arrive(cast.registrar, klass="B", channel="letter", claims=[], people=[])[1][0]
    hidden = records[1]  # with the section by now; the second registrar did not enter it
    rows = [[n, "2026-11-20", "路灯不亮"] for n in (hidden.number, sealed.number, "XF2026-777777")]
    headings = ("信访编号", "登记日期", "标题")
    for by in (cast.registrar2, cast.custodian):
        job = bring(
            workbook(rows, headings),
            by if by.has_perm("matters.import_ledger") else cast.registrar2,
        )
        answers = {said.partition("：")[2] for said in told(job)}
        assert (len(told(job)), len(answers)) == (3, 1)
    assert hidden.number not in "".join(told(job))
    seen = bring(workbook(rows, headings), cast.officehead)
    assert counts(seen) == (3, 0, 0, 1, 2)


def test_new_rows_below_exported_ones_come_in_and_the_others_stay(cast, records):
    book, out = load_workbook(BytesIO(exported(cast.officehead))), BytesIO()
    sheet = book.worksheets[0]
    [header] = [
        [c.value for c in r] for r in sheet.iter_rows() if any(c.value == "信访编号" for c in r)
    ]
    new = {"收到日期": YESTERDAY, "诉求摘要": "井盖松动", "内容分类": "市政设施", "信访人": "石生"}
    sheet.append([new.get(heading) for heading in header])
    book.save(out)

    job = bring(out.getvalue(), cast.officehead)
    assert (counts(job), told(job)) == ((4, 1, 0, 3, 0), [])
    matter = Matter.objects.latest("pk")
    assert (matter.title, matter.text("claim")) == ("井盖松动", "井盖松动")
    assert matter.received_on == YESTERDAY


# Empty ledgers that come back filled in


def filled(*rows: dict[str, object]) -> bytes:
    """The shipped empty 信访台账 with rows typed below its example."""
    made, out = BytesIO(), BytesIO()
    write_template(made, Head(title="云湖街道信访台账"), template_columns(form_of("matters")))
    book = load_workbook(made)
    sheet = book.worksheets[0]
    [header] = [r for r in sheet.iter_rows() if any(str(c.value).startswith("信访编号") for c in r)]
    for at, row in enumerate(rows, header[0].row + 2):
        for cell in header:
            if (value := row.get(str(cell.value).rstrip("*"))) is not None:
                sheet.cell(at, cell.column).value = value
    book.save(out)
    return out.getvalue()


def test_a_filled_in_empty_ledger_comes_in_without_its_example_and_explanations(cast, street):
    row = {
        "序号": 1, "登记日期": YESTERDAY, "收到日期": YESTERDAY, "信访形式": "来访", "信访人": "韦小梅",
        "联系方式": "19900001234", "人数": 2, "问题属地": "青檀社区", "内容分类": "物业管理",
        "诉求摘要": "电梯停运半月", "备注": "已联系物业",
    }  # fmt: skip
    data = filled(row, {**row, "序号": 2, "诉求摘要": "路灯不亮"})
    job = bring(data, cast.registrar, name="信访台账.xlsx")

    assert (counts(job), told(job)) == ((2, 2, 0, 0, 0), [])
    matter = Matter.objects.order_by("pk").first()
    assert (matter.title, matter.community, matter.channel) == (
        "电梯停运半月",
        street.community,
        "visit",
    )
    assert (matter.received_on, matter.people_count) == (YESTERDAY, 2)
    assert ["备注", "已联系物业"] in json.loads(matter.text("extra"))
    person = matter.petitioners.get()
    assert (person.text("name"), person.text("phone")) == ("韦小梅", "19900001234")
    assert counts(bring(data, cast.registrar, name="信访台账.xlsx")) == (2, 0, 0, 2, 0)


def test_an_empty_ledger_with_its_example_alone_brings_nothing(cast):
    job = bring(filled(), cast.registrar, name="信访台账.xlsx")
    assert counts(job) == (0, 0, 0, 0, 0)


# Every heading of the 信访台账 means a field, or is knowingly left aside


def test_every_column_of_the_official_ledger_has_its_place():
    keys = [column.key for column in shipped("matters").columns]

    assert set(keys) == set(returning.FIELD_OF)
    fields = [field for field in returning.FIELD_OF.values() if field]
    assert len(fields) == len(set(fields))
    assert set(fields) <= set(BY_NAME)


DOMAIN = [
    "序号",
    "信访编号",
    "登记日期",
    "信访形式",
    "来源单位",
    "信访人",
    "联系方式",
    "人数",
    "是否集体访",
    "代表人数",
    "初次/重复",
    "问题属地",
    "内容分类",
    "信访目的",
    "诉求摘要",
    "涉及单位",
    "分类路径",
    "受理情况",
    "受理文号",
    "受理日期",
    "承办单位",
    "协办单位",
    "承办人",
    "责任领导",
    "办理期限",
    "延期至",
    "答复日期",
    "答复文号",
    "送达方式",
    "送达日期",
    "处理结果",
    "满意度",
    "复查/复核",
    "督办次数",
    "是否化解",
    "办结日期",
    "回访日期",
    "档案号",
    "备注",
]


def test_no_heading_of_the_official_ledger_is_unknown():
    assert set(DOMAIN) <= {column.title for column in shipped("matters").columns}


#: what the same headings mean in the ledger of another office; the others are kept as they stand
OF_A_NEIGHBOUR = {
    "信访编号": "number", "登记日期": "received", "信访形式": "channel", "信访人": "person",
    "联系方式": "phone", "人数": "people_count", "问题属地": "community", "内容分类": "category",
    "信访目的": "klass", "诉求摘要": "claim", "承办单位": "unit", "处理结果": "status",
    "答复日期": "answered_on", "办结日期": "closed_on",
}  # fmt: skip


def test_the_same_ledger_of_a_neighbour_means_what_its_headings_say(cast):
    with acting(cast.registrar):
        data = workbook([["x"] * len(DOMAIN)], DOMAIN)
        job = jobs.create(data, "邻街道.xlsx", by=cast.registrar, source="邻街道")
    columns = Ledger.open(job).mapping.columns
    assert {c.heading: c.field for c in columns if c.field} == OF_A_NEIGHBOUR


def test_a_row_of_ours_with_nothing_to_compare_is_passed_over(cast, records):
    rows = [[record.number, "2026-11-20", "物业管理"] for record in records]
    job = bring(workbook(rows, ("信访编号", "上报时间", "二级分类")), cast.officehead)
    assert (counts(job), jobs.notes(job)[3:]) == ((3, 0, 0, 3, 0), [])


def test_what_has_no_field_of_its_own_is_kept_beside_its_heading(cast):
    aside = [c.title for c in shipped("matters").columns if returning.FIELD_OF[c.key] is None]
    row = {"收到日期": YESTERDAY, "诉求摘要": "路灯不亮", "内容分类": "市政设施"}
    bring(filled({**row, **{heading: f"{heading}的内容" for heading in aside}}), cast.registrar)

    kept = json.loads(Matter.objects.get().text("extra"))
    assert [[heading, f"{heading}的内容"] for heading in aside if heading != "序号"] == [
        pair for pair in kept if pair[0] in aside and pair[0] != "序号"
    ]
