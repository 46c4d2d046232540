"""A registrar brings a ledger with headings of its own; the columns are proposed, she corrects."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from office.sheets.columns import Field, Mapping, propose
from office.sheets.headers import find_header
from office.sheets.layouts import Layout
from office.sheets.reading import Sheet, read_book
from office.sheets.records import data_rows, passed_over

FIELDS = (
    Field("number", "信访编号", ("编号", "留言编号", "REC_ID")),
    Field("person", "信访人", ("姓名", "留言用户", "信访人姓名")),
    Field("phone", "联系电话", ("电话", "手机"), "phone"),
    Field("id_number", "证件号码", ("身份证号",), "id_number"),
    Field("received_on", "登记日期", ("时间", "留言时间", "CREATE_TIME"), "day"),
    Field("answered_on", "答复日期", ("答复时间",), "day"),
    Field("title", "标题", ("留言主题",)),
    Field("content", "诉求内容", ("留言详情", "投诉件内容")),
    Field("category", "内容分类", ("一级分类", "一级标签", "EVENT_TYPE_NAME")),
    Field("source", "来源单位", ("信息来源",)),
    Field("reply", "答复意见", ("回复",)),
    Field("mood", "情感倾向"),
    Field("group", "是否集体访", (), "yes_no"),
)
PEOPLE = [["甲", "13800000000", date(2026, 3, 2)], ["乙", "0591-87654321", date(2026, 3, 3)]]


def named(mapping: Mapping) -> dict[str, str | None]:
    return {column.heading: column.field for column in mapping.columns}


def test_the_header_is_found_below_a_title_a_form_line_and_blank_rows(
    sheet: Callable[..., Sheet],
) -> None:
    ledger = sheet(
        [
            ["云湖街道2026年信访台账"],
            [],
            ["填报单位：信访办", "", "", "日期：2026年3月"],
            ["姓名", "联系电话\n（必填）", "登记 日期", "备注"],
            *PEOPLE,
        ]
    )

    mapping = propose(ledger, FIELDS)

    assert (mapping.header_row, mapping.first_row) == (4, 5)
    assert named(mapping) == {
        "姓名": "person",
        "联系电话（必填）": "phone",
        "登记 日期": "received_on",
        "备注": None,
    }
    assert mapping.by_field()["phone"].samples == ("13800000000", "0591-87654321")
    assert mapping.by_field()["phone"].why == "标题相符"
    assert mapping.column_of("source") is None


@pytest.mark.parametrize("told", [True, False])
def test_headings_over_two_rows_are_read_together(told: bool, sheet: Callable[..., Sheet]) -> None:
    merged = ((1, 1, 1, 6), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 2, 5), (2, 6, 3, 6))
    ledger = sheet(
        [
            ["台账"],
            ["序号", "信访人", "", "办理情况", "", "备注"],
            ["", "姓名", "电话", "登记日期", "答复日期", ""],
            [1, "甲", "13800000000", date(2026, 3, 2), date(2026, 4, 1), ""],
        ],
        merged=merged if told else (),
    )

    mapping = propose(ledger, FIELDS)

    assert (mapping.header_row, mapping.first_row) == (3, 4)
    assert named(mapping) == {
        "序号": None,
        "信访人／姓名": "person",
        "信访人／电话": "phone",
        "办理情况／登记日期": "received_on",
        "办理情况／答复日期": "answered_on",
        "备注": None,
    }


def test_a_sheet_without_known_headings_still_has_its_header_found(
    sheet: Callable[..., Sheet],
) -> None:
    assert find_header(sheet([["标题行"], ["河流", "水质", "长度"], ["甲河", "好", 3]])).bottom == 2


def test_a_sheet_without_any_header_is_recognised_by_its_content(
    sheet: Callable[..., Sheet],
) -> None:
    mapping = propose(sheet([*PEOPLE, ["丙", "138****0000", "2026.3.4"]]), FIELDS[:3])

    assert (mapping.header_row, mapping.first_row) == (0, 1)
    assert named(mapping) == {"列A": None, "列B": "phone", "列C": None}
    assert mapping.columns[1].why == "内容像电话"
    assert not mapping.columns[1].sure
    assert mapping.columns[2].why == "内容像日期，请选定"


def test_content_proposes_only_where_one_field_is_left(sheet: Callable[..., Sheet]) -> None:
    rows = [
        ["姓名", "登记日期", "", "何时"],
        ["甲", date(2026, 3, 1), "11010519491231002X", "2026/4/1"],
    ]

    mapping = propose(sheet(rows), FIELDS)

    assert [column.field for column in mapping.columns] == [
        "person",
        "received_on",
        "id_number",
        "answered_on",
    ]
    assert [column.heading for column in mapping.columns][2] == "列C"
    assert mapping.columns[3].why == "内容像日期"


def test_similar_headings_are_proposed_to_be_looked_at_and_never_guessed_between(
    sheet: Callable[..., Sheet],
) -> None:
    mapping = propose(
        sheet(
            [
                ["姓名", "情感倾向（原）", "主要诉求内容", "甲回复", "乙回复"],
                ["甲", "好", "路", "1", "2"],
            ]
        ),
        FIELDS,
    )

    assert named(mapping) == {
        "姓名": "person",
        "情感倾向（原）": "mood",
        "主要诉求内容": "content",
        "甲回复": None,
        "乙回复": None,
    }
    assert (mapping.columns[2].why, mapping.columns[2].sure) == ("标题含“诉求内容”", False)
    assert mapping.columns[3].why == "有几列的标题都含“回复”，请选定一列"


def test_repeated_headings_are_told_apart_and_only_the_first_is_proposed(
    sheet: Callable[..., Sheet],
) -> None:
    mapping = propose(sheet([["姓名", "电话", "电话", "", ""], ["甲", "1", "2", "x", ""]]), FIELDS)

    assert named(mapping) == {
        "姓名": "person",
        "电话": "phone",
        "电话（第2个）": None,
        "列D": None,
    }
    assert mapping.columns[2].why == "与“电话”意思相同，只取前一列"


def test_a_registrar_moves_a_field_to_another_column(sheet: Callable[..., Sheet]) -> None:
    mapping = propose(sheet([["姓名", "电话", "电话"], ["甲", "1", "2"]]), FIELDS)

    chosen = mapping.choose(3, "phone").choose(1, None)

    assert [column.field for column in chosen.columns] == [None, None, "phone"]
    assert chosen.columns[2].why == "人工选定"
    with pytest.raises(KeyError):
        mapping.choose(9, "phone")


def test_a_registrar_names_the_header_row_herself(sheet: Callable[..., Sheet]) -> None:
    ledger = sheet([["姓名", "电话"], ["信访人", "手机"], ["甲", "1"]])

    assert propose(ledger, FIELDS, header_row=2).first_row == 3
    assert named(propose(ledger, FIELDS, header_row=0)) == {"列A": None, "列B": None}


def test_a_stored_layout_finds_its_headings_in_another_order_and_row(
    sheet: Callable[..., Sheet],
) -> None:
    rows = [
        ["姓名", "电话", "何时", "备注"],
        ["甲", "1", "03/04/2026", ""],
        ["乙", "2", "03/31/2026", ""],
    ]
    first = propose(sheet(rows), FIELDS).choose(3, "answered_on").choose(2, None)
    stored = Layout.load(json.loads(json.dumps(first.layout("12345 月表"))))
    later = sheet(
        [
            ["十月台账"],
            ["诉求内容", "何时：", "电 话", "姓名", "新的"],
            ["路灯", "05/06/2026", "13800000000", "甲", 1],
        ]
    )

    mapping = stored.match(later, FIELDS)

    assert stored.fit(later) == 0.75
    assert stored.fit(sheet([["河流", "水质"], ["a", "b"]])) == 0
    assert mapping.first_row == 3
    assert [column.field for column in mapping.columns] == [
        "content",
        "answered_on",
        None,
        "person",
        None,
    ]
    assert mapping.columns[1].order == "mdy"
    assert mapping.columns[2].why == "版式中设为不导入"
    assert mapping.missing == ()
    assert stored.match(sheet([["电话", "备注"], ["1", "2"]]), FIELDS).missing == ("姓名", "何时")


def test_a_layout_drops_fields_that_are_no_more(sheet: Callable[..., Sheet]) -> None:
    ledger = sheet([["姓名", "电话"], ["甲", "1"]])
    stored = Layout.load(propose(ledger, FIELDS).layout("旧"))

    assert named(stored.match(ledger, FIELDS[:2])) == {"姓名": "person", "电话": None}


@pytest.mark.parametrize("broken", [{}, {"format": 9}, {"format": 1, "name": "x", "header_row": 1}])
def test_a_broken_layout_is_refused_in_words(broken: dict) -> None:
    with pytest.raises(ValueError, match="请重新对应"):
        Layout.load(broken)


def test_totals_notes_and_repeated_headers_are_passed_over_with_a_reason(
    sheet: Callable[..., Sheet],
) -> None:
    ledger = sheet(
        [
            ["姓名", "电话", "件数"],
            ["合 计", "", 3],
            ["甲", "13800000000", 1],
            ["", "\u3000", ""],
            ["姓名", "电话", "件数"],
            ["注小花", "13800000001", 2],
            ["注：电话已核对"],
            ["填表人：甲"],
        ]
    )
    mapping = propose(ledger, FIELDS)

    assert [number for number, _ in data_rows(ledger, mapping)] == [3, 6]
    assert [(p.address, p.why) for p in passed_over(ledger, mapping)] == [
        ("A2", "这是合计行，没有导入。"),
        ("A5", "这一行重复了标题，没有导入。"),
        ("A7", "这是表下的说明，没有导入。"),
        ("A8", "这是表下的说明，没有导入。"),
    ]


def test_rows_in_which_formulas_found_nothing_are_no_records(sheet: Callable[..., Sheet]) -> None:
    ledger = sheet([["姓名", "件数", "合计"], ["甲", 0, 0], ["", 0, 0], [0, "", 0.0], [0, 1, 1]])
    mapping = propose(ledger, FIELDS)

    assert [number for number, _ in data_rows(ledger, mapping)] == [2, 5]
    assert {p.why for p in passed_over(ledger, mapping)} == {"这一行只有 0，没有导入。"}


# Real files


@pytest.mark.parametrize(
    ("name", "fields", "rows"),
    [
        ("teddy2020_fj2_labelled.xlsx", {"number", "person", "title", "received_on", "content", "category"}, 548),
        ("teddy2020_fj2_labelled_sample_phantom_rows.xlsx", {"number", "person", "title", "received_on", "content", "category"}, 495),
        ("teddy2020_fj2_unlabelled.xlsx", {"number", "person", "title", "received_on", "content", "category"}, 1636),
        ("teddy2020_fj3_hot_topics.xlsx", {"number", "person", "title", "received_on", "content"}, 2578),
        ("teddy2020_fj4_with_replies.xlsx", {"number", "person", "title", "received_on", "content", "reply", "answered_on"}, 1687),
        ("pingshan_events_2018.csv", {"number", "received_on", "category"}, 5947),
    ],
)  # fmt: skip
def test_last_years_messages_need_no_correction(
    name: str, fields: set[str], rows: int, real: Callable[[str], Path]
) -> None:
    (sheet,) = read_book(real(f"petitions/{name}")).filled

    mapping = propose(sheet, FIELDS)

    assert mapping.header_row == 1
    assert set(mapping.by_field()) == fields
    assert all(column.sure for column in mapping.by_field().values())
    assert sum(1 for _ in data_rows(sheet, mapping)) == rows


def test_a_working_ledger_of_fifty_columns_is_recognised(real: Callable[[str], Path]) -> None:
    sheet = read_book(real("petitions/fuzhou_12345_river_appeals.xlsx")).sheet("汇总")

    mapping = propose(sheet, FIELDS)
    names = named(mapping)

    assert {heading for heading, name in names.items() if name} >= {
        "信息 来源",
        "标题",
        "时间",
        "投诉件内容",
    }
    assert {"列D", "列F", "情感倾向（原）", "结果认同-29（第2个）"} <= set(names)
    assert mapping.by_field()["received_on"].order == "mdy"
    assert sum(1 for _ in data_rows(sheet, mapping)) == 899


@pytest.mark.parametrize(
    ("name", "which", "header", "heading"),
    [
        ("petitions/fuzhou_12345_river_appeals.xlsx", "政府信息", 2, "水体名称（第2个）"),
        ("excel_chinese/活动受益人数统计表_2024.xls", "Sheet1", 4, "志愿者服务人数及时长统计／家长／小时"),
        ("excel_chinese/全国行政区划_2020年底.xls", "Sheet1", 5, "地  级／区划数"),
        ("excel_chinese/全国行政区划_2012年底.xls", "Sheet1", 6, "乡镇级／#街道／办事处"),
        ("excel_chinese/路基时间台账.xlsx", "路基时间台账", 2, "施工开始时间"),
        ("excel_chinese/海淀政务公开_海淀镇.xls", "sheet1", 1, "类别"),
        ("excel_chinese/海淀政务公开总表_实为xlsx.xls", "combine", 1, "名称"),
    ],
)  # fmt: skip
def test_headers_of_real_chinese_sheets_are_found(
    name: str, which: str, header: int, heading: str, real: Callable[[str], Path]
) -> None:
    mapping = propose(read_book(real(name)).sheet(which), FIELDS)

    assert mapping.header_row == header
    assert heading in named(mapping)
