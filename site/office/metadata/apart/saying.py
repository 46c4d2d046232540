"""What the child found, in words. Imports the standard library alone.

A trace is [label, text]; a warning or a refusal is a sentence.
"""

from dataclasses import dataclass, field

LONGEST, MOST = 200, 60  # characters of one trace, traces of one file


class Refused(Exception):
    """The file cannot be read or cleaned; the message is a Chinese sentence that says what to do."""


@dataclass
class Found:
    """traces: who and what the file tells beside its content; warnings: what may happen on opening
    it; refused: why it should not be taken in, "" when it may; cleaned: the file without traces.
    """

    traces: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refused: str = ""
    cleaned: bytes = b""

    def trace(self, label: str, text: object) -> None:
        """Note a trace; empty ones, and those beyond the first sixty, are left out."""
        told = " ".join(str(text).split())
        if told and len(self.traces) < MOST:
            self.traces.append((label, told[:LONGEST]))

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)
