"""What became of a matter: 三到位一处理, 化解, 阶段性缓和, talks and calls (art. 27, domain §0.8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from office.history import TrackedModel
from office.vault import VaultField

_USER = settings.AUTH_USER_MODEL
_FILE, _MATTER = "matters.MatterFile", "matters.Matter"


class FourPart(TrackedModel, VaultOfMatter):
    """One of the four parts of art. 27 at a matter, asked anew in every round of handling.

    body and document are for 行为违法 alone: the competent body that dealt with the act and the
    number of its document. It is about acts dealt with by law, never a list of people.
    """

    class Part(models.TextChoices):
        SOLVED = "solved", "诉求合理的解决问题到位"
        EXPLAINED = "explained", "诉求无理的思想教育到位"
        HELPED = "helped", "生活困难的帮扶救助到位"
        LAWFUL = "lawful", "行为违法的依法处理"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="four_parts", verbose_name="信访事项"
    )
    part = models.CharField("方面", max_length=10, choices=Part.choices)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    applies = models.BooleanField("适用")
    words = VaultField("怎样落实", mask="text")
    body = models.CharField("依法处理的机关", max_length=60, blank=True)
    document = models.CharField("处理文书编号", max_length=60, blank=True)
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="填写人")
    on = models.DateField("填写日期")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "三到位一处理"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "part", "round"], name="one_answer_a_part"),
            models.CheckConstraint(
                condition=~Q(part="lawful", applies=True) | (~Q(body="") & ~Q(document="")),
                name="unlawful_acts_name_the_body",
                violation_error_message="请写依法处理的机关和文书编号。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_part_display()


class FourPartFile(TrackedModel):
    """A file of the matter that proves one of the four parts. dropped: no longer relied upon."""

    matter = models.ForeignKey(_MATTER, models.PROTECT, related_name="+", verbose_name="信访事项")
    part = models.ForeignKey(
        FourPart, models.PROTECT, related_name="evidence", verbose_name="三到位一处理"
    )
    file = models.ForeignKey(_FILE, models.PROTECT, related_name="+", verbose_name="佐证材料")
    dropped = models.BooleanField("不再作为佐证", default=False)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "三到位一处理的佐证"
        constraints = [
            models.UniqueConstraint(fields=["part", "file"], name="one_evidence_a_file"),
        ]

    def __str__(self) -> str:
        return f"佐证 {self.file_id}"


class Resolution(TrackedModel, VaultOfMatter):
    """化解: the dispute itself is settled. A fact of its own beside 办结, before or long after it."""

    class How(models.TextChoices):
        MET = "met", "诉求得到满足"
        AGREEMENT = "agreement", "达成协议"
        ACCEPTED = "accepted", "书面表示接受"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="resolutions", verbose_name="信访事项"
    )
    settled_on = models.DateField("化解日期")
    how = models.CharField("化解方式", max_length=10, choices=How.choices)
    evidence = models.ForeignKey(_FILE, models.PROTECT, related_name="+", verbose_name="凭据")
    words = VaultField("化解情况", mask="text")
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="记录人")
    at = models.DateTimeField("记录时间")
    taken_back_on = models.DateField("撤销日期", null=True)
    taken_back_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="撤销人"
    )
    reason = VaultField("撤销理由", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "化解记录"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(taken_back_on=None),
                name="one_standing_resolution",
                violation_error_message="这件事项已经记了化解，请先撤销原来的记录。",
            ),
        ]

    def __str__(self) -> str:
        return f"化解 {self.settled_on}"


class Easing(TrackedModel, VaultOfMatter):
    """钝化、阶段性缓和: calmer for now, with the day somebody asks again; never counted as 化解."""

    class Ended(models.TextChoices):
        AGAIN = "again", "再次缓和"
        SETTLED = "settled", "已化解"
        BACK = "back", "矛盾反复"
        OVER = "over", "不再需要联系"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="easings", verbose_name="信访事项"
    )
    on = models.DateField("缓和日期")
    reason = VaultField("缓和的情况和原因", mask="text")
    next_on = models.DateField("下次联系日")
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="记录人")
    ended_on = models.DateField("结束日期", null=True)
    ended = models.CharField("怎样结束", max_length=8, choices=Ended.choices, blank=True)
    ended_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="结束人"
    )
    result = VaultField("再次联系的情况", mask="text")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "阶段性缓和"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_on=None), name="one_easing_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(next_on__gt=models.F("on")), name="easing_has_a_later_day"
            ),
        ]

    def __str__(self) -> str:
        return f"阶段性缓和 {self.on}"


class Talk(TrackedModel, VaultOfMatter):
    """讲政策谈话记录: what was explained, what help was given, what stays open (art. 32, 37)."""

    class Way(models.TextChoices):
        OFFICE = "office", "来访时当面"
        HOME = "home", "上门"
        PHONE = "phone", "电话"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="talks", verbose_name="信访事项"
    )
    on = models.DateField("谈话日期")
    way = models.CharField("谈话方式", max_length=8, choices=Way.choices)
    policy = VaultField("讲了什么政策", mask="text")
    help = VaultField("给了什么帮助", mask="text")
    questions = VaultField("还有什么问题", mask="text")
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="谈话人")
    at = models.DateTimeField("记录时间")

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "谈话记录"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"谈话 {self.on}"


class CitedPage(models.Model):
    """A released revision of a public page as it was when somebody explained it. Append-only.

    kind, page, revision: as `office.registries.citable` knows them. text: the words residents read
    then; they stay when the page is edited, withdrawn or gone. released_at: when that revision went
    public.
    """

    append_only = True
    wagtail_reference_index_ignore = True

    kind = models.CharField("来源", max_length=40)
    page = models.PositiveBigIntegerField("页面")
    revision = models.PositiveBigIntegerField("版本")
    title = models.CharField("标题", max_length=255)
    text = models.TextField("当时的内容", blank=True)
    released_at = models.DateTimeField("发布时间")
    at = models.DateTimeField("留存时间")

    class Meta:
        verbose_name = verbose_name_plural = "引用过的政策页面"
        constraints = [
            models.UniqueConstraint(fields=["kind", "revision"], name="one_copy_a_revision"),
        ]

    def __str__(self) -> str:
        return self.title


class TalkCitation(models.Model):
    """Which released revision was explained in a talk. Append-only by triggers."""

    append_only = True
    wagtail_reference_index_ignore = True

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="citations")
    cited = models.ForeignKey(CitedPage, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "谈话引用的政策"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "cited"], name="one_citation_a_page"),
        ]

    def __str__(self) -> str:
        return f"引用 {self.cited_id}"


class FollowUp(TrackedModel):
    """回访 that is owed some time after the end of a matter; its day is a clock of the same kind."""

    class Kind(models.TextChoices):
        FIRST = "follow_30", "办结后 30 日回访"
        SECOND = "follow_90", "办结后 90 日回访"

    class Result(models.TextChoices):
        KEEPS = "keeps", "落实到位，没有反复"
        BROKEN = "broken", "没有落实或有反复"
        NOT_REACHED = "not_reached", "没有联系上"
        NOT_WANTED = "not_wanted", "信访人不愿回访"
        DROPPED = "dropped", "恢复办理，不再回访"

    matter = models.ForeignKey(
        _MATTER, models.PROTECT, related_name="follow_ups", verbose_name="信访事项"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    due_on = models.DateField("最迟回访日")
    assigned_to = models.ForeignKey(
        _USER, models.PROTECT, null=True, related_name="+", verbose_name="回访人"
    )
    result = models.CharField("结果", max_length=12, choices=Result.choices, blank=True)
    done_on = models.DateField("回访日期", null=True)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "回访"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(result=""), name="follow_up_waits"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"], condition=Q(result=""), name="one_open_follow_up_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(result="", done_on=None) | (~Q(result="") & Q(done_on__isnull=False)),
                name="done_follow_ups_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"


class FollowUpCall(VaultOfMatter):
    """One try to reach the petitioner and what was heard. Append-only by triggers."""

    append_only = True
    wagtail_reference_index_ignore = True

    matter = models.ForeignKey(_MATTER, models.PROTECT, related_name="+")
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="calls")
    petitioner = models.ForeignKey(
        "matters.Petitioner", models.PROTECT, null=True, related_name="+"
    )
    on = models.DateField("回访日期")
    at = models.DateTimeField("记录时间")
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name="回访人")
    result = models.CharField("结果", max_length=12, choices=FollowUp.Result.choices)
    words = VaultField("回访情况", mask="text")

    class Meta:
        verbose_name = verbose_name_plural = "回访经过"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_result_display()} {self.on}"
