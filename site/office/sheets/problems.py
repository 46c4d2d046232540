"""What is wrong with one cell, named the way a person finds it in Excel or WPS."""

from dataclasses import dataclass


def column_letter(column: int) -> str:
    """Letter of a column as Excel shows it; `column` is 1-based (1 is A, 27 is AA)."""
    if column < 1:
        raise ValueError("columns are counted from 1")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """Excel address of a cell; `row` and `column` are 1-based (17, 3 is C17)."""
    return f"{column_letter(column)}{row}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be taken over as it stands.

    `row` and `column` are 1-based as in Excel; `value` is the cell's text as found; `why` says in
    Chinese what is wrong and what to do.
    """

    row: int
    column: int
    heading: str
    value: str
    why: str

    @property
    def address(self) -> str:
        """Where the cell is, for example C17."""
        return cell_address(self.row, self.column)

    def __str__(self) -> str:
        heading = f"（{self.heading}）" if self.heading else ""
        return f"{self.address}{heading}：{self.why}"
