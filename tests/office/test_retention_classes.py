"""保管期限: every declared field belongs to a class; terms are set with reason, source and history."""

import importlib
import uuid
from datetime import date

import pytest

from office import privacy
from office.models import Change, RetentionClass
from office.retention.classes import CLASSES, class_of, last_day, term, words

PAGE = "/admin/retention/"


def sent(**fields):
    return {"form_token": str(uuid.uuid4()), **fields}


def text(response):
    return response.content.decode()


def test_whatever_a_field_declares_as_its_term_is_a_class_with_a_term_and_a_source():
    for room in ("casework.matters.privacy", "cms.privacy", "publications.privacy"):
        importlib.import_module(room)
    keeps = {one.keep for one in privacy._table.values()}
    assert keeps
    for keep in keeps:
        declared = CLASSES[class_of(keep)]
        assert declared.source
        assert declared.starts


def test_security_logs_are_kept_for_six_months_and_no_office_goes_below(cast, login):
    assert words("security", 6) == "6 个月"
    assert CLASSES["security"].lowest == 6
    answer = login(cast.officehead).post(
        f"{PAGE}security/", sent(term="5", source="本街道规定", change_reason="省地方")
    )
    assert "请填 6 到 120 之间的整数" in text(answer)
    assert not RetentionClass.objects.exists()


def test_a_term_counts_from_the_first_of_january_after(db):
    assert last_day(date(2026, 2, 3), 10) == date(2036, 12, 31)
    assert last_day(date(2026, 12, 31), 10) == date(2036, 12, 31)
    assert last_day(date(2026, 2, 3), None) is None


def test_an_office_head_sets_a_term_on_the_archives_word_and_the_auditor_reads_it(cast, login):
    client = login(cast.officehead)
    page = text(client.get(PAGE))
    for label in ("永久", "长期保管", "短期保管", "安全日志", "30 年", "10 年", "30 天"):
        assert label in page
    answer = client.post(
        f"{PAGE}short/", sent(term="15", source="区档〔2026〕8号", change_reason="档案局批复")
    )
    assert answer.url == PAGE
    assert term("short") == 15
    page = text(client.get(f"{PAGE}short/"))
    for word in ("档案局批复", "<ins>15</ins>", "区档〔2026〕8号"):
        assert word in page
    change = Change.objects.filter(kind="office.retentionclass").last()
    assert (change.actor, change.reason) == (cast.officehead, "档案局批复")
    assert "短期保管" in text(login(cast.auditor).get("/admin/audit/?kind=office.retentionclass"))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"term": "4", "source": "x", "change_reason": "y"}, "请填 5 到 100 之间的整数"),
        ({"term": "十", "source": "x", "change_reason": "y"}, "请填 5 到 100 之间的整数"),
        ({"term": "8", "source": "", "change_reason": "y"}, "请写明依据"),
        ({"term": "8", "source": "x", "change_reason": " "}, "请写明"),
    ],
)
def test_a_term_without_bounds_source_or_reason_is_refused_and_nothing_typed_is_lost(
    cast, login, fields, told
):
    page = text(login(cast.officehead).post(f"{PAGE}short/", sent(**fields)))
    assert told in page
    assert not RetentionClass.objects.exists()


def test_who_may_only_look_changes_nothing_and_permanent_stays_permanent(cast, login):
    for who in (cast.leader, cast.auditor):
        client = login(who)
        assert client.get(f"{PAGE}short/").status_code == 200
        assert "desk-form" not in text(client.get(f"{PAGE}short/"))
        assert client.post(f"{PAGE}short/", sent(term="8")).url == "/admin/"  # Wagtail's refusal
    fields = sent(term="8", source="x", change_reason="y")
    assert login(cast.officehead).post(f"{PAGE}permanent/", fields).url == "/admin/"
    assert login(cast.officehead).get(f"{PAGE}nothing/").status_code == 404
    assert login(cast.registrar).get(PAGE).url == "/admin/"
    assert not RetentionClass.objects.exists()
