"""What presses on a matter: reminders, supervision (art. 40), urgent reports (art. 25), danger now."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from office.history import Audit, TrackedModel
from office.vault import VaultField

_USER, _MATTER, _UNIT = settings.AUTH_USER_MODEL, "matters.Matter", "office.Unit"
_FILE = "matters.MatterFile"


class Reminder(TrackedModel, VaultOfMatter):
    """催办: a nudge before a limit; its words are chosen, so that it cannot hurt or tell anything.

    asked_by is None when the system reminded.
    """

    class Text(models.TextChoices):
        DUE = "due", "期限快到了，请抓紧办理。"
        PROGRESS = "progress", "请说明办到哪一步、还要多久。"
        CONTACT = "contact", "请尽快联系信访人，并把联系情况记下来。"
        OPINION = "opinion", "请尽快提出处理意见。"
        PERFORM = "perform", "请按答复的承诺办到位，并上传凭据。"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="reminders", verbose_name="信访事项"
    )
    unit = models.ForeignKey(_UNIT, models.PROTECT, related_name="+", verbose_name="催办谁")
    text_chosen = models.CharField("催办内容", max_length=10, choices=Text.choices)
    asked_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="催办人"
    )
    asked_at = models.DateTimeField("催办时间")
    read_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="阅知人"
    )
    read_at = models.DateTimeField("阅知时间", null=True)
    answer = VaultField("回复", mask="text")
    answered_at = models.DateTimeField("回复时间", null=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["unit"], condition=Q(read_at=None), name="reminder_unread"),
        ]

    def __str__(self) -> str:
        return f"催办{self.unit}"


class Supervision(TrackedModel, VaultOfMatter):
    """督办 (art. 40): a unit must answer in writing, by a clock of its own.

    It is counted by unit, never by person. before: the weaker measure it follows; suggestion: to
    improve, change policy or hold to account, which needs a written answer on adoption.
    """

    class Ground(models.TextChoices):
        BREACH = "breach", "违反受理、办理的规定"
        LATE = "late", "超过期限没有办结"
        SHIFTING = "shifting", "推诿"
        DRAGGING = "dragging", "敷衍、拖延"
        FALSIFYING = "falsifying", "弄虚作假"
        REFUSING = "refusing", "拒不执行信访处理意见"
        SILENT = "silent", "不按规定反馈办理结果"

    class Measure(models.TextChoices):
        LETTER = "letter", "督办函"
        TALK = "talk", "约谈"
        CIRCULAR = "circular", "通报"

    class Stage(models.TextChoices):
        ASKED = "asked", "等答复"
        ANSWERED = "answered", "已答复，等审核"
        ACCEPTED = "accepted", "答复已采信"
        WITHDRAWN = "withdrawn", "已撤销"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="supervisions", verbose_name="信访事项"
    )
    unit = models.ForeignKey(_UNIT, models.PROTECT, related_name="+", verbose_name="督办谁")
    ground = models.CharField("事由", max_length=12, choices=Ground.choices)
    measure = models.CharField("方式", max_length=10, choices=Measure.choices)
    what = VaultField("要求", mask="text")
    suggestion = VaultField("改进、追究责任的建议", mask="text")
    asked_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="督办人")
    asked_on = models.DateField("督办日期")
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", verbose_name="此前的督办"
    )
    stage = models.CharField("进展", max_length=10, choices=Stage.choices, default=Stage.ASKED)
    ended_on = models.DateField("结束日期", null=True)
    reason = VaultField("撤销的理由", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "督办"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["unit"],
                condition=Q(stage__in=["asked", "answered"]),
                name="supervision_open",
            ),
            models.Index(fields=["asked_on"], name="supervision_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["asked", "answered"], ended_on=None)
                | (~Q(stage__in=["asked", "answered"]) & Q(ended_on__isnull=False)),
                name="ended_supervision_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}（{self.unit}）"

    @property
    def is_running(self) -> bool:
        return self.stage in (self.Stage.ASKED, self.Stage.ANSWERED)

    @property
    def subject(self) -> str:
        """By which its clock is told apart from those of other supervisions."""
        return f"supervision:{abs(self.pk)}"


class SupervisionAnswer(TrackedModel, VaultOfMatter):
    """What the unit answered to a supervision, and what the supervisor made of it."""

    class Adoption(models.TextChoices):
        ADOPTED = "adopted", "采纳"
        PARTLY = "partly", "部分采纳"
        NOT_ADOPTED = "not_adopted", "不采纳"

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "采信"
        SENT_BACK = "sent_back", "退回重答"

    matter = models.ForeignKey(_MATTER, models.PROTECT, related_name="+", verbose_name="信访事项")
    supervision = models.ForeignKey(
        Supervision, models.PROTECT, related_name="answers", verbose_name="督办"
    )
    body = VaultField("督办答复", mask="text")
    adoption = models.CharField("建议采纳情况", max_length=12, choices=Adoption.choices, blank=True)
    adoption_note = VaultField("采纳情况说明", mask="text")
    paper = models.ForeignKey(
        _FILE, models.PROTECT, null=True, related_name="+", verbose_name="书面答复"
    )
    answered_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="答复人")
    answered_on = models.DateField("答复日期")
    verdict = models.CharField("审核", max_length=10, choices=Verdict.choices, blank=True)
    verdict_note = VaultField("审核意见", mask="text")
    verdict_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="审核人"
    )
    verdict_at = models.DateTimeField("审核时间", null=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "督办答复"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict_by=None) | ~Q(verdict_by=F("answered_by")),
                name="nobody_accepts_their_own_answer",
                violation_error_message="答复督办的人不能审核自己的答复。",
            ),
        ]

    def __str__(self) -> str:
        return f"督办答复 {self.answered_on}"


class UrgentReport(TrackedModel, VaultOfMatter):
    """重大紧急 (art. 25): reported at once; people are counted, never named."""

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="urgent_reports", verbose_name="信访事项"
    )
    facts = VaultField("发生了什么", mask="text")
    people_affected = models.PositiveIntegerField("涉及人数", default=0)
    found_at = models.DateTimeField("何时得知")
    reported_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="报告人")
    reported_at = models.DateTimeField("登记时间")
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="结束人"
    )

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "重大紧急报告"
        ordering = ["id"]

    def __str__(self) -> str:
        return "重大紧急报告"


class UrgentNotice(TrackedModel, VaultOfMatter):
    """One of those an urgent report went to: who, when, how, and their receipt."""

    class To(models.TextChoices):
        LEADERS = "leaders", "党工委、办事处"
        DEPARTMENT = "department", "主管部门"
        CONFERENCE = "conference", "信访工作联席会议办公室"
        OTHER = "other", "其他"

    class Way(models.TextChoices):
        PHONE = "phone", "电话"
        SPOKEN = "spoken", "当面"
        WRITTEN = "written", "书面"
        NETWORK = "network", "政务内网"

    matter = models.ForeignKey(_MATTER, models.PROTECT, related_name="+", verbose_name="信访事项")
    report = models.ForeignKey(
        UrgentReport, models.PROTECT, related_name="notices", verbose_name="重大紧急报告"
    )
    to = models.CharField("报给谁", max_length=12, choices=To.choices)
    who = VaultField("接报单位和人", mask="text")
    way = models.CharField("怎么报的", max_length=8, choices=Way.choices)
    told_at = models.DateTimeField("何时报的")
    told_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="谁报的")
    receipt = VaultField("回执、指示", mask="text")
    receipt_at = models.DateTimeField("回执时间", null=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "接报"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"报{self.get_to_display()}"


class UrgentStep(TrackedModel, VaultOfMatter):
    """续报: what was done since an urgent report."""

    matter = models.ForeignKey(_MATTER, models.PROTECT, related_name="+", verbose_name="信访事项")
    report = models.ForeignKey(
        UrgentReport, models.PROTECT, related_name="steps", verbose_name="重大紧急报告"
    )
    body = VaultField("处置进展", mask="text")
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="记录人")
    at = models.DateTimeField("时间")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "续报"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"续报{self.pk or ''}"


class Danger(TrackedModel, VaultOfMatter):
    """眼前危险: a word on one matter, for a few days. Never on a person, never on another matter."""

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="dangers", verbose_name="信访事项"
    )
    reason = VaultField("什么危险", mask="text")
    raised_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="标注人")
    raised_at = models.DateTimeField("标注时间")
    raised_on = models.DateField("标注日期")
    until = models.DateField("至")
    ended_at = models.DateTimeField("解除时间", null=True)
    ended_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="解除人"
    )
    end_reason = VaultField("解除的理由", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "眼前危险"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["until", "matter"], condition=Q(ended_at=None), name="danger_stands"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("raised_on")), name="danger_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return "眼前危险"

    def stands(self, on: date) -> bool:
        """Whether the word still stands on a day: its last day included, until it is lifted."""
        return self.ended_at is None and self.until >= on


class DutyDay(TrackedModel):
    """值班: which leader of the street is on duty on a day, and under which office number."""

    on = models.DateField("日期", unique=True)
    name = models.CharField("值班领导", max_length=40)
    phone = models.CharField("值班电话", max_length=40)

    audit = Audit()

    class Meta:
        verbose_name = verbose_name_plural = "值班"
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
