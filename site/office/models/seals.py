"""Chained seals over the append-only tables, and what their last checks found."""

from django.db import models


class ChainSeal(models.Model):
    """One link: the Merkle roots of the rows written since the last one, chained to it.

    number: 1, 2, 3 … without a gap; spans: for each table {"kind", "columns", "after", "upto",
    "rows", "root"}; reached: table → the last id that is sealed; head: SHA-256 over all of it, in hex.
    """

    append_only = True

    number = models.BigIntegerField("序号", unique=True)
    at = models.DateTimeField("封存时间")
    previous = models.CharField(max_length=64, blank=True)
    spans = models.JSONField()
    reached = models.JSONField()
    head = models.CharField("封存值", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "封存"

    def __str__(self) -> str:
        return f"第 {self.number} 次封存"


class SealCheck(models.Model):
    """One walk over the whole chain: how far it came and what it found wrong, in words."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reached = models.BigIntegerField(default=0)  # number of the last link that was checked
    head = models.CharField(max_length=64, blank=True)  # of that link
    rows = models.BigIntegerField(default=0)
    problems = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "封存校验"

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d}"
