"""The field page bodies are kept in."""

from typing import Any

from wagtail.fields import StreamField


class BlocksField(StreamField):
    """A StreamField that leaves its blocks out of migrations.

    Blocks are stored as JSON whatever their kinds; a new kind of block changes code, not a table,
    and would otherwise cost one empty migration for each page type that offers it.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
