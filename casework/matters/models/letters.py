"""Letters: documents as they are printed, numbered and signed; the templates they are made from."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from casework.matters.models.documents import Document
from office.history import Audit, TrackedModel
from office.vault import VaultField

_USER = settings.AUTH_USER_MODEL


class BlankForm(models.TextChoices):
    """Paper forms that are filled from the record and signed by hand (practice §4)."""

    REGISTRATION = "f_registration", "登记表"
    TALK = "f_talk", "接谈笔录"
    MATERIALS = "f_materials", "材料接收清单"
    ADDRESS = "f_address", "送达地址确认书及电子送达同意书"
    PROOF = "f_proof", "送达回证"
    DELEGATES = "f_delegates", "代表推选书"
    AGENT = "f_agent", "授权委托书"
    RECUSAL = "f_recusal", "回避申请书"
    WITHDRAWAL = "f_withdrawal", "撤回申请书"
    REVIEW = "f_review", "复查（复核）申请书"
    RIGHTS = "f_rights", "权利义务告知单"
    MEDIATION = "f_mediation", "调解申请书"
    CONFIRMATION = "f_confirmation", "司法确认申请书"
    APPROVAL = "f_approval", "呈批单"
    PUBLISHING = "f_publishing", "信息发布审批单"
    RATING = "f_rating", "满意度卡"


class LetterTemplate(models.Model):
    """One edition of the .docx that letters of a kind are made from; the newest is in force. Append-only.

    kind: of a `Document` or a `BlankForm`; content: the file, which holds no personal data; added_by:
    None for the edition the product brings.
    """

    append_only = True
    wagtail_reference_index_ignore = True

    kind = models.CharField(
        "文书", max_length=20, choices=[*Document.Kind.choices, *BlankForm.choices]
    )
    edition = models.PositiveSmallIntegerField("版次")
    content = models.BinaryField("文件", editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    why = models.CharField("修改原因", max_length=200)
    added_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        ordering = ["kind", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "edition"], name="one_template_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} 第{self.edition}版"


class IssuingBody(TrackedModel):
    """发文主体: a nameplate letters go out under, with its own run of numbers (practice §6).

    code: 发文字号里的机关代字, which no two share; seal: what is written where the seal goes;
    superior: the body that reviews its opinions.
    """

    name = models.CharField("名称", max_length=60)
    code = models.CharField("机关代字", max_length=8, unique=True)
    seal = models.CharField("印章", max_length=60)
    superior = models.CharField("复查机关", max_length=60)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    active = models.BooleanField("使用中", default=True)

    audit = Audit(label="name")

    class Meta:
        verbose_name = verbose_name_plural = "发文主体"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Letter(TrackedModel, VaultOfMatter):
    """The printed form of a document: a draft, then signed and frozen, file and number.

    signed_by is empty where the district decided (`authority`); acted: the signature is that of the act
    itself (an opinion, an approval), so nobody signs a second time; file: the frozen .docx; corrects:
    the letter this one puts right; last_day: of a notice of another path, instead of the one recorded.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", "草稿"
        FROZEN = "frozen", "已签发"

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="letters", verbose_name="信访事项"
    )
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="letter", verbose_name="文书"
    )
    body = models.ForeignKey(IssuingBody, models.PROTECT, related_name="+", verbose_name="发文主体")
    stage = models.CharField("状态", max_length=8, choices=Stage.choices, default=Stage.DRAFT)
    remark = VaultField("附言", mask="text")
    drafted_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    template = models.ForeignKey(
        LetterTemplate, models.PROTECT, null=True, related_name="+", verbose_name="模板"
    )
    series = models.CharField("字号", max_length=20, blank=True, editable=False)
    year = models.PositiveSmallIntegerField("年份", null=True, editable=False)
    serial = models.PositiveIntegerField("序号", null=True, editable=False)
    acted = models.BooleanField("随审批签发", default=False, editable=False)
    signed_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )
    authority = models.CharField("决定机关", max_length=60, blank=True)
    signed_on = models.DateField("签发日期", null=True)
    signature = models.ForeignKey(
        "matters.PaperSignature",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="纸质签批",
    )
    file = models.OneToOneField(
        "matters.MatterFile", models.PROTECT, null=True, related_name="letter", verbose_name="文件"
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name="更正"
    )
    reason = VaultField("更正的理由", mask="text")
    last_day = models.DateField("更正后的最后安全日", null=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "文书成文"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="one_letter_a_number",
            ),
            models.CheckConstraint(
                condition=Q(stage="draft", serial=None, file=None)
                | Q(
                    stage="frozen",
                    serial__isnull=False,
                    file__isnull=False,
                    template__isnull=False,
                    signed_on__isnull=False,
                ),
                name="frozen_letters_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | Q(acted=True) | ~Q(signed_by=F("drafted_by")),
                name="drafter_signs_no_letter",
                violation_error_message="拟稿人不能签发自己拟的文书。",
            ),
        ]

    def __str__(self) -> str:
        return self.document.number or f"{self.document.get_kind_display()}（草稿）"

    @property
    def is_frozen(self) -> bool:
        return self.stage == self.Stage.FROZEN
