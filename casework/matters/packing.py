"""What somebody asks for, kept until a second person decides: plain values apart from free text.

Days, numbers, ticks, chosen words and rows are kept as they are; whatever somebody wrote lies in the
vault, as it may say anything about anybody.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from casework.matters.lifecycle import CHOICES

Data = Mapping[str, Any]


def pack(data: Data) -> tuple[dict[str, Any], str]:
    """(terms, texts): what may lie in the open as JSON values, and the rest as one JSON text ("" for
    none). What is empty is left out. Raises TypeError for a value that cannot be kept.
    """
    given = {name: value for name, value in data.items() if value not in (None, "", [], ())}
    plain = {name: _put(value) for name, value in given.items() if _is_plain(name, value)}
    rest = {name: _put(value) for name, value in given.items() if name not in plain}
    return plain, json.dumps(rest, ensure_ascii=False) if rest else ""


def unpack(terms: Data, texts: str) -> dict[str, Any]:
    """The data as they were given to `pack`; lists come back as lists, choices as their values."""
    return {name: _take(value) for name, value in (dict(terms) | json.loads(texts or "{}")).items()}


def _is_plain(name: str, value: Any) -> bool:
    if isinstance(value, str):
        return name in CHOICES and value in CHOICES[name].values
    if isinstance(value, list | tuple):
        return all(_is_plain(name, one) for one in value)
    return isinstance(value, date | int | Model)


def _put(value: Any) -> Any:
    if isinstance(value, Model):
        return {"row": [value._meta.label_lower, value.pk]}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Mapping):
        return {"of": {name: _put(one) for name, one in value.items()}}
    if isinstance(value, list | tuple):
        return [_put(one) for one in value]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return value
    raise TypeError(f"cannot be kept: {type(value).__name__}")


def _take(value: Any) -> Any:
    if isinstance(value, list):
        return [_take(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    if "row" in value:
        label, pk = value["row"]
        return apps.get_model(label)._default_manager.get(pk=pk)
    if "day" in value:
        return date.fromisoformat(value["day"])
    return {name: _take(one) for name, one in value["of"].items()}
