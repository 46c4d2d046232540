"""System checks of the kernel."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from office import triggers
from office.outbox import mail, sms
from office.registries import searchable
from office.search.pieces import kind_number
from office.search.upkeep import problems as search_problems
from office.vault import VaultError, keys


@register(Tags.security, deploy=True)
def key_files(**kwargs: Any) -> list[Any]:
    """The key files exist (`manage.py make_keys` makes them)."""
    found: list[Any] = []
    if settings.SECRET_KEY_MISSING:
        found.append(Error("secret_key is missing", hint="manage.py make_keys", id="office.E001"))
    try:
        keys()
    except VaultError as error:
        found.append(Error(str(error), hint="manage.py make_keys", id="office.E002"))
    return found


@register(Tags.security, deploy=True)
def demo_mode(**kwargs: Any) -> list[Any]:
    """Demo accounts share one password: never in earnest."""
    if settings.DEMO and not settings.INSECURE_HTTP:
        return [Warning("DEMO=1 outside a demo", hint="unset DEMO", id="office.W003")]
    return []


@register(Tags.security)
def gateway(**kwargs: Any) -> list[Any]:
    """Text messages go to a gateway by TLS, and are signed."""
    problem = sms.problem()
    return [Error(problem, hint="see the README", id="office.E007")] if problem else []


@register(Tags.security)
def mail_server(**kwargs: Any) -> list[Any]:
    """The password of the mail account travels by TLS alone."""
    problem = mail.problem()
    return [Error(problem, hint="see the README", id="office.E008")] if problem else []


@register(Tags.database)
def append_only(databases: Any = None, **kwargs: Any) -> list[Any]:
    """Every history table has its triggers."""
    if not databases:
        return []
    absent = triggers.missing()
    if not absent:
        return []
    listed = ", ".join(absent[:6])
    return [Error(f"missing triggers: {listed}", hint="manage.py migrate", id="office.E004")]


@register(Tags.models)
def kinds_of_search(**kwargs: Any) -> list[Any]:
    """No two kinds of record share the number under which the search index keeps them."""
    numbers: dict[int, str] = {}
    found = []
    for kind in searchable:
        other = numbers.setdefault(kind_number(kind), kind)
        if other != kind:
            text = f"{kind} and {other} share a number in the search index: rename one"
            found.append(Error(text, id="office.E005"))
    return found


@register(Tags.database)
def search_index(databases: Any = None, **kwargs: Any) -> list[Any]:
    """What the search relies on: FTS5 or the GIN index, the tokenizer, the encoding."""
    if not databases:
        return []
    hint = "manage.py reindex_search --anew"
    return [Error(problem, hint=hint, id="office.E006") for problem in search_problems()]
