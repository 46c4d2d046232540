"""What keeps a person's typing safe: used form tokens and forms sent after the session had ended."""

import uuid

from django.conf import settings
from django.db import models


class FormToken(models.Model):
    """A form that was already carried out; sending it again leads to the first result."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    result = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.token)


class KeptForm(models.Model):
    """A form sent without a live session, encrypted, waiting for its person to log in again."""

    ref = models.UUIDField(primary_key=True, default=uuid.uuid4)
    key = models.ForeignKey("office.DataKey", models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    @property
    def data_key_id(self) -> int:
        return self.key_id

    def __str__(self) -> str:
        return "登录超时前的表单"
