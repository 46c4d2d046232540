"""The kernel's app: triggers after every migration, checks, registrations of Wagtail."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _after_migrate(**kwargs: Any) -> None:
    """SQLite drops the triggers of a table it rebuilds, so they are made anew after each migrate."""
    from office.triggers import install  # noqa: PLC0415 (models are not loaded when apps are)

    install()


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = "办公内核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.admin.views.mixins import SpreadsheetExportMixin  # noqa: PLC0415
        from wagtail.log_actions import registry  # noqa: PLC0415

        from office import checks, sweeping  # noqa: F401, PLC0415
        from office.history import TrackedModel  # noqa: PLC0415

        # Tracked records have one history; Wagtail's log would be a second, unscoped one.
        registry.log_entry_models_by_type.register(TrackedModel, value=None)
        # Exports have one door of their own (`office.exporting`): logged, guarded against formulas.
        SpreadsheetExportMixin.FORMATS = ()
        SpreadsheetExportMixin.show_export_buttons = False
        post_migrate.connect(_after_migrate, dispatch_uid="office.triggers")
