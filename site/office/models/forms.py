"""Official ledgers as an office writes them: which columns, in which order, how wide."""

from django.db import models

from office.history import Audit, TrackedModel


class LedgerForm(TrackedModel):
    """格式 of one official ledger (domain §8).

    `columns`: in their order, [{"key", "title", "width" (characters), "shown"}]; what a key holds is
    the room's business.
    """

    key = models.SlugField("代号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=60)
    columns = models.JSONField("列", default=list)

    audit = Audit(label="title")

    class Meta:
        verbose_name = verbose_name_plural = "台账格式"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
