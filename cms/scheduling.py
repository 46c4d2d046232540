"""Pages go live and leave the site at the hour their editor has set."""

from datetime import datetime

from django.core.management import call_command

from office import registries


def publish_due(moment: datetime) -> None:
    """Publish and withdraw what is due. Safe to repeat; `moment` is the worker's, Wagtail reads its own."""
    call_command("publish_scheduled", verbosity=0)


def register_job() -> None:
    registries.jobs.append(("publishing", "按时发布和撤下页面", 60, publish_due))
