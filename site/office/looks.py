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
    if not purpose.strip():
        raise ValidationError("请写明查看目的，例如：联系信访人核对时间。")
    if not user.is_active:
        raise PermissionDenied
    return Look.objects.create(
        kind=record._meta.label_lower,
        object_id=record.pk,
        label=str(record),
        at=now(),
        person=user,
        post=post,
        what=what,
        purpose=purpose.strip(),
        address=current().address or None,
        sealed=bool(getattr(record, "sealed", False)) if sealed is None else sealed,
    )


def log_export(user: Any, model: type[models.Model], what: str, *, purpose: str, post: Any) -> Look:
    """Log an export of many rows of a model. Raises as `log_look` does."""
    if not purpose.strip():
        raise ValidationError("请写明导出用途，例如：季度内部审计。")
    if not user.is_active:
        raise PermissionDenied
    return Look.objects.create(
        kind=model._meta.label_lower,
        object_id=0,
        label=f"导出{model._meta.verbose_name}",
        at=now(),
        person=user,
        post=post,
        what=what[:200],
        purpose=purpose.strip(),
        address=current().address or None,
    )


def log_search(user: Any, model: type[models.Model], what: str, *, purpose: str, post: Any) -> Look:
    """Log a search for a person among the records of a model; `what` holds nothing in plain.

    Raises as `log_look` does.
    """
    if not purpose.strip():
        raise ValidationError("请写明查找的用途，例如：来人询问进展。")
    if not user.is_active:
        raise PermissionDenied
    return Look.objects.create(
        kind=model._meta.label_lower,
        object_id=0,
        label=f"查找{model._meta.verbose_name}",
        at=now(),
        person=user,
        post=post,
        what=what[:200],
        purpose=purpose.strip(),
        address=current().address or None,
    )


def open_fields(
    user: Any, record: VaultRecord, fields: Iterable[str], *, about: models.Model, **look: Any
) -> dict[str, str]:
    """Plain texts of vault fields of `record`, after the look at `about` has been logged."""
    names = list(fields)
    labels = "、".join(str(record._meta.get_field(name).verbose_name) for name in names)
    log_look(user, about, labels, **look)
    return {name: record.text(name) for name in names}
