"""What is kept of a closed matter, and signatures that leaders gave on paper (practice §2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from office.history import TrackedModel
from office.vault import VaultField

_USER = settings.AUTH_USER_MODEL
_FILE, _MATTER = "matters.MatterFile", "matters.Matter"


class PaperSignature(TrackedModel, VaultOfMatter):
    """纸质签批: a leader signed on paper, somebody else entered it, the leader says whether it is so.

    what: name of the move, act of two or kind of document it stands for. drafter: who wrote what was
    signed, where that is known; neither drafter nor leader enters it.
    """

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", "属实"
        DENIED = "denied", "不属实"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="paper_signatures", verbose_name="信访事项"
    )
    what = models.CharField("签批事项", max_length=30)
    leader = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="签批领导")
    signed_on = models.DateField("签批日期")
    scan = models.ForeignKey(_FILE, models.PROTECT, related_name="+", verbose_name="签批件扫描件")
    drafter = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="拟稿人"
    )
    approval = models.ForeignKey(
        "matters.Approval", models.PROTECT, null=True, related_name="+", verbose_name="审批"
    )
    entered_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")
    answer = models.CharField("核对结果", max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField("核对时间", null=True)
    reason = VaultField("不属实的说明", mask="text")
    settled_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="查明人"
    )
    settled_on = models.DateField("查明日期", null=True)
    finding = VaultField("查明的情况", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "纸质签批"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["leader", "entered_at", "id"], name="paper_of_leader"),
            models.Index(fields=["entered_at", "id"], name="paper_by_moment"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(entered_by=F("leader"))
                & (Q(drafter=None) | ~Q(entered_by=F("drafter"))),
                name="signer_and_drafter_enter_no_paper",
                violation_error_message="签批件不能由拟稿人或签批领导本人录入。",
            ),
            models.CheckConstraint(
                condition=Q(drafter=None) | ~Q(leader=F("drafter")),
                name="drafter_signs_no_paper",
                violation_error_message="拟稿人不能签发自己拟的文书。",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_papers_have_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"纸质签批 {self.pk or ''}".strip()


class ArchiveFile(TrackedModel, VaultOfMatter):
    """卷: a closed matter as it lies in the archive. Its number stays when it is taken out again.

    edition: how often it was archived; the table of contents is `lines` of that edition.
    """

    matter = models.OneToOneField(
        _MATTER, models.PROTECT, related_name="archive", verbose_name="信访事项"
    )
    number = models.CharField("卷号", max_length=20, unique=True)
    edition = models.PositiveSmallIntegerField("第几次归档", default=1)
    archived_on = models.DateField("归档日期")
    archived_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="归档人")
    retention = models.CharField("保管期限", max_length=20)
    box = models.CharField("存放位置", max_length=40, blank=True)
    taken_out_on = models.DateField("调出日期", null=True)
    taken_out_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="调出人"
    )
    note = VaultField("调出说明", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "归档卷"

    def __str__(self) -> str:
        return self.number


class ArchiveLine(models.Model):
    """A line of 卷内目录: what lies there, of which day, on how many pages. Append-only by triggers.

    title is plain and names nobody; the name of a file stays in its vault field.
    """

    append_only = True
    wagtail_reference_index_ignore = True

    class What(models.TextChoices):
        DOCUMENT = "document", "文书"
        FILE = "file", "材料"
        MOVE = "move", "经过"

    archive = models.ForeignKey(ArchiveFile, models.PROTECT, related_name="lines")
    edition = models.PositiveSmallIntegerField("第几次归档")
    n = models.PositiveSmallIntegerField("顺序号")
    what = models.CharField("种类", max_length=10, choices=What.choices)
    title = models.CharField("题名", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    responsible = models.CharField("责任者", max_length=60, blank=True)
    on = models.DateField("日期")
    pages = models.PositiveSmallIntegerField("页数", null=True)
    file = models.ForeignKey(_FILE, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "卷内目录"
        ordering = ["archive", "edition", "n"]
        constraints = [
            models.UniqueConstraint(
                fields=["archive", "edition", "n"], name="one_line_a_place_in_the_archive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.title}"
