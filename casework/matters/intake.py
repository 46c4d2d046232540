"""The one door in: every arrival becomes an item and one or several matters."""

import json
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from casework.matters.contacts import digits_of, id_hash, name_hash, phone_hash, title_gap
from casework.matters.counting.ledger import start
from casework.matters.entering import late
from casework.matters.models import Item, ItemLink, Matter, Move, Petitioner
from casework.matters.moving import as_of, log_move
from casework.matters.permissions import may_speak_for
from casework.matters.profiles import deadline_of, limits_of, profile_on
from casework.matters.recusals import carry_recusals
from casework.matters.sealed.envelope import Envelope, envelope_gaps, keep
from casework.matters.sealed.keys import key_for
from casework.matters.states import SENT_TO_US, Channel, Klass, Path, State
from office.clock import now, today
from office.history import because, current
from office.models import Unit
from office.numbers import draw
from office.vault import keyed_hash, new_data_key

SEALED_TITLE = "密件（不开封转交）"
_VERB, _SEALED_VERB = "matters.add_matter", "matters.enter_sealed"


@dataclass(frozen=True)
class Person:
    """A petitioner as told at the counter; everything but one way of naming them may be empty.

    as_is: fields whose odd number stands so on the paper, as the registrar said.
    """

    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    contact_note: str = ""
    kind: str = "person"
    main: bool = True
    as_is: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """What came in. `claims`: (title, text) for each matter the arrival opens, at least one.

    sender_due: the last day the sender set, beside the statutory one.
    extra: (heading, text) of what a sender's sheet says beside our fields, its limit among them.
    envelope: of class B alone, what may be seen from outside and whether the content is stored.
    late_reason: why somebody enters it long after it came in (`entering.late`).
    """

    channel: str
    received_on: date
    claims: Sequence[tuple[str, str]] = ()
    people: Sequence[Person] = ()
    klass: str = ""
    path: str = ""
    category: Any = None
    community: Unit | None = None
    grid: Unit | None = None
    place: str = ""
    people_count: int = 1
    representatives: int = 0
    source: str = ""
    source_number: str = ""
    sender_due: date | None = None
    extra: Sequence[tuple[str, str]] = ()
    complete: bool = True
    envelope: Envelope = Envelope()
    late_reason: str = ""


def register(arrival: Arrival, *, by: Any, at: datetime | None = None) -> tuple[Item, list[Matter]]:
    """Register an arrival: an item, its matters with their numbers, clocks and first moves.

    A class B arrival becomes a sealed matter: its title is fixed, no subject and no community is
    stored, and text, people and place only when its envelope was opened.
    Raises ValidationError (field → sentence) and writes nothing when something is wrong.
    """
    moment = at or now()
    sealed = arrival.klass == Klass.REPORT
    late_gap = late.gap(arrival.received_on, arrival.late_reason, moment)
    _check(arrival, sealed, by, {} if sealed or by is None else late_gap)
    with transaction.atomic():
        item = _item(arrival, by, moment, sealed)
        matters = [
            _open(item, arrival, claim, by, moment)
            for claim in (_sealed_claim(arrival) if sealed else arrival.claims)
        ]
    return item, matters


def _sealed_claim(arrival: Arrival) -> Sequence[tuple[str, str]]:
    told = "\n\n".join(text for _, text in arrival.claims) if arrival.envelope.opened else ""
    return ((SEALED_TITLE, told),)


def sender_day(matter: Matter) -> date | None:
    """The last day the sender of a matter set; None when they set none, or took it back."""
    rows = matter.clocks.filter(kind="sender").exclude(ended_by=None, status="dropped")
    days = rows.order_by("-pk").values_list("due_on", flat=True)
    return days.first()


def open_another(item: Item, arrival: Arrival, *, by: Any) -> list[Matter]:
    """Open further matters from an arrival that is already registered (一信多诉).

    Whoever stays out of one of its matters stays out of the new ones. The arrival was taken in
    before, so the new matters count as complete: opening them gives nobody a task with the people's
    data. Raises PermissionDenied for all but the arrival's registrar and the office head.
    """
    if by is not None and not may_speak_for(by, item):
        raise PermissionDenied
    if item.sealed or arrival.klass == Klass.REPORT:
        raise ValidationError("检举控告件不另立事项：请单独按“密件（不开封转交）”登记。")
    _check(arrival, sealed=False)
    arrival = replace(arrival, complete=True)
    with transaction.atomic():
        found = [_open(item, arrival, claim, by, now()) for claim in arrival.claims]
        carry_recusals(item, today())
    return found


def query_code(item: Item) -> str:
    """The eight digits with which the petitioner looks the arrival up; a new round, a new code."""
    digest = keyed_hash("query_code", f"{item.ref}:{item.code_round}")
    return f"{int(digest, 16) % 10**8:08d}"


def _item(arrival: Arrival, by: Any, moment: datetime, sealed: bool) -> Item:
    item = Item(
        pk=key_for(sealed),
        ref=uuid.uuid4(),
        channel=arrival.channel,
        received_on=arrival.received_on,
        registered_at=moment,
        registered_by=by,
        sealed=sealed,
    )
    # Sealed ones count apart: a gap among the others would tell that one came in.
    series, year = "LM" if sealed else "LJ", timezone.localtime(moment).year
    item.number = f"{series}{year}-{draw(series, year):06d}"
    with because("登记来件", **as_of(by, _SEALED_VERB if sealed else _VERB)):
        item.save()
    return item


def _open(
    item: Item, arrival: Arrival, claim: tuple[str, str], by: Any, moment: datetime
) -> Matter:
    sealed = arrival.klass == Klass.REPORT
    if sealed:
        arrival = _without_content(arrival)
    key = new_data_key()
    key.save()
    matter = Matter(
        pk=key_for(sealed),
        title=claim[0].strip(),
        channel=arrival.channel,
        klass=arrival.klass,
        path=arrival.path,
        category=arrival.category,
        community=arrival.community,
        grid=arrival.grid,
        received_on=arrival.received_on,
        people_count=arrival.people_count,
        representatives=arrival.representatives,
        source=arrival.source,
        source_number=arrival.source_number,
        complete=sealed or arrival.complete,
        state=State.SEALED if sealed else State.REGISTERED,
        sealed=sealed,
        registered_at=moment,
        registered_by=by,
        profile=profile_on(arrival.received_on),
        data_key=key,
    )
    matter.put("claim", claim[1].strip())
    matter.put("place", arrival.place.strip())
    if arrival.extra:
        matter.put("extra", json.dumps([list(pair) for pair in arrival.extra], ensure_ascii=False))
    matter.due_kind = "hand_over" if sealed else "notice"
    matter.due_on = deadline_of(matter, matter.due_kind, arrival.received_on).due_on
    if arrival.sender_due and arrival.sender_due < matter.due_on:
        matter.due_kind, matter.due_on = "sender", max(arrival.sender_due, arrival.received_on)
    series, year = "MJ" if sealed else "XF", timezone.localtime(moment).year
    matter.number = f"{series}{year}-{draw(series, year):06d}"
    _write(item, matter, arrival, by)
    return matter


def _write(item: Item, matter: Matter, arrival: Arrival, by: Any) -> None:
    """The new matter, what belongs to it, and its first move."""
    verb = _SEALED_VERB if matter.sealed else _VERB
    with because("登记", **as_of(by, verb)):
        matter.save()
        ItemLink(item=item, matter=matter).save()
        for person in arrival.people:
            add_petitioner(matter, person)
        late.note_late(matter, arrival.late_reason)
    row = log_move(
        matter, _beginning(arrival), by=by, on=arrival.received_on,
        summary=matter.get_channel_display(), verb=verb,
    )  # fmt: skip
    with because("登记", **as_of(by, verb)):
        _begin_clocks(matter, arrival, row)
    if matter.sealed:
        with because("密件登记", **as_of(by, verb)):
            keep(matter, arrival.envelope, by)


def _begin_clocks(matter: Matter, arrival: Arrival, row: Move) -> None:
    """What is owed from receipt on (art. 23), and by when the sender wants an answer."""
    day = arrival.received_on
    if matter.sealed:
        start(matter, "hand_over", day, move=row)
        return
    start(matter, "notice", day, move=row)
    start(matter, "routing", day, move=row)
    if matter.channel in SENT_TO_US:
        start(matter, "objection", day, move=row)
    if arrival.sender_due:
        due = max(arrival.sender_due, day)
        start(matter, "sender", day, move=row, due_on=due, article="来文要求")


def _beginning(arrival: Arrival) -> str:
    """The name of the first move."""
    if arrival.klass != Klass.REPORT:
        return "register"
    return "enter_sealed" if arrival.envelope.opened else "receive_sealed"


def _without_content(arrival: Arrival) -> Arrival:
    """What may be noted of class B: how and when it came and from whom on; nothing that could be
    counted by subject or place. The content goes along only when the envelope was opened.
    """
    kept = Arrival(
        channel=arrival.channel,
        received_on=arrival.received_on,
        klass=arrival.klass,
        source=arrival.source,
        source_number=arrival.source_number,
        envelope=arrival.envelope,
    )
    if not arrival.envelope.opened:
        return kept
    return replace(kept, people=arrival.people, place=arrival.place, extra=arrival.extra)


def add_petitioner(matter: Matter, person: Person) -> Petitioner:
    """Store a petitioner under the matter's key, with the hashes that serve exact look-up."""
    row = Petitioner(pk=key_for(matter.sealed), matter=matter, kind=person.kind, main=person.main)
    set_person(row, person)
    with because(with_stated(row, person)):
        row.save()
    return row


def with_stated(row: Petitioner, person: Person) -> str:
    """The reason in force, and which odd numbers were stated to stand so on the paper."""
    labels = "、".join(str(row._meta.get_field(name).verbose_name) for name in person.as_is)
    return f"{current().reason}（{labels}：经办人声明原样如此）" if labels else current().reason


def set_person(row: Petitioner, person: Person) -> None:
    """Put a person's data into a petitioner row (encrypted) and its hashes.

    Who reports somebody is never looked up: a sealed matter's people have no hashes.
    """
    for name in ("name", "phone", "id_number", "address", "contact_note"):
        row.put(name, getattr(person, name).strip())
    if row.matter.sealed:
        return
    row.name_hash = name_hash(person.name)
    row.phone_hash = phone_hash(person.phone)
    row.id_hash = id_hash(person.id_number)


def _plain(text: str) -> str:
    """Full-width letters and digits as plain ones: however it was typed, it is the same."""
    return unicodedata.normalize("NFKC", text)


def _check(
    arrival: Arrival, sealed: bool, by: Any = None, gaps: dict[str, str] | None = None
) -> None:
    """Raise ValidationError for what is wrong with an arrival, besides `gaps` already found."""
    gaps = dict(gaps or {}) | (envelope_gaps(arrival.envelope, by) if sealed else {})
    if arrival.received_on > today():
        gaps["received_on"] = "收到日期不能晚于今天。"
    if arrival.channel not in Channel.values:
        gaps["channel"] = "请选择信访形式。"
    if arrival.klass not in ("", *Klass.values):
        gaps["klass"] = "没有这个类别，请重新选择。"
    if arrival.path not in ("", *Path.values):
        gaps["path"] = "没有这个法定途径，请重新选择。"
    for name in ("source", "source_number"):
        gaps |= _too_long(name, getattr(arrival, name))
    if not sealed:
        if not arrival.claims or any(not title.strip() for title, _ in arrival.claims):
            gaps["title"] = "请用一句话写清是什么事。"
        for title, _ in arrival.claims:
            gaps |= _too_long("title", title)
        gaps |= people_gaps(arrival)
    if gaps:
        raise ValidationError(gaps)


def people_gaps(arrival: Arrival) -> dict[str, str]:
    """What is wrong with who came and how many: a name in a title, counts, too many speakers."""
    gaps: dict[str, str] = {}
    titles = ["".join(_plain(title).split()).upper() for title, _ in arrival.claims]
    if any(said in title for said in _telling(arrival.people) for title in titles):
        gaps["title"] = "标题里写了信访人的姓名、电话或证件号码。标题人人可见，请只写事情。"
    for told in filter(None, (title_gap(title) for title, _ in arrival.claims)):
        gaps["title"] = told
    if arrival.people_count < 1:
        gaps["people_count"] = "人数至少为 1。"
    limit = limits_of(profile_on(arrival.received_on))["representatives"]
    if arrival.representatives > limit.days:
        gaps["representatives"] = f"代表不超过 {limit.days} 人（{limit.article}）。"
    return gaps


def _telling(people: Sequence[Person]) -> set[str]:
    """What names a person in a title, written as titles are compared."""
    found = set()
    for person in people:
        names = "".join(_plain(person.name).split()).upper()
        number = "".join(_plain(person.id_number).split()).upper()
        found |= {text for text in (names, number) if len(text) > 1}
        found |= {digits for digits in [digits_of(person.phone)] if len(digits) > 6}
    return found


def _too_long(name: str, text: str) -> dict[str, str]:
    most = Matter._meta.get_field(name).max_length or 0
    return {name: f"不超过 {most} 个字。"} if len(text.strip()) > most else {}
