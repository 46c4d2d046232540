"""On the way of an opinion: who was heard, who reviewed it, how it was served, what it promised."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from office.history import TrackedModel
from office.vault import VaultField

_USER = settings.AUTH_USER_MODEL
_FILE, _MATTER = "matters.MatterFile", "matters.Matter"
_OPINION = "matters.Opinion"


class Hearing(VaultOfMatter):
    """听取陈述 (art. 31(6)): who was heard, when and how; or a try to reach them. Append-only."""

    append_only = True
    wagtail_reference_index_ignore = True

    class Way(models.TextChoices):
        PHONE = "phone", "电话"
        OFFICE = "office", "当面（来访）"
        HOME = "home", "上门"
        ONLINE = "online", "网上、视频"
        FORMAL = "formal", "听证会"

    matter = models.ForeignKey(_MATTER, models.PROTECT, related_name="hearings")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    on = models.DateField("日期")
    at = models.DateTimeField("记录时间")
    way = models.CharField("方式", max_length=8, choices=Way.choices)
    reached = models.BooleanField("联系上了", default=True)
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="听取人")
    note = VaultField("陈述要点", mask="text")
    file = models.ForeignKey(
        _FILE, models.PROTECT, null=True, related_name="+", verbose_name="笔录、录音"
    )

    class Meta:
        verbose_name = verbose_name_plural = "听取陈述"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.on}"


class Review(VaultOfMatter):
    """审核 of a draft, or legal review of what somebody asks for. Append-only.

    by: who reviewed, or who entered the paper of an outside counsel (`counsel`, `paper`).
    """

    append_only = True
    wagtail_reference_index_ignore = True

    matter = models.ForeignKey(_MATTER, models.PROTECT, related_name="reviews")
    opinion = models.ForeignKey(_OPINION, models.PROTECT, null=True, related_name="reviews")
    approval = models.ForeignKey(
        "matters.Approval", models.PROTECT, null=True, related_name="reviews"
    )
    legal = models.BooleanField("法制审核", default=False)
    agrees = models.BooleanField("同意")
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="审核人")
    on = models.DateField("审核日期")
    at = models.DateTimeField("记录时间")
    note = VaultField("审核意见", mask="text")
    counsel = models.CharField("外聘法律顾问", max_length=60, blank=True)
    paper = models.ForeignKey(
        _FILE, models.PROTECT, null=True, related_name="+", verbose_name="审核意见书"
    )

    class Meta:
        verbose_name = verbose_name_plural = "审核"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opinion=None) | Q(approval=None), name="a_review_is_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{'同意' if self.agrees else '退回'} {self.on}"


class Service(TrackedModel, VaultOfMatter):
    """送达, or a try of it: which way, on which day, by whom, with which proof (domain §2.3).

    received: the petitioner said 已收到, without which nothing sent electronically is served; time: of
    the clock at the office, where somebody noted it; opinion: the answer whose clocks hang on the day,
    None for every other paper.
    """

    class Way(models.TextChoices):
        PERSON = "person", "当面送达"
        POST = "post", "邮寄送达"
        ELECTRONIC = "electronic", "电子送达"
        LEFT = "left", "留置送达"
        NOTICE = "notice", "公告送达"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="services", verbose_name="信访事项"
    )
    round = models.PositiveSmallIntegerField("轮次", default=1)
    opinion = models.ForeignKey(
        _OPINION, models.PROTECT, null=True, related_name="services", verbose_name="处理意见"
    )
    document = models.ForeignKey(
        "matters.Document", models.PROTECT, null=True, related_name="services", verbose_name="文书"
    )
    way = models.CharField("送达方式", max_length=10, choices=Way.choices)
    on = models.DateField("送达日期")
    time = models.TimeField("送达时刻", null=True)
    at = models.DateTimeField("记录时间")
    place = VaultField("送达地点", mask="address")
    note = VaultField("送达情况", mask="text")
    server = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="送达人")
    witness = VaultField("见证人", mask="name")
    witness_user = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="见证的同事"
    )
    consent = models.ForeignKey(
        _FILE, models.PROTECT, null=True, related_name="+", verbose_name="电子送达同意书"
    )
    proof = models.ForeignKey(
        _FILE, models.PROTECT, null=True, related_name="+", verbose_name="送达回证"
    )
    received = models.BooleanField("本人已确认收到", default=False)
    failed = models.BooleanField("未送达", default=False)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "送达记录"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(witness_user=None) | ~Q(witness_user=F("server")),
                name="server_is_no_witness",
                violation_error_message="留置送达不能只由送达人自己见证，请另找一位见证人。",
            ),
            models.CheckConstraint(
                condition=Q(failed=True)
                | ~Q(way="electronic")
                | Q(consent__isnull=False, received=True),
                name="electronic_service_was_received",
                violation_error_message="电子送达须有签字的同意书，并且本人确认“已收到”。",
            ),
        ]

    def __str__(self) -> str:
        return f"{'未送达' if self.failed else self.get_way_display()} {self.on}"


class Promise(TrackedModel, VaultOfMatter):
    """承诺: what an opinion that supports the claim says will be done, by whom, until when."""

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="promises", verbose_name="信访事项"
    )
    opinion = models.ForeignKey(
        _OPINION, models.PROTECT, related_name="promises", verbose_name="处理意见"
    )
    round = models.PositiveSmallIntegerField("轮次", default=1)
    what = VaultField("承诺的事", mask="text")
    unit = models.ForeignKey(
        "office.Unit", models.PROTECT, related_name="+", verbose_name="履行单位"
    )
    due_on = models.DateField("最迟哪天")
    kept_on = models.DateField("兑现日期", null=True)
    proof = models.ForeignKey(
        _FILE, models.PROTECT, null=True, related_name="+", verbose_name="兑现凭据"
    )
    kept_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    broken_on = models.DateField("信访人反映未兑现", null=True)
    dropped = models.BooleanField("不再有效", default=False)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "承诺"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_on=None) | Q(proof__isnull=False), name="kept_promises_are_proved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.due_on}"

    @property
    def is_open(self) -> bool:
        """Whether it still has to be kept."""
        return self.kept_on is None and not self.dropped


class SuperiorReview(TrackedModel, VaultOfMatter):
    """复查 or 复核 by the body above: asked for, decided, served; the street records (art. 35–36)."""

    class Level(models.TextChoices):
        REVIEW = "review", "复查"
        FINAL = "final", "复核"

    class Decision(models.TextChoices):
        UPHELD = "upheld", "维持"
        CHANGED = "changed", "变更"
        REVOKED = "revoked", "撤销，责令重新处理"
        DECLINED = "declined", "不予受理"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="superior_reviews", verbose_name="信访事项"
    )
    round = models.PositiveSmallIntegerField("轮次", default=1)
    level = models.CharField("层级", max_length=8, choices=Level.choices)
    body = models.CharField("复查（复核）机关", max_length=80)
    asked_on = models.DateField("收到申请日期")
    late = models.BooleanField("逾期提出", default=False)
    decision = models.CharField("决定", max_length=8, choices=Decision.choices, blank=True)
    decided_on = models.DateField("决定日期", null=True)
    served_on = models.DateField("送达信访人日期", null=True)
    order = VaultField("决定要点", mask="text")
    until = models.DateField("责令办结日期", null=True)
    paper = models.ForeignKey(
        _FILE, models.PROTECT, null=True, related_name="+", verbose_name="复查（复核）意见书"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "复查复核"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "level", "round"],
                condition=Q(decision=""),
                name="one_open_review_a_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.asked_on}"


class Settlement(TrackedModel, VaultOfMatter):
    """调解、和解协议 (art. 33), and the court's confirmation both sides may ask for within 30 days."""

    class Kind(models.TextChoices):
        MEDIATED = "mediated", "人民调解"
        ADMINISTRATIVE = "administrative", "行政调解"
        RECONCILED = "reconciled", "双方和解"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="settlements", verbose_name="信访事项"
    )
    kind = models.CharField("方式", max_length=14, choices=Kind.choices)
    agreed_on = models.DateField("协议生效日期")
    agreement = models.ForeignKey(
        _FILE, models.PROTECT, related_name="+", verbose_name="双方签字的协议书"
    )
    words = VaultField("协议要点", mask="text")
    confirm_until = models.DateField("最迟申请司法确认")
    court = models.CharField("确认法院", max_length=60, blank=True)
    confirmed_on = models.DateField("司法确认日期", null=True)
    ruling = models.ForeignKey(
        _FILE, models.PROTECT, null=True, related_name="+", verbose_name="司法确认裁定书"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "调解、和解"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.agreed_on}"
