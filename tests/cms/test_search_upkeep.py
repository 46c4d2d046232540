"""The index of pages and files follows what happens, also what nobody told it."""

from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, get_page_models

from cms.models import SitePage
from cms.search_catch_up import BITE, catch_up, job_of
from cms.search_checks import HOOKS, changed_hooks
from cms.search_texts import alive, indexed, texts_of
from office import registries
from office.clock import now
from office.models import Job
from office.search import forget, put, reindex
from office.work import run_due
from publications.models import NoticePage
from tests.cms.publishing import notice
from tests.cms.searched import ids, make_site, scan

pytestmark = pytest.mark.django_db
PAGES = "wagtailcore.page"

# Text fields of pages that are no words for readers, and why.
UNREAD = {
    "column_keywords": "for search engines elsewhere",
    "column_type": "a standing page's is its kind, which is searched as a name",
}


@pytest.fixture
def site():
    return make_site()


def found(query: str) -> set[int]:
    return set(ids(Page.objects.search(query)))


def test_every_text_a_reader_sees_on_a_page_is_searched():
    texts = models.CharField | models.TextField | RichTextField | StreamField
    for model in get_page_models():
        if not issubclass(model, SitePage):
            continue
        searched = {field.field_name for field in model.get_searchable_search_fields()}
        own = [field for field in model._meta.local_fields if isinstance(field, texts)]
        unread = {field.name for field in own if not field.choices} - searched - UNREAD.keys()
        assert unread == set(), model


def test_a_page_that_was_never_indexed_is_found_after_the_next_look(site):
    forget(PAGES, [site.new.pk, site.inside.pk])
    assert found("延期") == {site.old.pk}
    catch_up(PAGES, now())
    assert found("延期") == {site.old.pk, site.new.pk, site.inside.pk}


def test_a_page_changed_past_every_signal_is_found_in_its_turn(site):
    Page.objects.filter(pk=site.other.pk).update(title="冒充公检法的电话")
    NoticePage.objects.filter(pk=site.new.pk).update(intro="望塘村")
    assert found("公检法") == found("望塘村") == set()
    catch_up(PAGES, now())
    assert found("公检法") == {site.other.pk}
    assert found("望塘村") == {site.new.pk}
    assert found("养老诈骗") == set()


def test_every_page_has_its_turn_however_many_there_are(site):
    home = site.home
    last = Page.objects.order_by("pk").last().pk
    rows = [
        Page(title=f"旧名{n}", slug=f"p{n}", path=f"{home.path}Z{n:03}", depth=3,
             locale=home.locale, content_type=ContentType.objects.get_for_model(Page))
        for n in range(BITE * 2)
    ]  # fmt: skip
    Page.objects.bulk_create(rows)
    catch_up(PAGES, now())  # those without an entry come in at once
    assert len(found("旧名")) == BITE * 2
    Page.objects.filter(pk__gt=last).update(title="换过的标题")
    for _ in range(3):
        catch_up(PAGES, now())
    assert len(found("换过的标题")) == BITE * 2


def test_an_entry_whose_page_is_gone_goes_too(site):
    text = texts_of(PAGES, [site.new.pk])[site.new.pk]
    put(PAGES, {987654: text})
    catch_up(PAGES, now())
    forgotten = CaptureQueriesContext(connection)
    with forgotten:
        catch_up(PAGES, now())
    assert found("延期") == scan("延期")
    assert not [query for query in forgotten if "987654" in query["sql"]]


def test_the_worker_looks_after_every_kind(site, monkeypatch):
    ours = {job_of(kind) for kind in (PAGES, "wagtailimages.image", "wagtaildocs.document")}
    # Others cannot run inside a test's transaction: PostgreSQL empties no table there.
    monkeypatch.setattr(registries, "jobs", [job for job in registries.jobs if job[0] in ours])
    assert len(registries.jobs) == len(ours)
    forget(PAGES, [site.new.pk])
    assert job_of(PAGES) in run_due(now())
    assert site.new.pk in found("延期")
    assert Job.objects.get(name=job_of(PAGES)).error == ""


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda: call_command("update_index", stdout=StringIO()),
        lambda: call_command("wagtail_update_index", stdout=StringIO()),
        lambda: reindex(PAGES),
    ],
    ids=["update_index", "wagtail_update_index", "reindex"],
)
def test_the_whole_index_can_be_written_anew_at_any_time_and_again(site, rewrite):
    forget(PAGES, Page.objects.values_list("pk", flat=True))
    put(PAGES, {987654: texts_of(PAGES, [site.home.pk])[site.home.pk]})
    for _ in range(2):
        rewrite()
        for query in ("延期", "交房", "1380", "条例》第三十四条"):
            assert found(query) == scan(query)
    assert indexed(PAGES) == alive(PAGES)


def test_an_editor_saves_and_deletes_although_the_index_is_out_of_order(site, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE office_searchgrams RENAME TO away")
    site.other.title = "冒充公检法的电话"
    site.other.save_revision().publish()
    site.old.delete()
    assert "Exception raised while adding" in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE away RENAME TO office_searchgrams")
    assert Page.objects.get(pk=site.other.pk).title == "冒充公检法的电话"
    assert found("公检法") == set()
    catch_up(PAGES, now())
    assert found("公检法") == {site.other.pk}
    assert indexed(PAGES) == alive(PAGES)


def test_a_save_costs_the_index_the_same_few_queries_however_many_pages_there_are(site):
    def indexing() -> int:
        with CaptureQueriesContext(connection) as asked:
            site.other.save()
        return len([query for query in asked if "office_search" in query["sql"]])

    few = indexing()
    for number in range(30):
        notice(site.column, f"防汛提醒第{number}号", day=1, kind="warning")
    assert indexing() == few <= 6


def test_an_upgrade_that_moves_what_the_search_stands_on_is_said_loudly():
    assert changed_hooks(HOOKS) == []
    assert [error for error in run_checks() if error.id.startswith("cms.E")] == []
    one = "modelsearch.backends.base:BaseIndex.add_item"
    assert changed_hooks({one: "self obj extra"}) == [
        f"{one} takes (self obj), not (self obj extra)"
    ]
    gone = "modelsearch.backends.base:BaseIndex.put"
    assert changed_hooks({gone: "self"}) == [f"{gone} is gone"]
