"""Processes of their own for strangers' files: how they are started and how they bind themselves.

Such a process gets no environment (so no keys), no settings, no database and no packages but those
named in its job; it limits its own time and memory before it looks at the first byte. Both sides
import this module, so it imports nothing of ours.
"""

import json
import os
import sys
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock still holds there
    resource = None  # type: ignore[assignment]


def command(script: Path, job: dict) -> list[str]:
    """What starts a bare process on a job. job: "seconds", "memory" (bytes), "path" and its own."""
    return [sys.executable, "-I", "-S", "-X", "utf8", str(script), json.dumps(job)]


def environment() -> dict[str, str]:
    """All that a bare process is told of this machine."""
    return {key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ}


def restrain(job: dict) -> None:
    """Limit this process: cpu seconds, address space in bytes, no core file, no file written."""
    if resource is None:
        return
    for kind, amount in (
        ("RLIMIT_CPU", job["seconds"]),
        ("RLIMIT_AS", job["memory"]),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
    ):
        try:
            resource.setrlimit(getattr(resource, kind), (amount, amount))
        except (AttributeError, ValueError, OSError):
            continue  # a platform without this one limit still has the others
