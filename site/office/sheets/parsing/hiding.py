"""What a worksheet keeps from view: rows, columns, a filter; and how its workbook counts days."""

from dataclasses import dataclass, field

MOST_AREAS = 5_000


@dataclass
class Hiding:
    """Of one sheet. Rows, columns: (first, last), 1-based. `known`: whether the file tells.

    `merged`: (top, left, bottom, right), 0-based, where the engine does not tell itself.
    """

    rows: list[tuple[int, int]] = field(default_factory=list)
    columns: list[tuple[int, int]] = field(default_factory=list)
    filtered: bool = False
    from_1904: bool = False
    known: bool = True
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def hide_row(self, row: int) -> None:
        """One more hidden row; they come in order."""
        if self.rows and self.rows[-1][1] == row - 1:
            self.rows[-1] = (self.rows[-1][0], row)
        elif len(self.rows) < MOST_AREAS:
            self.rows.append((row, row))

    def hide_columns(self, first: int, last: int) -> None:
        """Some more hidden columns; they come in order."""
        if self.columns and self.columns[-1][1] == first - 1:
            self.columns[-1] = (self.columns[-1][0], last)
        elif len(self.columns) < MOST_AREAS:
            self.columns.append((first, last))

    def said(self) -> dict[str, object]:
        """As the answer says it."""
        return {
            "hidden_rows": self.rows,
            "hidden_columns": self.columns,
            "filtered": self.filtered,
            "hiding_known": self.known,
            "from_1904": self.from_1904,
        }


UNKNOWN = Hiding(known=False)
