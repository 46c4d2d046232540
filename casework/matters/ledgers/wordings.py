"""What other offices write into their cells for what we know by a code. Pure functions."""

import re
from functools import lru_cache

from casework.matters.states import Channel, Klass, PersonKind
from office.masking import mask_id, mask_phone

#: cells that say nothing, in any column
NOTHING = frozenset({"-", "--", "---", "—", "——", "/", "//", "\\", "\\N", "N/A", "n/a", "NULL"}) | {
    "null",
    "None",
    "nan",
    "#N/A",
}
#: cells that say "we do not know" where a date, a person or a way of reaching them is asked for
UNKNOWN = frozenset({"无", "不详", "未知", "未留", "未提供", "暂无", "没有", "未填", "拒绝提供"})

SEALED = "检举控告件请按密件登记，不从台账导入。请把这一行从台账中删去。"
_REPORTS = frozenset(
    word + ending
    for word in (
        "检举", "控告", "举报", "检举控告", "控告检举", "揭发控告", "检举揭发", "检举举报",
        "举报控告", "控告举报",
    )
    for ending in ("", "类", "类别", "件", "信", "事项", "类事项")
)  # fmt: skip
#: hotlines sort calls into 投诉, 咨询, 建议, 举报 …: there the word means a tip about pollution or
#: trade, not about an official's conduct (art. 30); petition ledgers never head a column so
_KINDS_OF_CALL = frozenset({"性质", "诉求性质", "来电性质", "工单类型", "EVENT_PROPERTY_NAME"})
_TIPS = frozenset({"举报", "举报类"})
_LONGEST_REPORT = 16  # characters, blanks and marks included
_MARKS = re.compile(r"[\W_]+")
_SUGGESTIONS = frozenset({"建议", "意见", "意见建议", "建议意见", "建议意见类", "建议类"})
_CLAIMS = frozenset({"申诉", "求决", "申诉求决", "申诉求决类", "求决类", "申诉类"})

_BY_LABEL = {label: code for code, label in Channel.choices}
_CHANNELS = (
    (Channel.HOTLINE, re.compile(r"12345|12319|热线")),
    (Channel.FORWARDED, re.compile(r"转送|转办|交办|上级|批转")),
    (
        Channel.ONLINE,
        re.compile(r"@|网|微信|微博|app|邮|信箱|qq|短信|在线|小程序|公众号|论坛", re.I),
    ),
    (Channel.PHONE, re.compile(r"电|话|座机")),
    (Channel.VISIT, re.compile(r"访")),
    (Channel.LETTER, re.compile(r"信")),
)
_UNFINISHED = re.compile(
    r"未[能予及]?(?:办|答|回|解|化|处|结|完)|尚未|正在|待办|待处|在办|办理中|处理中|进行中|拟办"
)
_DONE = "办结|办毕|结案|归档|完结|完成|化解|解决|处理|处置|答复|回复"
_FINISHED = re.compile(f"{_DONE}|已办|已回访")
#: in a whole sentence the bare word may be an order ("限期完成整改")
_SAID_FINISHED = re.compile(f"已经?(?:{_DONE})|[按逾到]期办结")
_SENTENCE = 10  # characters
_ORGANISATION = re.compile(
    r"(?:公司|集团|厂|合作社|委员会|业委会|管委会|协会|学校|医院|幼儿园|超市|酒店)$"
)
_LIKE_ID = re.compile(r"(?<!\d)\d{17}[\dXx]")
_LIKE_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-\d{7,8})(?!\d)")
#: names that name nobody: they may stand in a title
_ANYBODY = frozenset(
    {"市民", "居民", "群众", "业主", "村民", "网友", "学生", "家长", "记者", "先生", "女士"}
)


@lru_cache(maxsize=1024)
def channel_of(written: str, source: str) -> str:
    """The channel a cell means; without a cell, what the ledger's source tells."""
    if written in _BY_LABEL:
        return _BY_LABEL[written]
    text = written or source
    found = next((channel for channel, words in _CHANNELS if words.search(text)), None)
    if found and (written or found == Channel.HOTLINE):
        return found
    return Channel.OTHER


def klass_of(written: str) -> str:
    """The class a cell names, "" when it leaves it open.

    A report against somebody is refused by its row, whatever column says so (`is_report`).
    """
    if written in _SUGGESTIONS:
        return Klass.SUGGESTION
    return Klass.CLAIM if written in _CLAIMS else ""


def is_report(written: str, heading: str = "") -> bool:
    """Whether a cell says, and says no more than, that its row is a report against somebody."""
    if heading in _KINDS_OF_CALL and written.strip() in _TIPS:
        return False
    return len(written) <= _LONGEST_REPORT and _is_report(written)


@lru_cache(maxsize=4096)
def _is_report(written: str) -> bool:
    return _MARKS.sub("", written) in _REPORTS


@lru_cache(maxsize=1024)
def is_finished(written: str, heading: str) -> bool:
    """Whether a cell of the state column says that the row is done with."""
    if heading.startswith("是否"):
        return written in ("是", "已", "1", "√")
    words = _FINISHED if len(written) <= _SENTENCE else _SAID_FINISHED
    return bool(words.search(written)) and not _UNFINISHED.search(written)


def anonymity(written: str) -> bool | None:
    """True: anonymous; False: named; None: the cell is a name."""
    if written in ("1", "是", "匿名", "匿名者", "√"):
        return True
    return False if written in ("0", "否", "实名") else None


def kind_of_name(name: str) -> str:
    """A person or an organisation, by the last word of the name."""
    return PersonKind.ORGANISATION if _ORGANISATION.search(name) else PersonKind.PERSON


def hide_numbers(written: str) -> str:
    """A text with its phone and ID numbers masked."""
    written = _LIKE_ID.sub(lambda found: mask_id(found[0]), written)
    return _LIKE_PHONE.sub(lambda found: mask_phone(found[0]), written)


def names_somebody(name: str) -> bool:
    """Whether a title that holds this name would tell who came."""
    return len(name) > 1 and name not in _ANYBODY
