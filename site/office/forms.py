"""Forms that lose nothing and double nothing.

Every form of ours carries `{% form_guard %}`: a token that makes a second click lead to the first
result, and the signed name of its person, so that a form sent after the session had ended can be
kept and sent again after logging in.
"""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from office.clock import today
from office.models import FormToken, KeptForm
from office.vault import decrypt, encrypt, new_data_key

_OWNER = TimestampSigner(salt="office.form_owner")
OWNER_LASTS = timedelta(hours=12)
_LABEL = "office.keptform.body"
_LONGEST_PATH = 500  # characters; as wide as the columns that keep an address
_MOST = 20  # kept forms of one person
_LARGEST = 2 * 1024 * 1024  # bytes of a kept form; attachments are chosen again


def owner_mark(user: Any) -> str:
    """The signed value of the hidden field `form_owner`."""
    return _OWNER.sign(str(user.pk))


def form_token(request: HttpRequest) -> uuid.UUID:
    """The token of a sent form. Raises ValidationError when it is missing or made up."""
    try:
        return uuid.UUID(request.POST.get("form_token", ""))
    except ValueError as error:
        raise ValidationError("表单缺少校验信息，请返回上一页刷新后再提交。") from error


def first_result(request: HttpRequest) -> HttpResponseRedirect | None:
    """Where the first sending of this form led, or None when it was not carried out yet."""
    done = FormToken.objects.filter(pk=form_token(request), user=request.user).first()
    if done is None:
        return None
    messages.info(request, "这份表单刚才已经提交，没有重复办理。")
    return HttpResponseRedirect(done.result)


def once(request: HttpRequest, act: Callable[[], str]) -> HttpResponseRedirect:
    """Carry out `act` (which returns the address to go on to) exactly once for this form.

    One transaction holds the token and all that `act` writes; what `act` raises undoes both.
    """
    if (done := first_result(request)) is not None:
        return done
    token = FormToken(pk=form_token(request), user=request.user, result="")
    try:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    token.save(force_insert=True)
            except IntegrityError as error:
                raise _Doubled from error
            token.result = act()
            token.save(update_fields=["result"])
    except _Doubled:
        return first_result(request) or redirect(request.path)
    return HttpResponseRedirect(token.result)


class _Doubled(Exception):
    """The same form arrived twice at the same moment; the other one is carried out."""


def keep_form(request: HttpRequest) -> HttpResponse | None:
    """Keep a late form and send its person to the login page; None when it is not one of ours."""
    try:
        owner = int(_OWNER.unsign(request.POST["form_owner"], max_age=OWNER_LASTS))
    except (BadSignature, ValueError):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    body, path = json.dumps(fields, ensure_ascii=False).encode(), request.get_full_path()
    too_many = KeptForm.objects.filter(owner_id=owner).count() >= _MOST
    if len(body) > _LARGEST or len(path) > _LONGEST_PATH or too_many:
        return None
    with transaction.atomic():
        key = new_data_key()
        key.save()
        kept = KeptForm.objects.create(
            key=key, path=path, owner_id=owner, body=encrypt(key, _LABEL, body)
        )
    back = reverse("office_kept_form", args=[kept.ref])
    return redirect(f"{reverse('wagtailadmin_login')}?{urlencode({'next': back})}")


def kept_fields(kept: KeptForm) -> list[tuple[str, str]]:
    """Names and values of a kept form, in order."""
    fields = json.loads(decrypt(kept.key, _LABEL, bytes(kept.body)))
    return [(name, value) for name, value in fields]


def safe_path(path: str) -> str:
    """A path of this site, or the admin's home for anything else: other sites, bare words."""
    good = path.startswith("/") and len(path) <= _LONGEST_PATH
    good = good and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if good else reverse("wagtailadmin_home")


def sweep_forms(moment: Any) -> None:
    """Remove kept forms after a day and used tokens after a week."""
    for kept in KeptForm.objects.filter(at__lt=moment - timedelta(days=1)).select_related("key"):
        kept.key.delete()
    FormToken.objects.filter(at__lt=moment - timedelta(days=7)).delete()


def drop_forms(*parts: str) -> None:
    """Remove the kept forms of a record that is destroyed: those whose address has all these parts."""
    rows = KeptForm.objects.select_related("key")
    for part in parts:
        rows = rows.filter(path__contains=part)
    for kept in rows:
        kept.key.delete()


def today_or_earlier(value: Any) -> None:
    """Validator: a date that is not in the future."""
    if value and value > today():
        raise ValidationError("日期不能晚于今天。")
