"""Data keys of the vault: one a matter, wrapped by a master key that lies outside the database."""

import uuid

from django.db import models


class DataKey(models.Model):
    """A wrapped key. Destroying it erases its file everywhere, history and backups included."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField(
        editable=False
    )  # nonce + AES-GCM of 32 bytes; empty once destroyed
    master = models.CharField(max_length=20, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "数据密钥"
        permissions = [
            ("view_retention", "查看保管期限"),
            ("change_retention", "修改保管期限"),
            ("propose_destruction", "提出销毁"),
            ("approve_destruction", "审批销毁"),
        ]

    def __str__(self) -> str:
        return str(self.ref)
