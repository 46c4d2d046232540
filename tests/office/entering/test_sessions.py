"""A session ends by itself, on every device at once when its person says so, and with its account."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from office import clock
from office.clock import now
from office.entering.sessions import UNTIL, live
from office.forms import owner_mark
from office.history import acting
from office.models import DeskSession, KeptForm, SignIn, User
from tests.conftest import PASSWORD
from tests.english import english_left
from tests.office.exporting.desk import set_limit

BROWSER = "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36"


def enter(username="officer", **meta):
    client = Client(**meta)
    values = {"username": username, "password": PASSWORD}
    assert client.post("/admin/login/", values).status_code == 302
    return client


def over(client):
    """Let the session of this browser have lasted its time."""
    session = client.session
    session[UNTIL] = 1
    session.save()


def test_a_session_lasts_as_long_as_the_office_says_however_busy_one_is(cast):
    set_limit("session_hours", 8)
    client = enter()
    began = DeskSession.objects.get().began_at.timestamp()
    assert abs(client.session[UNTIL] - began - 8 * 3600) < 5
    assert client.get("/admin/").status_code == 200
    over(client)
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 302
    assert DeskSession.objects.get().ended_at is not None


def test_a_form_sent_after_that_is_kept(cast):
    client = enter()
    over(client)
    values = {"form_owner": owner_mark(cast.officer), "form_token": str(uuid4()), "kind": "leave"}
    answer = client.post("/admin/leave/", values)
    kept = KeptForm.objects.get()
    assert kept.owner == cast.officer
    assert str(kept.ref) in answer.url


def test_a_person_sees_their_devices_and_ends_all_but_this_one(cast):
    here = enter(HTTP_USER_AGENT=BROWSER, REMOTE_ADDR="10.0.0.1")
    there = enter(HTTP_USER_AGENT="Mozilla/5.0 (Android 14) Chrome/120", REMOTE_ADDR="10.0.0.2")
    page = here.get("/admin/sessions/").content.decode()
    for word in ("Chrome / Windows", "Chrome / 安卓手机", "10.0.0.2", "就是这里"):
        assert word in page
    assert english_left(page, allowed=["chrome", "windows"]) == []
    done = here.post("/admin/sessions/", {"form_token": str(uuid4())})
    assert done.status_code == 302
    assert here.get("/admin/").status_code == 200
    assert there.get("/admin/").status_code == 302
    assert [row.address for row in live(cast.officer, now())] == ["10.0.0.1"]
    assert SignIn.objects.filter(what="others", account=cast.officer).exists()
    assert enter().get("/admin/").status_code == 200


def test_a_made_up_form_ends_nothing(cast):
    here, there = enter(), enter()
    here.post("/admin/sessions/", {})
    assert there.get("/admin/").status_code == 200


def test_a_session_one_left_is_no_longer_listed(cast):
    client = enter()
    client.post("/admin/logout/")
    assert live(cast.officer, now()) == []
    assert SignIn.objects.filter(what="out", account=cast.officer).exists()
    enter()
    with clock.at(now() + timedelta(minutes=30)):
        assert live(cast.officer, now()) == []


def test_a_closed_account_has_no_session_left(cast):
    client = enter()
    with acting(cast.secadmin, "停用"):
        User.objects.get(pk=cast.officer.pk).deactivate()
    assert client.get("/admin/").status_code == 302


def test_nobody_sees_the_devices_of_another(cast):
    enter("registrar", HTTP_USER_AGENT=BROWSER, REMOTE_ADDR="10.9.9.9")
    assert "10.9.9.9" not in enter().get("/admin/sessions/").content.decode()
