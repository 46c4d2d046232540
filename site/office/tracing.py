"""What is written down when something fails: where, never with which values.

A traceback's frames hold opened records, and an exception's own words may hold what a person typed
(`invalid literal for int(): '…'`). Logs live longer than records and are read by others; so they get
file, line, function and kind of exception. It stops who reads logs, not who may run a debugger.
"""

import logging
import traceback
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

#: exceptions whose words are about machines alone, and tell how to help
_TELLING = (OperationalError, OSError, ImportError)
HIDDEN = "（不记录）"


def summary(error: BaseException) -> str:
    """Kind of an exception, and its words where they cannot be somebody's."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{kind}: {str(error).splitlines()[0]}" if _tells(error) else kind


def _tells(error: BaseException) -> bool:
    return isinstance(error, _TELLING) and not isinstance(error, UnicodeError) and bool(str(error))


class PlainFormatter(logging.Formatter):
    """Tracebacks by place and kind; the chain of causes is kept."""

    def formatException(self, ei: Any) -> str:
        error, lines, seen = ei[1], [], set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = traceback.extract_tb(error.__traceback__)
            places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            lines.append("\n".join([summary(error), *places]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nbecause of ".join(lines)


class NoValues(SafeExceptionReporterFilter):
    """Django's own reports (debug page, mail) show no local variable and nothing that was sent."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        return {} if request is None else dict.fromkeys(request.POST, HIDDEN)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> list[tuple[str, Any]]:
        return [(name, HIDDEN) for name in tb_frame.f_locals]

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, str]:
        return dict.fromkeys(request.COOKIES, HIDDEN)


class NoWords(ExceptionReporter):
    """Django's own reports without the words of exceptions: they may be a person's."""

    def get_traceback_data(self) -> dict[str, Any]:
        data = super().get_traceback_data()
        if self.exc_value is not None:
            data["exception_value"] = summary(self.exc_value)
        data.pop("exception_notes", None)
        for frame in data.get("frames", ()):
            if isinstance(frame.get("exc_cause"), BaseException):
                frame["exc_cause"] = summary(frame["exc_cause"])
        return data
