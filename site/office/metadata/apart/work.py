"""Which module does which job; each is loaded only when it is needed."""

from importlib import import_module

from office.metadata.apart.saying import Found

#: (act, family) → module of this folder and function in it
_WAYS = {
    ("look", "office"): ("office_files", "look"),
    ("clean", "office"): ("office_files", "cleaned"),
    ("look", "pdf"): ("pdf_files", "look"),
    ("clean", "pdf"): ("pdf_files", "cleaned"),
    ("look", "old"): ("old_files", "look"),
    ("convert", "heic"): ("heic", "converted"),
}


def do(act: str, family: str, data: bytes) -> Found:
    """Carry out a job. Raises Refused, KeyError for a job there is not."""
    module, function = _WAYS[act, family]
    found = getattr(import_module(f"office.metadata.apart.{module}"), function)(data)
    assert isinstance(found, Found)
    return found
