"""Opening personal data is an act: logged with purpose before anything is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from office.clock import now
from office.history import current
from office.models import Look
from office.showing import allow
from office.vault import VaultRecord

HOLDS = timedelta(minutes=15)  # one look holds so long: reading while working is one row, not ten
Act = Look.Act


@dataclass(frozen=True)
class Way:
    """What else the ledger keeps of a look, and what it opens.

    act: the way it was opened; typed: the purpose is in the person's own words, which may name
    others; outside: it followed from no task and no unit of the person's; opens: beginnings of the
    vault's places under the record's key ("matters.petitioner."), () for all of them.
    """

    act: str = Act.OPEN
    typed: bool = True
    outside: bool = False
    opens: tuple[str, ...] = ()


OPENED = Way()


def log_look(
    user: Any,
    record: models.Model,
    what: str,
    *,
    purpose: str,
    post: Any = None,
    sealed: bool | None = None,
    way: Way = OPENED,
) -> Look:
    """Write the look; `sealed` is taken from the record unless given.

    Raises ValidationError without a purpose, PermissionDenied for a closed account.
    """
    _require(user, purpose, "请写明查看目的，例如：联系信访人核对时间。")
    look = _write(
        record,
        user,
        what,
        purpose,
        post,
        object_id=record.pk if isinstance(record.pk, int) else 0,
        label=str(record),
        sealed=bool(getattr(record, "sealed", False)) if sealed is None else sealed,
        act=way.act,
        typed=way.typed,
        outside=way.outside,
    )
    opened(record, way.opens)
    return look


def opened(record: models.Model, places: tuple[str, ...] = ()) -> None:
    """A look at this record was written in this request, or holds: the vault opens it."""
    key_id = getattr(record, "data_key_id", None)
    if key_id is None and isinstance(record, VaultRecord):
        key_id = record.vault_key.pk
    if key_id is not None:
        allow(key_id, *places)


def holding(user: Any, record: models.Model, at: datetime) -> list[Look]:
    """The person's looks at a record that still hold, oldest first."""
    rows = Look.objects.filter(
        kind=record._meta.label_lower, object_id=record.pk, person=user, at__gt=at - HOLDS
    )
    return list(rows.order_by("id"))


def look_while_working(
    user: Any, record: models.Model, what: str, *, purpose: str, post: Any, act: str = Act.OPEN
) -> None:
    """One look for a quarter of an hour of work on a record, whatever was looked at before in it.

    Raises as `log_look` does.
    """
    if holding(user, record, now()):
        opened(record)
    else:
        log_look(user, record, what, purpose=purpose, post=post, way=Way(act, typed=False))


def log_export(
    user: Any,
    model: type[models.Model],
    what: str,
    *,
    purpose: str,
    post: Any,
    clear: bool = False,
) -> Look:
    """Log an export of many rows of a model. Raises as `log_look` does."""
    _require(user, purpose, "请写明导出用途，例如：季度内部审计。")
    act = Act.CLEAR if clear else Act.EXPORT
    label = f"导出{model._meta.verbose_name}"
    return _write(model, user, what[:200], purpose, post, object_id=0, label=label, act=act)


def log_search(user: Any, model: type[models.Model], what: str, *, purpose: str, post: Any) -> Look:
    """Log a search for a person among the records of a model; `what` holds nothing in plain.

    Raises as `log_look` does.
    """
    _require(user, purpose, "请写明查找的用途，例如：来人询问进展。")
    label = f"查找{model._meta.verbose_name}"
    return _write(model, user, what[:200], purpose, post, object_id=0, label=label, act=Act.SEARCH)


def _require(user: Any, purpose: str, missing: str) -> None:
    if not purpose.strip():
        raise ValidationError(missing)
    if not user.is_active:
        raise PermissionDenied


def _write(of: Any, user: Any, what: str, purpose: str, post: Any, **about: Any) -> Look:
    return Look.objects.create(
        kind=of._meta.label_lower,
        at=now(),
        person=user,
        post=post,
        what=what,
        purpose=purpose.strip(),
        address=current().address or None,
        **about,
    )


def open_fields(
    user: Any, record: VaultRecord, fields: Iterable[str], *, about: models.Model, **look: Any
) -> dict[str, str]:
    """Plain texts of vault fields of `record`, after the look at `about` has been logged."""
    names = list(fields)
    labels = "、".join(str(record._meta.get_field(name).verbose_name) for name in names)
    log_look(user, about, labels, **look)
    opened(record)
    return {name: record.text(name) for name in names}
