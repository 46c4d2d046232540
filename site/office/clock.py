"""The one place that asks what time it is. Rules take `on` or `now` as an argument instead."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    return timezone.now()


def today() -> date:
    """Today's date in Asia/Shanghai."""
    return timezone.localdate()
