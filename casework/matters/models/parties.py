"""Who is behind a matter, who supports it, who must not see it."""

from django.conf import settings
from django.db import models

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from casework.matters.states import PersonKind
from office.history import TrackedModel
from office.vault import VaultField


class Petitioner(TrackedModel, VaultOfMatter):
    """信访人: encrypted under the matter's key; hashes serve exact look-up and repeats only."""

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="petitioners", verbose_name="信访事项"
    )
    kind = models.CharField("种类", max_length=12, choices=PersonKind.choices, default="person")
    main = models.BooleanField("主要信访人", default=True)
    name = VaultField("姓名或单位名称", mask="name")
    phone = VaultField("联系电话", mask="phone")
    id_number = VaultField("证件号码", mask="id")
    address = VaultField("联系地址", mask="address")
    contact_note = VaultField("联系方式嘱咐", mask="text")
    name_hash = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    phone_hash = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    id_hash = models.CharField(max_length=32, blank=True, editable=False, db_index=True)

    audit = OF_MATTER
    derived = ("name_hash", "phone_hash", "id_hash")

    class Meta:
        verbose_name = verbose_name_plural = "信访人"

    def __str__(self) -> str:
        return f"信访人{self.pk or ''}"


class SupportUnit(TrackedModel):
    """协办单位: helps, does not own the clock."""

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="supports", verbose_name="信访事项"
    )
    unit = models.ForeignKey(
        "office.Unit", models.PROTECT, related_name="+", verbose_name="协办单位"
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "协办"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "unit"],
                condition=models.Q(until=None),
                name="one_open_support",
                violation_error_message="这个单位已经在协办。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}"


class Recusal(TrackedModel):
    """回避 (art. 28): the person sees nothing of the matter while the row is open."""

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="recusals", verbose_name="信访事项"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="回避人"
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    conflict = models.ForeignKey(
        "matters.Conflict", models.PROTECT, null=True, related_name="recusals", verbose_name="缘由"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "回避"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "user"], condition=models.Q(until=None), name="one_open_recusal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}回避"


class Custody(TrackedModel):
    """保管: this person keeps a sealed matter; the entering registrar's ends with the hand-over."""

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="custodies", verbose_name="信访事项"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="保管人"
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "密件保管"

    def __str__(self) -> str:
        return f"{self.user}保管"
