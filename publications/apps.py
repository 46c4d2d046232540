from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = "信息发布"

    def ready(self) -> None:
        from publications import registrations  # noqa: F401, PLC0415
