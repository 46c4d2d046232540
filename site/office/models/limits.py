"""Terms and sizes an office may set itself; what they mean stands in `office/limits.py`."""

from django.db import models

from office.history import Audit, TrackedModel


class Limit(TrackedModel):
    """One value that replaces the default of `office.limits.LIMITS`."""

    key = models.CharField("项目", max_length=60, unique=True)
    value = models.PositiveIntegerField("数值")

    audit = Audit(label="key")

    class Meta:
        verbose_name = verbose_name_plural = "期限与数量"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
