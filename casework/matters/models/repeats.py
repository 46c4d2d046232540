"""Repeats and joint matters: what belongs together, who speaks for a group, who came together."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from office.history import TrackedModel
from office.vault import VaultField

_USER, _MATTER = settings.AUTH_USER_MODEL, "matters.Matter"


class MatterLink(TrackedModel, VaultOfMatter):
    """A matter that a person found to be the same as an earlier one (判重), and what follows.

    merged: it goes on inside `to` and is answered that this is so; otherwise the two are known to be
    the same and each goes its own way, as when the earlier one is over. An ended row was undone.
    The key to the other matter bears no Chinese label, so no history page names a matter that was
    sealed afterwards.
    """

    class Kind(models.TextChoices):
        REPEAT = "repeat", "重复信访"
        JOINT = "joint", "不同的人反映同一件事"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="joins", verbose_name="信访事项"
    )
    to = models.ForeignKey(_MATTER, models.PROTECT, related_name="joined", verbose_name="to")
    kind = models.CharField("关系", max_length=8, choices=Kind.choices)
    merged = models.BooleanField("并入办理", default=True)
    since = models.DateField("自")
    until = models.DateField("至", null=True)
    reason = VaultField("理由", mask="text")
    undone_reason = VaultField("分出的理由", mask="text")
    decided_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="认定人")
    undone_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="分出人"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "判重认定"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(until=None), name="one_open_join"
            ),
            models.CheckConstraint(condition=~Q(matter=F("to")), name="nothing_joins_itself"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class NotRepeat(TrackedModel, VaultOfMatter):
    """Somebody looked and found: these two are not the same. The hint is not shown again."""

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="not_repeats", verbose_name="信访事项"
    )
    other = models.ForeignKey(_MATTER, models.PROTECT, related_name="+", verbose_name="other")
    reason = VaultField("理由", mask="text")
    decided_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="认定人")
    decided_on = models.DateField("认定日期")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "不是重复"
        constraints = [
            models.UniqueConstraint(fields=["matter", "other"], name="one_decision_a_pair")
        ]

    def __str__(self) -> str:
        return "不是重复"


class CoPetitioner(TrackedModel):
    """联名人: one more petitioner of a matter, with a receipt of their own when they came later.

    representative: chosen by the others to speak at visits (art. 20); nothing else hangs on it.
    """

    class Chosen(models.TextChoices):
        LETTER = "letter", "代表推选书"
        SPOKEN = "spoken", "当场推选，记在备注里"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="co_petitioners", verbose_name="信访事项"
    )
    petitioner = models.OneToOneField(
        "matters.Petitioner", models.PROTECT, related_name="joining", verbose_name="信访人"
    )
    item = models.OneToOneField(
        "matters.Item", models.PROTECT, null=True, related_name="joining", verbose_name="来件"
    )
    representative = models.BooleanField("代表", default=False)
    chosen = models.CharField("怎么推选的", max_length=8, choices=Chosen.choices, blank=True)
    paper = models.ForeignKey(
        "matters.MatterFile", models.PROTECT, null=True, related_name="+", verbose_name="推选书"
    )
    since = models.DateField("自")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "联名人"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(representative=False, chosen="")
                | (Q(representative=True) & ~Q(chosen="")),
                name="representatives_were_chosen",
            )
        ]

    def __str__(self) -> str:
        return f"联名人{self.pk or ''}"


class GroupVisit(TrackedModel, VaultOfMatter):
    """集体访: many came at once for one matter; representatives spoke, all of them are answered."""

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="group_visits", verbose_name="信访事项"
    )
    item = models.ForeignKey("matters.Item", models.PROTECT, related_name="+", verbose_name="来件")
    on = models.DateField("日期")
    began = models.TimeField("从")
    ended = models.TimeField("到", null=True)
    people = models.PositiveIntegerField("来了几人")
    representatives = models.PositiveSmallIntegerField("代表几人")
    place = VaultField("接待地点", mask="text")
    note = VaultField("情况", mask="text")
    recorded_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="记录人")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "集体访"
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(representatives__gte=1) & Q(representatives__lte=F("people")),
                name="some_of_those_who_came_spoke",
            )
        ]

    def __str__(self) -> str:
        return f"集体访 {self.on}"


class TalkOffer(TrackedModel, VaultOfMatter):
    """约访: a talk offered to whoever writes again on line. A refusal is kept nowhere."""

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="talk_offers", verbose_name="信访事项"
    )
    offered_on = models.DateField("提出日期")
    offered_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="提出人")
    meet_on = models.DateField("约定日期", null=True)
    note = VaultField("约定", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "约访"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"约访 {self.offered_on}"
