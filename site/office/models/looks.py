"""The look ledger: who opened personal data, when, from where and why; what the rules found in it.

Append-only by triggers, all three tables.
"""

from django.conf import settings
from django.db import models

from office.vault import VaultField, VaultRecord


class Look(models.Model):
    """Somebody opened personal data, an attachment or an export of a record."""

    class Act(models.TextChoices):
        OPEN = "open", "打开"
        FILE = "file", "打开材料"
        DOWNLOAD = "download", "下载材料"
        PRINT = "print", "打印"
        SEARCH = "search", "查找"
        LEDGER = "ledger", "台账"
        EXPORT = "export", "导出"
        CLEAR = "clear", "明文导出"

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
    act = models.CharField("方式", max_length=10, choices=Act.choices, default=Act.OPEN)
    typed = models.BooleanField(default=True)  # the purpose is in the person's own words
    outside = models.BooleanField(default=False)  # of no task and no unit of the person's

    class Meta:
        verbose_name = verbose_name_plural = "查看记录"
        indexes = [
            models.Index(fields=["person", "id"], name="look_person"),
            models.Index(fields=["kind", "object_id", "id"], name="look_record"),
        ]

    def __str__(self) -> str:
        return self.label


class LookFinding(models.Model):
    """A rule found something in the looks of a day: a question to ask, never a verdict.

    key: the occasion, so that no run finds it twice; told: the rule in words with the numbers it
    had then; first, last: ids between which its looks lie; kind, object_id: "" and 0 when it is
    about a person's looks at many records.
    """

    append_only = True

    rule = models.CharField("规则", max_length=20)
    key = models.CharField(max_length=140, unique=True)
    at = models.DateTimeField("发现时间")
    day = models.DateField("日期")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="查看人",
    )
    kind = models.CharField("记录种类", max_length=80, blank=True)
    object_id = models.BigIntegerField(default=0)
    label = models.CharField("记录", max_length=120, blank=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    count = models.PositiveIntegerField("次数")
    told = models.CharField("规则说明", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "查看提示"
        indexes = [
            models.Index(fields=["person", "id"], name="finding_person"),
            models.Index(fields=["rule", "id"], name="finding_rule"),
        ]

    def __str__(self) -> str:
        return f"查看提示 {self.pk}"


class LookNote(VaultRecord):
    """An auditor looked into a finding: what came of it. Changes nothing but the desk."""

    append_only = True

    finding = models.ForeignKey(LookFinding, models.PROTECT, related_name="notes")
    at = models.DateTimeField("核查时间")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="核查人"
    )
    post = models.ForeignKey("office.Post", models.PROTECT, null=True, related_name="+")
    data_key = models.ForeignKey("office.DataKey", models.PROTECT, related_name="+")
    said = VaultField("核查情况", mask="text")

    class Meta:
        verbose_name = verbose_name_plural = "查看核查"

    def __str__(self) -> str:
        return f"查看核查 {self.pk}"
