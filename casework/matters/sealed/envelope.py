"""What may be known of a sealed letter from outside, and what follows for who keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from casework.matters.models import Matter, SealedLetter
from casework.matters.models.sealed import Carrier
from casework.matters.recusals import recuse
from casework.matters.sealed.bodies import district
from casework.matters.sealed.holding import in_keeping, leads
from casework.matters.sealed.keeping import give_custody
from office.clock import today
from office.history import because

_ON_ENVELOPE = "信封上写明或来件中写明是被反映人"


@dataclass(frozen=True)
class Envelope:
    """The outside of a class B arrival.

    opened: its content was read or told and is stored too; named: staff of the street against whom
    it is directed, each kept away from it at once (《信访工作条例》 art. 30).
    """

    carrier: str = Carrier.ENVELOPE
    pieces: int = 1
    about_leader: bool = False
    named: Sequence[Any] = ()
    opened: bool = False


def envelope_gaps(envelope: Envelope, by: Any) -> dict[str, str]:
    """What is wrong with it: field → sentence."""
    gaps: dict[str, str] = {}
    if envelope.carrier not in Carrier.values:
        gaps["carrier"] = "请选择载体。"
    if envelope.pieces < 1:
        gaps["pieces"] = "份数至少为 1。"
    if by is not None and any(user.pk == by.pk for user in envelope.named):
        gaps["named"] = "反映您本人的来件不能由您登记，请原封交给另一位登记员或保管人。"
    return gaps


def keep(matter: Matter, envelope: Envelope, by: Any) -> SealedLetter:
    """Put a new sealed matter into the hands of its custodians; who is named gets nothing.

    Whoever entered it keeps it until the hand-over. Must run inside the registration's transaction.
    """
    letter = SealedLetter(
        matter=matter,
        opened=envelope.opened,
        carrier=envelope.carrier,
        pieces=envelope.pieces,
        about_leader=envelope.about_leader or any(map(leads, envelope.named)),
    )
    letter.save()
    for user in envelope.named:
        recuse(matter, user, kind="named", reason=_ON_ENVELOPE, by=by)
    give_custody(matter, by)
    return letter


def note_concerned(matter: Matter, *, about_leader: bool, named: Sequence[Any], by: Any) -> None:
    """Note later whom a sealed matter concerns; nothing that was noted is taken back here.

    Must run inside a transaction that holds the matter. Raises ValidationError when nothing new is
    said or a custodian names themselves.
    """
    if any(user.pk == by.pk for user in named):
        raise ValidationError({"named": "反映您本人的，请另一位保管人来记；您不能再保管这件。"})
    letter = letter_of(matter)
    leader = letter.about_leader or about_leader or any(map(leads, named))
    if leader == letter.about_leader and not named:
        raise ValidationError("没有新的内容：请勾选涉及街道领导，或选择被反映的工作人员。")
    with because("补记涉及人员"):
        letter.about_leader = leader
        letter.save()
    for user in named:
        recuse(matter, user, kind="named", reason=_ON_ENVELOPE, by=by)


def letter_of(matter: Matter) -> SealedLetter:
    """The outside of a sealed matter; an empty one for a matter that was sealed later on."""
    found = SealedLetter.objects.filter(matter=matter).first()
    if found is None:
        found = SealedLetter(matter=matter, opened=True, carrier=Carrier.SHEET)
    found.matter = matter
    return found


def where_to(matter: Matter) -> str:
    """To whom the envelope goes now, as a sentence for whoever holds it in hand."""
    letter, keepers = letter_of(matter), in_keeping(matter, today())
    if keepers:
        names = "、".join(str(user) for user in keepers)
        return f"请连同来件当面交给密件保管人：{names}。"
    if letter.about_leader:
        return (
            f"街道里没有可以保管它的保管人，又涉及街道领导：请不要交给街道的任何人，"
            f"原封直接送{district()}，取回签收单。"
        )
    return "没有可以保管它的保管人：请自己锁好，不要交给别人，报街道领导另行指定一位密件保管人。"
