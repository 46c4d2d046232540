from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "网站框架"

    def ready(self) -> None:
        from cms import search_checks  # noqa: F401, PLC0415
        from cms.scheduling import register_job  # noqa: PLC0415
        from cms.search_catch_up import register_jobs  # noqa: PLC0415
        from cms.search_texts import register_kinds  # noqa: PLC0415

        register_kinds()
        register_jobs()
        register_job()
