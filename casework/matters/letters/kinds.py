"""Which documents become letters, and the word each kind has in its number (文号)."""

from casework.matters.models import BlankForm, Document

Kind = Document.Kind

#: kind → its word in the number; no two kinds share one, as each runs without gaps by itself
WORDS: dict[str, str] = {
    Kind.ACCEPTANCE: "受",
    Kind.REFUSAL: "不受",
    Kind.BARRED: "不再受",
    Kind.PATH_NOTICE: "分",
    Kind.FORWARD: "转",
    Kind.ASSIGN_OUT: "交",
    Kind.TOLD: "告",
    Kind.OBJECTION: "异",
    Kind.REPORT_UP: "报",
    Kind.FAST_LEFT: "退简",
    Kind.EXTENSION: "延",
    Kind.OPINION: "意",
    Kind.REPLY: "复",
    Kind.RETURN: "退",
    Kind.SUPERVISION: "督",
    Kind.SUPERVISION_ANSWER: "督复",
    Kind.CLOSING: "结",
    Kind.COOPERATION: "协",
    Kind.APPROVAL_SHEET: "呈",
    Kind.REPEAT_NOTICE: "并",
    Kind.URGENT: "急",
}
#: papers that somebody else wrote, or that several sides signed: their scan is the paper itself
NOT_OURS = frozenset(Kind.values) - frozenset(WORDS)
#: letters that never name the petitioner as the receiver: they stay among offices
AMONG_OFFICES = frozenset(
    {
        Kind.FORWARD, Kind.ASSIGN_OUT, Kind.OBJECTION, Kind.REPORT_UP, Kind.RETURN,
        Kind.SUPERVISION, Kind.SUPERVISION_ANSWER, Kind.CLOSING, Kind.COOPERATION,
        Kind.APPROVAL_SHEET, Kind.URGENT,
    }
)  # fmt: skip
#: everything there is a template for: key → label
TEMPLATES: dict[str, str] = {kind: Kind(kind).label for kind in WORDS} | dict(BlankForm.choices)


def is_form(kind: str) -> bool:
    """Whether it is a paper form that is signed by hand, with no number of its own."""
    return kind in BlankForm.values
