"""The clock ledger: every limit of a matter as a row, its sum as lines that replay to its last day."""

from django.db import models
from django.db.models import Q

from casework.matters.clocks import KINDS
from casework.matters.models.belonging import OF_MATTER
from office.history import TrackedModel


class Clock(TrackedModel):
    """One limit of a matter: what is owed or may be asked for, from when to when.

    subject tells clocks of one kind apart ("supervision:7"), "" where there is only one at a time.
    """

    class Status(models.TextChoices):
        RUNNING = "running", "进行中"
        MET = "met", "已履行"
        DROPPED = "dropped", "不再计算"

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="clocks", verbose_name="信访事项"
    )
    kind = models.CharField(
        "期限种类", max_length=30, choices=[(kind, of.label) for kind, of in KINDS.items()]
    )
    subject = models.CharField("所属", max_length=40, blank=True, editable=False)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    start_on = models.DateField("起算日")
    due_on = models.DateField("最后一天")
    status = models.CharField("状况", max_length=8, choices=Status.choices, default=Status.RUNNING)
    ended_on = models.DateField("终止日", null=True)
    started_by = models.ForeignKey("matters.Move", models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey("matters.Move", models.PROTECT, null=True, related_name="+")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(status="running"), name="clock_running"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind", "subject"],
                condition=Q(status="running"),
                name="one_running_clock_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("start_on")), name="no_clock_is_negative"
            ),
            models.CheckConstraint(
                condition=Q(status="running", ended_on=None)
                | (~Q(status="running") & Q(ended_on__isnull=False)),
                name="ended_clocks_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"


class ClockLine(models.Model):
    """A line of the sum: what happened, how many days it gave, and the last day after it.

    Append-only by triggers. calendar: the days off the Monday–Friday rule that were counted with,
    "2026-02-16-" a holiday, "2026-02-14+" a make-up working day, separated by blanks.
    """

    append_only = True
    wagtail_reference_index_ignore = True

    class What(models.TextChoices):
        START = "start", "起算"
        LENGTHEN = "lengthen", "延长"
        EXCLUDE = "exclude", "扣除"
        RESTART = "restart", "起算日更正"
        RECOUNT = "recount", "按新日历重算"
        FIXED = "fixed", "指定日期"

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="lines")
    what = models.CharField("事由", max_length=10, choices=What.choices)
    on = models.DateField("发生日期")
    start_on = models.DateField("起算日")
    days = models.PositiveSmallIntegerField("天数", default=0)
    unit = models.CharField("单位", max_length=8, blank=True)
    due_on = models.DateField("最后一天")
    article = models.CharField("依据", max_length=80, blank=True)
    calendar = models.TextField("所用日历", blank=True)
    move = models.ForeignKey("matters.Move", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "期限算式"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.due_on}"
