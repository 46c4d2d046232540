"""Asks the bare child process about a file, within limits of time and memory."""

import json
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from office import restraint

CHILD = Path(__file__).with_name("apart") / "__main__.py"
SECONDS, MEMORY = (
    20,
    1536 * 1024 * 1024,
)  # of one file: cpu and by the clock; address space in bytes
MOST_ANSWER = 128 * 1024 * 1024  # bytes
_NEEDS = ("pypdf", "olefile", "PIL", "pillow_heif", "cryptography", "typing_extensions")


@dataclass(frozen=True)
class Answer:
    """What the child said; `failed` when it said nothing of use: killed, out of memory, broken."""

    traces: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    refused: str = ""
    unreadable: bool = False
    cleaned: bytes = b""
    failed: bool = False


def ask(act: str, family: str, data: bytes, *, seconds: int = SECONDS) -> Answer:
    """One job on one file; never raises for what is wrong with the file."""
    found = [find_spec(name) for name in _NEEDS]
    folders = {str(Path(spec.origin).parents[1]) for spec in found if spec and spec.origin}
    single = {str(Path(s.origin).parent) for s in found if s and s.origin and not s.parent}
    job = {
        "act": act, "family": family, "seconds": seconds, "memory": MEMORY,
        "path": sorted(folders | single),
    }  # fmt: skip
    try:
        said = subprocess.run(
            restraint.command(CHILD, job),
            input=data,
            capture_output=True,
            timeout=seconds,
            env=restraint.environment(),
            cwd=CHILD.parent,
        ).stdout
    except subprocess.TimeoutExpired:
        return Answer(failed=True)
    return _read(said)


def _read(said: bytes) -> Answer:
    """The answer, held to what an answer may be."""
    line, _, body = said.partition(b"\n")
    try:
        told = json.loads(line)
        cleaned = body[: int(told["bytes"])]
        traces = tuple((str(label), str(text)) for label, text in told["traces"])
        warnings = tuple(map(str, told["warnings"]))
        refused = str(told["refused"])
        complete = len(cleaned) == int(told["bytes"]) <= MOST_ANSWER
    except (ValueError, TypeError, KeyError):
        return Answer(failed=True)
    if not complete:
        return Answer(failed=True)
    unreadable = warnings == ("unreadable",)
    return Answer(traces, () if unreadable else warnings, refused, unreadable, cleaned)
