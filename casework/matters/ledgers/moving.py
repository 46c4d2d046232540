"""The one place where the state of an import is written."""

from typing import Any

from casework.matters.models import ImportJob


def move(job: ImportJob, state: str, **changes: Any) -> None:
    """Bring an import into a state and save that with what goes along with it."""
    job.state = state
    for name, value in changes.items():
        setattr(job, name, value)
    job.save(update_fields=["state", *changes])
