"""The texts of notices: as rooms declare them, as the office changed them, filled with facts.

{占位符} stands for a fact. A text message may carry no address of a page, only {电话}: the office's
published number, which is a setting here too.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from office import registries
from office.identity import phone_problem
from office.models import NoticeText
from office.outbox.kinds import Channel, NoticeKind, Slot, Text

PHONE, PHONE_KEY = "电话", "phone"
LONGEST_SMS = 300  # characters; beyond that gateways cut or refuse
LONGEST_TITLE = 120  # characters a delivery keeps
_PLACE = re.compile(r"\{([^{}]*)\}")
#: an address of a page: any name of a host (bit.ly, 例子.中国, 10.0.0.1) is one
_LINK = re.compile(
    r"://|/admin|[\w-][.．](xn--|[a-z]{2}|中国|公司|网络|政务|公益)|\d+(\.\d+){3}", re.IGNORECASE
)
_RINGS = re.compile(r"(?=.*\d{7})[\d、；()（）+-]{7,60}")
_NO_PHONE = "请只填电话号码，例如 0571-12345678；几个号码之间用顿号隔开。"
_PHONE_SLOT = Slot("0571-12345678", str)


@dataclass(frozen=True)
class DeclaredText:
    """One editable text: of a kind and a way, or the published number (`kind` None)."""

    key: str
    label: str
    text: Text
    kind: NoticeKind | None = None
    channel: str = ""

    @property
    def slots(self) -> dict[str, Slot]:
        """Placeholders that may stand in it; none of them holds anything personal."""
        if self.kind is None:
            return {}
        rings = self.channel == Channel.BELL
        said = {name: slot for name, slot in self.kind.slots.items() if rings or not slot.passing}
        return {**said, PHONE: _PHONE_SLOT}


def declared_texts() -> dict[str, DeclaredText]:
    """All texts by key, the published number first."""
    found = {
        PHONE_KEY: DeclaredText(PHONE_KEY, "对外公布的办公电话", Text("", "")),
    }
    for kind in registries.notices.values():
        for channel, text in kind.texts.items():
            key, way = text_key(kind.key, channel), Channel(channel).label
            found[key] = DeclaredText(key, f"{kind.label}（{way}）", text, kind, channel)
    return found


def text_key(kind: str, channel: str) -> str:
    return f"{kind}-{channel}"


def texts_in_force(keys: Iterable[str]) -> dict[str, Text]:
    """The texts of these keys in one query. Raises KeyError for one that is not declared.

    A changed text that names a placeholder there is no more (another release) is as it is declared:
    nobody's act may fail for it.
    """
    declared, wanted = declared_texts(), list(keys)
    rows = NoticeText.objects.filter(key__in=wanted).values_list("key", "title", "body")
    changed = {
        key: Text(title, body)
        for key, title, body in rows
        if declared[key].kind is None or not _unknown(declared[key], title + body)
    }
    return {key: changed.get(key, declared[key].text) for key in wanted}


def published_number() -> str:
    """The number that messages name; "" while nobody has set it."""
    return texts_in_force([PHONE_KEY])[PHONE_KEY].body


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts. Raises KeyError for a placeholder without one."""
    return _PLACE.sub(lambda found: facts[found[1]], text)


def needs_number(text: Text) -> bool:
    return f"{{{PHONE}}}" in text.title + text.body


def check(declared: DeclaredText, title: str, body: str) -> None:
    """Raise ValidationError (Chinese, by field) for a text that could not be sent."""
    if declared.kind is None:
        if not _RINGS.fullmatch(body) or phone_problem(body):
            raise ValidationError({"body": _NO_PHONE})
        return
    wrong: dict[str, str] = {}
    for name, text in (("title", title), ("body", body)):
        if problem := _problem(declared, text):
            wrong[name] = problem
    if len(title.splitlines()) > 1:
        wrong["title"] = "标题只能写一行。"
    elif "title" not in wrong and len(preview(declared, title, "").title) > LONGEST_TITLE:
        wrong["title"] = f"标题太长：连同填入的内容不能超过 {LONGEST_TITLE} 字。"
    if declared.channel == Channel.SMS and "body" not in wrong:
        wrong |= _sms_problem(declared, body)
    if wrong:
        raise ValidationError(wrong)


def _problem(declared: DeclaredText, text: str) -> str:
    known = "、".join(f"{{{name}}}" for name in declared.slots)
    if unknown := _unknown(declared, text):
        listed = "、".join(f"{{{name}}}" for name in unknown)
        return f"没有{listed}这个占位符。这里可以用：{known}。姓名等个人信息不能写进通知。"
    if "{" in _PLACE.sub("", text) or "}" in _PLACE.sub("", text):
        return f"花括号要成对，里面写占位符。这里可以用：{known}。"
    return ""


def _unknown(declared: DeclaredText, text: str) -> list[str]:
    return [name for name in _PLACE.findall(text) if name not in declared.slots]


def _sms_problem(declared: DeclaredText, body: str) -> dict[str, str]:
    if _LINK.search(body):
        return {"body": "短信里不能有网址，请改成写明办公电话 {电话}。"}
    if len(preview(declared, "", body).body) > LONGEST_SMS:
        return {"body": f"短信太长：连同填入的内容不能超过 {LONGEST_SMS} 字。"}
    if declared.kind and declared.kind.residents and f"{{{PHONE}}}" not in body:
        return {"body": "发给信访人的短信要写明办公电话，请写上 {电话}。"}
    return {}


def preview(declared: DeclaredText, title: str, body: str) -> Text:
    """The text with samples in place of facts; what is no placeholder stays as it is."""
    samples = {name: slot.sample for name, slot in declared.slots.items()}
    samples[PHONE] = published_number() or samples.get(PHONE, "")

    def one(found: re.Match[str]) -> str:
        return samples.get(found[1], found[0])

    return Text(_PLACE.sub(one, title), _PLACE.sub(one, body))


def names(ids: list[int]) -> dict[int, str]:
    """What an auditor reads of changed texts: their labels."""
    declared = declared_texts()
    rows = NoticeText.objects.filter(pk__in=ids).values_list("pk", "key")
    return {pk: declared[key].label if key in declared else key for pk, key in rows}
