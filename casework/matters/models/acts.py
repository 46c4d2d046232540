"""What was done: moves, opinions, and acts that wait for a second person."""

from django.conf import settings
from django.db import models

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from casework.matters.models.deciding import HAS_ITS_GROUND, Decided
from casework.matters.states import Outcome, State
from office.history import TrackedModel
from office.vault import VaultField

_USER = settings.AUTH_USER_MODEL


class Move(VaultOfMatter):
    """One transition: who, in which post, when, from, to, why. Append-only by triggers."""

    append_only = True
    wagtail_reference_index_ignore = True

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="moves")
    name = models.CharField("动作", max_length=20)
    source = models.CharField("原状态", max_length=12, choices=State.choices, blank=True)
    target = models.CharField("新状态", max_length=12, choices=State.choices)
    actor = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )
    post = models.ForeignKey("office.Post", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")
    on = models.DateField("发生日期")
    summary = models.CharField("说明", max_length=200, blank=True)
    note = VaultField("经过", mask="text")
    address = models.GenericIPAddressField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理经过"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.on}"


class Opinion(TrackedModel, VaultOfMatter):
    """The answer given to a matter (信访处理意见的要点); its letter is made from it."""

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="opinions", verbose_name="信访事项"
    )
    outcome = models.CharField("处理结果", max_length=16, choices=Outcome.choices, blank=True)
    body = VaultField("答复内容", mask="text")
    answered_on = models.DateField("答复日期", null=True)
    author = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "答复意见"

    def __str__(self) -> str:
        return f"答复 {self.answered_on or ''}"


class Approval(TrackedModel, VaultOfMatter, Decided):
    """An act that needs a second person: asked by one, decided by another (practice §2)."""

    class Act(models.TextChoices):
        VOID = "void", "作废"
        RECEIVED = "received", "更正收到日期"
        SEAL = "seal", "转为密件"
        UNSEAL = "unseal", "解除密件"

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="approvals", verbose_name="信访事项"
    )
    act = models.CharField("事由", max_length=12, choices=Act.choices)
    asked_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    reason = VaultField("理由", mask="text")
    new_date = models.DateField("更正为", null=True, blank=True)
    evidence = models.ForeignKey(
        "matters.MatterFile", models.PROTECT, null=True, related_name="+", verbose_name="凭据"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "审批"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="asker_is_not_approver",
                violation_error_message="申请人不能审批自己的申请。",
            ),
            models.CheckConstraint(condition=HAS_ITS_GROUND, name="approval_decision_has_ground"),
            models.UniqueConstraint(
                fields=["matter", "act"],
                condition=models.Q(decision=""),
                name="one_open_request_an_act",
                violation_error_message="同样的申请正在等待审批。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}申请"
