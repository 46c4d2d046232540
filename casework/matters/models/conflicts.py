"""Conflicts of interest: why somebody stays out of a matter, which units a matter is about (art. 28)."""

from django.conf import settings
from django.db import models

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from casework.matters.models.deciding import HAS_ITS_GROUND, Decided
from office.history import TrackedModel
from office.vault import VaultField

_USER = settings.AUTH_USER_MODEL


class Conflict(TrackedModel, VaultOfMatter, Decided):
    """Why `user` should stay out of a matter, who said so, and what a second person decided.

    Its `Recusal` rows carry it out: at once for who is named and who declares it, after the
    decision for who is asked to step back.
    """

    class Kind(models.TextChoices):
        NAMED = "named", "被反映人"
        DECLARED = "declared", "本人回避"
        ASKED = "asked", "信访人要求回避"

    class Told(models.TextChoices):
        SPOKEN = "spoken", "当面"
        PHONE = "phone", "电话"
        WRITTEN = "written", "书面"

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="conflicts", verbose_name="信访事项"
    )
    user = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="当事人")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    reason = VaultField("理由", mask="text")
    asked_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    asked_at = models.DateTimeField("提出时间")
    opinion = VaultField("决定的理由", mask="text")
    told_on = models.DateField("答复信访人日期", null=True)
    told_how = models.CharField("答复方式", max_length=8, choices=Told.choices, blank=True)
    told_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "利害关系"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None)
                | ~models.Q(decided_by=models.F("user"))
                & ~models.Q(decided_by=models.F("asked_by")),
                name="concerned_and_asker_decide_no_conflict",
                violation_error_message="本人和提出人都不能决定这件回避。",
            ),
            models.CheckConstraint(condition=HAS_ITS_GROUND, name="conflict_decision_has_ground"),
            models.UniqueConstraint(
                fields=["matter", "user", "kind"],
                condition=models.Q(decision=""),
                name="one_open_conflict_a_kind",
                violation_error_message="同样的回避正在等待决定。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.user}"

    @property
    def refused(self) -> bool:
        return self.decision == self.Decision.REFUSED

    @property
    def holds(self) -> bool:
        """Whether the person stays out because of it."""
        waiting = self.kind == self.Kind.ASKED and not self.decision
        return not waiting and not self.refused

    @property
    def owes_answer(self) -> bool:
        """Whether the petitioner who asked for it still has to be told of the decision."""
        return bool(self.kind == self.Kind.ASKED and self.decision and self.told_on is None)


class ConcernedUnit(TrackedModel, VaultOfMatter):
    """被反映的单位: the matter is about an act of this unit, which never leads it (practice §1)."""

    class Source(models.TextChoices):
        PETITIONER = "petitioner", "信访人反映"
        OFFICE = "office", "信访办核实"
        UNIT = "unit", "该单位自己说明"

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="concerned_units", verbose_name="信访事项"
    )
    unit = models.ForeignKey(
        "office.Unit", models.PROTECT, related_name="+", verbose_name="被反映的单位"
    )
    source = models.CharField("谁说的", max_length=12, choices=Source.choices)
    reason = VaultField("反映它什么", mask="text")
    entered_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "被反映的单位"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "unit"],
                condition=models.Q(until=None),
                name="one_open_concern",
                violation_error_message="这个单位已经记为被反映的单位。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}"
