"""Pages keep the hours their editors set, with nobody at the keyboard."""

from datetime import timedelta

import pytest
from django.test import Client

from office.clock import now
from office.work import run_due
from publications.models import NoticePage
from tests.cms.publishing import notice, open_column, open_site

pytestmark = pytest.mark.django_db


def test_a_notice_leaves_the_site_at_the_hour_that_was_set():
    page = notice(open_column(open_site()), "周六停水")
    page.expire_at = now() - timedelta(minutes=1)
    page.save_revision().publish()
    NoticePage.objects.filter(pk=page.pk).update(live=True, expired=False)
    assert "publishing" in run_due(now())
    page.refresh_from_db()
    assert not page.live
    assert Client().get(page.url).status_code == 404


def test_a_notice_appears_at_the_hour_that_was_set():
    column = open_column(open_site())
    page = NoticePage(title="周日恢复供水", live=False)
    column.add_child(instance=page)
    page.go_live_at = now() + timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()
    assert Client().get(page.url).status_code == 404
    revision, past = page.latest_revision, now() - timedelta(minutes=1)
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    run_due(now())
    page.refresh_from_db()
    assert page.live
    assert Client().get(page.url).status_code == 200
