"""A title out of what a sheet says: the thing, without names and numbers. Pure."""

import re
import unicodedata

from casework.matters.ledgers.wordings import hide_numbers, names_somebody

_LONGEST, _SHORT, _LEAST = 120, 40, 8  # characters
PHONE_TOLD = re.compile(
    r"(?:联系电话|联系方式|电话|手机号码|手机号|手机|回电)(?:是|为)?[：:]?\s*(?P<n>[+\d][\d\- ]{5,16}\d)"
)
_OPENINGS = re.compile(
    r"^(?:您好|你好|尊敬的[^，。：:]{0,12}[，。：:]?|[，。,.！!\s])*"
    r"(?:(?:市民|来电人|群众|居民|村民|业主|诉求人|来访人|来信人|其|该市民|信访人)?"
    r"(?:[\u4e00-\u9fff]{0,3}(?:女士|先生|小姐))?(?:再次)?(?:来电|来信|来访|致电|网上)?"
    r"(?:反映|咨询|投诉|表示|称|诉求|求助|建议|提出)(?:[，,：:]|其|说)*)?"
)
_WRAPPED = re.compile(r"(?<![，。！？；,;：:！!?])\n")

_HOME = re.compile(
    r"[，,；; ]*(?:我|本人)?(?:家住|现住|住在|住址|地址|住(?![宅房户院建改保]))[：:为在]?[^，,。；;\d]{0,24}"
    r"(?:[^，,。；;\d]{0,6}\d+(?:-\d+)*(?:号楼|号院|号|室|栋|幢|单元|楼|组|弄|层))+"
)


def title_of(told: str, claim: str, name: str) -> str:
    """The title a sheet gives, else the first words of its claim; "" when nothing is left to say."""
    title = unicodedata.normalize("NFC", told) or _first_words(claim)
    if names_somebody(name):
        title = title.replace(name, "信访人")
        title = re.sub(r"^信访人(?:来电|来信|来访)?(?:反映|投诉|咨询)?[：:，,]?", "", title)
    title = hide_numbers(_HOME.sub("", title)).strip(" ，,")
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"


def _first_words(claim: str) -> str:
    """The first sentence of a claim, without 市民来电反映 and numbers to ring, at most 40 long."""
    joined = _WRAPPED.sub("", claim.strip())
    said = PHONE_TOLD.sub("", _OPENINGS.sub("", joined, count=1)) or joined
    sentence = re.split(r"[。！？!?；;\n]", said, maxsplit=1)[0].strip(" ，,：:")
    if len(sentence) <= _SHORT:
        return sentence
    cut = max(sentence[:_SHORT].rfind(mark) for mark in "，,")
    return sentence[:cut] if cut >= _LEAST else sentence[:_SHORT]
