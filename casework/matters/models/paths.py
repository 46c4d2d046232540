"""分类导入: the statutory path a matter was led to, and how it ended there (art. 31, practice §1)."""

from django.db import models
from django.db.models import Q

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from casework.matters.states import Path
from office.history import TrackedModel
from office.vault import VaultField


class StatutoryPath(TrackedModel, VaultOfMatter):
    """One leading of a matter to another procedure: where to, by when, with whose help, how it ended.

    last_day: the last day on which the petitioner is safely in time there, as far as it is known;
    own_duty: the street itself owes what is asked; days_left: of the leading limit, when an accepted
    matter was led away (negative: overdue), empty for one that had not been accepted.
    """

    class Result(models.TextChoices):
        DECIDED = "decided", "有裁决、判决或决定"
        SETTLED = "settled", "在那里调解、和解"
        PERFORMED = "performed", "对方已经履行"
        GIVEN_UP = "given_up", "本人不走了（本人确认）"
        OTHER = "other", "其他"

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="paths", verbose_name="信访事项"
    )
    path = models.CharField("法定途径", max_length=2, choices=Path.choices)
    body = models.CharField("受理机关", max_length=80)
    limit_text = models.CharField("时限", max_length=200)
    last_day = models.DateField("最后安全日", null=True)
    aid = models.CharField("法律援助联系", max_length=120, blank=True)
    own_duty = models.BooleanField("本街道负有职责", default=False)
    since = models.DateField("导入日期")
    days_left = models.SmallIntegerField("改走时离期限的天数", null=True)
    move = models.ForeignKey("matters.Move", models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField("结束日期", null=True)
    result = models.CharField("结果", max_length=10, choices=Result.choices, blank=True)
    result_note = VaultField("结果说明", mask="text")
    evidence = models.ForeignKey(
        "matters.MatterFile", models.PROTECT, null=True, related_name="+", verbose_name="凭据"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "法定途径"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["-since"], condition=Q(days_left__isnull=False), name="path_rerouted"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_on=None), name="one_path_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_path_display()} {self.body}"

    @property
    def overdue(self) -> int:
        """By how many days the leading limit had been overdue when the matter was led away."""
        return max(-(self.days_left or 0), 0)


class LateEntry(TrackedModel, VaultOfMatter):
    """补登: an arrival entered days after it had come in, and why (practice §1)."""

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, related_name="late_entry", verbose_name="信访事项"
    )
    days = models.PositiveSmallIntegerField("晚登天数")
    entered_on = models.DateField("登记日期")
    reason = VaultField("晚登的原因", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "补登"
        ordering = ["-entered_on", "-id"]
        indexes = [models.Index(fields=["-entered_on", "-id"], name="late_entry_day")]

    def __str__(self) -> str:
        return f"{self.matter} 晚登 {self.days} 天"
