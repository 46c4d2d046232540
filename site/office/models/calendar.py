"""The work calendar: public holidays and make-up days as the State Council publishes them."""

from django.db import models

from office.history import Audit, TrackedModel


class CalendarYear(TrackedModel):
    """A year whose holiday notice is known. A year without a row counts Monday to Friday (暂定)."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    source = models.CharField("依据", max_length=120, blank=True)

    audit = Audit(label="source")

    class Meta:
        verbose_name = verbose_name_plural = "工作日历年份"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}年"


class CalendarDay(TrackedModel):
    """An exception to Monday–Friday."""

    day = models.DateField("日期", unique=True)
    working = models.BooleanField("上班", default=False)
    name = models.CharField("说明", max_length=40, blank=True)

    audit = Audit(label="name")

    class Meta:
        verbose_name = verbose_name_plural = "节假日与调休"
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {'上班' if self.working else '放假'}"
