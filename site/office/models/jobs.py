"""What the worker remembers: its recurring jobs, and pieces of long work that went wrong."""

from django.db import models


class Job(models.Model):
    """One recurring job of `manage.py work`: when it last ran, where it stands, how it went."""

    name = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=60, default="")
    cursor = models.BigIntegerField(default=0)
    ran_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台工作"
        permissions = [("view_health", "查看运行状况")]

    def __str__(self) -> str:
        return self.name


class TaskTrouble(models.Model):
    """How a piece of long work went wrong: how often one after another, when last, why in words.

    kind: a name of `registries.long_jobs`; piece: key of the row that is the piece. A piece that was
    carried out since has `times` 0.
    """

    wagtail_reference_index_ignore = True

    kind = models.CharField("种类", max_length=60)
    piece = models.BigIntegerField("任务")
    times = models.PositiveSmallIntegerField("次数", default=0)
    at = models.DateTimeField("最近一次")
    error = models.TextField("原因", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "没有做成的后台任务"
        default_permissions = ()
        permissions = [("view_task", "查看和重试后台任务")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "piece"], name="one_trouble_a_piece")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.piece}"
