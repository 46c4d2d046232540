"""An existing matter turns out to be a report on somebody's conduct: hidden at once (art. 30).

Sealing takes the matter out of every door but its custodians' in one transaction. It gets a number
of the sealed series; the number it had is kept by a void stand-in without content, so that the
visible series has no hole. What is done under seal stays under seal: the log of the record shows
none of it to those who see the matter again after an unsealing, only the audit page does.
"""

from typing import Any

from django.core.exceptions import ValidationError

from casework.matters.clocks import KINDS
from casework.matters.counting.ledger import drop_all, lead, resume, start
from casework.matters.effects.sealed import SERIES
from casework.matters.intake import Arrival, Person, register
from casework.matters.models import Custody, ItemLink, Matter, MatterFile, Move, Petitioner
from casework.matters.moving import as_of, carry_out, give_back, log_move
from casework.matters.queries import running
from casework.matters.recusals import carry_recusals, recuse
from casework.matters.sealed.handing import running_list
from casework.matters.sealed.holding import keepers
from casework.matters.sealed.keeping import give_custody
from casework.matters.searching import KIND, SAID
from casework.matters.states import UNDER_SEAL, State
from casework.matters.table import BY_NAME, LABELS
from casework.matters.terms import give_term
from office import search
from office.clock import today
from office.exporting.renewing import renew
from office.forms import drop_forms
from office.history import because
from office.history_view import FieldChange
from office.models import User
from office.private_files import load, put
from office.showing import unshown
from office.vault import new_data_key

STAND_IN_TITLE = "登记有误，编号作废"
ANEW_TITLE = "密件解除后转来，请补全标题"
ASK = "matters.ask_seal"
_NUMBER_TOLD = "（密件编号）"
_LISTS = ("matters", "changes", "looks")  # whose files may name a matter
#: what the number brings along: whatever carries the number carries it
_OF_THE_NUMBER = (
    "number", "channel", "received_on", "registered_at", "registered_by_id", "profile_id", "source",
    "source_number", "source_key", "from_ledger", "import_job_id",
)  # fmt: skip
#: what sealing and handing over change, given back by an unsealing
_GIVEN_BACK = (
    "number", "title", "klass", "complete", "lead_unit_id", "officer_id", "due_on",
    "due_kind", "closed_on", "retention", "keep_until",
)  # fmt: skip


def hindrance(matter: Matter, *, sealed: bool) -> str:
    """Why the matter cannot be sealed (or, with `sealed`, be kept so or unsealed); "" when it can."""
    if not sealed:
        return f"{matter.number} 已经是密件。" if matter.sealed else ""
    if matter.sealed and (listed := running_list(matter)) is not None:
        return f"{matter.number} 已列在转交清单 {listed} 上，请先作废这张清单。"
    if matter.sealed and matter.state in UNDER_SEAL:
        return ""
    return f"{matter.number} 现在是“{matter.get_state_display()}”，没有可以解除的密件。"


def keepers_of(matter: Matter) -> list[User]:
    """The custodians into whose hands this matter would come today."""
    out = set(matter.recusals.filter(running(today())).values_list("user_id", flat=True))
    return [user for user in keepers(today()) if user.pk not in out]


def seal(matter: Matter, *, by: Any, reason: str) -> None:
    """Hide the matter from everybody but its custodians, whoever asked included.

    The caller holds the lock and has checked the right. Raises ValidationError when nobody could
    keep it, or nobody but the asker could confirm.
    """
    if not [user for user in keepers_of(matter) if user.pk != by.pk]:
        raise ValidationError(
            "现在没有别的密件保管人可以接收和确认，转不了。请马上报街道领导指定密件保管人，再来办理。"
        )
    before = {name: getattr(matter, name) for name in _OF_THE_NUMBER}
    carry_out(matter, BY_NAME["seal"], by=by, on=today(), data={"note": reason})
    with because(LABELS["seal"], **as_of(by, ASK)):
        _stop_all(matter)
        give_custody(matter, None)
    _stand_in(matter, before)
    _forget(matter)


def _sealing(matter: Matter) -> Move | None:
    """The move that sealed the matter last."""
    return matter.moves.filter(name="seal").order_by("-pk").first()


def _stop_all(matter: Matter) -> None:
    """Under seal only the hand-over has a limit: what outlives other endings stops here too."""
    drop_all(matter, today(), set(KINDS) - {"hand_over"}, move=_sealing(matter))
    lead(matter)
    matter.save()


def keep_sealed(matter: Matter, *, by: Any, verb: str, note: str) -> Matter:
    """The second person confirms: it is a report and goes its way to the discipline body."""
    log_move(matter, "keep_sealed", by=by, on=today(), source=matter.state, note=note, verb=verb)
    return matter


def unseal(matter: Matter, *, by: Any, verb: str, note: str) -> Matter:
    """Give the matter back as it was before it was sealed, its number included.

    A letter that was sealed from the start is registered anew and its own number is void. Returns
    the matter that is open now. Raises ValidationError when it is not under seal.
    """
    if wrong := hindrance(matter, sealed=True):
        raise ValidationError(wrong)
    before = matter.history.filter(sealed=False).order_by("-history_id").first()
    return _anew(matter, by, note) if before is None else _back(matter, before, by, verb, note)


def number_told(old: Any, new: Any) -> list[FieldChange]:
    """A change of number as anybody reads it: sealed numbers count what nobody else may count."""
    was, now_is = (_plain_number(row.number) if row is not None else "" for row in (old, new))
    return [FieldChange("编号", was, now_is)] if was != now_is else []


def _plain_number(number: str) -> str:
    return _NUMBER_TOLD if SERIES in number else number


def _stand_in(matter: Matter, before: dict[str, Any]) -> None:
    """A void matter that keeps the number and looks like any other void one; nobody's act is told."""
    key = new_data_key()
    key.save()
    row = Matter(**before, title=STAND_IN_TITLE, state=State.VOID, closed_on=today(), data_key=key)
    give_term(row)
    with because(LABELS["void"], user=None, post=None, address=""):
        row.save()
        for link in matter.links.order_by("pk"):
            ItemLink(item_id=link.item_id, matter=row, kind=link.kind).save()
        # The number's own story: it was registered then, and it is void since today.
        first = matter.moves.filter(source="").order_by("pk").first()
        if first is not None:
            Move(
                matter=row, name=first.name, target=first.target, actor=first.actor,
                post=first.post, at=first.at, on=first.on, summary=first.summary,
            ).save()  # fmt: skip
        log_move(row, "void", by=None, on=today(), source=State.REGISTERED, note="登记有误。")


def _forget(matter: Matter) -> None:
    """Take the matter out of what was made of it before: the index, files to fetch, kept forms."""
    search.write(KIND, [matter.pk])
    search.write(SAID, [matter.pk])
    renew(_LISTS, matter.registered_at)
    drop_forms("/matters/", f"/{matter.pk}/")


def _back(matter: Matter, before: Any, by: Any, verb: str, note: str) -> Matter:
    """As it was before the sealing. The stand-in takes the sealed number over and is void with it."""
    sealed_number, source = matter.number, matter.state
    stand_in = Matter.objects.select_for_update().get(number=before.number)
    with because(LABELS["unseal"], **as_of(by, verb)):
        # Out of the way first: no two matters share a number, not even for a moment.
        source_key, stand_in.source_key = stand_in.source_key, ""
        stand_in.sealed = True
        stand_in.number = f"~{sealed_number}"
        stand_in.save()
        for custody in Custody.objects.filter(matter=matter, until=None):
            Custody(matter=stand_in, user_id=custody.user_id, since=today()).save()
            custody.until = today()
            custody.save()
        give_back(matter, before, _GIVEN_BACK)
        row = log_move(matter, "unseal", by=by, on=today(), source=source, note=note, verb=verb)
        _run_again(matter, before, row)  # while the row is under seal: so is what is logged of it
        matter.sealed, matter.source_key = False, source_key
        matter.save()
        stand_in.number = sealed_number
        stand_in.save()
    for link in matter.links.select_related("item"):
        carry_recusals(link.item, today())  # what came up meanwhile beside it, or at it
    for kind in (KIND, SAID):
        search.write(kind, [matter.pk, stand_in.pk])
    return matter


def _run_again(matter: Matter, before: Any, row: Move) -> None:
    """The clocks that ran when the matter was sealed run again; its hand-over has no limit any more."""
    drop_all(matter, row.on, ("hand_over",), move=row)
    if (sealed_by := _sealing(matter)) is not None:
        resume(matter, sealed_by, row.on, move=row)
    if matter.is_open and not matter.clocks.filter(status="running").exists():
        # Sealed before there was a ledger: the limit it had then.
        start(
            matter, before.due_kind, min(before.received_on, before.due_on), move=row,
            due_on=before.due_on,
        )  # fmt: skip
    lead(matter)


def _anew(matter: Matter, by: Any, note: str) -> Matter:
    """Register what was sealed from the start as an ordinary arrival; the sealed row ends void.

    What the row is called and where it stands would tell of the seal: so it is another row.
    """
    people = [_person(row) for row in matter.petitioners.order_by("pk")]
    arrival = Arrival(
        channel=matter.channel,
        received_on=matter.received_on,
        claims=[(ANEW_TITLE, matter.unlocked("claim"))],
        people=people,
        place=matter.unlocked("place"),
        source=matter.source,
        source_number=matter.source_number,
        complete=False,
        late_reason="密件解除后登记",
    )
    _, [found] = register(arrival, by=by)
    for conflict in matter.conflicts.order_by("pk"):
        if conflict.holds:
            recuse(
                found, conflict.user, kind=conflict.kind, reason=conflict.unlocked("reason"), by=by
            )
    for row in matter.files.filter(withdrawn=False).order_by("pk"):
        _move_file(row, found)
    data = {"note": note, "found": found}
    carry_out(matter, BY_NAME["unseal"], by=by, on=today(), data=data)
    return found


def _move_file(row: MatterFile, found: Matter) -> None:
    """What came with the letter goes with it, under the new matter's key."""
    with unshown():
        data = load(row.path, row.matter.data_key)
    names = ("kind", "size", "sha256", "received_sha256", "removed", "added_by_id", "added_at")
    again = MatterFile(
        matter=found, path=put(data, found.data_key), **{name: getattr(row, name) for name in names}
    )
    again.put("name", row.unlocked("name"))
    with because(LABELS["unseal"]):
        again.save()


def _person(row: Petitioner) -> Person:
    names = ("name", "phone", "id_number", "address", "contact_note")
    told = {name: row.unlocked(name) for name in names}
    return Person(**told, kind=row.kind, main=row.main)
