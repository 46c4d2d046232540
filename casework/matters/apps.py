"""信访事项: the room of petition matters."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "casework.matters"
    label = "matters"
    verbose_name = "信访事项"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.matters import registrations  # noqa: F401, PLC0415
