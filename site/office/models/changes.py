"""The change log over all rooms: one narrow row a change, values stay in the history tables."""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db import models, transaction


class ChangeShape(models.Model):
    """Which fields of a kind changed together; few exist, so a filter by field stays an index scan."""

    kind = models.CharField(max_length=80)
    fields = models.TextField()  # ",state,officer," — commas at both ends

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "fields"], name="one_shape")]

    def names(self) -> list[str]:
        return [name for name in self.fields.split(",") if name]


_shapes: dict[tuple[str, str], int] = {}


def shape_id(kind: str, names: Iterable[str]) -> int:
    """The id of the shape with these field names (in model order), made when it is new."""
    text = ",".join(["", *(name for name in names if name != "version"), ""])
    found = _shapes.get((kind, text))
    if found is None:
        found = ChangeShape.objects.get_or_create(kind=kind, fields=text)[0].pk
        # Remembered only once it is certain that the row will stay.
        transaction.on_commit(partial(_shapes.__setitem__, (kind, text), found))
    return found


class Change(models.Model):
    """Somebody changed a record. Written by `office.history` alone; append-only by triggers."""

    ACTIONS = [("+", "新增"), ("~", "修改")]

    kind = models.CharField("记录种类", max_length=80)
    object_id = models.BigIntegerField()
    history_id = models.BigIntegerField()
    root_kind = models.CharField(max_length=80)
    root_id = models.BigIntegerField()
    label = models.CharField("记录", max_length=120)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="操作人",
    )
    post = models.ForeignKey(
        "office.Post",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="岗位",
    )
    action = models.CharField("动作", max_length=1, choices=ACTIONS)
    reason = models.TextField("原因", blank=True)
    shape = models.ForeignKey(ChangeShape, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(
        "office.Unit",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="单位",
    )
    sealed = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = "变更"
        indexes = [
            models.Index(fields=["actor", "id"], name="change_actor"),
            models.Index(fields=["kind", "id"], name="change_kind"),
            models.Index(fields=["root_kind", "root_id", "id"], name="change_root"),
            models.Index(fields=["shape", "id"], name="change_shape"),
        ]

    def __str__(self) -> str:
        return self.label
