"""Lists that leave the house: what was asked for, who allowed it, and the file until it expires."""

from django.conf import settings
from django.db import models

from office.history import Audit, TrackedModel

_PERSON = settings.AUTH_USER_MODEL


class ExportRequest(TrackedModel):
    """Asked: a list in clear. Another person decides (practice §2)."""

    class State(models.TextChoices):
        ASKED = "asked", "待审批"
        ALLOWED = "allowed", "已同意"
        REFUSED = "refused", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    listing = models.CharField("名单", max_length=40)
    query = models.JSONField("筛选", default=dict)
    conditions = models.CharField("筛选条件", max_length=500, blank=True)
    format = models.CharField("格式", max_length=8, default="xlsx")
    purpose = models.CharField("用途", max_length=300)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True)
    note = models.CharField("审批意见", max_length=300, blank=True)

    audit = Audit(label="listing")

    class Meta:
        verbose_name = verbose_name_plural = "明文导出申请"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"明文导出申请 {self.pk}"


class ExportRun(models.Model):
    """One file on its way out: written in the background when it is long, gone when it expires."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "正在生成"
        DONE = "done", "可以下载"
        FAILED = "failed", "没有生成"
        GONE = "gone", "已过期删除"

    request = models.ForeignKey(ExportRequest, models.PROTECT, null=True, related_name="runs")
    listing = models.CharField("名单", max_length=40)
    query = models.JSONField("筛选", default=dict)
    conditions = models.CharField("筛选条件", max_length=500, blank=True)
    format = models.CharField("格式", max_length=8, default="xlsx")
    clear = models.BooleanField("明文", default=False)
    purpose = models.CharField("用途", max_length=300, blank=True)
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="导出人")
    post = models.ForeignKey("office.Post", models.PROTECT, null=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    rows = models.PositiveIntegerField("行数", default=0)
    data_key = models.ForeignKey("office.DataKey", models.PROTECT, related_name="+")
    path = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField("大小", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.TextField("原因", blank=True)
    seen = models.BooleanField(default=False)  # told its person that it is ready
    created_at = models.DateTimeField("导出时间", auto_now_add=True)
    held_until = models.DateTimeField(null=True)  # a worker has it until then
    broken = models.PositiveSmallIntegerField(default=0)  # how many workers died writing it
    finished_at = models.DateTimeField("完成时间", null=True)
    expires_at = models.DateTimeField("保留至", null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = verbose_name_plural = "导出文件"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["person", "-id"], name="export_person"),
            models.Index(fields=["state", "id"], name="export_state"),
        ]

    def __str__(self) -> str:
        return f"导出 {self.pk}"
