"""Work given to others: standing written authorisations, and all open work handed over in one act."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.matters.models.belonging import OF_MATTER
from office.history import Audit, TrackedModel
from office.posts import has_reach, posts_of
from office.roles import ROLE_CHOICES, Reach

_USER = settings.AUTH_USER_MODEL


class StandingAuthorisationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "StandingAuthorisationQuerySet":
        """Whoever gives them and whoever reads the separation page reads all; others their own."""
        if any(
            user.has_perm(verb) for verb in (StandingAuthorisation.VERB, "office.view_separation")
        ):
            return self.all()
        roles = {post.role for post in posts_of(user)}
        return self.filter(Q(person=user.pk) | Q(role__in=roles))

    def on(self, day: date) -> "StandingAuthorisationQuerySet":
        """Those in force on a day."""
        return self.filter(revoked_on=None, valid_from__lte=day, valid_to__gte=day)


class StandingAuthorisation(TrackedModel):
    """常设授权: the office head lets a person, or all of a role, do one simple act by themselves.

    Limited by subject, number of people and dates; its categories are rows of their own.
    """

    VERB = "matters.authorise_standing"

    class Act(models.TextChoices):
        ACCEPT = "accept", "当场受理"
        ON_SPOT = "on_spot", "当场办结"

    number = models.CharField("编号", max_length=20, unique=True)
    act = models.CharField("授权办理", max_length=10, choices=Act.choices)
    person = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="被授权人"
    )
    role = models.CharField("被授权的岗位", max_length=20, choices=ROLE_CHOICES, blank=True)
    most_people = models.PositiveSmallIntegerField("每件最多几人")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")
    reason = models.CharField("理由", max_length=300)
    given_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="授权人")
    given_at = models.DateTimeField("授权时间")
    revoked_on = models.DateField("收回日期", null=True)
    revoked_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="收回人"
    )
    revoke_reason = models.CharField("收回的理由", max_length=300, blank=True)

    objects = StandingAuthorisationQuerySet.as_manager()
    audit = Audit(label="number")

    class Meta:
        verbose_name = verbose_name_plural = "常设授权"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="authorisation_ends_after_it_starts",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, role="") | (Q(person=None) & ~Q(role="")),
                name="authorised_is_a_person_or_a_role",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(person=F("given_by")),
                name="nobody_authorises_themselves",
                violation_error_message="不能授权给自己。",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def holder(self) -> str:
        """Who may use it, in words."""
        return str(self.person) if self.person_id else f"全体{self.get_role_display()}"

    def standing(self, on: date) -> str:
        """How it stands on a day, in a word."""
        if self.revoked_on is not None:
            return "已收回"
        if on > self.valid_to:
            return "已到期"
        return "有效" if on >= self.valid_from else "未开始"


class StandingCategory(TrackedModel):
    """A subject an authorisation covers; a first-level one covers those below it."""

    authorisation = models.ForeignKey(
        StandingAuthorisation, models.PROTECT, related_name="categories", verbose_name="常设授权"
    )
    category = models.ForeignKey(
        "matters.Category", models.PROTECT, related_name="+", verbose_name="内容分类"
    )

    audit = Audit(label="number", parent="authorisation")

    class Meta:
        verbose_name = verbose_name_plural = "授权的分类"
        ordering = ["category__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorisation", "category"], name="one_line_a_category"
            )
        ]

    def __str__(self) -> str:
        return str(self.category)


class StandingUse(models.Model):
    """A move made by a standing authorisation. Append-only by triggers."""

    append_only = True
    wagtail_reference_index_ignore = True

    authorisation = models.ForeignKey(
        StandingAuthorisation, models.PROTECT, related_name="uses", verbose_name="常设授权"
    )
    move = models.OneToOneField("matters.Move", models.PROTECT, related_name="authorised")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "凭授权办理"

    def __str__(self) -> str:
        return f"{self.authorisation}"


class HandOverOfWorkQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "HandOverOfWorkQuerySet":
        """Those one gave, ordered or took; all of them for whoever reads every matter."""
        if has_reach(user, Reach.ALL):
            return self.all()
        return self.filter(Q(by=user.pk) | Q(giver=user.pk) | Q(taker=user.pk))

    def for_worker(self) -> "HandOverOfWorkQuerySet":
        """Acts that are not through yet."""
        return self.filter(done_at=None)


class HandOverOfWork(TrackedModel):
    """工作交接: one person's open work goes to another, in one act that may take several steps.

    Nothing is kept of why beyond the kind: no health, no staff matter. held_until: a worker has it.
    """

    class Why(models.TextChoices):
        LEAVE = "leave", "请假"
        TRANSFER = "transfer", "调离、换岗"
        BALANCE = "balance", "调整分工"

    number = models.CharField("编号", max_length=20, unique=True)
    giver = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="移交人")
    taker = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="接手人")
    why = models.CharField("事由", max_length=10, choices=Why.choices)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="决定人")
    at = models.DateTimeField("决定时间")
    done_at = models.DateTimeField("办完时间", null=True)
    held_until = models.DateTimeField(null=True, editable=False)

    objects = HandOverOfWorkQuerySet.as_manager()
    audit = Audit(label="number")
    untracked = ("held_until",)

    class Meta:
        verbose_name = verbose_name_plural = "工作交接单"
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(done_at=None), name="hand_over_waits")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("taker")),
                name="work_goes_to_somebody_else",
                violation_error_message="接手人不能是移交人自己。",
            )
        ]

    def __str__(self) -> str:
        return self.number


class WorkLine(TrackedModel):
    """One piece of work on such a list: what it is, and whether it went or why it stayed.

    kind: of `delegating.kinds.KINDS`; target: id of its row there. The matter bears no Chinese
    label: a list names no matter that was sealed afterwards.
    """

    class Result(models.TextChoices):
        WAITS = "waits", "待移交"
        DONE = "done", "已移交"
        STAYED = "stayed", "未移交"

    hand_over = models.ForeignKey(
        HandOverOfWork, models.PROTECT, related_name="lines", verbose_name="交接单"
    )
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="matter"
    )
    kind = models.CharField("种类", max_length=20)
    target = models.BigIntegerField("记录")
    result = models.CharField("结果", max_length=8, choices=Result.choices, default=Result.WAITS)
    why = models.CharField("未移交的原因", max_length=200, blank=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "交接的工作"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["hand_over", "id"], condition=Q(result="waits"), name="work_line_waits"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over", "kind", "target"], name="one_line_a_piece_of_work"
            )
        ]

    def __str__(self) -> str:
        return self.get_result_display()
