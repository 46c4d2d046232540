"""What the clock found by itself, and how far it came."""

from django.db import models


class TickMark(models.Model):
    """A mark of a limit whose day has come: a share used up, days left, overdue, lapsed.

    Append-only by triggers, one row for (record, mark, last day): what a later calendar or extension
    moves is marked again for its new last day alone. kind, object_id: whose it is ("matters.clock");
    what: "share:50", "left:3", "due", "late", "lapsed", "review"; on: the day it fell on, at: when it
    was found; told: somebody is to hear of it, of several found at once only the most pressing.
    Its keys count on for sealed matters too, and it says nothing of what the record is about.
    """

    append_only = True
    wagtail_reference_index_ignore = True

    kind = models.CharField("记录种类", max_length=80)
    object_id = models.BigIntegerField("记录")
    what = models.CharField("提醒", max_length=12)
    last_day = models.DateField("最后一天")
    on = models.DateField("到点日期")
    told = models.BooleanField("已提醒")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "期限提醒"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "what", "last_day"], name="one_mark_a_last_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.last_day}"


class Tick(models.Model):
    """Where the one pass over all limits stands; a single row.

    on: the day it asks for; source, after: the place it reached, "" at the beginning; done_on: the
    last day that was passed through whole, done_at: when a pass was last whole; held_until: see
    `office.work`.
    """

    wagtail_reference_index_ignore = True

    name = models.CharField(max_length=20, unique=True)
    on = models.DateField(null=True)
    source = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限提醒的进度"

    def __str__(self) -> str:
        return self.name
