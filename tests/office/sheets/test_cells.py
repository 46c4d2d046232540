"""What people type into cells, and what we take it for."""

import csv
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.sheets import cells
from office.sheets.days import SHANGHAI

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("found", "clean"),
    [
        ("\n\t\t\t\t\t\n\t\t\t\t\t楼道\u3000充电\xa0", "楼道 充电"),
        ("第一段_x000D_\n\u3000\u3000第二段 \n\n\n\n第三段", "第一段\n第二段\n\n第三段"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("Ａ市１３８－００（东）：好！", "A市138－00（东）：好！"),
        ("\ufeff张\u200b三\x00\x07\uffff", "张三"),
        ("_x005F_", "_x005F_"),
        (" ", ""),
        ("", ""),
        (None, ""),
        (12, "12"),
        (12.0, "12"),
        (0.5, "0.5"),
        (True, "是"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime.fromisoformat("2026-03-02 12:09:38"), "2026-03-02 12:09:38"),
        (datetime.fromisoformat("2026-03-02 12:09"), "2026-03-02 12:09"),
        (time(9, 5), "09:05"),
        (timedelta(hours=1), "1:00:00"),
    ],
)
def test_a_registrar_sees_text_without_the_dirt_of_its_journey(found: Any, clean: str) -> None:
    assert cells.text(found) == clean
    assert cells.blank(found) == (clean == "")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(written: str) -> None:
    once = cells.text(written)

    assert cells.text(once) == once


def test_headings_are_the_same_however_they_are_broken_and_bracketed() -> None:
    assert cells.fold("信息 来源") == cells.fold("信息\n来源：") == "信息来源"
    assert cells.fold("*联系电话（必填）", brackets=False) == "联系电话"
    assert cells.fold("ＲＥＣ_ID") == cells.fold("rec id")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020/1/6 12:09:38", "2020-01-06 12:09:38"),
        ("2020-01-06T12:09:38", "2020-01-06 12:09:38"),
        ("2020-01-06T04:09:38Z", "2020-01-06 12:09:38"),
        ("2021.3.5", "2021-03-05"),
        ("2021。3．5", "2021-03-05"),
        ("２０２１年３月５日", "2021-03-05"),
        (" 2021 年 3 月 5 日 星期五 下午3:05", "2021-03-05 15:05"),
        ("2021年3月5号9点", "2021-03-05 09:00"),
        ("2021-3-5 晚上8时30分", "2021-03-05 20:30"),
        ("2021-3-5 12:10 AM", "2021-03-05 00:10"),
        ("2021-03-05 00:00:00.000", "2021-03-05"),
        ("20210305", "2021-03-05"),
        (20210305, "2021-03-05"),
        ("20210305120938", "2021-03-05 12:09:38"),
        ("12/31/2016", "2016-12-31"),
        ("31/12/2016", "2016-12-31"),
        ("5/5/2016", "2016-05-05"),
        (44260, "2021-03-05"),
        (44260.5, "2021-03-05 12:00"),
        (date(2021, 3, 5), "2021-03-05"),
        (datetime.fromisoformat("2021-03-05 08:00"), "2021-03-05 08:00"),
    ],
)
def test_a_day_is_understood_in_every_form_people_write(written: Any, meant: str) -> None:
    moment = datetime.fromisoformat(meant).replace(tzinfo=SHANGHAI)

    assert cells.moment(written) == moment
    assert cells.day(written) == moment.date()
    assert cells.moment(written).utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("昨天", "看不懂"),
        ("6.30", "缺少年份"),
        (6.3, "缺少年份"),
        ("6月30日", "缺少年份"),
        ("2021年3月", "缺少日"),
        ("20/3/5", "四位"),
        ("2021-02-30", "没有这一天"),
        ("2021-02-03 25:00", "没有这一天"),
        ("1021-02-03", "年份不对"),
        ("03/04/2021", "分不清月和日"),
        ("2021.1.2-2021.3.4", "看不懂"),
        ("", "没有写日期"),
        (True, "看不懂"),
        (time(9, 0), "看不懂"),
        (12, "看不懂"),
    ],
)
def test_a_registrar_is_told_why_a_day_cannot_be_taken_over(written: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why) as caught:
        cells.day(written)

    assert "2026-03-02" in str(caught.value)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/2021", "12/31/2021", date(2021, 1, 1)], "mdy"),
        (["03/04/2021", "31/12/2021"], "dmy"),
        (["03/04/2021"], ""),
        (["13/01/2021", "01/13/2021"], ""),
        (["2021-01-13", ""], ""),
    ],
)
def test_a_column_shows_by_its_other_days_which_number_is_the_month(
    column: list[Any], order: str
) -> None:
    assert cells.day_order(column) == order


def test_a_day_with_the_year_last_follows_the_order_of_its_column() -> None:
    assert cells.day("03/04/2021", "mdy") == date(2021, 3, 4)
    assert cells.day("03/04/2021", "dmy") == date(2021, 4, 3)
    with pytest.raises(ValueError, match="没有这一天"):
        cells.day("31/12/2021", "mdy")


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]))
def test_every_day_reads_back_as_it_was_written(day: date, form: str) -> None:
    assert cells.day(day.strftime(form)) == day


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800000000", "13800000000"),
        (13800000000, "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("１３８０００００００0", "13800000000"),
        ("0591-87654321", "0591-87654321"),
        ("(0591) 8765 4321", "0591-87654321"),
        ("010 12345678", None),
        ("021-62345678转801", "021-62345678转801"),
        ("87654321", "87654321"),
        ("400-800-1234", "4008001234"),
        ("+852 2345 6789", "+85223456789"),
        ("1380000000", None),
        ("138****0000", None),
        ("没有", None),
        ("", None),
    ],
)
def test_a_phone_number_is_written_one_way_or_refused(written: Any, number: str | None) -> None:
    if number:
        assert cells.phone(written) == number
    else:
        with pytest.raises(ValueError, match="0591-87654321"):
            cells.phone(written)


@pytest.mark.parametrize("between", ["、", "/", "，", "\n", " ", "；"])
def test_two_phones_in_one_cell_are_told_apart(between: str) -> None:
    both = f"13800000000{between}0591-87654321"

    assert cells.phones(both) == ["13800000000", "0591-87654321"]
    with pytest.raises(ValueError, match="只留一个"):
        cells.phone(both)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("11010519491231002X", ""),
        ("11010519491231002x", ""),
        (" 110105 19491231 0039 ", "最后一位"),
        ("110105194912310021", "最后一位"),
        ("110105194913310025", "出生日期"),
        ("110105491231002", "15 位"),
        (110105491231002, "15 位"),
        ("1101051949", "18 位"),
        (110105194912310000, "变成了数字"),
        ("1.10105E+17", "变成了数字"),
        ("110105********002X", "遮住"),
        ("护照 E12345678", "18 位"),
    ],
)
def test_an_id_number_is_held_to_its_check_digit(written: Any, why: str) -> None:
    if not why:
        assert cells.id_number(written) == "11010519491231002X"
    else:
        with pytest.raises(ValueError, match=why):
            cells.id_number(written)


def test_published_id_numbers_are_judged_as_published(real: Callable[[str], Path]) -> None:
    text = real("vectors/cn_resident_id_vectors.csv").read_text("utf-8-sig")
    judged = {}
    for row in csv.DictReader(text.splitlines()):
        try:
            judged[row["number"]] = bool(cells.id_number(row["number"]))
        except ValueError:
            judged[row["number"]] = False
    expected = {
        row["number"]: "valid" in row["expected"].split() or "county" in row["expected"]
        for row in csv.DictReader(text.splitlines())
    }

    assert judged == expected
    assert False in judged.values()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234.50", Decimal("1234.5")),
        ("￥1,234", 1234),
        ("３０人", 30),
        (30, 30),
        (0.1, Decimal("0.1")),
        ("-3", -3),
        ("12.00", 12),
    ],
)
def test_a_number_is_taken_exactly(written: Any, value: Any) -> None:
    assert cells.number(written) == value
    assert type(cells.number(written)) is type(value)


@pytest.mark.parametrize("written", ["约30人", "三十", "1,23", "", "1-2", True, "1e5"])
def test_what_is_no_number_is_refused(written: Any) -> None:
    with pytest.raises(ValueError, match="只写数字"):
        cells.number(written)


def test_yes_and_no_are_read_and_nothing_between() -> None:
    assert [cells.yes_no(v) for v in ("是", "√", "Y", 1, True)] == [True] * 5
    assert [cells.yes_no(v) for v in ("否", "无", "×", 0, False)] == [False] * 5
    with pytest.raises(ValueError, match="是"):
        cells.yes_no("可能")


@pytest.mark.parametrize(
    "written", ["138****0000", "138xxxx0000", "张*", "张＊明", "张某某", "李某", "欧阳某", "某某", "张××", "350102********0000"]
)  # fmt: skip
def test_a_masked_name_or_number_is_known_as_masked(written: str) -> None:
    assert cells.is_masked(written)


@pytest.mark.parametrize(
    "written", ["张三", "13800000000", "11010519491231002X", "反映某小区物业乱收费", "", None]
)
def test_a_whole_name_or_number_is_not_taken_for_masked(written: Any) -> None:
    assert not cells.is_masked(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("6.30", (6, 30)),
        ("６月３０日", (6, 30)),
        ("6/3", (6, 3)),
        ("12-31", (12, 31)),
        ("6月30号", (6, 30)),
        ("30/6", (6, 30)),
        (6.15, (6, 15)),
        (2.3, (2, 3)),
    ],
)
def test_a_day_without_a_year_is_understood_once_a_registrar_says_which(
    written: Any, meant: tuple[int, int]
) -> None:
    with pytest.raises(cells.NoYear, match="缺少年份"):
        cells.day(written)

    assert cells.needs_year(["", date(2024, 1, 1), written])
    assert cells.day(written, "", 2024) == date(2024, *meant)
    assert cells.moment("6.30 14:05", "", 2024).hour == 14


def test_days_with_a_year_and_other_things_ask_for_none() -> None:
    assert not cells.needs_year(
        ["2024.6.30", "2021年3月", 45000, 30, 0.5, 20.5, "10086", "待定", ""]
    )
    assert cells.day("2021.3.5", "", 1999) == date(2021, 3, 5)
    with pytest.raises(ValueError, match="没有这一天"):
        cells.day("2月29日", "", 2023)


def test_a_day_that_lost_its_zero_as_a_number_is_sent_back() -> None:
    with pytest.raises(ValueError, match="6 月 3 日，也可能是 6 月 30 日"):
        cells.day(6.3, "", 2024)


def test_a_count_of_days_is_read_as_its_workbook_counts() -> None:
    assert cells.day(45000) == cells.day("45000") == date(2023, 3, 15)
    assert cells.moment("45000.5").hour == 12
    assert cells.day(43538, from_1904=True) == date(2023, 3, 15)
