"""What every act of two people shares: who decided, at which level, on which paper (practice §2)."""

from django.conf import settings
from django.db import models

from office.separation import Level

_USER = settings.AUTH_USER_MODEL


class Decided(models.Model):
    """Columns of a decision by a second person.

    A decision of the district comes on paper: `authority` made it, `paper` is the scan and
    `recorded_by` entered it; `decided_by` stays empty, as nobody of the street decided.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", "同意"
        REFUSED = "refused", "不同意"

    LEVELS = [
        (Level.SAME.value, "有审批权限的同事"),
        (Level.LEADER.value, "街道领导"),
        (Level.DISTRICT.value, "区级决定"),
    ]

    decided_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True)
    decision = models.CharField("审批结果", max_length=10, choices=Decision.choices, blank=True)
    level = models.CharField("决定层级", max_length=8, choices=LEVELS, blank=True)
    authority = models.CharField("决定机关", max_length=60, blank=True)
    paper = models.ForeignKey(
        "matters.MatterFile", models.PROTECT, null=True, related_name="+", verbose_name="决定文书"
    )
    recorded_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="录入人"
    )

    class Meta:
        abstract = True

    @property
    def decider(self) -> str:
        """Who decided, as the record says it; "" while nobody has."""
        return str(self.decided_by) if self.decided_by_id else self.authority


#: a decision of the district rests on its scan; every other decision on a person
HAS_ITS_GROUND = (
    models.Q(decision="")
    | models.Q(level=Level.DISTRICT.value, decided_by=None, paper__isnull=False)
    | (~models.Q(level=Level.DISTRICT.value) & models.Q(decided_by__isnull=False))
)
