"""What the pages of an import show: columns with masked samples, counts, how far it has come."""

from dataclasses import dataclass

from casework.matters.ledgers.fields import DAYS, MASKED
from casework.matters.ledgers.opening import Ledger
from casework.matters.ledgers.wordings import hide_numbers
from casework.matters.models import ImportJob
from office.masking import MASKS
from office.sheets.problems import column_letter

_HIDDEN_TEXT = "（文字，不在这里显示）"


@dataclass(frozen=True)
class ColumnLine:
    """One column on the check page; `unsure` asks the person to look."""

    index: int
    heading: str
    letter: str
    samples: list[str]
    why: str
    unsure: bool
    day: bool


def column_lines(ledger: Ledger) -> list[ColumnLine]:
    """The columns in their order, values of persons masked."""
    return [
        ColumnLine(
            index=column.index,
            heading=column.heading,
            letter=column_letter(column.index),
            samples=[shown(column.field or "", sample) for sample in column.samples],
            why=column.why,
            unsure=bool(column.field) and not column.sure,
            day=column.field in DAYS,
        )
        for column in ledger.mapping.columns
    ]


def shown(field: str, sample: str) -> str:
    """A sample as anybody at the screen may see it; phones and ID numbers in any column."""
    mask = MASKED.get(field)
    if mask == "text":
        return _HIDDEN_TEXT
    if mask:
        return MASKS[mask](sample)
    return hide_numbers(sample)


def summary_of(job: ImportJob) -> str:
    """新增 3，更新 0，跳过 1，错误 2."""
    return f"新增 {job.added}，更新 {job.updated}，跳过 {job.skipped}，错误 {job.failed}"


@dataclass(frozen=True)
class Progress:
    """How many of the rows are decided."""

    done: int
    rows: int


def progress_of(job: ImportJob) -> Progress:
    return Progress(job.decided, job.rows)
