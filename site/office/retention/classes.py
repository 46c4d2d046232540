"""保管期限: classes and terms (domain §2.6 Archives), and which class each declared field belongs to.

A term runs from 1 January after the day that starts it. A record keeps the day it was given when it
ended: a term that is shortened later holds for later records alone, a longer one for all.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices

from office.limits import limit
from office.models import RetentionClass


class Unit(TextChoices):
    YEARS = "years", "年"
    MONTHS = "months", "个月"
    DAYS = "days", "天"
    NONE = "", ""


@dataclass(frozen=True)
class Declared:
    """One class. Texts are Chinese, for its page.

    term: in `unit`; None: no end of its own. starts: what the term counts from. lowest, highest:
    what an office may set; both 0: nothing to set here. keeps: words of `privacy.declare(keep=…)`;
    limit: the line of `office.limits` that holds the term instead.
    """

    label: str
    starts: str
    note: str
    unit: Unit = Unit.NONE
    term: int | None = None
    lowest: int = 0
    highest: int = 0
    keeps: tuple[str, ...] = field(default=())
    limit: str = ""
    source: str = ""

    @property
    def settable(self) -> bool:
        return self.highest > 0


_ARCHIVE = "建议值，报同级档案主管部门同意后执行（《档案法实施条例》）"
PERMANENT, LONG, SHORT = "permanent", "long", "short"

CLASSES: dict[str, Declared] = {
    PERMANENT: Declared(
        "永久", "办结", "经过复查复核的、参加人数很多或社会影响大的事项。不销毁。", source=_ARCHIVE
    ),
    LONG: Declared(
        "长期保管", "办结（次年1月1日起算）", "集体访、走信访程序或履行法定职责的事项。",
        Unit.YEARS, 30, 10, 100, source=_ARCHIVE,
    ),
    SHORT: Declared(
        "短期保管", "办结（次年1月1日起算）", "其余事项。",
        Unit.YEARS, 10, 5, 100, source=_ARCHIVE,
    ),
    "file": Declared(
        "随件", "所属的信访事项", "材料、经过、修改历史、查看记录和检索，与所属事项同存同毁。",
        keeps=("随件",), source="网络安全等级保护；变更与查看记录与案卷同存",
    ),
    "tenure": Declared(
        "任职期间", "离任", "账号和岗位。离任即停用；经手记录要能说明是谁办的，姓名随案卷保存。",
        keeps=("任职期间", "最近二十四次"), source="《个人信息保护法》第十九条",
    ),
    "system": Declared(
        "长期", "录入", "机构、日历、编号、规则、设置和销毁清册，不含居民个人信息。",
        keeps=("长期",), source="系统运行需要",
    ),
    "security": Declared(
        "安全日志", "发生", "登录、锁定、授权和运行日志。",
        Unit.MONTHS, 6, 6, 120, keeps=("安全日志", "六个月", "六个月以上"),
        source="《网络安全法》：网络日志留存不少于六个月",
    ),
    "assessment": Declared(
        "处理情况记录", "形成", "个人信息保护影响评估和个人信息请求的办理记录。",
        Unit.YEARS, 3, 3, 30, keeps=("三年",), source="《个人信息保护法》第五十六条",
    ),
    "uploads": Declared(
        "上传的台账", "导入结束", "原文件和错误副本。期限在“期限与数量”里设。",
        Unit.DAYS, keeps=("三十天",), limit="upload_days", source="够核对即可",
    ),
    "exports": Declared(
        "导出的文件", "生成", "期限在“期限与数量”里设，到期自动删除。",
        Unit.DAYS, keeps=("导出期限",), limit="export_days", source="够下载即可",
    ),
    "tokens": Declared(
        "防重复标记", "提交", "防止同一份表单办两次。",
        Unit.DAYS, 7, keeps=("七天",), source="系统运行需要",
    ),
    "forms": Declared(
        "暂存的表单", "提交", "登录超时前填的内容，重新登录后找回。",
        Unit.DAYS, 1, keeps=("一天",), source="够找回即可",
    ),
}  # fmt: skip

#: classes a record of a room may have
ARCHIVE = (PERMANENT, LONG, SHORT)
_BY_KEEP = {word: key for key, one in CLASSES.items() for word in one.keeps}


def class_of(keep: str) -> str:
    """The class of a declared `keep`. Raises KeyError for a word no class knows."""
    return _BY_KEEP[keep]


def term(key: str) -> int | None:
    """The term in force, in the unit of the class; None when it has no end of its own."""
    declared = CLASSES[key]
    if declared.limit:
        return limit(declared.limit)
    if not declared.settable:
        return declared.term
    here = RetentionClass.objects.filter(key=key).values_list("term", flat=True).first()
    return declared.term if here is None else here


def terms() -> dict[str, int | None]:
    """The terms of the archive's classes, for who asks for many records."""
    here = dict(RetentionClass.objects.values_list("key", "term"))
    return {key: here.get(key, CLASSES[key].term) for key in ARCHIVE}


def words(key: str, count: int | None) -> str:
    """A term as people read it: 30 年, 6 个月, 永久."""
    if count is None:
        return CLASSES[key].keeps[0] if CLASSES[key].keeps else CLASSES[key].label
    return f"{count} {CLASSES[key].unit.label}"


def label(key: str, years: int | None = None) -> str:
    """What a record's class is called: 长期保管（30 年）."""
    if key not in CLASSES:
        return ""
    return CLASSES[key].label if years is None else f"{CLASSES[key].label}（{years} 年）"


def last_day(start: date, years: int | None) -> date | None:
    """The last day of a term of years that began with what happened on `start`; None: never ends."""
    return None if years is None else date(start.year + years, 12, 31)


def names(ids: list[int]) -> dict[int, str]:
    """What an auditor reads of changed terms: their labels."""
    rows = RetentionClass.objects.filter(pk__in=ids).values_list("pk", "key")
    return {pk: CLASSES[key].label if key in CLASSES else key for pk, key in rows}
