"""Days and moments as people write them into cells. Pure; nothing is guessed.

What cannot be understood raises `ValueError` with a Chinese sentence that says what to write.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from office.sheets.reading import Value
from office.sheets.texts import text

SHANGHAI = ZoneInfo("Asia/Shanghai")

WRITE_DAY = "请写成 2026-03-02 的形式。"
FIRST_YEAR, LAST_YEAR = 1900, 2100
# Excel counts days from 1899-12-30; between these two (1970 to 2099) a bare number can be meant so.
SERIAL_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 25569, 73050
DAYS_TO_1904 = 1462  # old workbooks of a Mac count from 1904-01-01

_CLOCK = (
    r"(?:[t\s]*(?:星期.|周.)?\s*(?P<half>上午|中午|下午|晚上|凌晨|am|pm)?\s*"
    r"(?P<hour>\d{1,2})[:时点](?:(?P<minute>\d{1,2})(?:[:分](?P<second>\d{1,2}))?)?(?:\.\d+)?[分秒]?"
    r"\s*(?P<late>am|pm)?)?(?:星期.|周.)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号.]?\s*"
    + _CLOCK
)
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>\d{4})\s*" + _CLOCK)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[t\s]*(?P<hour>\d{2}):?(?P<minute>\d{2}):?(?P<second>\d{2})?)?"
)
_NO_YEAR = re.compile(r"(?P<one>\d{1,2})\s*[-/.月]\s*(?P<two>\d{1,2})\s*[日号.]?\s*" + _CLOCK)
_SHORT_YEAR = re.compile(r"\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?.*")
_NO_DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?")
_COUNT = re.compile(r"\d{5}(?:\.\d+)?")  # Excel's count of days, as it stands in a text table
_DASHES = str.maketrans("–—－／．。", "--－/..")


class NoYear(ValueError):
    """A day such as `6.30` or `6月30日`: which year is meant has to be asked."""


def day(
    value: Value | None, order: str = "", year: int | None = None, *, from_1904: bool = False
) -> date:
    """The day a cell means; a time of day is left out. As `moment`."""
    return moment(value, order, year, from_1904=from_1904).date()


def moment(
    value: Value | None, order: str = "", year: int | None = None, *, from_1904: bool = False
) -> datetime:
    """The moment a cell means, aware, Asia/Shanghai; midnight when it gives no time of day.

    Takes true dates, Excel's day numbers (also as text), 20260302, and text such as `2020/1/6 12:09:38`,
    `2021.3.5`, `2021年3月5日 下午3时`, `12/31/2016`. `order`: "mdy" or "dmy" for a column that writes
    03/02/2026 (see `day_order`). `year`: of days that name none, such as `6.30`; without it they
    raise `NoYear`. `from_1904`: the workbook counts its days from 1904 (`Sheet.from_1904`). Raises
    `ValueError` in Chinese.
    """
    if isinstance(value, datetime):
        return _checked(value if value.tzinfo else value.replace(tzinfo=SHANGHAI))
    if isinstance(value, date):
        return _checked(datetime.combine(value, time(), SHANGHAI))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value, year, from_1904)
    if not isinstance(value, str):
        raise ValueError(f"日期看不懂：{WRITE_DAY}")
    return _of_text(_narrow(value), order, year)


def needs_year(values: Iterable[Value | None]) -> bool:
    """Whether some of a column's days name no year, so that a person has to be asked for it."""
    return any(map(_is_yearless, values))


def _is_yearless(value: Value | None) -> bool:
    if isinstance(value, float):
        return 1 < value < 13 and _NO_YEAR.fullmatch(text(value)) is not None
    if not isinstance(value, str) or not value.strip()[:1].isdigit():
        return False
    found = _NO_YEAR.fullmatch(_narrow(value))
    return found is not None and 0 < int(found["one"]) < 32 and 0 < int(found["two"]) < 32


def _narrow(value: str) -> str:
    """Text as the patterns expect it: narrow, lower case, one kind of dash."""
    return unicodedata.normalize("NFKC", text(value)).translate(_DASHES).lower()


def _of_number(value: int | float, year: int | None, from_1904: bool) -> datetime:
    """A moment from a bare number: 20260302, Excel's count of days, or 6.15 for the 15th of June."""
    counted = value + DAYS_TO_1904 if from_1904 else value
    if FIRST_SERIAL <= counted <= LAST_SERIAL:
        whole, part = divmod(counted, 1)
        found = SERIAL_ZERO + timedelta(days=int(whole))
        seconds = timedelta(seconds=round(part * 86400))
        return datetime.combine(found, time(), SHANGHAI) + seconds
    written = text(value)
    if year and (parts := _NO_YEAR.fullmatch(written)):
        _refuse_lost_zero(int(parts["one"]), parts["two"])
    return _of_text(written, "", year)


def _refuse_lost_zero(month: int, decimals: str) -> None:
    """Typed as a number, the 30th of June has become 6.3, like the 3rd: nobody can tell."""
    try:
        date(2000, month, int(f"{decimals}0"))
    except ValueError:
        return
    raise ValueError(
        f"{month}.{decimals} 可能是 {month} 月 {decimals} 日，也可能是 {month} 月 {decimals}0 日"
        f"（表格软件去掉了末尾的 0）：{WRITE_DAY}"
    )


def _of_text(written: str, order: str, year: int | None) -> datetime:
    """A moment from narrow lower-case text."""
    if not written:
        raise ValueError(f"没有写日期：{WRITE_DAY}")
    if found := _YEAR_FIRST.fullmatch(written) or _COMPACT.fullmatch(written):
        return _built(found, int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _YEAR_LAST.fullmatch(written):
        month, day_of_month = _month_and_day(int(found["one"]), int(found["two"]), order)
        return _built(found, int(found["year"]), month, day_of_month)
    if found := _NO_YEAR.fullmatch(written):
        return _in_year(found, order, year)
    if _COUNT.fullmatch(written) and FIRST_SERIAL <= float(written) <= LAST_SERIAL:
        return _of_number(float(written), None, False)
    try:
        return _checked(datetime.fromisoformat(written.upper()).astimezone(SHANGHAI))
    except ValueError as error:
        if "年份" in str(error):
            raise
        raise ValueError(_reason(written)) from None


def _in_year(found: re.Match, order: str, year: int | None) -> datetime:
    """A moment from a match that names no year; the month comes first, as one writes here."""
    if year is None:
        raise NoYear(f"缺少年份：{WRITE_DAY}")
    month, day_of_month = int(found["one"]), int(found["two"])
    if order == "dmy" or month > 12:
        month, day_of_month = day_of_month, month
    return _built(found, year, month, day_of_month)


def _reason(written: str) -> str:
    """What is wrong with a text no pattern fits."""
    if _NO_DAY.fullmatch(written):
        return f"缺少日：{WRITE_DAY}"
    if _SHORT_YEAR.fullmatch(written):
        return f"年份要写四位：{WRITE_DAY}"
    return f"日期看不懂：{WRITE_DAY}"


def _month_and_day(one: int, two: int, order: str) -> tuple[int, int]:
    """Month and day of a text that puts the year last."""
    if order == "dmy" or (not order and one > 12):
        return two, one
    if order == "mdy" or two > 12 or one == two:
        return one, two
    raise ValueError(f"分不清月和日：请在列设置里选定“月/日/年”或“日/月/年”，或者{WRITE_DAY}")


def _built(found: re.Match, year: int, month: int, day_of_month: int) -> datetime:
    """A moment from the parts of a match."""
    parts = found.groupdict()
    hour = int(parts["hour"] or 0)
    half = parts.get("half") or parts.get("late") or ""
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    elif half in ("凌晨", "上午", "am") and hour == 12:
        hour = 0
    try:
        built = datetime(
            year,
            month,
            day_of_month,
            hour,
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            tzinfo=SHANGHAI,
        )
    except ValueError:
        raise ValueError(f"没有这一天或这个时间：{WRITE_DAY}") from None
    return _checked(built)


def _checked(found: datetime) -> datetime:
    """The moment, when its year can be meant."""
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"年份不对：{WRITE_DAY}")
    return found


def day_order(values: Iterable[Value | None]) -> str:
    """How a column writes days with the year last: "mdy", "dmy", or "" when it does not show."""
    first, second = 0, 0
    for value in values:
        if not isinstance(value, str) or not value.lstrip()[:1].isdigit():
            continue  # whole columns pass here, most of them of other things
        if found := _YEAR_LAST.fullmatch(_narrow(value)):
            first = max(first, int(found["one"]))
            second = max(second, int(found["two"]))
    if first <= 12 < second:
        return "mdy"
    return "dmy" if second <= 12 < first else ""
