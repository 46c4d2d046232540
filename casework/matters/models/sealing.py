"""An auditor's leave to read sealed matters: asked with a purpose, given by a custodian, for days."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from office.history import TrackedModel

_USER = settings.AUTH_USER_MODEL


class SealedAudit(TrackedModel):
    """What an auditor asks to see: the sealed matters registered in a period, and what for.

    Approved, it opens them masked and to be read alone, up to the day `until`, that day included.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", "同意"
        REFUSED = "refused", "不同意"

    asked_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    purpose = models.CharField("审计目的", max_length=300)
    registered_from = models.DateField("登记日期自")
    registered_to = models.DateField("登记日期至")
    decided_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True)
    decision = models.CharField("审批结果", max_length=10, choices=Decision.choices, blank=True)
    note = models.CharField("审批意见", max_length=300, blank=True)
    until = models.DateField("有效期至", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "密件审计申请"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["asked_by", "until"], name="sealed_audit_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="asker_decides_no_sealed_audit",
                violation_error_message="申请人不能审批自己的申请。",
            ),
            models.CheckConstraint(
                condition=Q(registered_to__gte=F("registered_from")),
                name="sealed_audit_period",
                violation_error_message="登记日期的起止写反了。",
            ),
            models.CheckConstraint(
                condition=Q(decision="approved", until__isnull=False)
                | (~Q(decision="approved") & Q(until=None)),
                name="approved_sealed_audit_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"密件审计申请 {self.pk or ''}".strip()

    @property
    def period(self) -> str:
        """登记期间 in words."""
        return f"{self.registered_from:%Y-%m-%d} 至 {self.registered_to:%Y-%m-%d}"

    def runs(self, on: date) -> bool:
        """Whether it opens anything on a day."""
        return self.until is not None and on <= self.until
