"""Ledgers that come in: named column layouts and import jobs that can be resumed."""

from typing import Any

from django.conf import settings
from django.db import models

from office.history import Audit, TrackedModel
from office.posts import has_reach
from office.roles import Reach

_VERB = "matters.import_ledger"


class LedgerLayoutQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "LedgerLayoutQuerySet":
        """Layouts hold headings alone: all who import share them."""
        return self.all() if user.has_perm(_VERB) else self.none()

    def in_use(self) -> "LedgerLayoutQuerySet":
        """Layouts that are offered and recognised."""
        return self.filter(ended=False)


class ImportJobQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ImportJobQuerySet":
        """One's own imports; all of them for who may read every matter and import."""
        if not user.has_perm(_VERB):
            return self.none()
        return self.all() if has_reach(user, Reach.ALL) else self.filter(started_by=user)

    def for_worker(self) -> "ImportJobQuerySet":
        """What waits for the worker: files to read and check, long ledgers to bring in."""
        running = models.Q(state=ImportJob.State.RUNNING, background=True)
        return self.filter(running | models.Q(state=ImportJob.State.READING))


class LedgerLayout(TrackedModel):
    """A named mapping of a ledger's headings to fields, kept for the next file of its kind."""

    name = models.CharField("名称", max_length=60, unique=True)
    mapping = models.JSONField("列对应关系", default=dict)
    ended = models.BooleanField("已停用", default=False)

    objects = LedgerLayoutQuerySet.as_manager()
    audit = Audit(label="name")

    class Meta:
        verbose_name = verbose_name_plural = "台账版式"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ImportJob(models.Model):
    """One ledger on its way in. `done_to` is the last row of the sheet already decided.

    `path`: the rows as they were read; the upload itself until it was read (`read` tells which).
    `background`: the worker brings it in. `found`: what the worker saw when it checked a long one.
    """

    class State(models.TextChoices):
        READING = "reading", "正在读取"
        CHECKING = "checking", "待核对"
        RUNNING = "running", "导入中"
        STOPPED = "stopped", "停下了"
        DONE = "done", "已完成"
        DROPPED = "dropped", "已放弃"

    wagtail_reference_index_ignore = True

    name = models.CharField("文件名", max_length=200)
    sheet = models.CharField("工作表", max_length=120, blank=True)
    source = models.CharField("来源单位", max_length=60, blank=True)
    data_key = models.ForeignKey("office.DataKey", models.PROTECT, related_name="+")
    path = models.CharField(max_length=80)
    read = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.CHECKING)
    rows = models.PositiveIntegerField("行数", default=0)
    done_to = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField("新增", default=0)
    updated = models.PositiveIntegerField("更新", default=0)
    skipped = models.PositiveIntegerField("跳过", default=0)
    failed = models.PositiveIntegerField("错误", default=0)
    problems = models.BinaryField(default=b"")  # encrypted lists of cell problems
    background = models.BooleanField("后台导入", default=False)
    found = models.BinaryField(default=b"")  # encrypted result of the check
    failures = models.PositiveSmallIntegerField(default=0)  # of the worker, one after another
    held_until = models.DateTimeField(null=True)  # a worker has it until then
    seen = models.BooleanField(default=True)  # False: its person is still to be told
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账导入"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["reading", "running"]),
                name="import_waiting",
            ),
            models.Index(fields=["started_by", "-id"], name="import_person"),
        ]

    @property
    def decided(self) -> int:
        """Rows of which it is known what became of them."""
        return self.added + self.updated + self.skipped + self.failed

    def __str__(self) -> str:
        return f"台账导入 {self.pk}"
