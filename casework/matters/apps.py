"""信访事项: the room of petition matters."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class MattersConfig(AppConfig):
    name = "casework.matters"
    label = "matters"
    verbose_name = "信访事项"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.matters import registrations, triggers  # noqa: F401, PLC0415

        pre_migrate.connect(triggers.remove, sender=self, dispatch_uid="matters.rules.off")
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="matters.rules.on")
