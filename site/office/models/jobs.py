"""Recurring work and its heartbeat."""

from django.db import models


class Job(models.Model):
    """One recurring job of `manage.py work`: when it last ran, where it stands, how it went."""

    name = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=60, default="")
    cursor = models.BigIntegerField(default=0)
    ran_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台工作"
        permissions = [("view_health", "查看运行状况")]

    def __str__(self) -> str:
        return self.name
