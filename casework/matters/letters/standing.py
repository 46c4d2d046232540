"""How a letter stands: who signed the act it tells of, and why a paper gets none or is used no more."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.matters.letters.kinds import NOT_OURS
from casework.matters.models import Approval, Document, Letter, PaperSignature, StatutoryPath
from casework.matters.profiles import act_rule
from casework.matters.states import State
from casework.matters.table import BY_NAME

_SIGNED_ACTS = ("sign", "sign_paper")
#: what comes after a signature: it was served, taken back, or another opinion was signed
_AFTER = ("serve", "unsign", *_SIGNED_ACTS)
REVIEW = "matters.review_opinion"
DRAFT = "草稿，没有签发，不能发出"


@dataclass(frozen=True)
class Signature:
    """Who signed and when. user: None where the district decided, then `authority`."""

    user: Any
    authority: str
    on: date


def acted(document: Document) -> Signature | None:
    """The signature that the act itself carries; None when the letter has to be signed by hand."""
    if document.signed_by_id is not None:
        return Signature(document.signed_by, "", document.issued_on)
    approval = document.approval
    if approval is None or approval.decision != Approval.Decision.APPROVED:
        return None
    return Signature(approval.decided_by, approval.authority, document.issued_on)


def first_of(letter: Letter) -> Letter:
    """The letter of the act itself: of a correction the one with which its chain began."""
    while letter.corrects is not None:
        letter = letter.corrects
    return letter


def path_of(document: Document) -> StatutoryPath | None:
    """The path a notice of another path leads to: the one its own move began."""
    if not document.move_id:
        return None
    rows = StatutoryPath.objects.filter(matter=document.matter_id, move=document.move_id)
    return rows.order_by("-pk").first()


def asks_law(document: Document) -> bool:
    """Whether the profile asks for legal review of the act that left this document. An opinion's own
    gate asked before it was signed; what the district decided is not reviewed here, and what a legal
    reviewer decides was reviewed by deciding it.
    """
    approval = document.approval
    rule = BY_NAME.get(approval.act) if approval else None
    if rule is not None and rule.verb == REVIEW:
        return False
    if document.signed_by_id is not None or (approval is not None and approval.authority):
        return False
    name = approval.act if approval else (document.move.name if document.move_id else "")
    try:
        return act_rule(document.matter.profile, name).legal
    except KeyError:  # an act of which no profile speaks
        return False


def is_fixed(document: Document) -> bool:
    """Whether what a document says was decided by more than one person, or looked at by law: then no
    correction says it otherwise.
    """
    return (
        document.kind == Document.Kind.OPINION or acted(document) is not None or asks_law(document)
    )


def taken_back(document: Document) -> bool:
    """Whether the leader took back this very signature: before it was served or signed anew."""
    if not document.move_id or document.move.name not in _SIGNED_ACTS:
        return False
    later = document.matter.moves.filter(name__in=_AFTER, pk__gt=document.move_id).order_by("pk")
    return later.values_list("name", flat=True).first() == "unsign"


def why_no_letter(document: Document) -> str:
    """Why this document gets no letter, whoever asks; "" when it can."""
    if document.matter.state == State.ARCHIVED:
        return "这件事项已经归档，不再制作文书。要补发的，先恢复办理，把卷调出来。"
    if document.kind in NOT_OURS:
        return f"{document.get_kind_display()}不由这里制作：来文、各方签字的文件以扫描件为准。"
    if taken_back(document):
        return "这次签发后来撤回了，请从新签发的那一份制作。"
    return ""


def why_not_used(letter: Letter) -> str:
    """What stands on every sheet of a letter that must not be used (any more); "" for a sound one."""
    if not letter.is_frozen:
        return DRAFT
    if taken_back(letter.document):
        return "签发已经撤回，不能使用"
    if letter.signature is not None and letter.signature.answer == PaperSignature.Answer.DENIED:
        return "领导本人核对：纸质签批不属实，不能使用"
    newer = getattr(letter, "corrected_by", None)
    if newer is not None and newer.is_frozen:
        return f"已由 {newer} 更正，不再使用"
    return ""
