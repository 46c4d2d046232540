"""The clock ledger: every limit of a matter as a row, its sum as lines that replay to its last day."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.matters.clocks import KINDS
from casework.matters.models.belonging import OF_MATTER
from office.history import TrackedModel


class Clock(TrackedModel):
    """One limit of a matter: what is owed or may be asked for, from when to when.

    subject tells clocks of one kind apart ("supervision:7"), "" where there is only one at a time;
    by_calendar: whether a change of the work calendar can move the last day.
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
    by_calendar = models.BooleanField("随工作日历", default=False, editable=False)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(status="running"), name="clock_running"
            ),
            # What a change of the work calendar may move, batch by batch.
            models.Index(
                fields=["id"],
                condition=Q(status="running", by_calendar=True),
                name="clock_by_calendar",
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

    Append-only by triggers; its keys count on for sealed matters too, as those of every log.
    start_on: the day from which the clock counts, of a line that leaves days out the first of
    these; days, unit: what the line adds. calendar: the days off the Monday–Friday rule that the
    whole sum met by then, "2026-02-16-" a holiday, "2026-02-14+" a make-up working day.
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


class Recount(models.Model):
    """A change of the work calendar whose clocks are to be recounted, batch by batch.

    days: what changed, as `clocks.written` writes it; cursor: the last clock that was looked at;
    held_until: see `office.work`.
    """

    wagtail_reference_index_ignore = True

    days = models.TextField("改动的日期")
    reason = models.CharField("原因", max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField("提交时间")
    cursor = models.BigIntegerField(null=True)
    clocks = models.PositiveIntegerField("改变的期限", default=0)
    held_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限重算"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"期限重算 {self.pk}"
