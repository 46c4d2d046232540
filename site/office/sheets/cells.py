"""What people write into cells, made clean: text, days, moments, phones, ID numbers, numbers.

Pure functions. One that cannot understand a value raises `ValueError` with a Chinese sentence that
says what to write instead; none of them guesses. A blank cell is the caller's question (`blank`).
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from office.sheets.reading import Value

SHANGHAI = ZoneInfo("Asia/Shanghai")

# Text

_BLANK_LIKE = "\t\v\f\x1c\x1d\x1e\x1f\xa0\u3000\u202f\u205f" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_NOTHING = [
    *(n for n in range(0x20) if chr(n) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f"),
    *range(0x7F, 0xA0),
    0xAD,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    0xFEFF,
    0xFFFE,
    0xFFFF,
]
_WIDE = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
# Only wide digits and letters change: wide punctuation is how Chinese is written.
_CLEAN = {
    **{ord(mark): " " for mark in _BLANK_LIKE},
    **dict.fromkeys(_NOTHING),
    **{wide: wide - 0xFEE0 for wide in _WIDE},
    **dict.fromkeys((0x0D, 0x2028, 0x2029), "\n"),
}
_DIRTY = re.compile("[" + "".join(map(re.escape, map(chr, _CLEAN))) + "]")
_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f])_")


def text(value: Value | None) -> str:
    """A cell as clean text; "" when there is nothing in it.

    Strange blanks become blanks and vanish at both ends of every line, `_x000D_` and invisible
    characters vanish, wide digits and letters become narrow. Line breaks inside stay, with at most
    one empty line between paragraphs. Numbers come without `.0`, days as 2026-03-02.
    """
    if not isinstance(value, str):
        return _plain(value)
    if "_x00" in value:
        value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if _DIRTY.search(value):
        value = value.replace("\r\n", "\n").translate(_CLEAN)
    if "\n" not in value:
        return value.strip()
    lines = [line.strip() for line in value.split("\n")]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n")


def _plain(value: Value | None) -> str:
    """Text of a cell that is not text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    return str(value)


def blank(value: Value | None) -> bool:
    """Whether a cell holds nothing a person can see."""
    return value is None or (isinstance(value, str) and not text(value))


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
_UNSEEN = re.compile(r"[\s*:：_\-—·、.#]+")


def fold(value: Value | None, *, brackets: bool = True) -> str:
    """A heading for comparison: narrow, lower case, without blanks, line breaks and marks.

    `brackets=False` also leaves out what stands in brackets.
    """
    folded = unicodedata.normalize("NFKC", text(value)).casefold()
    return _UNSEEN.sub("", folded if brackets else _BRACKETS.sub("", folded))


# Days and moments

WRITE_DAY = "请写成 2026-03-02 的形式。"
FIRST_YEAR, LAST_YEAR = 1900, 2100
# Excel counts days from 1899-12-30; between these two (1970 to 2099) a bare number can be meant so.
SERIAL_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 25569, 73050

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
_NO_YEAR = re.compile(r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?")
_SHORT_YEAR = re.compile(r"\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?.*")
_NO_DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?")
_DASHES = str.maketrans("–—－／．。", "--－/..")


def day(value: Value | None, order: str = "") -> date:
    """The day a cell means; a time of day is left out.

    `order`: "mdy" or "dmy" for a column that writes 03/02/2026 (see `day_order`). Raises
    `ValueError` in Chinese.
    """
    return moment(value, order).date()


def moment(value: Value | None, order: str = "") -> datetime:
    """The moment a cell means, aware, Asia/Shanghai; midnight when it gives no time of day.

    Takes true dates, Excel's day numbers, 20260302, and text such as `2020/1/6 12:09:38`,
    `2021.3.5`, `2021年3月5日 下午3时`, `12/31/2016`. Raises `ValueError` in Chinese.
    """
    if isinstance(value, datetime):
        return _checked(value if value.tzinfo else value.replace(tzinfo=SHANGHAI))
    if isinstance(value, date):
        return _checked(datetime.combine(value, time(), SHANGHAI))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value)
    if not isinstance(value, str):
        raise ValueError(f"日期看不懂：{WRITE_DAY}")
    return _of_text(unicodedata.normalize("NFKC", text(value)).translate(_DASHES).lower(), order)


def _of_number(value: int | float) -> datetime:
    """A moment from a bare number: 20260302, or Excel's count of days."""
    if FIRST_SERIAL <= value <= LAST_SERIAL:
        whole, part = divmod(value, 1)
        found = SERIAL_ZERO + timedelta(days=int(whole))
        seconds = timedelta(seconds=round(part * 86400))
        return datetime.combine(found, time(), SHANGHAI) + seconds
    return _of_text(text(value), "")


def _of_text(written: str, order: str) -> datetime:
    """A moment from narrow lower-case text."""
    if not written:
        raise ValueError(f"没有写日期：{WRITE_DAY}")
    if found := _YEAR_FIRST.fullmatch(written) or _COMPACT.fullmatch(written):
        return _built(found, int(found["month"]), int(found["day"]))
    if found := _YEAR_LAST.fullmatch(written):
        return _built(found, *_month_and_day(int(found["one"]), int(found["two"]), order))
    try:
        return _checked(datetime.fromisoformat(written.upper()).astimezone(SHANGHAI))
    except ValueError as error:
        if "年份" in str(error):
            raise
        raise ValueError(_reason(written)) from None


def _reason(written: str) -> str:
    """What is wrong with a text no pattern fits."""
    if _NO_DAY.fullmatch(written):
        return f"缺少日：{WRITE_DAY}"
    if _NO_YEAR.fullmatch(written):
        return f"缺少年份：{WRITE_DAY}"
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


def _built(found: re.Match, month: int, day_of_month: int) -> datetime:
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
            int(parts["year"]),
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
        written = unicodedata.normalize("NFKC", text(value)).translate(_DASHES).lower()
        if found := _YEAR_LAST.fullmatch(written):
            first = max(first, int(found["one"]))
            second = max(second, int(found["two"]))
    if first <= 12 < second:
        return "mdy"
    return "dmy" if second <= 12 < first else ""


# Phones, ID numbers, numbers

WRITE_PHONE = "请写 11 位手机号，或带区号的座机号（如 0591-87654321）。"
_MOBILE = re.compile(r"(?:\+?0{0,2}86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d\d))?([2-9]\d{6,7})(?:转(\d{1,6}))?")
_TOLL_FREE = re.compile(r"[48]00\d{7}")
_FOREIGN = re.compile(r"(?:\+|00)(?!86)\d{7,15}")
_BETWEEN_PHONES = re.compile(r"[、,;/|\n]+|\s{1,}(?=[01+])")
_EXTENSION = re.compile(r"(?:转|ext\.?|x|#|分机)\s*(?=\d{1,6}$)")


def phones(value: Value | None) -> list[str]:
    """All phone numbers of a cell, written one way: 13800000000, 0591-87654321, …转801.

    Raises `ValueError` in Chinese when any part of the cell is not one.
    """
    written = unicodedata.normalize("NFKC", text(value)).lower()
    if is_masked(written):
        raise ValueError(f"号码被遮住了一部分，不能用来联系：{WRITE_PHONE}")
    if whole := _phone(written):
        return [whole]
    found = [_phone(part) for part in _BETWEEN_PHONES.split(written) if part.strip()]
    if not found or not all(found):
        raise ValueError(f"号码看不懂：{WRITE_PHONE}")
    return [number for number in found if number]


def phone(value: Value | None) -> str:
    """The one phone number of a cell, as `phones` writes it."""
    found = phones(value)
    if len(found) > 1:
        raise ValueError("一格里有几个号码：请只留一个，其余的写到备注里。")
    return found[0]


def _phone(written: str) -> str:
    """One number written our way, or "" when it is none."""
    written = _EXTENSION.sub("转", written.strip())
    bare = re.sub(r"[\s\-–—()]", "", written)
    if found := _MOBILE.fullmatch(bare):
        return found[1]
    if found := _LANDLINE.fullmatch(re.sub(r"^\+?0{0,2}86(?=0)", "", bare)):
        area, number, extension = found.groups()
        return (f"{area}-" if area else "") + number + (f"转{extension}" if extension else "")
    return bare if _TOLL_FREE.fullmatch(bare) or _FOREIGN.fullmatch(bare) else ""


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def id_number(value: Value | None) -> str:
    """An 18-digit resident ID number (GB 11643), capital X; its date and check digit hold.

    The place is not looked up. Raises `ValueError` in Chinese.
    """
    written = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text(value))).upper().strip("'`")
    if is_masked(written):
        raise ValueError("证件号被遮住了一部分：请填完整的 18 位，或者留空。")
    if re.fullmatch(r"\d\.\d+E\+?\d+", written) or (
        isinstance(value, int | float) and len(written) > 15
    ):
        raise ValueError(
            "证件号被表格软件变成了数字，后几位已经丢失：请把这一列设为“文本”，照原件重填。"
        )
    if re.fullmatch(r"\d{15}", written):
        raise ValueError("这是 15 位的旧证号：请换成 18 位的。")
    if not re.fullmatch(r"\d{17}[\dX]", written):
        raise ValueError("证件号应是 18 位：请对照原件检查。")
    try:
        date(int(written[6:10]), int(written[10:12]), int(written[12:14]))
    except ValueError:
        raise ValueError("证件号里的出生日期不存在：请对照原件检查。") from None
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, written, strict=False))
    if _CHECK_DIGITS[total % 11] != written[17]:
        raise ValueError("证件号最后一位对不上，可能抄错了一位：请对照原件检查。")
    return written


_NUMBER = re.compile(r"([+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)\s*[人名户件次个元家位份]?")


def number(value: Value | None) -> int | Decimal:
    """A number, exact: an int when whole. Takes `1,234.50`, `１２`, `30人`.

    Raises `ValueError` in Chinese.
    """
    written = unicodedata.normalize("NFKC", text(value)).lstrip("¥")
    found = None if isinstance(value, bool) else _NUMBER.fullmatch(written)
    if not found:
        raise ValueError("这里应是一个数：请只写数字，不带说明。")
    exact = Decimal(found[1].replace(",", ""))
    return int(exact) if exact == exact.to_integral_value() else exact


_YES = frozenset({"是", "有", "对", "y", "yes", "true", "1", "√", "✓", "✔"})
_NO = frozenset({"否", "无", "没有", "不是", "n", "no", "false", "0", "×", "✗"})


def yes_no(value: Value | None) -> bool:
    """Whether a cell says yes. Raises `ValueError` in Chinese when it says neither."""
    written = text(value).casefold()
    if written in _YES or written in _NO:
        return written in _YES
    raise ValueError("这里只能写“是”或“否”。")


_MASK = re.compile(
    r"[*＊●■]"  # 138****0000, 张*
    r"|\d[xX×]{3,}(?:\d|$)"  # 138xxxx0000
    r"|^[\u4e00-\u9fff]{0,2}某{1,3}[\u4e00-\u9fff]?$"  # 张某, 张某某, 欧阳某某, 某某, 张某明
    r"|^[\u4e00-\u9fff]{1,2}[×xX○〇]{1,2}$"  # 张××
)


def is_masked(value: Value | None) -> bool:
    """Whether a name, phone or number was made unreadable on purpose."""
    return bool(_MASK.search(text(value)))
