"""Happenings of the tests, and what came of them."""

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from office import clock
from office.history import acting
from office.models import Delivery, Deputy, Leave, Limit, NoticeChoice, NoticeText
from office.outbox.posting import Happening, post
from office.outbox.sending import take_up

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)
NIGHT = datetime(2026, 11, 23, 23, 30, tzinfo=ZONE)
MOBILE = "19900001234"


def due(street, *people, key="1", **more):
    """XF2026-000318 is due soon; told to these people."""
    facts = {
        "编号": "XF2026-000318", "期限": date(2026, 11, 26), "天数": 3, "单位": street.social
    }  # fmt: skip
    return Happening("due_soon", key, people, facts, **more)


def tell(*happenings, at=NOON):
    with clock.at(at), transaction.atomic():
        for one in happenings:
            post(one)


def send_all(at=NOON, channels=("mail", "sms")):
    """Everything that is due at a moment; how many deliveries were taken up."""
    count = 0
    with clock.at(at):
        for channel in channels:
            while take_up(channel, at, bool):
                count += 1
    return count


def rows(person, channel=None):
    found = Delivery.objects.filter(person=person).order_by("pk")
    return list(found.filter(channel=channel) if channel else found)


def ways(person):
    return {row.channel for row in rows(person)}


def reachable(person, email="cheng@yunhu.example", phone=MOBILE):
    """Somebody who can be reached by every way."""
    with acting(None, "测试"):
        person.email, person.phone = email, phone
        person.save()
    return person


def choose(person, **fields):
    with acting(person, "测试"):
        NoticeChoice(person=person, **fields).save()


def stand_in(principal, deputy, since=date(2026, 11, 20), until=date(2026, 11, 25)):
    with acting(None, "测试"):
        Deputy(post=principal.posts.get(), user=deputy, valid_from=since, valid_to=until).save()


def away(person, since=date(2026, 11, 20), until=date(2026, 11, 25)):
    with acting(None, "测试"):
        Leave(person=person, valid_from=since, valid_to=until).save()


def messages():
    """What the file gateway holds, oldest name first."""
    folder = Path(settings.VAR_DIR) / "sms"
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def set_text(key, body, title=""):
    with acting(None, "测试"):
        NoticeText(key=key, title=title, body=body).save()


def set_limit(key, value):
    with acting(None, "测试"):
        Limit(key=key, value=value).save()


def only(person, channel):
    [row] = rows(person, channel)
    return row
