"""The 信访台账 out of the records: the list as one filtered it, masked, as a true .xlsx."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.matters.forms.filters import TABS
from casework.matters.intake import Person
from casework.matters.ledgers import official
from casework.matters.ledgers.official_cells import CELLS, NAMED
from casework.matters.models import Custody, Matter, Recusal, SupportUnit
from office.clock import now, today
from office.history import acting
from office.ledger_forms import form_of, own_row, put, shipped
from office.models import DataKey
from office.registries import exports
from office.search import index_changes
from office.sheets.official import write_xlsx
from office.vault import GONE
from tests.casework.matters.counter import accepted, answered, arrive, assigned

LIST = "wagtailsnippets_matters_matter:list"
CROWD = [Person(name=f"韦小{n}", phone=f"1990000123{n}") for n in "一二三四五六七"]


def opened(user, clear=False, **query):
    return exports["matters"].open(user, query, clear)


def lines(listing):
    """The rows as title → value."""
    titles = [column.title for column in listing.columns]
    return [dict(zip(titles, row, strict=True)) for row in listing.rows()]


def numbers(listing):
    return [line["信访编号"] for line in lines(listing)]


def sheet(listing):
    """The listing written as .xlsx and read back: rows of values."""
    made = io.BytesIO()
    write_xlsx(made, listing.head, listing.columns, listing.rows())
    made.seek(0)
    return openpyxl.load_workbook(made).worksheets[0]


def on_the_page(client, query):
    """Numbers of all pages of the list, in their order."""
    found, address = [], f"{reverse(LIST)}?{query}"
    while address:
        context = client.get(address).context
        found += [row["number"] for row in context["rows"]]
        later = context["paging"].get("later")
        address = reverse(LIST) + later if later else None
    return found


@pytest.fixture
def desk(cast, street, rules):
    """Matters of two sections, a supported one, a sealed one, one the officer stepped back from."""
    made = []
    for title, unit in (("路灯不亮", street.social), ("院墙占道", street.housing)) * 4:
        matter = arrive(cast.registrar, claims=[(title, f"{title}已经一个月。")])[1][0]
        made.append(assigned(accepted(matter, cast.officehead), cast.officehead, unit))
    with acting(cast.officehead):
        SupportUnit(matter=made[1], unit=street.social, since=today()).save()
        Recusal(matter=made[2], user=cast.officer, since=today()).save()
    arrive(cast.registrar, klass="B", channel="letter", claims=[], people=[])
    index_changes(most=10**6)
    return made


@pytest.mark.parametrize(
    "query", [f"tab={tab}&sort={sort}" for tab in TABS for sort in TABS[tab][1]]
)
def test_an_officers_export_holds_the_rows_of_the_list_in_its_order(cast, desk, login, query):
    on_page = on_the_page(login(cast.officer), query)
    listing = exports["matters"].open(cast.officer, QueryDict(query), False)
    assert numbers(listing) == on_page
    if query.startswith(("tab=all", "tab=open")):
        assert len(on_page) == 4  # three of their own and the supported one


@pytest.mark.parametrize(
    "query",
    [
        "tab=all&q=院墙", "tab=all&q=占道&sort=received", "tab=all&q=村镇", "tab=all&q=没有这个词",
        "tab=all&channel=visit", "tab=all&channel=letter", "tab=all&state=handling",
        "tab=all&since={day}", "tab=all&until={day}", "tab=all&unit={unit}", "tab=all&q={number}",
        "tab=all&unit=none", "tab=all&incomplete=on", "tab=all&community=999&state=nonsense",
        "tab=all&q=院墙&from=50&after=3&last=1&import_job=7", "tab=all&before=2",
    ],
)  # fmt: skip
def test_a_filtered_list_leaves_as_it_is_filtered(cast, street, desk, login, query):
    query = query.format(
        day=today() - timedelta(days=3), unit=street.housing.pk, number=desk[0].number
    )
    first = "&".join(
        part for part in query.split("&") if part[:4] not in ("from", "afte", "last", "befo")
    )
    for person in (cast.officehead, cast.officer):
        listing = exports["matters"].open(person, QueryDict(query), False)
        assert numbers(listing) == on_the_page(login(person), first)


def test_a_letter_known_by_its_senders_number_leaves_too(cast, desk, rules, login):
    sent = arrive(cast.registrar, source="区信访局", source_number="区转2026-77")[1][0]
    query = "tab=overdue&q=区转2026-77"
    listing = exports["matters"].open(cast.officehead, QueryDict(query), False)
    assert numbers(listing) == on_the_page(login(cast.officehead), query) == [sent.number]


def test_a_keeper_of_a_sealed_letter_sees_it_in_the_list_and_never_in_a_file(cast, desk, login):
    letter = Matter.objects.get(sealed=True)
    with acting(cast.leader):
        Custody(matter=letter, user=cast.officehead, since=today()).save()
    assert letter.number in on_the_page(login(cast.officehead), "tab=all")
    for query in ({"tab": "all"}, {"tab": "all", "q": letter.number}):
        for clear in (False, True):
            listing = opened(cast.officehead, clear, **query)
            assert letter.number not in numbers(listing)
    assert opened(cast.officehead, tab="all", q=letter.number).at_most(10) == 0


def test_a_masked_file_names_nobody(cast, desk):
    found = lines(opened(cast.officehead, tab="all", q=desk[0].number))
    assert [found[0][name] for name in ("信访人", "联系方式", "诉求摘要")] == [
        "韦*", "199****1234", "路灯不亮",
    ]  # fmt: skip
    told = str(list(opened(cast.officehead, tab="all").rows()))
    assert not [word for word in ("韦小梅", "19900001234", "已经一个月") if word in told]


def test_a_clear_file_tells_everything_the_ledger_asks_for(cast, desk):
    found = lines(opened(cast.officehead, clear=True, tab="all", q=desk[0].number))
    assert [found[0][name] for name in ("信访人", "联系方式", "诉求摘要")] == [
        "韦小梅", "19900001234", "路灯不亮已经一个月。",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["head", "officer", "leader", "auditor"])
def test_who_may_not_ask_for_clear_text_gets_none(cast, desk, who):
    person = getattr(cast, who)
    assert not person.has_perm(exports["matters"].ask)
    assert numbers(opened(person, tab="all"))
    with pytest.raises(PermissionDenied):
        opened(person, clear=True, tab="all")


@pytest.mark.parametrize(
    "who", ["registrar", "reviewer", "custodian", "grid", "editor", "sysadmin", "secadmin"]
)
def test_who_may_not_export_gets_nothing(cast, desk, who):
    with pytest.raises(PermissionDenied):
        opened(getattr(cast, who), tab="all")


def test_a_closed_account_gets_nothing(cast, desk):
    cast.officer.is_active = False
    with pytest.raises(PermissionDenied):
        opened(cast.officer, tab="all")


def test_conditions_that_contradict_are_refused_in_words(cast, desk):
    with pytest.raises(ValidationError, match="没有正在计算的期限"):
        opened(cast.officer, tab="open", state="closed")


def test_a_matter_withdrawn_while_the_file_is_written_is_not_in_it(cast, desk, monkeypatch):
    monkeypatch.setattr(official, "CHUNK", 2)
    rows = opened(cast.officer, tab="all", sort="number").rows()
    first = next(rows)
    with acting(cast.officehead):
        Recusal(matter=desk[6], user=cast.officer, since=today()).save()
    assert [first[1], *(row[1] for row in rows)] == [desk[n].number for n in (0, 1, 4)]


def test_the_file_counts_no_further_than_it_must(cast, desk):
    listing = opened(cast.officer, tab="all")
    assert [listing.at_most(most) for most in (0, 1, 3, 4, 100)] == [0, 1, 3, 4, 4]


def test_more_matters_cost_more_rows_and_no_more_queries(cast, desk):
    def queries(person):
        listing = opened(person, tab="all")
        with CaptureQueriesContext(connection) as seen:
            list(listing.rows())
        return len(seen)

    queries(cast.officehead)
    many = queries(cast.officehead)
    with acting(cast.officehead):
        for matter in desk[1:]:
            Recusal(matter=matter, user=cast.officehead, since=today()).save()
    assert len(numbers(opened(cast.officehead, tab="all"))) == 1
    assert queries(cast.officehead) == many


def test_a_group_visit_is_told_with_its_people_and_its_representatives(cast, rules):
    arrive(cast.registrar, people=CROWD, people_count=7, representatives=2)
    arrive(cast.registrar, people=CROWD[:2], people_count=4)
    arrive(cast.registrar, people=CROWD[:1], people_count=9, channel="letter")
    arrive(cast.registrar, people=[Person(kind="anonymous")], people_count=1)
    found = lines(opened(cast.officehead, tab="all", sort="number"))
    assert [line["是否集体访"] for line in found] == ["是", "否", "否", "否"]
    assert [line["代表人数"] for line in found] == [2, None, None, None]
    assert [line["人数"] for line in found] == [7, 4, 9, 1]
    assert [line["信访人"] for line in found] == [
        "、".join(["韦*"] * NAMED) + "等7人", "韦*、韦*", "韦*", "匿名",
    ]  # fmt: skip


def test_the_course_of_a_matter_stands_in_its_columns(cast, street, fresh):
    received = today() - timedelta(days=3)
    before = lines(opened(cast.officehead, tab="all"))[0]
    assert (before["登记日期"], before["收到日期"]) == (today(), received)
    assert (before["受理情况"], before["办理期限"], before["办理状态"]) == ("", None, "已登记")
    matter = assigned(
        accepted(fresh, cast.officehead), cast.officehead, street.social, cast.officer
    )
    with acting(cast.officehead):
        for unit in (street.housing, street.village):
            SupportUnit(matter=matter, unit=unit, since=today()).save()
        SupportUnit(
            matter=matter, unit=street.office, since=received, until=today() - timedelta(days=1)
        ).save()
    matter.refresh_from_db()
    due = matter.due_on
    answered(matter, cast.officer)
    found = lines(opened(cast.officehead, tab="all"))[0]
    told = {
        "序号": 1, "信访编号": fresh.number, "信访形式": "来访", "受理情况": "受理",
        "受理日期": today(), "分类路径": "信访程序", "信访目的": "申诉求决类", "承办单位": "社会事务办",
        "协办单位": "村镇建设办、望塘村", "承办人": "承小办", "办理期限": due, "答复日期": today(),
        "处理结果": "支持", "办理状态": "已答复", "办结日期": None, "初次/重复": "初次",
    }  # fmt: skip
    assert {name: found[name] for name in told} == told
    assert due == today() + timedelta(days=60)


def test_what_the_records_do_not_know_waits_for_the_pen(cast, fresh):
    form, found = shipped("matters"), lines(opened(cast.officehead, tab="all"))[0]
    empty = {column.title for column in form.unfilled}
    assert {"延期至", "送达方式", "满意度", "是否化解", "档案号", "备注"} <= empty
    assert {found[title] for title in empty} == {None}
    assert set(CELLS) <= {column.key for column in form.columns}


def test_a_destroyed_file_says_so(cast, fresh):
    key = DataKey.objects.get(pk=fresh.data_key_id)
    key.wrapped, key.destroyed_at = b"", now()
    key.save()
    found = lines(opened(cast.officehead, tab="all"))[0]
    assert (found["信访人"], found["联系方式"]) == (GONE, GONE)


def test_the_head_moves_renames_and_hides_columns_and_the_next_file_follows(cast, fresh):
    form = form_of("matters")
    columns = {column.key: column for column in form.columns}
    wanted = [columns.pop(key) for key in ("lead_unit", "number")]
    wanted[0] = type(wanted[0])(**{**vars(wanted[0]), "title": "责任部门", "width": 22})
    hidden = [
        type(column)(**{**vars(column), "shown": column.required}) for column in columns.values()
    ]
    with acting(cast.officehead, "按区里要求"):
        put(own_row("matters"), type(form)("matters", "来访台账", (*wanted, *hidden)))
    listing = opened(cast.officehead, tab="all")
    assert [column.title for column in listing.columns] == [
        "责任部门", "信访编号", "收到日期", "内容分类", "诉求摘要",
    ]  # fmt: skip
    assert listing.columns[0].width == 22
    assert listing.head.title == "云湖街道来访台账"
    assert [row[1] for row in listing.rows()] == [fresh.number]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({}, "云湖街道信访台账"),
        ({"since": "2026-01-01", "until": "2026-03-31"}, "云湖街道2026年信访台账"),
        ({"since": "2024-01-01", "until": "2025-12-31"}, "云湖街道2024—2025年信访台账"),
        ({"until": "2025-12-31"}, "云湖街道信访台账"),
    ],
)
def test_the_title_names_a_year_only_where_the_rows_are_of_it(cast, street, query, title):
    assert opened(cast.leader, tab="all", **query).head.title == title


def test_the_line_above_says_whose_ledger_it_is_and_leaves_the_reviewer_to_the_pen(cast, street):
    heads = {
        who: opened(getattr(cast, who), state="handling").head for who in ("officer", "leader")
    }
    assert heads["officer"].unit == "云湖街道社会事务办"
    assert heads["leader"].unit == "云湖街道"
    for who, head in heads.items():
        assert (head.by, head.on, head.reviewer) == (getattr(cast, who).name, today(), "")
        assert head.conditions == "在办的信访事项　状态：办理中"


def test_the_sheet_opens_with_true_dates_and_numbers_of_records_as_text(cast, street, desk):
    found = sheet(opened(cast.officer, tab="all", sort="number"))
    rows = [list(row) for row in found.iter_rows()]
    at = next(n for n, row in enumerate(rows) if row[0].value == "序号")
    assert rows[0][0].value == "云湖街道信访台账"
    assert "填报单位：云湖街道社会事务办" in rows[1][0].value
    titles = [cell.value for cell in rows[at]]
    assert titles == [column.title for column in shipped("matters").columns]
    assert len(rows) - at - 1 == 4
    row = dict(zip(titles, rows[at + 1], strict=True))
    assert (row["序号"].value, row["信访编号"].value) == (1, desk[0].number)
    assert row["信访编号"].data_type == row["联系方式"].data_type == "s"
    received = row["收到日期"].value
    assert (received.date() if isinstance(received, datetime) else received) == date.fromordinal(
        today().toordinal() - 3
    )
    assert row["收到日期"].is_date
    assert row["备注"].value is None
