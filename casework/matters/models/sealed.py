"""What the desk of sealed letters keeps: the envelope, who keeps it, the list it leaves on."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.matters.models.belonging import OF_MATTER
from office.history import Audit, TrackedModel
from office.vault import VaultField, VaultRecord

_USER = settings.AUTH_USER_MODEL
_VERB = "matters.hand_over_sealed"


class Carrier(models.TextChoices):
    """What came in, as one may see it without opening it."""

    ENVELOPE = "envelope", "信封"
    PARCEL = "parcel", "包裹、档案袋"
    MEDIUM = "medium", "光盘、U盘"
    TALK = "talk", "来访记录"
    CALL = "call", "来电记录"
    SHEET = "sheet", "打印件"
    OTHER = "other", "其他"


class SealedLetter(TrackedModel):
    """The outside of a sealed matter: what carries it, whether its content was typed in, whether it
    concerns a leader of the street. Who is named on it stands in the recusals.
    """

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, related_name="letter", verbose_name="信访事项"
    )
    opened = models.BooleanField("录有内容", default=False)
    carrier = models.CharField("载体", max_length=10, choices=Carrier.choices, default="envelope")
    pieces = models.PositiveSmallIntegerField("份数", default=1)
    about_leader = models.BooleanField("涉及街道领导", default=False)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "密件封面"
        constraints = [
            models.CheckConstraint(
                condition=Q(pieces__gte=1),
                name="something_came",
                violation_error_message="份数至少为 1。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_carrier_display()} {self.pieces} 份"


class Custodian(TrackedModel):
    """密件保管人 named by a leader among those who hold the post; their rights follow from the post."""

    user = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="保管人")
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    named_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="指定人")
    reason = models.CharField("理由", max_length=200)

    audit = Audit(label="name", parent="user")

    class Meta:
        verbose_name = verbose_name_plural = "密件保管人"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(until=None),
                name="one_open_custodian",
                violation_error_message="这位同事已经是密件保管人。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}"


class DisciplineBody(TrackedModel):
    """A body that takes sealed letters over; what concerns a leader of the street goes to the district's."""

    class Level(models.TextChoices):
        STREET = "street", "街道"
        DISTRICT = "district", "区"

    name = models.CharField("名称", max_length=60, unique=True)
    level = models.CharField("级别", max_length=8, choices=Level.choices)
    ended = models.BooleanField("已停用", default=False)

    audit = Audit(label="name")

    class Meta:
        verbose_name = verbose_name_plural = "接收机关"
        ordering = ["ended", "-level", "name"]

    def __str__(self) -> str:
        return self.name


class HandOverQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "HandOverQuerySet":
        """Lists of which a custodian may see every matter: one they stepped back from hides the list."""
        if not user.has_perm(_VERB):
            return self.none()
        seen = apps.get_model("matters", "Matter").objects.visible_to(user)
        lines = HandOverLine.objects.exclude(matter__in=seen.values("pk"))
        return self.exclude(pk__in=lines.values("hand_over"))

    def running(self) -> "HandOverQuerySet":
        """Lists that were neither signed nor voided."""
        return self.filter(signed_on=None, voided_at=None)


class HandOver(TrackedModel, VaultRecord):
    """密件转交清单: one list, one receiving body, one signature. Only the signature moves its matters."""

    number = models.CharField("清单编号", max_length=20, unique=True)
    body = models.ForeignKey(
        DisciplineBody, models.PROTECT, related_name="+", verbose_name="接收机关"
    )
    made_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="制单人")
    made_at = models.DateTimeField("制单时间")
    signed_on = models.DateField("签收日期", null=True)
    handed_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="移交人"
    )
    receiver = VaultField("签收人", mask="name")
    path = models.CharField(max_length=80, blank=True, editable=False)
    kind = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField("大小", default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    recorded_at = models.DateTimeField("登记签收时间", null=True)
    void_asked_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="申请作废"
    )
    void_asked_at = models.DateTimeField("申请作废时间", null=True)
    void_reason = VaultField("作废理由", mask="text")
    voided_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="同意作废"
    )
    voided_at = models.DateTimeField("作废时间", null=True)
    sealed = models.BooleanField(default=True, editable=False)
    data_key = models.ForeignKey("office.DataKey", models.PROTECT, related_name="+", editable=False)

    objects = HandOverQuerySet.as_manager()
    audit = Audit(label="number", sealed="sealed")

    class Meta:
        verbose_name = verbose_name_plural = "密件转交清单"
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(voided_at=None), name="signed_lists_stand"
            ),
            models.CheckConstraint(
                condition=Q(voided_by=None) | ~Q(voided_by=models.F("void_asked_by")),
                name="two_void_a_list",
                violation_error_message="申请人不能审批自己的申请。",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def waits(self) -> bool:
        """Whether the signature is still to come."""
        return self.signed_on is None and self.voided_at is None

    @property
    def standing(self) -> str:
        """Where the list stands, in a word."""
        if self.voided_at:
            return "已作废"
        if self.signed_on:
            return "已签收"
        return "待审批作废" if self.void_asked_by_id else "待签收"


class HandOverLine(TrackedModel):
    """One sealed matter on a list: what is handed over, never what it says."""

    hand_over = models.ForeignKey(
        HandOver, models.PROTECT, related_name="lines", verbose_name="转交清单"
    )
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="hand_over_lines", verbose_name="信访事项"
    )
    carrier = models.CharField("载体", max_length=10, choices=Carrier.choices)
    pieces = models.PositiveSmallIntegerField("份数", default=1)

    audit = Audit(label="number", parent="hand_over", sealed="sealed")

    class Meta:
        verbose_name = verbose_name_plural = "转交清单明细"
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "matter"], name="one_line_a_matter")
        ]

    def __str__(self) -> str:
        return f"{self.matter}"
