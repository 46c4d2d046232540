"""Requests of people about their own data: one request, what it asks, gathers, corrects and keeps.

Everything said in a request lies under the request's own data key, never under a matter's; and no
row joins a person's matters but for the length of one request that they made themselves.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.matters.rights.queries import LinkQuerySet, RightsQuerySet
from casework.matters.rights.states import (
    OPEN,
    Answer,
    Done,
    Field,
    Given,
    Identity,
    Paper,
    Right,
    Speaker,
    Stage,
)
from casework.matters.states import Channel
from office.attachments import KINDS
from office.history import Audit, TrackedModel
from office.models import DataKey
from office.vault import VaultField, VaultRecord

_USER = settings.AUTH_USER_MODEL
_OF_REQUEST = Audit(label="number", parent="request")


class RightsRequest(TrackedModel, VaultRecord):
    """个人信息请求. Its stage is written by `rights.moving` alone.

    hidden: words the clerk blackened, one a line; document: what is told of the person, frozen as
    JSON when it was laid before the decider; due_days: working days of the limit it was given.
    """

    number = models.CharField("编号", max_length=20, unique=True, editable=False)
    channel = models.CharField("提出方式", max_length=12, choices=Channel.choices)
    received_on = models.DateField("收到日期")
    registered_at = models.DateTimeField("登记时间", editable=False)
    clerk = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="经办人")
    speaker = models.CharField(
        "谁提出", max_length=8, choices=Speaker.choices, default=Speaker.SELF.value
    )
    name = VaultField("姓名", mask="name")
    phone = VaultField("联系电话", mask="phone")
    address = VaultField("联系地址", mask="address")
    agent = VaultField("代为提出的人", mask="name")
    asked = VaultField("请求内容", mask="text")
    identity = models.CharField("身份核实", max_length=8, choices=Identity.choices, blank=True)
    identity_note = VaultField("核实经过", mask="text")
    checked_on = models.DateField("核实日期", null=True, editable=False)
    hidden = VaultField("另外遮盖的字", mask="text")
    document = VaultField("提供的内容", mask="text")
    reply = VaultField("答复", mask="text")
    stage = models.CharField("状态", max_length=10, choices=Stage.choices, editable=False)
    due_on = models.DateField("答复期限", null=True, editable=False)
    due_days = models.PositiveSmallIntegerField("期限（工作日）", editable=False)
    decided_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True)
    given = models.CharField("答复方式", max_length=10, choices=Given.choices, blank=True)
    given_note = VaultField("答复经过", mask="text")
    answered_on = models.DateField("答复日期", null=True)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+", editable=False)

    objects = RightsQuerySet.as_manager()
    audit = Audit(label="number")

    class Meta:
        verbose_name = verbose_name_plural = "个人信息请求"
        indexes = [
            models.Index(fields=["clerk", "due_on", "id"], name="rights_clerk_due"),
            models.Index(fields=["stage", "due_on", "id"], name="rights_stage_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=OPEN, due_on__isnull=False)
                | (~Q(stage__in=OPEN) & Q(due_on__isnull=True)),
                name="open_rights_have_a_due_date",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("clerk")),
                name="rights_clerk_is_not_decider",
                violation_error_message="经办人不能审批自己经办的请求。",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN


class VaultOfRequest(VaultRecord):
    """A record whose vault fields lie under the data key of its `request`."""

    request: RightsRequest

    class Meta:
        abstract = True

    @property
    def vault_key(self) -> DataKey:
        return self.request.data_key


class RightsPoint(TrackedModel, VaultOfRequest):
    """One right that is used in a request, and how it is answered."""

    request = models.ForeignKey(
        RightsRequest, models.PROTECT, related_name="points", verbose_name="个人信息请求"
    )
    right = models.CharField("请求事项", max_length=8, choices=Right.choices)
    answer = models.CharField("处理", max_length=8, choices=Answer.choices, blank=True)
    reason = VaultField("理由", mask="text")

    audit = _OF_REQUEST

    class Meta:
        verbose_name = verbose_name_plural = "请求事项"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "right"], name="one_point_a_right")
        ]

    def __str__(self) -> str:
        return self.get_right_display()


class RightsMatter(TrackedModel, VaultOfRequest):
    """A matter gathered for a request, and which of its petitioners asks.

    The keys to the matter bear no Chinese label: no history page names a matter here, so one that
    is sealed afterwards is told by nothing. marks: what agreed (`states.Mark`), joined by commas;
    files: ids of the files that this petitioner handed in.
    """

    request = models.ForeignKey(
        RightsRequest, models.PROTECT, related_name="links", verbose_name="个人信息请求"
    )
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="matter"
    )
    petitioner = models.ForeignKey(
        "matters.Petitioner", models.PROTECT, related_name="+", verbose_name="petitioner"
    )
    marks = models.CharField("核对一致的", max_length=20)
    basis = VaultField("认定依据", mask="text")
    files = models.JSONField(default=list)
    added_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="添加人")
    dropped = models.BooleanField("已移出", default=False)

    objects = LinkQuerySet.as_manager()
    audit = _OF_REQUEST

    class Meta:
        verbose_name = verbose_name_plural = "请求涉及的事项"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "matter"], condition=Q(dropped=False), name="one_open_gathering"
            )
        ]

    def __str__(self) -> str:
        return f"事项{self.pk or ''}"


class RightsPaper(TrackedModel, VaultOfRequest):
    """A paper of a request in the private store: authority, evidence, signed receipt."""

    request = models.ForeignKey(
        RightsRequest, models.PROTECT, related_name="papers", verbose_name="个人信息请求"
    )
    what = models.CharField("是什么", max_length=10, choices=Paper.choices)
    name = VaultField("文件名", mask="text")
    path = models.CharField(max_length=80, unique=True, editable=False)
    kind = models.CharField(
        "类型", max_length=100, choices=[(k, label) for k, (label, _) in KINDS.items()]
    )
    size = models.PositiveIntegerField("大小", editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")

    audit = _OF_REQUEST

    class Meta:
        verbose_name = verbose_name_plural = "请求的材料"

    def __str__(self) -> str:
        return f"材料{self.pk or ''}"


class RightsCorrection(TrackedModel, VaultOfRequest):
    """One wished correction: which field of which gathered matter, old → new, and what became of it."""

    request = models.ForeignKey(
        RightsRequest, models.PROTECT, related_name="corrections", verbose_name="个人信息请求"
    )
    link = models.ForeignKey(RightsMatter, models.PROTECT, related_name="corrections")
    field = models.CharField("更正哪一项", max_length=12, choices=Field.choices)
    old = VaultField("原来", mask="text")
    new = VaultField("改为", mask="text")
    evidence = models.ForeignKey(
        RightsPaper, models.PROTECT, null=True, related_name="+", verbose_name="凭据"
    )
    done = models.CharField("办理", max_length=8, choices=Done.choices, blank=True)
    reason = VaultField("不予更正的理由", mask="text")
    approval = models.ForeignKey("matters.Approval", models.PROTECT, null=True, related_name="+")
    done_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    done_at = models.DateTimeField("办理时间", null=True)

    audit = _OF_REQUEST

    class Meta:
        verbose_name = verbose_name_plural = "更正"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"更正{self.get_field_display()}"


class RightsMove(VaultOfRequest):
    """What happened to a request: who, in which post, when, why. Append-only by triggers."""

    append_only = True
    wagtail_reference_index_ignore = True

    request = models.ForeignKey(RightsRequest, models.PROTECT, related_name="moves")
    name = models.CharField("动作", max_length=12)
    target = models.CharField("新状态", max_length=10, choices=Stage.choices)
    actor = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="经办人")
    post = models.ForeignKey("office.Post", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")
    on = models.DateField("发生日期")
    summary = models.CharField("说明", max_length=200, blank=True)
    note = VaultField("经过", mask="text")

    class Meta:
        verbose_name = verbose_name_plural = "请求办理经过"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.on}"
