"""Counters behind gap-free yearly numbers."""

from django.db import models


class NumberSeries(models.Model):
    """The last number given out in a series and year. Moved on by `office.numbers.draw` alone."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.series}{self.year}"
