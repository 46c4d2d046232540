"""Attachments of a matter."""

from django.conf import settings
from django.db import models

from casework.matters.models.belonging import OF_MATTER, VaultOfMatter
from office.attachments import KINDS
from office.history import TrackedModel
from office.vault import VaultField


class MatterFile(TrackedModel, VaultOfMatter):
    """A file in the private store: encrypted under the matter's key, served by a checked view.

    original: the file this one was made from by taking its traces out; it stays for evidence.
    received_sha256: of what was handed in, where photos lost their traces on the way in, else "".
    removed: labels of the traces that were taken out, never what they said.
    """

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="files", verbose_name="信访事项"
    )
    name = VaultField("文件名", mask="text")
    path = models.CharField(max_length=80, unique=True, editable=False)
    kind = models.CharField(
        "类型",
        max_length=100,
        choices=[(kind, name) for kind, (name, _) in KINDS.items()],
        editable=False,
    )
    size = models.PositiveIntegerField("大小", editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    added_at = models.DateTimeField("上传时间")
    withdrawn = models.BooleanField("已撤下", default=False)
    original = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="versions",
        verbose_name="原件",
    )
    received_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    removed = models.CharField("清除的痕迹", max_length=200, blank=True, editable=False)

    audit = OF_MATTER

    #: what to tell whoever has just stored it: not kept
    warnings: tuple[str, ...] = ()

    class Meta:
        verbose_name = verbose_name_plural = "材料"

    def __str__(self) -> str:
        return f"材料{self.pk or ''}"
