"""文书: what a matter was told in writing, what went out about it, what came back (domain §3)."""

from django.conf import settings
from django.db import models

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from office.history import TrackedModel
from office.vault import VaultField

_USER = settings.AUTH_USER_MODEL


class Document(TrackedModel, VaultOfMatter):
    """One paper of a matter: its kind, whose it is, what it says in short, on what it rests.

    number stays blank until letters are printed; summary is what the petitioner or the receiver is
    told, encrypted; body_name the body in whose name it goes out; to_name to whom, "" the petitioner;
    basis the article; remedy where and until when it can be contested. publishable: its content may be
    told to the public, without any person.
    """

    class Kind(models.TextChoices):
        ACCEPTANCE = "acceptance", "受理告知书"
        REFUSAL = "refusal", "不予受理告知书"
        BARRED = "barred", "不再受理告知书"
        PATH_NOTICE = "path_notice", "分类处理告知书"
        FORWARD = "forward", "转送函"
        ASSIGN_OUT = "assign_out", "交办函"
        TOLD = "told", "去向告知书"
        OBJECTION = "objection", "异议书"
        OBJECTION_ANSWER = "objection_answer", "来文机关对异议的答复"
        REPORT_UP = "report_up", "呈报"
        FAST_LEFT = "fast_left", "退出简易办理告知书"
        EXTENSION = "extension", "延期告知书"
        OPINION = "opinion", "信访处理意见书"
        REPLY = "reply", "答复"
        RETURN = "return", "退回单"
        SUPERVISION = "supervision", "督办函"
        SUPERVISION_ANSWER = "supervision_answer", "督办反馈"
        CLOSING = "closing", "办结报告"
        COOPERATION = "cooperation", "协办函"
        APPROVAL_SHEET = "approval_sheet", "呈批单"
        REPEAT_NOTICE = "repeat_notice", "并案告知书"
        URGENT = "urgent", "重大紧急信访报告"
        SETTLEMENT = "settlement", "调解、和解协议书"
        REVIEW_RECEIPT = "review_receipt", "复查（复核）申请回执"
        REVIEW_OPINION = "review_opinion", "复查（复核）意见书"
        WITHDRAWAL = "withdrawal", "撤回申请书"
        MINUTES = "minutes", "会商纪要"

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="documents", verbose_name="信访事项"
    )
    kind = models.CharField("文书", max_length=20, choices=Kind.choices)
    number = models.CharField("文号", max_length=40, blank=True)
    issued_on = models.DateField("日期")
    body_name = models.CharField("发文主体", max_length=80, blank=True)
    to_name = models.CharField("发给", max_length=80, blank=True)
    summary = VaultField("要点", mask="text")
    basis = models.CharField("依据", max_length=200, blank=True)
    remedy = models.CharField("救济途径", max_length=300, blank=True)
    publishable = models.BooleanField("可公开", default=False)
    move = models.ForeignKey(
        "matters.Move", models.PROTECT, null=True, related_name="documents", editable=False
    )
    prepared_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )
    signed_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )
    paper = models.ForeignKey(
        "matters.MatterFile", models.PROTECT, null=True, related_name="+", verbose_name="扫描件"
    )
    approval = models.ForeignKey(
        "matters.Approval", models.PROTECT, null=True, related_name="+", verbose_name="审批"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.issued_on}"
