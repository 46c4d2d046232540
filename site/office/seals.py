"""Chained seals: whoever alters, inserts or removes a sealed row is found out.

Every few minutes the new rows of each append-only table are hashed into a Merkle tree (leaves and
nodes told apart as in RFC 6962); the roots and the link before make the next link of a chain. Its
head lies outside the database too (`SEAL_HEADS`, paper): an owner of the database who rewrites rows
and chain alike still has to forge every noted head. Rows are sealed as they are stored, so what is
encrypted stays so, and destroying a data key breaks no seal.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models, transaction

from office.audit import kind_label
from office.models import ChainSeal
from office.triggers import guarded_models

QUIET = timedelta(minutes=10)  # a row is sealed once no transaction can still slip one in before it
MOST = 5000  # rows of one table in one link
_LEAF, _NODE = b"\x00", b"\x01"


@dataclass(frozen=True)
class Span:
    """Rows of a table with after < id <= upto, as they stood when they were sealed."""

    kind: str
    columns: tuple[str, ...]
    after: int
    upto: int
    rows: int
    root: str

    def model(self) -> type[models.Model]:
        """Raises LookupError when the table no longer exists."""
        return apps.get_model(self.kind)


def seal(now: datetime) -> int:
    """Add links until every quiet row is sealed; returns how many links were added.

    Run by one worker at a time (`office.work`); two at once would collide on the number and one
    of them be undone.
    """
    count = 0
    while _seal_next(now):
        count += 1
    _note_heads()
    return count


def _seal_next(now: datetime) -> bool:
    with transaction.atomic():
        last = ChainSeal.objects.order_by("-number").first()
        reached = dict(last.reached) if last else {}
        spans = _new_spans(reached, now)
        if not spans:
            return False
        link = ChainSeal(
            number=last.number + 1 if last else 1,
            at=now,
            previous=last.head if last else "",
            spans=[vars(span) | {"columns": list(span.columns)} for span in spans],
            reached=reached | {span.kind: span.upto for span in spans},
        )
        link.head = head_of(link)
        link.save()
    return True


def head_of(link: ChainSeal) -> str:
    """The hash of a link over everything in it, in hex."""
    moment = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = json.dumps(
        [link.number, moment, link.previous, link.spans, link.reached],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(told.encode()).hexdigest()


def heads_file() -> Path:
    return Path(settings.SEAL_HEADS)


def noted_heads() -> dict[int, str]:
    """The heads in the file outside the database: number → head. Raises OSError, ValueError."""
    if not heads_file().exists():
        return {}
    lines = heads_file().read_text(encoding="ascii").splitlines()
    return {int(line.split()[0]): line.split()[-1] for line in lines if line.strip()}


def problems_of(link: ChainSeal, before: ChainSeal | None, noted: dict[int, str]) -> list[str]:
    """What is wrong with one link and the rows it seals, in Chinese; [] when all is as sealed."""
    name, found = f"第 {link.number} 次封存", []
    if link.number != (before.number if before else 0) + 1:
        found.append(f"{name}之前缺少一次封存，封存链断开。")
    elif link.previous != (before.head if before else ""):
        found.append(f"{name}与上一次接不上，封存链被改动过。")
    if link.head != head_of(link):
        found.append(f"{name}的内容与封存值不符，封存链被改动过。")
    if noted.get(link.number, link.head) != link.head:
        found.append(f"{name}与库外留存的封存值不同：数据库里的封存链被整段换过。")
    for raw in link.spans:
        found += _problems_of(Span(**raw | {"columns": tuple(raw["columns"])}), name)
    return found


def _problems_of(span: Span, name: str) -> list[str]:
    where = f"“{kind_label(span.kind)}”编号 {span.after + 1} 至 {span.upto} 的记录"
    try:
        rows = list(_leaves(span.model(), span.columns, span.after, span.upto))
    except (LookupError, AttributeError, FieldError, FieldDoesNotExist):
        return [f"{name}：{where}所在的表已经改版，无法核对。"]
    if len(rows) != span.rows:
        return [f"{name}：{where}应有 {span.rows} 条，现有 {len(rows)} 条，有增有删。"]
    return [] if root_of(rows) == span.root else [f"{name}：{where}被改动过。"]


def unsealed_kinds() -> list[str]:
    """Append-only tables no seal speaks of: none, or a model without a time."""
    return [model._meta.label for model in guarded_models() if not _moment_field(model)]


def strays() -> list[str]:
    """Rows no link will ever speak of, as their keys lie before the first one a database gives."""
    return [
        f"“{kind_label(model._meta.label_lower)}”里有编号小于 1 的记录，不是系统写入的，也没有封存。"
        for model in guarded_models()
        if model is not ChainSeal and model._base_manager.filter(pk__lt=1).exists()
    ]


def root_of(leaves: Iterable[bytes]) -> str:
    """The Merkle root of leaf hashes, in hex; an odd one moves up as it is."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [
            hashlib.sha256(_NODE + level[n] + level[n + 1]).digest()
            for n in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex() if level else ""


def _new_spans(reached: dict[str, int], now: datetime) -> list[Span]:
    found = []
    for model in guarded_models():
        if span := _new_span(model, reached.get(model._meta.label_lower, 0), now - QUIET):
            found.append(span)
    return found


def _new_span(model: type[models.Model], after: int, before: datetime) -> Span | None:
    moment = _moment_field(model)
    if model is ChainSeal or not moment:
        return None
    pk = model._meta.pk.attname
    rows = model._base_manager.filter(pk__gt=after).order_by("pk")
    upto = None
    for key, at in rows.values_list(pk, moment)[:MOST]:
        if at > before + 2 * QUIET:
            continue  # dated in days to come (a forged row, a clock that ran ahead): holds up no other
        if at > before:
            break
        upto = key
    if upto is None:
        return None
    columns = tuple(field.attname for field in model._meta.concrete_fields)
    leaves = list(_leaves(model, columns, after, upto))
    return Span(model._meta.label_lower, columns, after, upto, len(leaves), root_of(leaves))


def _leaves(
    model: type[models.Model], columns: tuple[str, ...], after: int, upto: int
) -> Iterator[bytes]:
    rows = model._base_manager.filter(pk__gt=after, pk__lte=upto).order_by("pk")
    for row in rows.values_list(*columns).iterator():
        told = json.dumps([_told(value) for value in row], separators=(",", ":")).encode()
        yield hashlib.sha256(_LEAF + told).digest()


def _told(value: Any) -> Any:
    """A value as JSON knows it, the same on every database; its kind is part of it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, bytes | memoryview):
        return ["bytes", bytes(value).hex()]
    if isinstance(value, datetime):
        return ["moment", value.astimezone(UTC).isoformat(timespec="microseconds")]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, list | dict):
        return ["json", json.dumps(value, sort_keys=True)]
    return [type(value).__name__, str(value)]


def _moment_field(model: type[models.Model]) -> str:
    names = {field.name for field in model._meta.concrete_fields}
    return next((name for name in ("history_date", "at") if name in names), "")


def _note_heads() -> None:
    """Write the heads that are new outside the database; the file only grows."""
    path, last = heads_file(), max(noted_heads(), default=0)
    links = ChainSeal.objects.filter(number__gt=last).order_by("number")
    lines = [
        f"{number} {at.astimezone(UTC).isoformat(timespec='seconds')} {head}\n"
        for number, at, head in links.values_list("number", "at", "head")
    ]
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
    with os.fdopen(os.open(path, flags, 0o600), "ab") as file:
        file.write("".join(lines).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
