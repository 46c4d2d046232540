"""What people write into cells, made clean: text, days, moments, phones, ID numbers, numbers.

Pure functions. One that cannot understand a value raises `ValueError` with a Chinese sentence that
says what to write instead; none of them guesses. A blank cell is the caller's question (`blank`).
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from office.sheets.days import NoYear, day, day_order, moment, needs_year
from office.sheets.reading import Value
from office.sheets.texts import blank, fold, text

__all__ = [
    "NoYear", "blank", "day", "day_order", "fold", "id_number", "is_masked", "moment", "needs_year",
    "number", "phone", "phones", "text", "yes_no",
]  # fmt: skip

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
