"""The ways out of the house: which are set up, where they lead, and what may go wrong there."""

import re
from collections.abc import Callable
from uuid import UUID

from django.conf import settings

from office.models import User
from office.outbox import mail, sms
from office.outbox.kinds import Channel

#: way → function (address, title, words, ref) -> what the other side calls it; raises `Refused`,
#: `Unreached`. The same ref is the same message: a gateway that had it sends nothing again.
SEND: dict[str, Callable[[str, str, str, UUID], str]] = {
    Channel.MAIL: mail.send,
    Channel.SMS: sms.send,
}
#: way → the kind of long work that sends by it (`registries.long_jobs`)
LANES = {Channel.MAIL: "mails", Channel.SMS: "messages"}
_MOBILE = re.compile(r"1[3-9]\d{9}")


def ready(channel: str) -> bool:
    """Whether this installation can send this way at all."""
    return {
        Channel.BELL: True,
        Channel.MAIL: settings.MAIL_ON,
        Channel.SMS: bool(settings.SMS_GATEWAY),
    }[Channel(channel)]


def mail_address(person: User) -> str:
    return person.email


def mobile_of(phone: str) -> str:
    """The eleven digits of a Chinese mobile number, "" for any other phone."""
    digits = re.sub(r"[\s()（）-]", "", phone).removeprefix("+86")
    return digits if _MOBILE.fullmatch(digits) else ""
