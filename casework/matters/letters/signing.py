"""From a document to a letter: drafted, signed, numbered and frozen; put right by another letter.

Whoever decided an act has signed its paper: an opinion carries the leader's signature, a refusal or an
extension that of its approval, so nobody signs a second time. Every other letter is signed by the head
of the petition office or a leader, never by its drafter, or on paper (practice §2). The law is asked
where the profile asks it, about the act: a letter says no more than that, and the gate only makes sure
that the review is there.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.conflicts.standing import parts_of
from casework.matters.letters import editions
from casework.matters.letters.checking import DOCX
from casework.matters.letters.kinds import AMONG_OFFICES, WORDS
from casework.matters.letters.rendering import filled
from casework.matters.letters.standing import (
    Signature,
    acted,
    asks_law,
    first_of,
    path_of,
    why_no_letter,
)
from casework.matters.letters.wording import words_of
from casework.matters.models import (
    Document,
    IssuingBody,
    Letter,
    Matter,
    MatterFile,
    PaperSignature,
)
from casework.matters.moving import as_of, log_move, taken_up
from casework.matters.opening import masked_only, task_of
from casework.matters.opinions import legal_review_of
from casework.matters.permissions import heads_office, may
from casework.matters.states import State
from casework.matters.table import BY_NAME
from office import private_files
from office.clock import now, today
from office.history import because
from office.numbers import draw
from office.separation import Act, Part, refused

SERVE, SIGN, HEAD = "matters.serve_opinion", "matters.sign_opinion", "matters.accept_matter"
#: kind of paper that fits every letter; notices sign those to people, letters those among offices
OTHER = "document"  # as `outcomes.paper` names them
TAKE_IN = "matters.add_matter"


def is_closed_to(user: Any, matter: Matter) -> bool:
    """Whether letters of the matter are none of this person's, whatever their post: it is sealed or
    destroyed, or they see it without who came."""
    return bool(matter.sealed or matter.destroyed_at or masked_only(user, matter))


def may_prepare(user: Any, document: Document) -> bool:
    """Whoever may do the act that left the document, or serves the matter's papers, prepares it."""
    matter = document.matter
    if is_closed_to(user, matter):
        return False
    return any(may(user, matter, verb) for verb in (SERVE, HEAD)) or _left(user, document)


def preparable(user: Any, matter: Matter, documents: Iterable[Document]) -> set[int]:
    """Of which of these documents of one matter this person prepares the letters: their keys."""
    rows = [row for row in documents if row.kind in WORDS]
    if not rows or is_closed_to(user, matter):
        return set()
    if any(may(user, matter, verb) for verb in (SERVE, HEAD)):
        return {row.pk for row in rows}
    return {row.pk for row in rows if _left(user, row)}


def _left(user: Any, document: Document) -> bool:
    """Whether this person left the document, or may do the act that left it."""
    if document.prepared_by_id is not None and document.prepared_by_id == user.pk:
        return True
    rule = BY_NAME.get(document.move.name) if document.move else None
    return rule is not None and may(user, document.matter, rule.verb)


def may_fill(user: Any, matter: Matter) -> bool:
    """Paper forms are for whoever handles the matter or serves its papers, for the head of the office,
    and for whoever took it in while it waits to be accepted.
    """
    if is_closed_to(user, matter):
        return False
    entered = matter.registered_by_id == user.pk and matter.state == State.REGISTERED
    if task_of(user, matter) or (entered and may(user, matter, TAKE_IN)):
        return True
    return any(may(user, matter, verb) for verb in (SERVE, HEAD))


def prepare(document: Document, body: IssuingBody, *, by: Any, remark: str = "") -> Letter:
    """Draft the letter of a document, or change the draft there is: nameplate and remark.

    Raises ValidationError (Chinese), PermissionDenied, Matter.DoesNotExist.
    """
    with transaction.atomic():
        document = taken(document, by)
        if why := why_no_letter(document):
            raise ValidationError(why)
        if not body.active:
            raise ValidationError({"body": "这个发文主体已经停用，请另选一个。"})
        if remark.strip() and acted(document):
            raise ValidationError({"remark": "这件文书已经签批，签批以后不能另加附言。"})
        letter = Letter.objects.select_for_update().filter(document=document).first()
        if letter is None:
            letter = Letter(document=document, matter=document.matter)
        elif letter.is_frozen:
            raise ValidationError(f"{letter} 已经签发，不能再改。有错的，请“更正”。")
        letter.document, letter.matter = document, document.matter
        letter.body, letter.drafted_by, letter.drafted_at = body, by, now()
        letter.put("remark", remark.strip())
        with because("拟制文书", **as_of(by, SERVE)):
            letter.save()
    return letter


def why_not_sign(user: Any, letter: Letter) -> str:
    """Why this person cannot sign the letter by hand; "" when they can."""
    if not (
        may(user, letter.matter, SIGN) or (heads_office(user) and may(user, letter.matter, HEAD))
    ):
        return "由信访办主任或者街道领导签发。"
    corrects_act = letter.corrects is not None and first_of(letter).acted
    if corrects_act and not may(user, letter.matter, SIGN):
        return "更正领导签发的文书，由街道领导签发。"
    return refused(Act.SIGN, user, {**parts_of(letter.matter), Part.DRAFTER: drafters(letter)})


def may_sign(user: Any, letter: Letter) -> bool:
    """Whether a draft waits for this person's own hand."""
    if letter.is_frozen or is_closed_to(user, letter.matter):
        return False
    return bool(letter.corrects or not acted(letter.document)) and not why_not_sign(user, letter)


def drafters(letter: Letter) -> tuple[int, ...]:
    """Whoever wrote the words, by the act or by a correction, or ever saved the draft: none signs it.
    Who decided the act has signed it already, and puts it right.
    """
    first = first_of(letter)
    wrote = {letter.document.prepared_by_id}
    if not first.acted:
        wrote.add(first.document.prepared_by_id)
    saved = letter.history.values_list("drafted_by_id", flat=True)
    return tuple({letter.drafted_by_id, *wrote, *saved} - {None})


def edition_of(letter: Letter) -> str:
    """The draft as it stands: another one after whoever changed it, its nameplate or its template."""
    template = editions.in_force(letter.document.kind).sha256[:16]
    return f"{letter.version}.{letter.document.version}.{letter.body.version}.{template}"


def freeze(
    letter: Letter, *, by: Any, signature: PaperSignature | None = None, read: str = ""
) -> Letter:
    """Sign where the act is not signed yet, draw the number, make the file and keep it.

    signature: a leader's signature on paper instead of the signer's own hand; read: `edition_of` the
    draft that was read before signing. Raises ValidationError (Chinese), PermissionDenied,
    Matter.DoesNotExist. Nothing is written and no number is used up when it fails.
    """
    with transaction.atomic():
        matter = taken_up(letter.matter, by)
        letter = Letter.objects.select_for_update().get(pk=letter.pk, matter=matter)
        letter.matter = letter.document.matter = matter
        if is_closed_to(by, matter):
            raise PermissionDenied
        if letter.is_frozen:
            raise ValidationError(f"{letter} 已经签发。")
        if why := why_no_letter(letter.document) or _law_is_missing(letter.document):
            raise ValidationError(why)
        if read and read != edition_of(letter):
            raise ValidationError("草稿在您打开以后改过。请重新看一遍，再签发。")
        signed = _signed(letter, by, signature)
        letter.acted = letter.corrects is None and acted(letter.document) is not None
        letter.signed_by, letter.authority, letter.signed_on = (
            signed.user,
            signed.authority,
            signed.on,
        )
        letter.signature = signature
        letter.template = editions.stored(letter.document.kind)
        if letter.acted and _dressed(letter, by):
            raise ValidationError(
                "领导签批以后，您改过这种文书的模板或者发文主体。请由别的同事编号印发。"
            )
        with because("签发文书", **as_of(by, SERVE)):
            _number(letter)
            _keep(letter, by)
            letter.stage = Letter.Stage.FROZEN
            letter.save()
            _put_right(letter)
            log_move(
                matter, "issue_letter", by=by, on=today(), source=matter.state, verb=SERVE,
                summary=f"{letter.document.get_kind_display()} {letter.document.number}",
            )  # fmt: skip
    return letter


def _put_right(letter: Letter) -> None:
    """A last day that a signed correction changes is the record's from now on."""
    path = path_of(letter.document) if letter.last_day is not None else None
    if path is not None:
        path.last_day = letter.last_day
        path.save()


def _signed(letter: Letter, by: Any, signature: PaperSignature | None) -> Signature:
    """Who signs this letter. Raises ValidationError or PermissionDenied."""
    found = acted(letter.document) if letter.corrects is None else None
    if found is not None:
        if not may_prepare(by, letter.document):
            raise PermissionDenied
        return found
    if signature is None:
        if why := why_not_sign(by, letter):
            raise ValidationError(why)
        return Signature(by, "", today())
    if not may_prepare(by, letter.document):
        raise PermissionDenied
    if signature.pk not in {row.pk for row in papers_for(letter)}:
        raise ValidationError({"signature": "这份纸质签批不能用于这件文书，请核对签批事项和日期。"})
    return Signature(signature.leader, "", signature.signed_on)


def _dressed(letter: Letter, by: Any) -> bool:
    """Whether this person changed template or nameplate after the act was signed: nobody signs again."""
    move = letter.document.move
    if move is None:
        return False
    newer = letter.template.added_by_id == by.pk and letter.template.at > move.at
    return newer or letter.body.history.filter(history_user=by, history_date__gt=move.at).exists()


def papers_for(letter: Letter) -> list[PaperSignature]:
    """Signatures on paper that this letter can rest on: of this matter and such a paper, entered since the
    draft was saved as it stands, not denied, not used up.
    """
    kind = "letter" if letter.document.kind in AMONG_OFFICES else "notice"
    rows = letter.matter.paper_signatures.filter(
        what__in=(kind, OTHER),
        signed_on__gte=letter.document.issued_on,
        entered_at__gte=letter.drafted_at,
    ).exclude(answer=PaperSignature.Answer.DENIED)
    used = Letter.objects.filter(signature__isnull=False).values("signature")
    wrote = drafters(letter)
    rows = rows.exclude(pk__in=used).exclude(leader__in=wrote).exclude(entered_by__in=wrote)
    return list(rows.select_related("leader").order_by("pk"))


def _law_is_missing(document: Document) -> str:
    """What is said when the profile asks for legal review and the act had none."""
    if not asks_law(document):
        return ""
    review = legal_review_of(document.approval) if document.approval else None
    if review is not None and review.agrees:
        return ""
    return "规则方案要求先经法制审核，还没有审核意见，不能签发。"


def _number(letter: Letter) -> None:
    """Draw the number, of the year the letter is dated: inside the transaction that freezes it, so a
    failure leaves no gap.
    """
    word, document, year = WORDS[letter.document.kind], letter.document, letter.signed_on.year
    letter.series, letter.year = f"{letter.body.code}/{word}", year
    letter.serial = draw(letter.series, year)
    document.number = f"{letter.body.code}{word}〔{year}〕{letter.serial}号"
    document.body_name = letter.body.name
    document.save()


def _keep(letter: Letter, by: Any) -> None:
    """Make the .docx and store it among the files of the matter, encrypted, with its hash."""
    matter = letter.matter
    data = filled(bytes(letter.template.content), words_of(letter))
    file = MatterFile(
        matter=matter, path=private_files.put(data, matter.data_key), kind=DOCX, size=len(data),
        sha256=hashlib.sha256(data).hexdigest(), added_by=by, added_at=now(),
    )  # fmt: skip
    file.put("name", f"{letter.document.get_kind_display()} {letter.document.number}.docx")
    file.save()
    letter.file = file


def taken(document: Document, by: Any) -> Document:
    """The document, its matter locked and visible; for whoever may prepare its letter."""
    matter = taken_up(document.matter, by)
    row = Document.objects.select_related("move", "approval", "signed_by").get(
        pk=document.pk, matter=matter
    )
    row.matter = matter
    if not may_prepare(by, row):
        raise PermissionDenied
    return row
