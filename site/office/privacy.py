"""What personal data there is: every text and file field of ours is declared, by room.

Each room's `privacy.py` calls `declare` for its models; `undeclared()` names what was forgotten and
a test fails on it. The rights clerk, retention and the markers test read this table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models


class Kind(StrEnum):
    """What a field may hold."""

    PERSON = "person"  # identifies a petitioner or party: vault, masked, looks logged
    CONTENT = "content"  # free text or file of a record: vault, opened with a purpose
    WORK = "work"  # plain working text; the form says: name the thing, not the person
    STAFF = "staff"  # data of the office's own people
    SECRET = "secret"  # keys, hashes, tokens: never shown
    CODE = "code"  # numbers, names and codes of the system
    PUBLIC = "public"  # written to be published, after review


#: classes whose fields live in the vault and nowhere else
IN_VAULT = {Kind.PERSON, Kind.CONTENT}


@dataclass(frozen=True)
class Declared:
    """kind; purpose: why it is held (Chinese); keep: retention class (domain §2.6 Archives)."""

    kind: Kind
    purpose: str
    keep: str = "随件"


_table: dict[tuple[str, str], Declared] = {}


def declare(model: str, kind: Kind, purpose: str, *fields: str, keep: str = "随件") -> None:
    """Declare fields of a model ("app.model") that share class, purpose and retention."""
    for name in fields:
        _table[model, name] = Declared(kind, purpose, keep)


def declared(model: str, field: str) -> Declared | None:
    return _table.get((model, field))


def text_fields(labels: set[str]) -> Iterator[tuple[str, models.Field]]:
    """Every free text, binary, JSON and file field of the models of these apps, history apart."""
    free = (
        models.CharField,
        models.TextField,
        models.BinaryField,
        models.JSONField,
        models.FileField,
    )
    for model in apps.get_models():
        if model._meta.app_label in labels and not hasattr(model, "history_type"):
            for field in model._meta.local_fields:
                if isinstance(field, free) and not field.choices:
                    yield model._meta.label_lower, field


def undeclared(labels: set[str]) -> list[str]:
    """Fields of these apps that nobody declared: "app.model.field"."""
    return [
        f"{model}.{field.name}"
        for model, field in text_fields(labels)
        if (model, field.name) not in _table
    ]


_LOG = "变更与查看的记录"
declare("office.change", Kind.WORK, _LOG, "reason", "label", keep="随件")
declare("office.change", Kind.CODE, _LOG, "kind", "root_kind")
declare("office.changeshape", Kind.CODE, _LOG, "kind", "fields")
declare("office.look", Kind.WORK, _LOG, "label", "what", "purpose")
declare("office.look", Kind.CODE, _LOG, "kind")
declare("office.lookfinding", Kind.CODE, _LOG, "rule", "key", "kind")
declare("office.lookfinding", Kind.WORK, _LOG, "label", "told")
declare("office.looknote", Kind.CONTENT, _LOG, "said")
declare(
    "office.user", Kind.STAFF, "账号与岗位", "username", "name", "email", "phone", keep="任职期间"
)
declare("office.user", Kind.SECRET, "登录", "password", keep="任职期间")
_RIGHTS, _ENTERING = "授权与应急", "登录与密码（等级保护）"
declare("office.grantrequest", Kind.STAFF, _RIGHTS, "title", keep="长期")
declare("office.grantrequest", Kind.WORK, _RIGHTS, "reason", "note", keep="长期")
declare("office.emergency", Kind.STAFF, _RIGHTS, "by", keep="长期")
declare("office.emergency", Kind.WORK, _RIGHTS, "reason", "note", "second_note", keep="长期")
declare("office.signin", Kind.STAFF, _ENTERING, "device", keep="六个月以上")
declare("office.signin", Kind.WORK, _ENTERING, "note", keep="六个月以上")
declare("office.desksession", Kind.STAFF, _ENTERING, "device", keep="任职期间")
declare("office.passwordrecord", Kind.SECRET, _ENTERING, "value", keep="最近二十四次")
declare("office.activation", Kind.SECRET, _ENTERING, "first", "second", keep="任职期间")
declare("office.post", Kind.STAFF, "账号与岗位", "title", keep="任职期间")
declare("office.unit", Kind.CODE, "机构", "name", "initials", "phone", "path", keep="长期")
declare("office.calendarday", Kind.CODE, "工作日历", "name", keep="长期")
declare("office.calendaryear", Kind.CODE, "工作日历", "source", keep="长期")
declare("office.datakey", Kind.SECRET, "加密", "wrapped", "master")
declare("office.formtoken", Kind.CODE, "防止重复提交", "result", keep="七天")
declare("office.keptform", Kind.CONTENT, "登录超时前的表单", "body", keep="一天")
declare("office.keptform", Kind.CODE, "登录超时前的表单", "path", keep="一天")
declare("office.job", Kind.CODE, "后台工作", "name", "label", "error", keep="长期")
declare("office.tasktrouble", Kind.CODE, "后台工作", "kind", "error", keep="长期")
declare("office.numberseries", Kind.CODE, "编号", "series", keep="长期")
_SEARCH = "检索（按个人信息管理，销毁后重建）"
declare("office.searchentry", Kind.WORK, _SEARCH, "title", "names", "body")
declare("office.searchentry", Kind.WORK, _SEARCH, "title_sound", "names_sound")
declare("office.searchentry", Kind.SECRET, _SEARCH, "pieces")
declare("office.searchmark", Kind.CODE, "检索", "service", keep="长期")
declare("office.limit", Kind.CODE, "期限与数量", "key", keep="长期")
declare("office.retentionclass", Kind.CODE, "保管期限", "key", "source", keep="长期")
_DESTROYED = "销毁的依据和结果"
declare("office.destructionlist", Kind.CODE, _DESTROYED, "number", "sha256", keep="长期")
declare("office.destructionlist", Kind.WORK, _DESTROYED, "note", "rebuilt", keep="长期")
declare("office.destructionapproval", Kind.CODE, _DESTROYED, "role", keep="长期")
declare("office.destructionapproval", Kind.WORK, _DESTROYED, "note", keep="长期")
declare("office.destructionline", Kind.CODE, _DESTROYED, "kind", "label", "klass", keep="长期")
declare("office.destructionline", Kind.CODE, _DESTROYED, "mark", "told", keep="长期")
declare("office.masterkey", Kind.CODE, "加密", "name", keep="长期")
declare("office.ledgerform", Kind.CODE, "台账格式", "key", "title", "columns", keep="长期")
_SEALS = "封存与核对"
declare("office.chainseal", Kind.CODE, _SEALS, "previous", "spans", "reached", "head", keep="长期")
declare("office.sealcheck", Kind.CODE, _SEALS, "head", "problems", keep="长期")
_TICK = "期限提醒"
declare("office.tickmark", Kind.CODE, _TICK, "kind", "what", keep="长期")
declare("office.tick", Kind.CODE, _TICK, "name", "source", "after", keep="长期")
_EXPORT = "导出名单"
declare("office.exportrequest", Kind.CODE, _EXPORT, "listing", "query", "conditions", "format")
declare("office.exportrequest", Kind.WORK, _EXPORT, "purpose", "note")
declare("office.exportrun", Kind.CODE, _EXPORT, "listing", "query", "conditions", "format")
declare("office.exportrun", Kind.CODE, _EXPORT, "path", "sha256", "error")
declare("office.exportrun", Kind.WORK, _EXPORT, "purpose")
_TOLD = "通知"
declare("office.notice", Kind.CODE, _TOLD, "kind", "key", "record_kind", "link", "facts")
declare("office.delivery", Kind.CODE, _TOLD, "resident_kind", "outcome", "external_id")
declare("office.delivery", Kind.WORK, _TOLD, "title", "words")
declare("office.deliverytry", Kind.CODE, _TOLD, "said")
declare("office.noticechoice", Kind.STAFF, _TOLD, "channels", keep="任职期间")
declare("office.noticetext", Kind.CODE, "通知文字", "key", "title", "body", keep="长期")
