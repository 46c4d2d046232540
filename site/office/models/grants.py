"""Rights that were asked for by one person and confirmed by another."""

from django.conf import settings
from django.db import models

from office.history import Audit, TrackedModel
from office.roles import ROLE_CHOICES

_PERSON = settings.AUTH_USER_MODEL


class GrantRequest(TrackedModel):
    """Asked: a post, a deputy, a longer term or a new password. Another person confirms (三员分立)."""

    class Kind(models.TextChoices):
        POST = "post", "任命岗位"
        DEPUTY = "deputy", "代行（AB角）"
        EXTEND = "extend", "延长任期"
        PASSWORD = "password", "激活账号（设新密码）"

    class State(models.TextChoices):
        ASKED = "asked", "待确认"
        GRANTED = "granted", "已确认"
        REFUSED = "refused", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    kind = models.CharField("事项", max_length=10, choices=Kind.choices)
    user = models.ForeignKey(_PERSON, models.PROTECT, related_name="grants", verbose_name="人员")
    unit = models.ForeignKey(
        "office.Unit", models.PROTECT, null=True, related_name="+", verbose_name="单位"
    )
    role = models.CharField("角色", max_length=20, choices=ROLE_CHOICES, blank=True)
    title = models.CharField("职务", max_length=40, blank=True)
    post = models.ForeignKey(
        "office.Post", models.PROTECT, null=True, related_name="+", verbose_name="岗位"
    )
    valid_from = models.DateField("自", null=True)
    valid_to = models.DateField("至", null=True)
    reason = models.CharField("理由", max_length=300)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    decided_at = models.DateTimeField("确认时间", null=True)
    note = models.CharField("确认意见", max_length=300, blank=True)
    made_post = models.ForeignKey(
        "office.Post", models.PROTECT, null=True, related_name="granted", verbose_name="所成岗位"
    )
    made_deputy = models.ForeignKey(
        "office.Deputy", models.PROTECT, null=True, related_name="granted", verbose_name="所成代行"
    )

    audit = Audit(label="name", parent="user")

    class Meta:
        verbose_name = verbose_name_plural = "授权申请"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"授权申请第 {self.pk} 号"


class Leave(TrackedModel):
    """Days on which somebody is away. The kind is all that is said: nothing about health."""

    class Kind(models.TextChoices):
        LEAVE = "leave", "请假"
        DUTY = "duty", "公出（出差、学习）"
        OTHER = "other", "其他"

    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="leaves", verbose_name="人员")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")
    kind = models.CharField("事由", max_length=10, choices=Kind.choices, default=Kind.LEAVE)
    cancelled = models.BooleanField("已取消", default=False)

    audit = Audit(label="name", parent="person")

    class Meta:
        verbose_name = verbose_name_plural = "请假"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                name="leave_ends_after_it_starts",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.valid_from} 至 {self.valid_to}"


class Emergency(TrackedModel):
    """A dated account for an hour in which no administrator can be reached; closed by two later."""

    user = models.OneToOneField(
        _PERSON, models.PROTECT, related_name="emergency", verbose_name="应急账号"
    )
    by = models.CharField("启用人", max_length=40)
    reason = models.CharField("理由", max_length=300)
    expires_at = models.DateTimeField("有效至")
    used_at = models.DateTimeField("一次性密码用于", null=True)
    closed_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="核销人"
    )
    closed_at = models.DateTimeField("核销时间", null=True)
    note = models.CharField("核销意见", max_length=300, blank=True)
    second_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="复核人"
    )
    second_at = models.DateTimeField("复核时间", null=True)
    second_note = models.CharField("复核意见", max_length=300, blank=True)

    audit = Audit(label="name", parent="user")

    class Meta:
        verbose_name = verbose_name_plural = "应急账号"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"应急账号 {self.user.username}"
