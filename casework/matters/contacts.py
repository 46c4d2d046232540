"""Names, phones and ID numbers as their look-up hashes take them, and which a title must not hold."""

import re
import unicodedata

from office.identity import local_area, phone_keys, plain_id
from office.vault import keyed_hash

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
    """All digits of a phone number, without China's own country code: how hashes were once made."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)


def name_hash(name: str) -> str:
    """The keyed hash by which a petitioner's exact name is found; "" for ""."""
    return keyed_hash("name", plain_name(name))


def phone_hash(phone: str) -> str:
    """The keyed hash by which a petitioner's (first) phone is found; "" where there is no digit."""
    keys = phone_keys(phone)
    return keyed_hash("phone", keys[0]) if keys else ""


def phone_hashes(phone: str) -> set[str]:
    """Every hash under which a number may be stored: as now, as all digits in a row, and a local
    one without the area code, which an office may have set later. Empty where there is no digit.
    """
    told = {digits_of(phone), *phone_keys(phone)}
    area = local_area() if any(key.startswith("0") for key in told) else ""
    told |= {key.removeprefix(area) for key in told if area and key.startswith(area)}
    return {keyed_hash("phone", key) for key in told if key}


def id_hash(number: str) -> str:
    """The keyed hash by which an ID number is found; "" for ""."""
    return keyed_hash("id", plain_id(number))


def id_hashes(number: str) -> set[str]:
    """Every hash under which an ID number may be stored: as now, and as it was once taken."""
    once = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    return {keyed_hash("id", plain) for plain in (once, plain_id(number)) if plain}


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
