"""信访事项: one request, complaint or suggestion; the unit of all work."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.matters.clocks import KINDS
from casework.matters.queries import MatterQuerySet
from casework.matters.states import OPEN, Channel, Ending, Klass, Path, State
from office.history import Audit, TrackedModel
from office.vault import VaultField, VaultRecord
from office.workdays import words_left

_UNIT = "office.Unit"


class Matter(TrackedModel, VaultRecord):
    """A matter. Its state is written by `lifecycle.move` alone; its title never names a person."""

    number = models.CharField("编号", max_length=20, unique=True)
    title = models.CharField(
        "标题", max_length=120, help_text="写事情，不写人名。例如：民宿保洁员四个月加班费未付"
    )
    channel = models.CharField("信访形式", max_length=12, choices=Channel.choices)
    klass = models.CharField("类别", max_length=1, choices=Klass.choices, blank=True)
    path = models.CharField("法定途径", max_length=2, choices=Path.choices, blank=True)
    category = models.ForeignKey(
        "matters.Category",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="内容分类",
    )
    community = models.ForeignKey(
        _UNIT, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="问题属地"
    )
    grid = models.ForeignKey(
        _UNIT, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="网格"
    )
    lead_unit = models.ForeignKey(
        _UNIT, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办人",
    )
    state = models.CharField("状态", max_length=12, choices=State.choices, editable=False)
    received_on = models.DateField("收到日期")
    accepted_on = models.DateField("受理日期", null=True, editable=False)
    answered_on = models.DateField("答复日期", null=True, editable=False)
    closed_on = models.DateField("办结日期", null=True, editable=False)
    ending = models.CharField(
        "办结方式", max_length=12, choices=Ending.choices, blank=True, editable=False
    )
    fast = models.BooleanField("简易办理", default=False, editable=False)
    round = models.PositiveSmallIntegerField("办理轮次", default=1, editable=False)
    due_on = models.DateField("期限", null=True, editable=False)
    due_kind = models.CharField(
        "期限种类",
        max_length=30,
        choices=[(kind, of.label) for kind, of in KINDS.items()],
        blank=True,
        editable=False,
    )
    profile = models.ForeignKey(
        "matters.RuleProfile",
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="规则方案",
    )
    people_count = models.PositiveIntegerField("人数", default=1)
    representatives = models.PositiveSmallIntegerField("代表人数", default=0)
    complete = models.BooleanField("登记完整", default=True, editable=False)
    claim = VaultField("诉求", mask="text")
    place = VaultField("问题地点", mask="address")
    extra = VaultField("其他登记内容", mask="text")
    source = models.CharField("来源单位", max_length=60, blank=True)
    source_number = models.CharField("来文编号", max_length=60, blank=True)
    source_key = models.CharField(max_length=64, blank=True, editable=False)
    from_ledger = models.BooleanField("由台账导入", default=False, editable=False)
    import_job = models.ForeignKey(
        "matters.ImportJob", models.PROTECT, null=True, related_name="+", editable=False
    )
    sealed = models.BooleanField("密件", default=False, editable=False)
    registered_at = models.DateTimeField("登记时间", editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="登记人",
    )
    data_key = models.ForeignKey("office.DataKey", models.PROTECT, related_name="+", editable=False)
    retention = models.CharField("保管期限", max_length=20, blank=True, editable=False)
    keep_until = models.DateField("保管至", null=True, editable=False)
    hold_until = models.DateField("暂缓销毁至", null=True, editable=False)
    hold_reason = VaultField("暂缓销毁的原因", mask="text")
    destroyed_at = models.DateTimeField("销毁时间", null=True, editable=False)
    destroyed_in = models.CharField("销毁清册", max_length=20, blank=True, editable=False)

    objects = MatterQuerySet.as_manager()
    audit = Audit(label="number", unit="lead_unit_id", sealed="sealed")
    derived = ("source_key",)
    #: plain fields that are emptied, and shown of no former state, once the matter is destroyed
    erased = ("title", "source_number")

    class Meta:
        verbose_name = verbose_name_plural = "信访事项"
        permissions = [
            ("accept_matter", "受理"),
            ("assign_matter", "交办"),
            ("assign_officer", "指定承办人"),
            ("return_matter", "退回"),
            ("answer_matter", "答复"),
            ("close_matter", "办结"),
            ("ask_void", "申请作废"),
            ("decide_void", "审批作废"),
            ("ask_correction", "申请更正收到日期"),
            ("decide_correction", "审批更正收到日期"),
            ("attach_file", "上传材料"),
            ("import_ledger", "导入台账"),
            ("export_matter", "导出（遮盖）"),
            ("ask_clear_export", "申请明文导出"),
            ("decide_clear_export", "审批明文导出"),
            ("find_person", "按姓名、电话或正文查找"),
            ("hand_over_sealed", "转交密件"),
            ("name_custodian", "指定密件保管人"),
            ("enter_sealed", "登记密件"),
            ("ask_seal", "申请转为密件"),
            ("decide_seal", "审批转为密件"),
            ("unseal", "解除密件"),
            ("ask_sealed_audit", "申请审计密件"),
            ("decide_sealed_audit", "审批密件审计"),
            ("ask_recusal", "提出回避"),
            ("decide_recusal", "审批回避"),
            ("handle_rights", "办理个人信息请求"),
            ("decide_rights", "审批个人信息请求"),
            ("decide_refusal", "审批不予受理、不再受理"),
            ("review_opinion", "审核处理意见"),
            ("sign_opinion", "签发处理意见"),
            ("serve_opinion", "送达"),
            ("ask_extension", "申请延长期限"),
            ("decide_extension", "审批延长期限"),
            ("ask_reopen", "申请恢复办理"),
            ("decide_reopen", "审批恢复办理"),
            ("decide_served", "审批更正送达日期"),
            ("decide_rerouting", "审批受理后改走法定途径"),
            ("record_wish", "代录信访人的请求"),
            ("record_review", "登记复查复核"),
            ("link_repeat", "并入、分出重复信访"),
            ("note_matter", "写内部备注"),
            ("ask_cooperation", "请求协办"),
            ("supervise_matter", "催办、督办"),
            ("decide_dispute", "裁定承办争议"),
            ("raise_danger", "标注眼前危险"),
            ("report_urgent", "报告重大紧急事项"),
            ("follow_up", "回访"),
            ("archive_matter", "归档"),
            ("enter_paper", "录入纸质签批"),
            ("confirm_paper", "核对纸质签批"),
            ("hand_over_work", "移交手上的工作"),
            ("authorise_standing", "常设授权"),
            ("draft_profile", "起草规则方案"),
            ("approve_profile", "审批规则方案"),
        ]
        indexes = [
            # One for each order a list offers, behind the column that narrows it (design §7).
            models.Index(fields=["due_on", "id"], name="matter_due"),
            models.Index(fields=["lead_unit", "due_on", "id"], name="matter_unit_due"),
            models.Index(fields=["lead_unit", "number"], name="matter_unit_number"),
            models.Index(fields=["state", "due_on", "id"], name="matter_state_due"),
            models.Index(fields=["state", "number"], name="matter_state_number"),
            models.Index(fields=["registered_by", "number"], name="matter_registrar_number"),
            models.Index(fields=["officer", "due_on", "id"], name="matter_officer_due"),
            models.Index(fields=["community", "number"], name="matter_community_number"),
            models.Index(fields=["received_on", "id"], name="matter_received"),
            models.Index(fields=["lead_unit", "received_on", "id"], name="matter_unit_received"),
            # What one registrar has still to complete.
            models.Index(
                fields=["registered_by", "due_on", "id"],
                condition=Q(complete=False),
                name="matter_incomplete",
            ),
            # A number typed into the list is looked up before the search index knows it.
            models.Index(fields=["source_number"], name="matter_sender_number"),
            # Which records are sealed today: every log leaves out what was said of them.
            models.Index(fields=["id"], condition=Q(sealed=True), name="matter_sealed"),
            # What waits for its term, and what ended without having one.
            models.Index(
                fields=["keep_until", "id"],
                condition=Q(keep_until__isnull=False, destroyed_at=None),
                name="matter_keep_until",
            ),
            models.Index(
                fields=["id"], condition=Q(retention="", due_on=None), name="matter_no_term"
            ),
            # What was registered by hand under another office's number: a ledger asks for it.
            models.Index(
                fields=["source", "source_number"],
                condition=Q(source_key="") & ~Q(source_number=""),
                name="matter_told_number",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_key"], condition=~Q(source_key=""), name="one_matter_a_source_key"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, due_on__isnull=False)
                | (~Q(state__in=OPEN) & Q(due_on__isnull=True)),
                name="open_matters_have_a_due_date",
            ),
            models.CheckConstraint(
                condition=Q(people_count__gte=1),
                name="somebody_came",
                violation_error_message="人数至少为 1。",
            ),
            models.CheckConstraint(
                condition=~Q(klass="B") | Q(sealed=True), name="reports_are_sealed"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def lacks_facts(self) -> bool:
        """Whether the registration waits to be completed; of a void one nobody asks any more."""
        return not self.complete and self.state != State.VOID

    def days_left(self, on: date) -> str:
        """期限 in words on a day; "" when nothing is running."""
        return words_left(self.due_on, on) if self.due_on else ""
