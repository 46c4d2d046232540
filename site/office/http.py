"""Middleware: who is acting, security headers, and forms sent after the session had ended."""

from collections.abc import Callable
from ipaddress import ip_address
from time import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from office.forms import keep_form
from office.history import acting
from office.posts import posts_of
from office.showing import watched

Handler = Callable[[HttpRequest], HttpResponse]

ADMIN = "/admin/"
_REFRESH = 60  # seconds between two prolongations of a session

#: Wagtail's editor needs inline scripts (wagtail.md §8); the public face allows none.
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self';"
    " form-action 'self'; frame-ancestors 'self'"
)
ADMIN_POLICY = _POLICY + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"


def address_of(request: HttpRequest) -> str:
    """The caller's address, "" when unknown; a proxy's header counts only from this machine."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if forwarded and peer in {"127.0.0.1", "::1"}:
        return _address(forwarded.split(",")[-1]) or peer
    return _address(peer)


def _address(text: str) -> str:
    """An IP address in its plain form; "" for anything else, which no column could take."""
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""


class SecurityHeaders:
    """Content security policy for both faces; record pages stay out of every cache."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        inside = request.path.startswith(ADMIN)
        response.headers.setdefault("Content-Security-Policy", ADMIN_POLICY if inside else _POLICY)
        if inside:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class KeepForm:
    """A form of ours sent without a live session is kept, encrypted, until its person logs in."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        late = (
            request.method == "POST"
            and request.path.startswith(ADMIN)
            and not request.user.is_authenticated
            and "form_owner" in request.POST
        )
        return (keep_form(request) if late else None) or self.handler(request)


class ActingUser:
    """Inside the admin the logged-in person is behind every write; activity prolongs the session.

    And nothing personal is opened for them before they have looked (`office.showing`).
    """

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADMIN):
            return self.handler(request)
        user = request.user if request.user.is_authenticated else None
        if user is not None and time() - request.session.get("seen", 0) > _REFRESH:
            request.session["seen"] = int(time())
            request.session.set_expiry(settings.SESSION_COOKIE_AGE)
        post = next(iter(posts_of(user)), None) if user else None
        with acting(user, post=post, address=address_of(request)), watched():
            return self.handler(request)
