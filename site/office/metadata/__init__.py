"""What files tell beside their content: shown, and taken out (domain §5, attachments and metadata)."""

from office.metadata.scrubbing import (
    CannotClean,
    Cleaned,
    Examined,
    Trace,
    cleaned,
    examined,
    family_of,
    traces,
)

__all__ = [
    "CannotClean", "Cleaned", "Examined", "Trace", "cleaned", "examined", "family_of", "traces",
]  # fmt: skip
