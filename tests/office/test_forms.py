"""A form is carried out once, for its own person, and typing is kept for nobody else."""

import json
import threading
import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import RequestFactory

from casework.matters.models import Category
from office.clock import now, today
from office.forms import (
    OWNER_LASTS,
    first_result,
    form_token,
    keep_form,
    kept_fields,
    once,
    owner_mark,
    safe_path,
    sweep_forms,
    today_or_earlier,
)
from office.models import DataKey, FormToken, KeptForm
from tests.conftest import make_person, make_street

TOKEN = "6d6f3a8e-1111-4222-8333-94a6c8a1a1a1"


def sent(user, token=TOKEN, path="/admin/do/", **fields):
    """A form as it arrives."""
    request = RequestFactory().post(path, {"form_token": token, **fields})
    request.user = user
    request.session = SessionStore()
    request._messages = FallbackStorage(request)
    return request


def add(code="A"):
    Category(code=code, name="甲").save()
    return f"/admin/done/{code}/"


@pytest.fixture
def person(street):
    return make_person("zhangsan", "张小三", "officer", street.social)


@pytest.fixture
def other(street):
    return make_person("lisi", "李小四", "officer", street.social)


def test_the_same_form_twice_is_carried_out_once_and_leads_to_the_same_page(person):
    first = once(sent(person), add)
    request = sent(person)
    second = once(request, lambda: add("B"))

    assert (first.url, second.url) == ("/admin/done/A/", "/admin/done/A/")
    assert [row.code for row in Category.objects.all()] == ["A"]
    assert "没有重复办理" in str(list(request._messages)[0])


def test_two_forms_are_two_acts(person):
    once(sent(person), add)
    once(sent(person, token=str(uuid.uuid4())), lambda: add("B"))
    assert Category.objects.count() == 2


def test_what_was_refused_can_be_sent_again(person):
    def refuse():
        add()
        raise ValidationError("请写明理由。")

    with pytest.raises(ValidationError):
        once(sent(person), refuse)
    assert (Category.objects.count(), FormToken.objects.count()) == (0, 0)
    assert once(sent(person), add).url == "/admin/done/A/"


@pytest.mark.parametrize("token", ["", "abc", "1; DROP TABLE", "６" * 36])
def test_a_form_without_a_proper_token_is_told_to_be_opened_again(person, token):
    with pytest.raises(ValidationError, match="刷新后再提交"):
        form_token(sent(person, token=token))
    with pytest.raises(ValidationError):
        once(sent(person, token=token), add)
    assert not Category.objects.exists()


def test_another_persons_token_leads_nowhere_and_does_nothing(person, other):
    once(sent(person), add)
    assert first_result(sent(other)) is None
    answer = once(sent(other, path="/admin/mine/"), lambda: add("B"))

    assert answer.url == "/admin/mine/"  # not where the first person was led
    assert Category.objects.count() == 1


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_act():
    person = make_person("zhangsan", "张小三", "officer", make_street().social)
    start, answers = threading.Barrier(2), []

    def click(code):
        try:
            start.wait(10)
            answers.append(once(sent(person), lambda: add(code)).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(code,)) for code in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    [made] = Category.objects.all()
    assert answers == [f"/admin/done/{made.code}/"] * 2


# Kept forms


def late(owner, **fields):
    """A form that arrives when its session is over."""
    fields = {
        "title": "加班费未付",
        "claim": "七月到十月",
        "csrfmiddlewaretoken": "x" * 32,
    } | fields
    request = RequestFactory().post(
        "/admin/matters/add/?from=list", {"form_owner": owner, "form_token": TOKEN, **fields}
    )
    return request


def test_a_late_form_is_kept_whole_and_closed(person):
    answer = keep_form(late(owner_mark(person), tags=["甲", "乙"]))
    kept = KeptForm.objects.get()

    assert parse_qs(urlsplit(answer.url).query)["next"] == [f"/admin/again/{kept.ref}/"]
    assert (kept.owner, kept.path) == (person, "/admin/matters/add/?from=list")
    fields = kept_fields(kept)
    assert [value for name, value in fields if name == "tags"] == ["甲", "乙"]
    assert ("claim", "七月到十月") in fields
    assert "csrfmiddlewaretoken" not in dict(fields)
    for text in ("加班费未付", "七月到十月"):
        assert text.encode() not in bytes(kept.body)
        assert json.dumps(text).encode() not in bytes(kept.body)


def marks(person, other):
    """Owner marks that are not this person's own, fresh, signed one."""
    mine = owner_mark(person)
    number, stamp, signature = mine.split(":")
    stale = TimestampSigner(salt="office.form_owner")
    stale.timestamp = lambda: "0"
    return {
        "none": "",
        "a bare number": str(person.pk),
        "another number": f"{other.pk}:{stamp}:{signature}",
        "another signature": f"{number}:{stamp}:{signature[:-3]}abc",
        "another purpose": TimestampSigner(salt="other").sign(str(person.pk)),
        "no number": TimestampSigner(salt="office.form_owner").sign("abc"),
        "out of date": stale.sign(str(person.pk)),
    }


def test_a_forged_or_outdated_owner_keeps_nothing(person, other):
    for what, mark in marks(person, other).items():
        assert keep_form(late(mark)) is None, what
    assert not KeptForm.objects.exists()
    assert not DataKey.objects.exists()


def test_an_owner_mark_lasts_a_working_day(person, monkeypatch):
    mark = owner_mark(person)
    for age, kept in ((OWNER_LASTS - timedelta(minutes=1), 1), (OWNER_LASTS * 1.01, 1)):
        moment = now().timestamp() + age.total_seconds()
        monkeypatch.setattr("django.core.signing.time.time", lambda moment=moment: moment)
        keep_form(late(mark))
        assert KeptForm.objects.count() == kept


def test_a_form_too_large_to_be_typed_is_not_kept(person):
    assert keep_form(late(owner_mark(person), claim="长" * 800_000)) is None
    assert not KeptForm.objects.exists()


def test_what_is_kept_or_used_up_goes_in_time(person):
    keep_form(late(owner_mark(person)))
    once(sent(person), add)
    sweep_forms(now() + timedelta(hours=23))
    assert (KeptForm.objects.count(), FormToken.objects.count()) == (1, 1)
    sweep_forms(now() + timedelta(days=2))
    assert (KeptForm.objects.count(), DataKey.objects.count(), FormToken.objects.count()) == (
        0,
        0,
        1,
    )
    sweep_forms(now() + timedelta(days=8))
    assert not FormToken.objects.exists()
    assert Category.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/admin/matters/7/", True),
        ("/admin/matters/7/?a=b#files", True),
        ("https://evil.example/", False),
        ("//evil.example/admin/", False),
        ("/\\evil.example/", False),
        ("\\\\evil.example", False),
        ("javascript:alert(1)", False),
        (" https://evil.example", False),
        ("http:///evil.example", False),
        ("", False),
    ],
)
def test_nobody_is_led_out_of_the_house(path, safe):
    assert safe_path(path) == (path if safe else "/admin/")


def test_a_date_of_tomorrow_is_refused():
    today_or_earlier(today())
    today_or_earlier(None)
    with pytest.raises(ValidationError, match="不能晚于今天"):
        today_or_earlier(today() + timedelta(days=1))
