"""Drafts: what is being typed at the counter, kept on the server until it is sent, for its person alone.

A draft is a kept form (`office.forms`) under the address that goes on with it; encrypted like those,
gone the next day, and gone at once when the form is sent.
"""

import json
from typing import Any

from django.db import transaction
from django.http import QueryDict

from office.forms import kept_fields
from office.looks import Way, log_look
from office.models import KeptForm
from office.posts import posts_of
from office.vault import encrypt, new_data_key

_LABEL = "office.keptform.body"
_GOES_ON = "?draft=1"
_LARGEST = 200_000  # bytes: a draft is typed, not pasted by the megabyte
#: fields that are no part of what was typed
_GUARD = ("csrfmiddlewaretoken", "form_token", "form_owner", "draft_path")


def _rows(user: Any, path: str) -> Any:
    return KeptForm.objects.filter(owner=user, path=path + _GOES_ON).select_related("key")


def keep_draft(user: Any, path: str, sent: QueryDict) -> bool:
    """Keep what was typed so far instead of what was kept before; False when there is nothing."""
    fields = [
        (name, value)
        for name, values in sent.lists()
        for value in values
        if name not in _GUARD and isinstance(value, str)
    ]
    body = json.dumps(fields, ensure_ascii=False).encode()
    if not any(value.strip() for _, value in fields) or len(body) > _LARGEST:
        return False
    with transaction.atomic():
        drop_draft(user, path)
        key = new_data_key()
        key.save()
        KeptForm.objects.create(
            key=key, path=path + _GOES_ON, owner=user, body=encrypt(key, _LABEL, body)
        )
    return True


def drop_draft(user: Any, path: str) -> None:
    """Forget the draft of a form: it was sent, or is not wanted."""
    for kept in _rows(user, path):
        kept.key.delete()


def draft_of(user: Any, path: str) -> KeptForm | None:
    """The draft of the form at an address; None when there is none."""
    return _rows(user, path).order_by("-at").first()


def typed(user: Any, kept: KeptForm) -> QueryDict:
    """What a draft holds, as if it were sent. It may be anybody's data: a look is written first."""
    post = next(iter(posts_of(user)), None)
    told = "接着填写自动保存的内容"
    log_look(user, kept, "填写的内容", purpose=told, post=post, way=Way(typed=False))
    found = QueryDict(mutable=True)
    for name, value in kept_fields(kept):
        found.appendlist(name, value)
    return found
