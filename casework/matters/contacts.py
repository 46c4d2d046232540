"""Phone and ID numbers as people write them: which a title must not hold, which nobody can ring."""

import re
import unicodedata

from office.vault import keyed_hash

LEAST_DIGITS = 7  # a local landline; shorter ones are no number anybody could ring
_BETWEEN = re.compile(r"(?<=\d)[\s\-—_.]+(?=[\dXx])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


#: the marks that stand between the parts of a name, as keyboards and scans write them
_DOTS = re.compile(r"[•‧∙⋅・･ᐧ]")


def plain_name(name: str) -> str:
    """A name as its hash takes it: narrow, without blanks, one kind of dot; however it was typed."""
    narrow = unicodedata.normalize("NFKC", _DOTS.sub("·", name))
    return "".join(_DOTS.sub("·", narrow).split())


def digits_of(phone: str) -> str:
    """A phone number as its hash takes it: digits, without China's own country code."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)


def name_hash(name: str) -> str:
    """The keyed hash by which a petitioner's exact name is found; "" for ""."""
    return keyed_hash("name", plain_name(name))


def phone_hash(phone: str) -> str:
    """The keyed hash by which a petitioner's phone is found; "" where there is no digit."""
    return keyed_hash("phone", digits_of(phone))


def number_in(title: str) -> str:
    """What kind of personal number stands in a title: "电话", "证件号" or ""."""
    plain = unicodedata.normalize("NFKC", title)
    ways = (plain, _BETWEEN.sub("", plain))  # as written, and 139 0000 1234 as one number
    if any(_ID.search(text) for text in ways):
        return "证件号"
    return "电话" if any(_MOBILE.search(text) for text in ways) else ""


def title_gap(title: str) -> str:
    """The sentence that refuses a title with a number in it; "" when there is none."""
    kind = number_in(title)
    return f"标题里有{kind}。标题同事都看得到，请写到信访人一栏。" if kind else ""


def phone_gap(phone: str) -> str:
    """Why a phone number cannot be rung; "" when it can, or when none was given."""
    if not phone.strip():
        return ""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    if len(digits) >= LEAST_DIGITS:
        return ""
    return f"电话至少 {LEAST_DIGITS} 位数字，请再核对。没有电话就留空。"
