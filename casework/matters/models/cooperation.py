"""Working together on a matter: what units ask of each other, outside bodies, notes, disputes over duty."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from casework.matters.models.deciding import HAS_ITS_GROUND, Decided
from office.history import TrackedModel
from office.vault import VaultField

_USER, _MATTER, _UNIT = settings.AUTH_USER_MODEL, "matters.Matter", "office.Unit"
_FILE = "matters.MatterFile"


class SupportTask(TrackedModel, VaultOfMatter):
    """协办任务: what one unit asks of another, by when, and what came of it.

    The matter stays with its lead, whose clocks go on. person: who in the unit is to do it; again:
    the task that was returned or answered and is asked once more.
    """

    class Stage(models.TextChoices):
        ASKED = "asked", "等协办单位答复"
        ANSWERED = "answered", "已答复"
        RETURNED = "returned", "已退回"
        WITHDRAWN = "withdrawn", "已撤回"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="support_tasks", verbose_name="信访事项"
    )
    unit = models.ForeignKey(_UNIT, models.PROTECT, related_name="+", verbose_name="协办单位")
    person = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="协办人"
    )
    what = VaultField("请协办什么", mask="text")
    due_on = models.DateField("期限")
    asked_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="请求人")
    asked_at = models.DateTimeField("请求时间")
    again = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", verbose_name="再次请求自"
    )
    stage = models.CharField("进展", max_length=10, choices=Stage.choices, default=Stage.ASKED)
    answer = VaultField("协办答复", mask="text")
    reason = VaultField("退回、撤回的理由", mask="text")
    settled_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    settled_at = models.DateTimeField("答复时间", null=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "协办任务"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["unit", "due_on"], condition=Q(stage="asked"), name="support_waits_at_unit"
            ),
            models.Index(
                fields=["person"], condition=Q(stage="asked"), name="support_waits_for_person"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="asked", settled_at=None)
                | (~Q(stage="asked") & Q(settled_at__isnull=False)),
                name="settled_support_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}协办"

    @property
    def waits(self) -> bool:
        return self.stage == self.Stage.ASKED

    def is_late(self, on: date) -> bool:
        """Whether the unit owes the answer and its day is over."""
        return self.waits and self.due_on < on


class TaskFile(TrackedModel):
    """A file of the matter that came with the answer to a task."""

    matter = models.ForeignKey(_MATTER, models.PROTECT, related_name="+", verbose_name="信访事项")
    task = models.ForeignKey(
        SupportTask, models.PROTECT, related_name="enclosed", verbose_name="协办任务"
    )
    file = models.ForeignKey(_FILE, models.PROTECT, related_name="+", verbose_name="材料")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "协办答复的材料"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"协办材料{self.file_id}"


class OutsideLetter(TrackedModel, VaultOfMatter):
    """A letter to a body without an account here, or upwards, and its answer (practice §1).

    body_name: the office, never a person; move: the entry in the story that its document shares.
    """

    class Kind(models.TextChoices):
        SUPPORT = "support", "协办函"
        COORDINATE = "coordinate", "提请区级协调"
        REPORT = "report", "呈报"

    class Way(models.TextChoices):
        PAPER = "paper", "专人送"
        POST = "post", "邮寄"
        NETWORK = "network", "政务内网"
        FAX = "fax", "传真"

    class Stage(models.TextChoices):
        SENT = "sent", "等复函"
        ANSWERED = "answered", "已复"
        WITHDRAWN = "withdrawn", "已撤回"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="outside_letters", verbose_name="信访事项"
    )
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    body_name = models.CharField("发给哪个单位", max_length=60)
    way = models.CharField("怎么送", max_length=8, choices=Way.choices)
    what = VaultField("请办什么", mask="text")
    sent_on = models.DateField("发出日期")
    due_on = models.DateField("请在何时前答复")
    sent_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="发出人")
    move = models.ForeignKey("matters.Move", models.PROTECT, null=True, related_name="+")
    stage = models.CharField("进展", max_length=10, choices=Stage.choices, default=Stage.SENT)
    answer = VaultField("复函内容", mask="text")
    answered_on = models.DateField("复函日期", null=True)
    answered_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="录入人"
    )
    paper = models.ForeignKey(
        _FILE, models.PROTECT, null=True, related_name="+", verbose_name="复函扫描件"
    )
    reason = VaultField("撤回的理由", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "外单位往来"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="answered") | Q(answered_on__isnull=False),
                name="outside_answer_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.body_name}）"

    @property
    def waits(self) -> bool:
        return self.stage == self.Stage.SENT

    def is_late(self, on: date) -> bool:
        return self.waits and self.due_on < on


class InternalNote(TrackedModel, VaultOfMatter):
    """内部备注: for colleagues alone. Never deleted or reworded; it may be struck, with a reason."""

    class Kind(models.TextChoices):
        FACT = "fact", "事实"
        TALK = "talk", "谈话"
        PLAN = "plan", "方案"
        OTHER = "other", "其他"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="internal_notes", verbose_name="信访事项"
    )
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    body = VaultField("备注", mask="text")
    author = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="写的人")
    post = models.ForeignKey("office.Post", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField("时间")
    struck_at = models.DateTimeField("划去时间", null=True)
    struck_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="划去的人"
    )
    struck_reason = VaultField("划去的理由", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "内部备注"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"备注{self.pk or ''}"


class Mention(TrackedModel):
    """@: a colleague who is to read a note, and when they did."""

    matter = models.ForeignKey(_MATTER, models.PROTECT, related_name="+", verbose_name="信访事项")
    note = models.ForeignKey(
        InternalNote, models.PROTECT, related_name="mentions", verbose_name="备注"
    )
    user = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="提到谁")
    read_at = models.DateTimeField("已读时间", null=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "提到"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="mention_unread"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["note", "user"], name="one_mention_a_person"),
        ]

    def __str__(self) -> str:
        return f"提到{self.user}"


class DutyDispute(TrackedModel, VaultOfMatter, Decided):
    """承办争议: the lead unit says the matter is not its duty; somebody above both decides.

    approved: the matter goes to `to_unit`; refused: it stays. support: the row by which `other` sees
    the matter to say its view, ended with the decision. No clock stops meanwhile.
    """

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="duty_disputes", verbose_name="信访事项"
    )
    unit = models.ForeignKey(_UNIT, models.PROTECT, related_name="+", verbose_name="提出的单位")
    other = models.ForeignKey(
        _UNIT, models.PROTECT, null=True, related_name="+", verbose_name="认为应由谁办"
    )
    reason = VaultField("为什么不归本单位", mask="text")
    asked_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    view = VaultField("对方单位的意见", mask="text")
    viewed_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="表态人"
    )
    viewed_at = models.DateTimeField("表态时间", null=True)
    opinion = VaultField("裁定的理由", mask="text")
    to_unit = models.ForeignKey(
        _UNIT, models.PROTECT, null=True, related_name="+", verbose_name="裁定由谁办"
    )
    support = models.ForeignKey(
        "matters.SupportUnit", models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "承办争议"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(decision="", withdrawn_at=None),
                name="one_open_dispute",
                violation_error_message="这件事项已经有承办争议在等裁定。",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="disputant_decides_nothing",
                violation_error_message="提出争议的人不能裁定。",
            ),
            models.CheckConstraint(condition=HAS_ITS_GROUND, name="dispute_decision_has_ground"),
            models.CheckConstraint(
                condition=~Q(decision="approved") | Q(to_unit__isnull=False),
                name="moved_dispute_has_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}提出的承办争议"

    @property
    def waits(self) -> bool:
        return not self.decision and self.withdrawn_at is None
