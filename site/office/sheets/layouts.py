"""Layouts: a mapping of columns that is kept and matched to later files by their headings."""

import dataclasses
from collections.abc import Sequence

from office.sheets.cells import fold
from office.sheets.columns import LAYOUT_FORMAT, Field, Mapping, propose_under
from office.sheets.headers import SEPARATOR, Header, find_header
from office.sheets.reading import Sheet


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """A remembered mapping: for each heading the field it means, or None for not imported."""

    name: str
    header_row: int = 0
    fields: dict[str, str | None] = dataclasses.field(default_factory=dict)
    orders: dict[str, str] = dataclasses.field(default_factory=dict)

    @classmethod
    def load(cls, plain: dict) -> "Layout":
        """From what `Mapping.layout` gave. Raises `ValueError` in Chinese for anything else."""
        try:
            if plain["format"] != LAYOUT_FORMAT:
                raise ValueError(plain["format"])
            columns = list(plain["columns"])
            return cls(
                name=str(plain["name"]),
                header_row=int(plain["header_row"]),
                fields={str(c["heading"]): c["field"] or None for c in columns},
                orders={str(c["heading"]): str(c.get("order", "")) for c in columns},
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ValueError("这个版式不完整，不能使用：请重新对应各列，另存一个。") from error

    def fit(self, sheet: Sheet) -> float:
        """Share of the layout's headings that the sheet has, 0 to 1: the best layout fits most."""
        header = self._header(sheet)
        found = {_key(heading) for heading in header.headings}
        return sum(_key(heading) in found for heading in self.fields) / max(1, len(self.fields))

    def match(self, sheet: Sheet, fields: Sequence[Field]) -> Mapping:
        """The mapping of another sheet by its headings, wherever they stand in it.

        A heading the layout does not know is proposed afresh among the fields it leaves free; a
        field the caller no longer has is not imported.
        """
        header = self._header(sheet)
        names = {f.name for f in fields}
        stored = {_key(h): (h, name if name in names else None) for h, name in self.fields.items()}
        used = {name for _, name in stored.values()}
        free = [f for f in fields if f.name not in used]
        columns, seen = [], set()
        for column in propose_under(header, sheet, free).columns:
            if (key := _key(column.heading)) in stored:
                seen.add(key)
                heading, name = stored[key]
                why = "版式中已对应" if name else "版式中设为不导入"
                order = self.orders.get(heading) or column.order
                column = dataclasses.replace(column, field=name, why=why, sure=True, order=order)
            columns.append(column)
        missing = tuple(h for key, (h, name) in stored.items() if name and key not in seen)
        return Mapping(header.bottom, header.bottom + 1, tuple(columns), missing, header.beside)

    def _header(self, sheet: Sheet) -> Header:
        words = {_key(part) for heading in self.fields for part in heading.split(SEPARATOR)}
        return find_header(sheet, words)


def _key(heading: str) -> str:
    """Headings are the same when this is; a heading of marks alone is compared as it stands."""
    return fold(heading) or heading
