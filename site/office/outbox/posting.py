"""Writing into the outbox: in the transaction of what happened, and once for each receiver.

Whoever stands in for a receiver today is told too; whoever is on leave is told as ever. Whether a
receiver may open the record is asked when it is shown or sent, not here: that may change between.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from office import registries
from office.bulk import insert_rows
from office.clock import now, today
from office.models import Delivery, Deputy, Notice, NoticeChoice, User
from office.outbox.kinds import Channel, NoticeKind, facts_told
from office.outbox.texts import (
    LONGEST_TITLE,
    PHONE,
    filled,
    published_number,
    text_key,
    texts_in_force,
)
from office.outbox.ways import LANES, mail_address, mobile_of, ready
from office.tasking import queue

State = Delivery.State
_AT_ONCE = 500  # happenings of one statement


@dataclass(frozen=True)
class Resident:
    """A receiver outside the house: the record in whose vault the number lies."""

    kind: str
    pk: int


@dataclass(frozen=True)
class Happening:
    """kind: declared in `registries.notices`; key: the same one is told once to each receiver.

    facts: placeholder → value (`kinds.Slot`); record: (kind, id) that receivers must be able to
    open; link: an address inside the back office, for what speaks of no record.
    """

    kind: str
    key: str
    receivers: Sequence[User | Resident]
    facts: Mapping[str, Any]
    record: tuple[str, int] | None = None
    link: str = ""


def post(happening: Happening) -> None:
    """Put one notice into the outbox; conditions as for `post_all`."""
    post_all([happening])


def post_all(happenings: Iterable[Happening]) -> None:
    """Put notices into the outbox, in some statements for each 500 of them.

    Must run inside the transaction of what happened (RuntimeError). Raises KeyError for a kind that
    is not declared, ValueError for facts that do not fit it. Telling it again does nothing for those
    who were told, and tells those who were not; what is told stays what was said first.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("post_all() outside a transaction could tell what never happened")
    listed = list(happenings)
    for start in range(0, len(listed), _AT_ONCE):
        _post_some(listed[start : start + _AT_ONCE])


def _post_some(happenings: list[Happening]) -> None:
    moment = now()
    notices, new = _notices(happenings, moment)
    people = _People(happenings)
    texts = texts_in_force(
        {
            text_key(one.kind, Channel.BELL)
            for one in happenings
            if Channel.BELL in registries.notices[one.kind].texts
        }
    )
    number = {PHONE: published_number()}
    rows: list[Delivery] = []
    again: list[Delivery] = []
    for one in happenings:
        notice = notices[_key(one)]
        first = notice.key in new
        new.discard(notice.key)  # told twice in one batch, the second is a repetition
        for row in people.rows_of(one):
            row.notice, row.next_at = notice, moment
            if row.channel == Channel.BELL:
                text, facts = texts[text_key(one.kind, row.channel)], {**notice.facts, **number}
                row.title = filled(text.title, facts)[:LONGEST_TITLE]
                row.words = filled(text.body, facts)
                row.state, row.sent_at = State.SENT, moment
            (rows if first else again).append(row)
    if rows:
        insert_rows(rows)
    Delivery.objects.bulk_create(again, ignore_conflicts=True)
    for way in {row.channel for row in rows + again} & LANES.keys():
        leave_soon(way)


def _notices(happenings: list[Happening], moment: datetime) -> tuple[dict[str, Notice], set[str]]:
    """Key → notice of each happening, and the keys that were not told of before."""
    made = {_key(one): _notice(one, moment) for one in reversed(happenings)}
    known = Notice.objects.filter(key__in=made)
    old = {row.key: row for row in known}
    new = [row for key, row in made.items() if key not in old][::-1]
    try:
        with transaction.atomic():
            if new:
                insert_rows(new)
    except IntegrityError:  # somebody else tells of the same in this moment
        Notice.objects.bulk_create(new, ignore_conflicts=True)
        return {row.key: row for row in known.all()}, set()
    return made | old, {row.key for row in new}


#: way → what a commit does so that its messages leave at once; the same object each time
_AFTER = {way: (lambda lane=lane: queue.put(lane)) for way, lane in LANES.items()}


def leave_soon(way: str) -> None:
    """Tell the worker of a way once the transaction at hand is committed, once a transaction.

    A queue that does not answer spoils nothing: the sweep finds what waits.
    """
    after = _AFTER[Channel(way)]
    if all(waiting[1] is not after for waiting in connection.run_on_commit):
        transaction.on_commit(after, robust=True)


def key_of(kind: str, key: str) -> str:
    """`Notice.key` of a happening."""
    return f"{kind}:{key}"


def _key(one: Happening) -> str:
    return key_of(one.kind, one.key)


def _notice(one: Happening, moment: datetime) -> Notice:
    kind, pk = one.record or ("", None)
    return Notice(
        at=moment,
        kind=one.kind,
        key=_key(one),
        record_kind=kind,
        record_id=pk,
        link=one.link,
        facts=facts_told(registries.notices[one.kind], one.facts),
    )


class _People:
    """The receivers of some happenings, who stands in for them today, and what they chose."""

    def __init__(self, happenings: list[Happening]) -> None:
        asked = {one.pk for each in happenings for one in each.receivers if isinstance(one, User)}
        self.people = User.objects.filter(is_active=True).in_bulk(list(asked))
        self.instead: dict[int, list[User]] = {}
        for deputy in _deputies(asked, today()):
            self.instead.setdefault(deputy.post.user_id, []).append(deputy.user)
        concerned = {*asked, *(one.pk for found in self.instead.values() for one in found)}
        rows = NoticeChoice.objects.filter(person__in=concerned)
        self.chosen = dict(rows.values_list("person_id", "channels"))
        self.ready = {way for way in Channel if ready(way)}

    def rows_of(self, one: Happening) -> Iterator[Delivery]:
        """Deliveries without notice and time: each person once, in their own right if they have it."""
        kind = registries.notices[one.kind]
        found: dict[int, tuple[User, int | None]] = {}
        for receiver in dict.fromkeys(one.receivers):
            if isinstance(receiver, Resident):
                yield from self._to_resident(kind, receiver)
            elif receiver.pk in self.people:
                found[receiver.pk] = (self.people[receiver.pk], None)
        for receiver in one.receivers:
            if isinstance(receiver, User) and not kind.personal:
                for deputy in self.instead.get(receiver.pk, ()):
                    found.setdefault(deputy.pk, (deputy, receiver.pk))
        for person, instead_of in found.values():
            for way in self._ways(kind, person):
                yield Delivery(channel=way, person=person, instead_of_id=instead_of)

    def _to_resident(self, kind: NoticeKind, receiver: Resident) -> Iterator[Delivery]:
        if not kind.residents or receiver.kind not in registries.phones:
            raise ValueError(f"{kind.key} is not told to {receiver.kind}")
        if Channel.SMS in self.ready:
            yield Delivery(
                channel=Channel.SMS, resident_kind=receiver.kind, resident_id=receiver.pk
            )

    def _ways(self, kind: NoticeKind, person: User) -> Iterator[str]:
        chosen = set(self.chosen.get(person.pk, {}).get(kind.key, kind.chosen))
        if kind.fixed:
            chosen.add(Channel.BELL)
        for way in Channel:
            reached = {
                Channel.BELL: True,
                Channel.MAIL: bool(mail_address(person)),
                Channel.SMS: bool(mobile_of(person.phone)),
            }[way]
            if way in chosen and way in kind.texts and way in self.ready and reached:
                yield way


def _deputies(people: set[int], day: Any) -> Iterable[Deputy]:
    """Who stands in on this day for a post that one of these people holds on it."""
    in_force = Q(post__valid_to=None) | Q(post__valid_to__gte=day)
    rows = Deputy.objects.filter(in_force, post__valid_from__lte=day, post__user__in=people)
    rows = rows.filter(valid_from__lte=day, valid_to__gte=day, user__is_active=True)
    return rows.select_related("user", "post").order_by("pk")
