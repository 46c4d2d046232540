"""Dated rules and the subject tree: data the office edits, with the article each value rests on."""

from django.core.exceptions import ValidationError
from django.db import models

from office.history import Audit, TrackedModel


class RuleProfile(TrackedModel):
    """The rules of one jurisdiction from a day on; a matter is pinned to the one it began under."""

    name = models.CharField("名称", max_length=60)
    source = models.CharField("依据", max_length=200)
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("失效日期", null=True, blank=True)

    audit = Audit(label="name")

    class Meta:
        verbose_name = verbose_name_plural = "规则方案"
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return self.name


class RuleLimit(TrackedModel):
    """One limit of a profile: how many days, of which kind, by which article."""

    class Unit(models.TextChoices):
        DAY = "day", "日"
        WORKDAY = "workday", "工作日"
        PERSON = "person", "人"

    profile = models.ForeignKey(
        RuleProfile, models.PROTECT, related_name="limits", verbose_name="方案"
    )
    kind = models.CharField("期限种类", max_length=30)
    days = models.PositiveSmallIntegerField("数值")
    unit = models.CharField("单位", max_length=8, choices=Unit.choices, default=Unit.DAY)
    article = models.CharField("条款", max_length=80)

    audit = Audit(label="name", parent="profile")

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "kind"],
                name="one_limit_a_kind",
                violation_error_message="同一方案里每种期限只能有一条。",
            ),
            models.CheckConstraint(
                condition=models.Q(days__gte=1),
                name="limit_at_least_a_day",
                violation_error_message="数值至少为 1。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days}{self.get_unit_display()}"


class Category(TrackedModel):
    """内容分类: a subject of two levels, kept by the office."""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级分类",
    )
    active = models.BooleanField("启用", default=True)

    audit = Audit(label="name")

    class Meta:
        verbose_name = verbose_name_plural = "内容分类"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.parent_id and self.parent.parent_id:
            raise ValidationError({"parent": "分类只分两级，请选择第一级分类。"})
