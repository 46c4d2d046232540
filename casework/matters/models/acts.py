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
    """The answer given to a matter: a 信访处理意见书 (`formal`, art. 32) or a reply.

    claim, facts, basis and body are the parts of art. 32; a reply has its body alone. legal: a legal
    reviewer has to see it, not only the head of the petition office. A draft that was sent back is
    written on in the same row; its history keeps what it said before.
    """

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="opinions", verbose_name="信访事项"
    )
    round = models.PositiveSmallIntegerField("轮次", default=1)
    formal = models.BooleanField("处理意见书", default=False)
    outcome = models.CharField("处理结果", max_length=16, choices=Outcome.choices, blank=True)
    claim = VaultField("信访诉求", mask="text")
    facts = VaultField("事实和理由", mask="text")
    basis = VaultField("依据", mask="text")
    body = VaultField("答复内容", mask="text")
    promised = VaultField("拟作的承诺", mask="text")
    money = models.BooleanField("涉及钱款", default=False)
    legal = models.BooleanField("须法制审核", default=False)
    drafted_on = models.DateField("起草日期", null=True)
    author = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="起草人"
    )
    signed_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )
    signed_on = models.DateField("签发日期", null=True)
    answered_on = models.DateField("答复日期", null=True)
    dropped = models.BooleanField("不再有效", default=False)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "答复意见"
        indexes = [
            # What waits for a legal reviewer is found without reading what was answered.
            models.Index(
                fields=["matter"],
                condition=models.Q(legal=True, dropped=False, signed_on=None),
                name="opinion_for_law",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signed_by=None) | ~models.Q(signed_by=models.F("author")),
                name="drafter_signs_no_opinion",
                violation_error_message="拟稿人不能签发自己拟的文书。",
            ),
            models.CheckConstraint(
                condition=models.Q(formal=False)
                | models.Q(dropped=True)
                | models.Q(answered_on=None)
                | models.Q(signed_on__isnull=False),
                name="opinions_are_signed_before_served",
            ),
        ]

    def __str__(self) -> str:
        return f"答复 {self.answered_on or ''}"


class Approval(TrackedModel, VaultOfMatter, Decided):
    """An act that needs a second person: asked by one, decided by another (practice §2).

    terms and texts: what was asked for, as `packing` keeps it; legal: decided only once a legal
    reviewer, or a counsel on paper, has said what the law says.
    """

    class Act(models.TextChoices):
        VOID = "void", "作废"
        RECEIVED = "received", "更正收到日期"
        SEAL = "seal", "转为密件"
        UNSEAL = "unseal", "解除密件"
        SERVED = "served", "更正送达日期"
        REFUSE = "refuse", "不予受理"
        BAR = "bar", "不再受理"
        ROUTE = "route", "导入法定途径"
        REROUTE = "reroute", "改走法定途径"
        EXTEND = "extend", "延长期限"
        REOPEN = "reopen", "恢复办理"

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="approvals", verbose_name="信访事项"
    )
    act = models.CharField("事由", max_length=12, choices=Act.choices)
    asked_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    reason = VaultField("理由", mask="text")
    terms = models.JSONField("申请的内容", default=dict, blank=True)
    texts = VaultField("申请的文字", mask="text")
    legal = models.BooleanField("须法制审核", default=False)
    new_date = models.DateField("更正为", null=True, blank=True)
    evidence = models.ForeignKey(
        "matters.MatterFile", models.PROTECT, null=True, related_name="+", verbose_name="凭据"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "审批"
        indexes = [
            models.Index(
                fields=["matter"],
                condition=models.Q(legal=True, decision=""),
                name="approval_for_law",
            ),
        ]
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
