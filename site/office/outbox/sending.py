"""Sending what waits in the outbox, again until it is done (`registries.long_jobs`).

A delivery is held by one worker, its try is counted before the gateway is asked, and its outcome is
written afterwards. A worker that is killed in between leaves it to be taken up again with the same
key: told at least once, and by a gateway that heeds the key exactly once.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet

from office import registries
from office.clock import now, today
from office.limits import limit
from office.models import Delivery, DeliveryTry, Notice, User
from office.outbox.kinds import Channel
from office.outbox.outcomes import Refused, Unreached
from office.outbox.posting import leave_soon
from office.outbox.quiet import hours_for, quiet_until
from office.outbox.reading import addresses
from office.outbox.texts import (
    LONGEST_TITLE,
    PHONE,
    filled,
    needs_number,
    published_number,
    text_key,
    texts_in_force,
)
from office.outbox.ways import SEND, mail_address, mobile_of, ready
from office.posts import sync_groups
from office.work import Overtaken, claim, keep_hold

State = Delivery.State
OPEN = (State.WAITING, State.FAILED)
OUTSIDE = (Channel.MAIL, Channel.SMS)
_PAUSES = (1, 5, 15, 60, 180, 360)  # minutes after the first, second … try; then always the last
_ASK_AGAIN = timedelta(hours=1)  # what waits for a setting is looked at again
_BROKEN_OFF = "发送时程序几次中断，已经停下；请系统管理员查看运行日志后重发。"
#: one sentence for whatever became of record and receiver: it tells no administrator of a recusal
_NOT_NOW = "这条通知已不适用，没有发送。"
log = logging.getLogger(__name__)


class _Later(Exception):
    """Not now, and no try: until when, and why in words."""

    def __init__(self, until: datetime, why: str) -> None:
        super().__init__(why)
        self.until, self.why = until, why


def due(channel: str, moment: datetime) -> QuerySet:
    """The deliveries of a way that are to be tried by this moment."""
    return Delivery.objects.filter(channel=channel, state__in=OPEN, next_at__lte=moment)


def take_up(channel: str, moment: datetime, stopping: Callable[[], bool]) -> bool:
    """Send the oldest delivery of this way that is due; whether there was one."""
    row = claim(due(channel, moment).select_related("notice", "person"), moment)
    if row is not None:
        deliver(row, moment)
    return row is not None


def deliver(row: Delivery, moment: datetime) -> None:
    """Send one delivery that is held here; its state says how that went.

    Raises OperationalError or InterfaceError when the database does not answer: it is taken up again
    later. Whatever else goes wrong counts as a try, so that it comes to an end somebody sees.
    """
    try:
        _try(row, moment)
    except Overtaken:
        log.warning("delivery %s was taken over by another worker", row.pk)


def _try(row: Delivery, moment: datetime) -> None:
    before, held = row.attempts, row.held_until
    try:
        address = _prepared(row, moment)
        known = SEND[row.channel](address, row.title, row.words, row.ref)
    except _Later as later:
        _put_off(row, later)
    except Refused as error:
        _end(row, State.GIVEN_UP, str(error))
    except Unreached as error:
        _again(row, str(error))
    except (OperationalError, InterfaceError, Overtaken):
        raise
    except Exception as error:
        log.exception("delivery %s", row.pk)
        present = Delivery.objects.values_list("held_until", flat=True).get(pk=row.pk)
        if present == held:  # nothing was counted yet, or what counts it was not written
            row.held_until = held
        row.attempts = before + 1
        _again(row, f"程序出错（{type(error).__name__}）；详情见运行日志。")
    else:
        _end(row, State.SENT, "已交给发送方。", external_id=known, sent_at=now())


def _prepared(row: Delivery, moment: datetime) -> str:
    """Where it goes. The try is counted and the words are fixed, before anything leaves.

    Raises Refused for who may not have it or cannot be reached, _Later for a better hour.
    """
    kind = registries.notices.get(row.notice.kind)
    if kind is None or row.channel not in kind.texts:
        raise Refused(_NOT_NOW)
    if too_old(row.notice, moment):
        raise Refused(f"过了 {limit('sending_days')} 天还没有发出，内容可能过时，不再发。")
    if not ready(row.channel):
        raise _Later(moment + _ASK_AGAIN, "这种发送方式没有设置，等系统管理员设置。")
    over = None if kind.urgent else quiet_until(moment, *hours_for(row.person_id))
    if over:
        raise _Later(over, "免打扰时间，过后再发。")
    if row.attempts >= limit("sending_tries"):
        raise Refused(_BROKEN_OFF)
    link, address = _way_to(row)
    title, words = row.title, row.words
    if not words:
        title, words = _words(row, link, moment)
    keep_hold(row, now(), attempts=row.attempts + 1, title=title, words=words)
    return address


def _way_to(row: Delivery) -> tuple[str, str]:
    """The link inside the back office and the address outside it. Raises Refused without one."""
    if row.person is None:
        phone = registries.phones[row.resident_kind](row.resident_id or 0, row.notice)
        if phone is None:
            raise Refused(_NOT_NOW)
        if not mobile_of(phone):
            raise Refused("登记的电话不是手机号，或已经销毁，短信发不了。")
        return "", mobile_of(phone)
    link = _open_to(row.person, row.notice)
    address = (
        mail_address(row.person) if row.channel == Channel.MAIL else mobile_of(row.person.phone)
    )
    if not address:
        raise Refused("收件人现在没有登记这种联系方式。")
    return link, address


def _open_to(person: User, notice: Notice) -> str:
    """The address the notice leads this person to. Raises Refused when it is no longer theirs."""
    if not person.is_active:
        raise Refused(_NOT_NOW)
    if person.groups_on != today():
        sync_groups(person, today())
    found = addresses(person, [notice])
    if notice.pk not in found:
        raise Refused(_NOT_NOW)
    return found[notice.pk]


def _words(row: Delivery, link: str, moment: datetime) -> tuple[str, str]:
    """Title and words by the text in force. Raises _Later while the number they name is not set."""
    key = text_key(row.notice.kind, row.channel)
    text, number = texts_in_force([key])[key], published_number()
    if needs_number(text) and not number:
        raise _Later(moment + _ASK_AGAIN, "还没有设置对外公布的办公电话，等系统管理员设置。")
    facts = {**row.notice.facts, PHONE: number}
    title, words = filled(text.title, facts)[:LONGEST_TITLE], filled(text.body, facts)
    if row.channel == Channel.MAIL and link:
        words = f"{words}\n\n{settings.WAGTAILADMIN_BASE_URL}{link}"
    return title, words


def _put_off(row: Delivery, later: _Later) -> None:
    with transaction.atomic():
        keep_hold(row, now(), next_at=later.until, outcome=later.why)
        row.held_until = None
        row.save(update_fields=["held_until"])


def _again(row: Delivery, said: str) -> None:
    """Not gone: to be tried after a longer pause, or given up after the last try."""
    if row.attempts >= limit("sending_tries"):
        _end(row, State.GIVEN_UP, f"试了 {row.attempts} 次没有发成：{said}")
        return
    pause = _PAUSES[min(max(row.attempts, 1), len(_PAUSES)) - 1]
    _end(row, State.FAILED, said, next_at=now() + timedelta(minutes=pause))


def _end(row: Delivery, state: str, said: str, **more: Any) -> None:
    """Note how this try went; what a receipt said meanwhile stays."""
    moment = now()
    with transaction.atomic():
        present = Delivery.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if present.state not in OPEN:
            state, said = present.state, present.outcome
        keep_hold(row, moment, state=state, outcome=said[:200], attempts=row.attempts, **more)
        row.held_until = None
        row.save(update_fields=["held_until"])
        DeliveryTry.objects.create(delivery=row, at=moment, state=state, said=said[:200])


def too_old(notice: Notice, moment: datetime) -> bool:
    """Whether what happened lies so far back that nothing leaves the house of it any more."""
    return moment - notice.at > timedelta(days=limit("sending_days"))


def send_again(pk: int, by: Any) -> bool:
    """Put a delivery that was given up back into the outbox; False when it is not given up.

    Somebody decided on it, so it gets a key of its own: a gateway takes it for a new message. Raises
    ValidationError for what is too old to be told.
    """
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).filter(channel__in=OUTSIDE)
        row = rows.select_related("notice").filter(pk=pk, state=State.GIVEN_UP).first()
        if row is None:
            return False
        if too_old(row.notice, now()):
            raise ValidationError(
                f"这条已经过了 {limit('sending_days')} 天，内容可能过时，不再发。"
            )
        row.state, row.attempts, row.next_at, row.ref = State.WAITING, 0, now(), uuid.uuid4()
        row.title, row.words, row.outcome = "", "", "由管理员重发。"
        row.save()
        DeliveryTry.objects.create(
            delivery=row, at=row.next_at, state=row.state, said=row.outcome, by=by
        )
        leave_soon(row.channel)
    return True
