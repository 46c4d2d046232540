"""How long records are kept, which were destroyed by whom, and the master keys there have been."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from office.history import Audit, TrackedModel

_PERSON = settings.AUTH_USER_MODEL


class RetentionClass(TrackedModel):
    """A term that replaces the default of `office.retention.classes.CLASSES`, and on whose word."""

    key = models.SlugField("代号", max_length=20, unique=True)
    term = models.PositiveSmallIntegerField("期限")
    source = models.CharField("依据", max_length=200)

    audit = Audit(label="key")

    class Meta:
        verbose_name = verbose_name_plural = "保管期限"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class DestructionList(TrackedModel):
    """销毁清册: proposed by one, approved by two others, run once. It stays when its lines are gone.

    sha256: of its text when it was proposed (`office.retention.register.text_of`); rebuilt: who signed
    it, when only the log outside the database still knew of it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审批"
        APPROVED = "approved", "已批准，待执行"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"
        RUNNING = "running", "正在销毁"
        DONE = "done", "已执行"

    number = models.CharField("编号", max_length=20, unique=True)
    on = models.DateField("截至")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PROPOSED)
    sha256 = models.CharField("清册摘要", max_length=64)
    note = models.CharField("说明", max_length=300, blank=True)
    proposed_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间")
    ran_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="执行人"
    )
    ran_at = models.DateTimeField("执行时间", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)
    rebuilt = models.CharField("重建说明", max_length=300, blank=True)

    audit = Audit(label="number")

    class Meta:
        verbose_name = verbose_name_plural = "销毁清册"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class DestructionApproval(TrackedModel):
    """One person's word on a list; two are needed, one of them a leader's (practice §2)."""

    list = models.ForeignKey(
        DestructionList, models.PROTECT, related_name="approvals", verbose_name="销毁清册"
    )
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="审批人")
    role = models.CharField("岗位", max_length=20)
    agreed = models.BooleanField("同意")
    note = models.CharField("意见", max_length=300, blank=True)
    at = models.DateTimeField("审批时间")

    audit = Audit(label="number", parent="list")

    class Meta:
        verbose_name = verbose_name_plural = "销毁审批"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "person"], name="one_word_a_person"),
        ]

    def __str__(self) -> str:
        return f"审批{self.pk or ''}"


class DestructionLine(TrackedModel):
    """One record of a list, by number alone; what became of it.

    mark: what the record looked like when it was proposed; told: why it was left out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待销毁"
        DROPPED = "dropped", "未销毁"
        DOOMED = "doomed", "正在销毁"
        ERASED = "erased", "正在删除文件"
        DONE = "done", "已销毁"

    list = models.ForeignKey(
        DestructionList, models.PROTECT, related_name="lines", verbose_name="销毁清册"
    )
    kind = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    label = models.CharField("编号", max_length=40)
    klass = models.CharField("保管期限", max_length=20)
    until = models.DateField("保管至")
    mark = models.CharField(max_length=64)
    state = models.CharField("结果", max_length=8, choices=State.choices, default=State.WAITING)
    told = models.CharField("原因", max_length=200, blank=True)
    files = models.PositiveIntegerField("删除文件数", default=0)
    shared = models.PositiveIntegerField("另在共用文件中", default=0)
    done_at = models.DateTimeField("销毁时间", null=True)

    audit = Audit(label="number", parent="list")

    class Meta:
        verbose_name = verbose_name_plural = "清册中的一件"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                condition=Q(state__in=["waiting", "doomed", "erased"]),
                name="in_one_list_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="destruction_state")]

    def __str__(self) -> str:
        return self.label


class MasterKey(TrackedModel):
    """A master key of the vault by its name: when it came and when it was retired. Never the key."""

    name = models.CharField("名称", max_length=20, unique=True)
    since = models.DateTimeField("启用时间")
    retired_at = models.DateTimeField("退役时间", null=True)

    audit = Audit(label="name")

    class Meta:
        verbose_name = verbose_name_plural = "主密钥"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
