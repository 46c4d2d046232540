"""ID and telephone numbers as people write them: what is wrong with one, and its one way of writing.

Two kinds of callers. Whoever types at a form is told at the field and may say that it stands so on
the paper; what comes in by ledger, hotline sheet or paste is only remarked on: a letter that is lost
is worse than a digit that is wrong. What exists is asked of python-stdnum (GB 11643, GB 32100) and
of phonenumbers; places in ID numbers are not looked up, as no table knows every county there was.
"""

import re
import unicodedata
from datetime import date

import phonenumbers
from phonenumbers import NumberParseException, is_valid_short_number
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from office.clock import today
from office.limits import limit

LEAST_DIGITS = 7  # a local landline; of shorter ones only service numbers can be rung
AREA = "area_code"

_CENTURY = 6  # where an ID number of 15 digits lacks the century of its year
_OLD, _NEW = re.compile(r"\d{15}"), re.compile(r"\d{17}[\dX]")
_NEARLY = re.compile(r"\d{16,17}|\d{18}[\dX]+")
_MASK = re.compile(r"[*＊●■]|\d[xX×]{3,}")
_LOST = re.compile(r"\d\.\d+E\+?\d+")

_HAN = "\u3400-\u9fff"
_AND = re.compile(r"[、,;/|\n\r\t]+|(?<=\d{7})\s+(?=[01+]\d)")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*(\d{1,6})$", re.I)
#: 13800001234（儿子）; but (0591)87654321 begins with its area code
_REMARK = re.compile(rf"\((?!0?\d{{2,4}}\))[^()]*\)|[{_HAN}:]+")
_PUNCTUATION = re.compile(r"[\s\-–—_.()]")
_CHINA = re.compile(r"^(?:\+|00)?86(?=1\d{10}$|0?[1-9]\d{8,11}$)")
_FOREIGN = re.compile(r"^(?:\+|00)(?!86)(?=[1-9])")
_EMERGENCY = {"110", "119", "120", "122", "999"}

_WRITE = "请写 11 位手机号，或带区号的座机号（如 0591-87654321）"


# ID numbers


def plain_id(text: str) -> str:
    """A number as it is compared: narrow, capital, without blanks and strokes.

    An ID number of 15 digits becomes the one of 18 that the same person has now.
    """
    plain = re.sub(r"[\s\-–—_.·'`]", "", unicodedata.normalize("NFKC", text)).upper()
    if not _OLD.fullmatch(plain):
        return plain
    longer = f"{plain[:_CENTURY]}19{plain[_CENTURY:]}"
    return longer + ric.calc_check_digit(f"{longer}0")


def id_number_problem(text: str) -> str:
    """Why this cannot be the number of a resident, as a sentence that says what to do; "" if it can.

    What does not look like a resident's number is another certificate and passes (see `id_hint`).
    """
    told = plain_id(text)
    if _MASK.search(text):
        return "证件号码有几位被遮住了：请对照证件填完整，问不到就留空。"
    if _LOST.fullmatch(_narrow(text).upper()):
        return "证件号码被表格软件变成了数字，后几位已经丢失：请对照证件重填。"
    if _NEARLY.fullmatch(told):
        return f"居民身份证号是 18 位，这里有 {len(told)} 位：请对照证件，看是不是漏抄或多抄了。"
    if not _NEW.fullmatch(told) or uscc.is_valid(told):
        return ""
    try:
        born = ric.get_birth_date(told)
    except ValidationError:
        born = date.max
    if not date(1870, 1, 1) <= born <= today():
        return "身份证号里的出生日期不存在：请对照证件，看第 7 到 14 位。"
    if told[-1] != ric.calc_check_digit(told):
        return "身份证号最后一位对不上，可能抄错了一位：请对照证件再看一遍。"
    return ""


def id_hint(text: str) -> str:
    """What to tell of a number that passes as another certificate; "" for residents and for none."""
    told = plain_id(text)
    if not told or _NEW.fullmatch(told) or uscc.is_valid(told):
        return ""
    return "证件号码不像居民身份证，按其他证件（护照、港澳台证件、单位代码等）登记，请再核对一眼。"


# Telephone numbers


def phone_problem(text: str) -> str:
    """Why nobody can be rung there, as a sentence that says what to do; "" if somebody can.

    Several numbers with 、 ；or / between them are judged one by one; words beside them do not matter.
    """
    plain = _narrow(text)
    if not plain:
        return ""
    if _MASK.search(plain):
        return f"号码有几位被遮住了：{_WRITE}，问不到就留空。"
    wrong = [part for part in _parts(plain) if not _rings(part)]
    if not wrong:
        return ""
    digits = max(len(re.sub(r"\D", "", part)) for part in wrong)
    if digits < LEAST_DIGITS:
        return f"电话至少 {LEAST_DIGITS} 位数字，请再核对。没有电话就留空。"
    if re.match(r"\D*1[3-9]", wrong[0]) and digits != 11:
        return f"手机号是 11 位，这里有 {digits} 位：请再核对。几个号码之间用顿号隔开。"
    return f"没有这样的号码：{_WRITE}；几个号码之间用顿号隔开，境外的以 + 和国家代码开头。"


def phone_keys(text: str) -> list[str]:
    """Each number of a text written one way: 13800001234, 059187654321, +85223456789.

    A local number gets the area code of the office, once one is set. [] where there is no digit.
    """
    found = [_key(part) for part in _parts(_narrow(text))]
    return [key for key in found if key]


def local_area() -> str:
    """The area code of the office with its 0; "" while none is set."""
    code = limit(AREA)
    return f"0{code}" if code else ""


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _parts(plain: str) -> list[str]:
    """The numbers of a text, each without the words beside it; blanks inside one are no border."""
    parts = []
    for part in _AND.split(plain):
        extension = _EXTENSION.search(part)
        number = _REMARK.sub(" ", part[: extension.start()] if extension else part).strip()
        if number or extension:
            parts.append(number + (f"转{extension[1]}" if extension else ""))
    return parts


def _split(part: str) -> tuple[str, str]:
    """Number and extension, without blanks and strokes."""
    number, _, extension = part.partition("转")
    return _PUNCTUATION.sub("", number), extension


def _rings(part: str) -> bool:
    number, extension = _split(part)
    if not re.fullmatch(r"\+?\d+", number):
        return False
    if _FOREIGN.match(number):
        return _valid("+" + _FOREIGN.sub("", number), None)
    number = _CHINA.sub("", number)
    if re.fullmatch(r"[2-9]\d{6,7}", number):
        area = local_area()
        return not area or _valid(area + number)
    if number in _EMERGENCY:
        return False
    return _is_short(number) or _valid(number)


def _valid(number: str, region: str | None = "CN") -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except NumberParseException:
        return False


def _is_short(number: str) -> bool:
    """12345, 95588, 96110: numbers of services and of organisations."""
    if re.fullmatch(r"9[56]\d{3,6}", number):
        return True
    try:
        return is_valid_short_number(phonenumbers.parse(number, "CN"))
    except NumberParseException:
        return False


def _key(part: str) -> str:
    number, extension = _split(part)
    if _FOREIGN.match(number):
        return "+" + re.sub(r"\D", "", _FOREIGN.sub("", number)) + extension
    digits = re.sub(r"\D", "", _CHINA.sub("", number))
    if _CHINA.match(number) and len(digits) < 13 and not digits.startswith(("0", "1")):
        digits = f"0{digits}"  # +86 591 8765 4321
    if re.fullmatch(r"[2-9]\d{6,7}", digits):
        digits = local_area() + digits
    return digits + extension
