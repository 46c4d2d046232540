"""Receipts: the gateway tells what became of a text message.

It posts to /sms/receipt/ {"key": ref, "state": "arrived" or "lost", "code": "…"}, signed as our own
messages are (`office/outbox/sms.py`), within five minutes of X-Time. The same receipt again changes
nothing. Anything else is answered 403 without a word of what was wrong.
"""

import hmac
import json
import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from office.clock import now
from office.models import Delivery, DeliveryTry
from office.outbox.kinds import Channel
from office.outbox.sms import signature

State = Delivery.State
_AGE = 300  # seconds
_LARGEST = 4096  # bytes
_STATES = {"arrived": State.ARRIVED, "lost": State.GIVEN_UP}
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,8}")  # too short for a phone number


@csrf_exempt
@require_POST
def receipt(request: HttpRequest) -> HttpResponse:
    """One receipt: 204 when it is noted, 404 for a message we do not know, 403 for all else."""
    body = request.read(_LARGEST + 1)
    told = _told(body) if _signed(request, body) else None
    if told is None:
        return HttpResponse(status=403)
    return HttpResponse(status=204 if note(*told) else 404)


def _signed(request: HttpRequest, body: bytes) -> bool:
    at = request.headers.get("X-Time", "")
    given = request.headers.get("X-Signature", "")
    if not settings.SMS_SECRET or not re.fullmatch(r"\d{1,12}", at) or len(body) > _LARGEST:
        return False
    fresh = abs(now().timestamp() - int(at)) <= _AGE
    return fresh and hmac.compare_digest(signature(at, body).encode(), given.encode())


def _told(body: bytes) -> tuple[UUID, str, str] | None:
    """Key, state and code of a receipt; None for what is none."""
    try:
        found: Any = json.loads(body)
        key, state = UUID(found["key"]), _STATES[found["state"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    code = str(found.get("code", ""))
    return key, state, code if _CODE.fullmatch(code) else ""


@transaction.atomic
def note(key: UUID, state: str, code: str) -> bool:
    """Write down what became of a message; False when there is none with this key."""
    rows = Delivery.objects.select_for_update(of=("self",)).filter(channel=Channel.SMS)
    row = rows.filter(ref=key).first()
    if row is None:
        return False
    if row.state in (State.ARRIVED, state):
        return True
    said = "短信已到手机。" if state == State.ARRIVED else "运营商回执：没有送到手机。"
    row.state, row.outcome = state, f"{said}（{code}）" if code else said
    row.save(update_fields=["state", "outcome"])
    DeliveryTry.objects.create(delivery=row, at=now(), state=state, said=row.outcome)
    return True
