"""The look ledger: who opened personal data, when, from where and why. Append-only by triggers."""

from django.conf import settings
from django.db import models


class Look(models.Model):
    """Somebody opened personal data, an attachment or an export of a record."""

    kind = models.CharField("记录种类", max_length=80)
    object_id = models.BigIntegerField()
    label = models.CharField("记录", max_length=120)
    at = models.DateTimeField("时间", db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="查看人",
    )
    post = models.ForeignKey(
        "office.Post",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="岗位",
    )
    what = models.CharField("查看内容", max_length=200)
    purpose = models.TextField("查看目的")
    address = models.GenericIPAddressField("来源地址", null=True)
    sealed = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = "查看记录"
        indexes = [
            models.Index(fields=["person", "id"], name="look_person"),
            models.Index(fields=["kind", "object_id", "id"], name="look_record"),
        ]

    def __str__(self) -> str:
        return self.label
