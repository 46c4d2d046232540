"""Between browser and view: who is acting, from where, and what the browser is told."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from office.forms import owner_mark
from office.history import current
from office.http import ActingUser, KeepForm, SecurityHeaders, address_of
from office.looks import log_look
from office.models import KeptForm, Look
from tests.conftest import make_person


def request_to(path="/admin/", user=None, **meta):
    request = RequestFactory().get(path, **meta)
    request.user = user or AnonymousUser()
    request.session = SessionStore()
    return request


def seen_by_the_view(request):
    """Who is behind a write made by the view of this request."""
    found = []

    def view(request):
        found.append(current())
        return HttpResponse()

    ActingUser(view)(request)
    return found[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("10.1.2.3", "", "10.1.2.3"),
        ("10.1.2.3", "1.2.3.4", "10.1.2.3"),  # a stranger's header counts for nothing
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("127.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),  # what the caller wrote comes first
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "2001:0db8:0::7", "2001:db8::7"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "1.2.3.4, <script>", "127.0.0.1"),
        ("127.0.0.1", "1.2.3.4:5678", "127.0.0.1"),
        ("", "1.2.3.4", ""),
        ("unix:", "", ""),
    ],
)
def test_the_callers_address_is_the_proxys_word_only_where_the_proxy_is_ours(
    peer, forwarded, address
):
    meta = {"REMOTE_ADDR": peer, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})}
    assert address_of(request_to(**meta)) == address


def test_inside_the_back_office_the_person_is_behind_every_write(cast):
    who = seen_by_the_view(request_to(user=cast.officer, REMOTE_ADDR="10.1.2.3"))
    assert (who.user, who.post) == (cast.officer, cast.officer.posts.get())
    assert (who.address, who.reason) == ("10.1.2.3", "")


def test_outside_nobody_is_behind_a_write(cast):
    assert seen_by_the_view(request_to("/", user=cast.officer)).user is None
    assert seen_by_the_view(request_to("/admin/login/")).user is None


def test_the_next_request_knows_nothing_of_the_last_person(cast):
    seen_by_the_view(request_to(user=cast.officer))
    assert current().user is None

    def broken(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ActingUser(broken)(request_to(user=cast.officer))
    assert current().user is None


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/nowhere/"])
def test_nothing_of_the_back_office_stays_in_a_cache(cast, login, path):
    for browser in (login(cast.officer), login(cast.editor)):
        response = browser.get(path)
        assert "no-store" in response.headers["Cache-Control"]
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'self'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"


def test_a_public_page_runs_no_inline_script(rf):
    public, inside = (
        SecurityHeaders(lambda request: HttpResponse())(rf.get(path)).headers
        for path in ("/", "/admin/x/")
    )
    assert "unsafe-inline" not in public["Content-Security-Policy"]
    assert ("Cache-Control" in public, inside["Cache-Control"]) == (False, "no-store")
    assert "script-src 'self' 'unsafe-inline'" in inside["Content-Security-Policy"]


def test_a_view_that_is_stricter_stays_so(rf):
    strict = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    response = SecurityHeaders(lambda request: strict)(rf.get("/admin/x/"))
    assert response.headers["Content-Security-Policy"] == "sandbox"


def test_working_prolongs_the_session_and_idling_ends_it(cast, settings):
    settings.SESSION_COOKIE_AGE = 900
    request = request_to(user=cast.officer)
    request.session["seen"] = 0
    ActingUser(lambda request: HttpResponse())(request)
    first = request.session["seen"]
    assert (first > 0, request.session.get_expiry_age()) == (True, 900)
    request.session.modified = False

    ActingUser(lambda request: HttpResponse())(request)
    assert (request.session["seen"], request.session.modified) == (first, False)


def test_a_session_nobody_used_for_a_quarter_of_an_hour_is_over(cast, login):
    client = login(cast.officer)
    assert client.get("/admin/").status_code == 200
    session = client.session
    late = timezone.now() + timedelta(minutes=16)
    assert session.get_expiry_date() < late


@pytest.mark.parametrize(
    ("method", "path", "logged_in", "kept"),
    [
        ("post", "/admin/x/", False, True),
        ("get", "/admin/x/", False, False),
        ("post", "/x/", False, False),
        ("post", "/admin/x/", True, False),
    ],
)
def test_only_a_form_sent_to_the_back_office_without_a_session_is_kept(
    street, rf, method, path, logged_in, kept
):
    person = make_person("zhangsan", "张小三", "officer", street.social)
    request = getattr(rf, method)(path, {"form_owner": owner_mark(person), "text": "长长的一段"})
    request.user = person if logged_in else AnonymousUser()
    answer = KeepForm(lambda request: HttpResponse("the view"))(request)

    assert KeptForm.objects.exists() is kept
    assert (answer.content == b"the view") is not kept


def test_a_look_is_written_whatever_the_proxy_says(cast, login):
    with_garbage = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "not an address"}
    request = request_to(user=cast.officer, **with_garbage)

    def view(request):
        log_look(request.user, cast.officer, "姓名", purpose="核对通讯录")
        return HttpResponse()

    ActingUser(view)(request)
    assert Look.objects.get().address == "127.0.0.1"
