"""Opening personal data is an act: logged with purpose before anything is shown."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from office.clock import now
from office.history import current
from office.models import Look
from office.vault import VaultRecord


def log_look(
    user: Any,
    record: models.Model,
    what: str,
    *,
    purpose: str,
    post: Any = None,
    sealed: bool | None = None,
) -> Look:
    """Write the look; `sealed` is taken from the record unless given.

    Raises ValidationError without a purpose, PermissionDenied for a closed account.
    """
    _require(user, purpose, "请写明查看目的，例如：联系信访人核对时间。")
    return _write(
        record,
        user,
        what,
        purpose,
        post,
        object_id=record.pk,
        label=str(record),
        sealed=bool(getattr(record, "sealed", False)) if sealed is None else sealed,
    )


def log_export(user: Any, model: type[models.Model], what: str, *, purpose: str, post: Any) -> Look:
    """Log an export of many rows of a model. Raises as `log_look` does."""
    _require(user, purpose, "请写明导出用途，例如：季度内部审计。")
    label = f"导出{model._meta.verbose_name}"
    return _write(model, user, what[:200], purpose, post, object_id=0, label=label)


def log_search(user: Any, model: type[models.Model], what: str, *, purpose: str, post: Any) -> Look:
    """Log a search for a person among the records of a model; `what` holds nothing in plain.

    Raises as `log_look` does.
    """
    _require(user, purpose, "请写明查找的用途，例如：来人询问进展。")
    label = f"查找{model._meta.verbose_name}"
    return _write(model, user, what[:200], purpose, post, object_id=0, label=label)


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
    return {name: record.text(name) for name in names}
