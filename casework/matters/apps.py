"""信访事项: the room of petition matters."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def _before_migrate(**kwargs: Any) -> None:
    """SQLite cannot rebuild a table that a trigger of another one reads."""
    from casework.matters.triggers import remove  # noqa: PLC0415 (models are not loaded yet)

    remove()


def _after_migrate(**kwargs: Any) -> None:
    from casework.matters.triggers import install  # noqa: PLC0415

    install()


class MattersConfig(AppConfig):
    name = "casework.matters"
    label = "matters"
    verbose_name = "信访事项"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.matters import registrations  # noqa: F401, PLC0415

        pre_migrate.connect(_before_migrate, sender=self, dispatch_uid="matters.rules.off")
        post_migrate.connect(_after_migrate, sender=self, dispatch_uid="matters.rules.on")
