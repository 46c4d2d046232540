"""Gateways of text messages, chosen by SMS_GATEWAY: `console`, `file`, or an http(s) address.

The first two are for trying out: they show the number masked and reach nobody. The third posts JSON

    {"key": ref, "phone": "13812345678", "text": words}

with the headers X-Key (the same ref: a gateway that had it sends nothing again), X-Time (seconds
since 1970) and X-Signature: HMAC-SHA256 under SMS_SECRET, in hex, over X-Time, a line feed and the
body. It answers 2xx with {"id": …}; 408, 425, 429 and 5xx are tried again, and so are 401, 403 and 404,
which speak of our secret, clock or address and not of the message; other codes are final.
What became of the message it tells later, signed alike (`office/outbox/receipts.py`).
"""

import hashlib
import hmac
import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import requests
from django.conf import settings

from office.clock import now
from office.masking import mask_phone
from office.outbox.outcomes import Refused, Unreached

_TIMEOUT = (5, 20)  # seconds to connect, and between two bytes of the answer
_LATER = {408, 425, 429}
_OURS = {401, 403, 404}
_PLAIN = re.compile(r"[\w.:-]{1,80}")


def send(phone: str, title: str, words: str, ref: UUID) -> str:
    """Hand one text message to the gateway; its id there. Raises Refused or Unreached."""
    name = settings.SMS_GATEWAY
    if name == "console":
        sys.stdout.write(f"短信 {mask_phone(phone)}：{words}\n")
        sys.stdout.flush()
        return str(ref)
    if name == "file":
        return _to_file(phone, words, ref)
    return _to_http(name, phone, words, ref)


def _to_file(phone: str, words: str, ref: UUID) -> str:
    """One file a message, named by its key and put there whole: the same message is there once."""
    folder = Path(settings.VAR_DIR) / "sms"
    told = {"key": str(ref), "phone": mask_phone(phone), "text": words}
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f"{ref}.{os.getpid()}.part"
        draft.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(folder / f"{ref}.json")
    except OSError as error:
        raise Unreached(f"短信文件写不进去（{type(error).__name__}）。") from None
    return str(ref)


def _to_http(url: str, phone: str, words: str, ref: UUID) -> str:
    body = json.dumps({"key": str(ref), "phone": phone, "text": words}, ensure_ascii=False).encode()
    at = str(int(now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Key": str(ref),
        "X-Time": at,
        "X-Signature": signature(at, body),
    }
    with requests.Session() as session:
        session.trust_env = False  # to the gateway and nowhere else
        session.verify = settings.SMS_CA or True
        try:
            answer = session.post(
                url, data=body, headers=headers, timeout=_TIMEOUT, allow_redirects=False
            )
        except OSError as error:  # as all errors of requests are
            raise Unreached(f"短信网关没有应答（{type(error).__name__}）。") from None
    if answer.status_code in _LATER or answer.status_code >= 500:
        raise Unreached(f"短信网关暂时不收（{answer.status_code}）。")
    if answer.status_code in _OURS:
        raise Unreached(
            f"短信网关不认我们（{answer.status_code}），请系统管理员核对网关地址、密钥和服务器时间。"
        )
    if not answer.ok or answer.is_redirect:
        raise Refused(f"短信网关拒收（{answer.status_code}），请核对号码和短信内容。")
    return _id_in(answer)


def problem() -> str:
    """What is wrong with the settings of the gateway, for whoever set them; "" for nothing."""
    name = settings.SMS_GATEWAY
    address = urlsplit(name)
    if name in ("", "console", "file"):
        return ""
    if address.scheme not in ("http", "https") or not address.hostname:
        return "SMS_GATEWAY is neither console, file nor an address"
    if address.scheme == "http" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
        return "SMS_GATEWAY would carry phone numbers over plain http"
    return "" if settings.SMS_SECRET else "SMS_GATEWAY needs SMS_SECRET"


def _id_in(answer: requests.Response) -> str:
    """The gateway's id of the message; "" when it gives none that may be kept."""
    try:
        found = answer.json()
    except ValueError:
        return ""
    told = str(found.get("id", "")) if isinstance(found, dict) else ""
    return told if _PLAIN.fullmatch(told) else ""


def signature(at: str, body: bytes) -> str:
    """The signature of a body sent at `at` (seconds since 1970, as text)."""
    secret = settings.SMS_SECRET.encode()
    return hmac.new(secret, at.encode() + b"\n" + body, hashlib.sha256).hexdigest()
