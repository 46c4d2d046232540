"""信访件: one arrival, a letter or a visit; it may open several matters or join an existing one."""

from django.conf import settings
from django.db import models

from casework.matters.models.belonging import OF_MATTER
from casework.matters.queries import ItemQuerySet
from casework.matters.states import Channel
from office.history import Audit, TrackedModel


class Item(TrackedModel):
    """An arrival: what the receipt speaks of. It holds no personal data itself."""

    ref = models.UUIDField(unique=True, editable=False)
    number = models.CharField("来件编号", max_length=20, unique=True, editable=False)
    channel = models.CharField("信访形式", max_length=12, choices=Channel.choices)
    received_on = models.DateField("收到日期")
    registered_at = models.DateTimeField("登记时间", editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="接待人"
    )
    code_round = models.PositiveSmallIntegerField("查询码版次", default=1, editable=False)
    sealed = models.BooleanField(default=False, editable=False)

    objects = ItemQuerySet.as_manager()
    audit = Audit(label="number", sealed="sealed")

    class Meta:
        verbose_name = verbose_name_plural = "信访件"
        indexes = [models.Index(fields=["id"], condition=models.Q(sealed=True), name="item_sealed")]

    def __str__(self) -> str:
        return self.number


class ItemLink(TrackedModel):
    """Which matters an arrival opened or joined."""

    class Kind(models.TextChoices):
        OPENED = "opened", "立为事项"
        REPEAT = "repeat", "并入已有事项"
        JOINED = "joined", "加入联名"

    item = models.ForeignKey(Item, models.PROTECT, related_name="links", verbose_name="信访件")
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="links", verbose_name="信访事项"
    )
    kind = models.CharField("关系", max_length=8, choices=Kind.choices, default=Kind.OPENED)

    audit = OF_MATTER

    class Meta:
        verbose_name = verbose_name_plural = "来件与事项"
        constraints = [models.UniqueConstraint(fields=["item", "matter"], name="one_link_each")]

    def __str__(self) -> str:
        return f"{self.item} {self.get_kind_display()}"
