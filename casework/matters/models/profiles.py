"""Dated rules: limits, required facts, acts, texts and settings, each with the article it rests on.

A profile that was approved is closed: triggers refuse every further row and change of its tables
(`casework.matters.triggers`). What is wrong in it is corrected by a new edition.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from casework.matters.states import State
from office.history import Audit, TrackedModel
from office.roles import ROLE_CHOICES

#: acts of a matter that always take a second person, whatever a profile says (office.separation)
ALWAYS_TWO = (
    "bar", "extend", "not_support", "received", "refuse", "reopen", "reroute", "seal", "served",
    "unseal", "void",
)  # fmt: skip


class ProfileQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ProfileQuerySet":
        """Everybody who may read matters: "why 15 days?" can be asked at every desk."""
        return self if user.has_perm("matters.view_matter") else self.none()

    def approved(self) -> "ProfileQuerySet":
        """Profiles that were, are or will be in force, the latest first."""
        rows = self.filter(stage=RuleProfile.Stage.APPROVED)
        return rows.filter(Q(valid_to=None) | Q(valid_to__gte=F("valid_from")))

    def on(self, day: date) -> "ProfileQuerySet":
        """The profile in force on a day, if there is one."""
        rows = self.approved().filter(valid_from__lte=day)
        return rows.filter(Q(valid_to=None) | Q(valid_to__gte=day))


class RuleProfile(TrackedModel):
    """The rules of one jurisdiction from a day on; a matter is pinned to the one it began under.

    It holds until the next one begins: `valid_to` is written when that is approved. One replaced
    before it began ends on the day before its own first day and never holds. digest: SHA-256 over
    its tables, written at approval; "" before.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", "起草中"
        WAITING = "waiting", "等领导批准"
        APPROVED = "approved", "已批准"
        DROPPED = "dropped", "不再使用的草稿"

    name = models.CharField("名称", max_length=60)
    source = models.CharField("依据", max_length=200)
    note = models.CharField("适用说明", max_length=300, blank=True)
    edition = models.PositiveSmallIntegerField("版次", default=1, editable=False)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="later",
        verbose_name="修订自",
    )
    valid_from = models.DateField("施行日期", null=True, blank=True)
    valid_to = models.DateField("失效日期", null=True, blank=True)
    stage = models.CharField(
        "状态", max_length=10, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    digest = models.CharField("内容校验值", max_length=64, blank=True, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="起草人",
    )
    submitted_at = models.DateTimeField("送审时间", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="审批人",
    )
    decided_at = models.DateTimeField("审批时间", null=True, editable=False)
    decision_note = models.CharField("审批意见", max_length=300, blank=True, editable=False)

    objects = ProfileQuerySet.as_manager()
    audit = Audit(label="name")

    class Meta:
        verbose_name = verbose_name_plural = "规则方案"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="approved") | Q(valid_from__isnull=False),
                name="approved_rules_have_a_day",
                violation_error_message="请先填写施行日期。",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(drafted_by=None) | ~Q(decided_by=F("drafted_by")),
                name="nobody_approves_own_rules",
                violation_error_message="起草人不能审批自己起草的方案。",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.edition == 1 else f"{self.name}（第{self.edition}版）"

    @property
    def editable(self) -> bool:
        return self.stage == self.Stage.DRAFT

    def stage_on(self, day: date) -> str:
        """Where it stands on a day, in words: what was approved is to come, holds or has ended."""
        if self.stage != self.Stage.APPROVED or self.valid_from is None:
            return self.get_stage_display()
        if self.valid_to is not None and self.valid_to < self.valid_from:
            return "未施行即被替代"
        if day < self.valid_from:
            return "已批准，未到施行日期"
        return "施行中" if self.valid_to is None or day <= self.valid_to else "已被替代"


class Certainty(models.TextChoices):
    """How sure a value is: read in the text, not checked yet, or the office's own choice."""

    VERIFIED = "verified", "已核对原文"
    UNVERIFIED = "unverified", "待核"
    OWN = "own", "内部自定"


class _Row(TrackedModel):
    """A row of a profile: a value, where it is said and how sure that is."""

    article = models.CharField("依据条款", max_length=80)
    certainty = models.CharField(
        "核对情况", max_length=10, choices=Certainty.choices, default=Certainty.UNVERIFIED
    )

    audit = Audit(label="name", parent="profile")

    class Meta:
        abstract = True


def _of_profile(name: str) -> models.ForeignKey:
    return models.ForeignKey(RuleProfile, models.PROTECT, related_name=name, verbose_name="方案")


class RuleLimit(_Row):
    """One limit of a profile: how many days, of which kind, by which article."""

    class Unit(models.TextChoices):
        DAY = "day", "日"
        WORKDAY = "workday", "工作日"
        PERSON = "person", "人"

    profile = _of_profile("limits")
    kind = models.CharField("期限种类", max_length=30)
    days = models.PositiveSmallIntegerField("数值")
    unit = models.CharField("单位", max_length=8, choices=Unit.choices, default=Unit.DAY)

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "kind"],
                name="one_limit_a_kind",
                violation_error_message="同一方案里每种期限只能有一条。",
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1),
                name="limit_at_least_a_day",
                violation_error_message="数值至少为 1。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days}{self.get_unit_display()}"


class RuleField(_Row):
    """A fact of the registration and the state from which a matter must (or should) have it."""

    profile = _of_profile("fields")
    field = models.CharField("登记内容", max_length=30)
    state = models.CharField("从哪个状态起", max_length=12, choices=State.choices)
    must = models.BooleanField("必填", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "登记内容的要求"
        constraints = [
            models.UniqueConstraint(fields=["profile", "field"], name="one_rule_a_field"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}起{'必填' if self.must else '建议填'}"


class RuleAct(_Row):
    """An act: whether a second person decides, in which role, and whether legal review goes first."""

    profile = _of_profile("acts")
    act = models.CharField("行为", max_length=20)
    second = models.BooleanField("须第二人审批", default=False)
    decider = models.CharField("由谁决定", max_length=20, choices=ROLE_CHOICES)
    legal = models.BooleanField("须法制审核", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "审批要求"
        constraints = [
            models.UniqueConstraint(fields=["profile", "act"], name="one_rule_an_act"),
            models.CheckConstraint(
                condition=~Q(act__in=ALWAYS_TWO) | Q(second=True),
                name="acts_of_two_stay_acts_of_two",
                violation_error_message="这一项必须由第二个人审批，不能取消。",
            ),
        ]

    def __str__(self) -> str:
        parts = ["第二人审批" if self.second else "一人办理", self.get_decider_display()]
        return "，".join([*parts, "先法制审核"] if self.legal else parts)


class RuleText(_Row):
    """A standing paragraph of letters: a remedy, a notice."""

    profile = _of_profile("texts")
    key = models.CharField("段落", max_length=30)
    text = models.TextField("文字")

    class Meta:
        verbose_name = verbose_name_plural = "固定文字"
        constraints = [
            models.UniqueConstraint(fields=["profile", "key"], name="one_text_a_key"),
        ]

    def __str__(self) -> str:
        return self.text


class RuleSetting(_Row):
    """A way of counting that is no number: which event stops a clock, when warnings begin."""

    profile = _of_profile("settings")
    key = models.CharField("口径", max_length=30)
    value = models.CharField("取值", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "计算口径"
        constraints = [
            models.UniqueConstraint(fields=["profile", "key"], name="one_value_a_setting"),
        ]

    def __str__(self) -> str:
        return self.value


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
