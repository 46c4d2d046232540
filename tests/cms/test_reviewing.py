"""Whoever wrote a page neither approves nor publishes it, at any door (三审三校, practice §2)."""

import pytest
from django.urls import reverse
from wagtail.models import Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.blocks import RICH
from cms.models import PageReview
from cms.reviewing import authors
from publications.models import NoticePage
from tests.cms.publishing import notice, open_column, open_site
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
TOLD = "作者不能审核自己写的内容"


@pytest.fixture
def column(cast):
    return open_column(open_site())


def form(title: str, **fields) -> dict:
    body = streamfield([("text", rich_text("<p>请互相转告。</p>", features=RICH))])
    return nested_form_data({"title": title, "slug": "", "kind": "notice", "body": body} | fields)


def add(client, column, **fields):
    url = reverse("wagtailadmin_pages:add", args=["publications", "noticepage", column.pk])
    return client.post(url, form("汛期值班电话", **fields), follow=True)


def edit(client, page, title="汛期值班电话", **fields):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, form(title, slug=page.slug, **fields), follow=True)


def is_live(page) -> bool:
    return NoticePage.objects.get(pk=page.pk).live


def test_a_reviewer_publishes_what_an_editor_wrote(cast, login, column):
    add(login(cast.editor), column)
    page = NoticePage.objects.get()
    edit(login(cast.page_reviewer), page, **{"action-publish": "1"})
    assert is_live(page)


def test_a_reviewer_s_own_page_is_kept_as_a_draft_in_words(cast, login, column):
    client = login(cast.page_reviewer)
    url = reverse("wagtailadmin_pages:add", args=["publications", "noticepage", column.pk])
    assert 'name="action-publish"' not in client.get(url).content.decode()
    add(client, column, **{"action-publish": "1"})
    page = NoticePage.objects.get()
    assert not is_live(page)
    assert TOLD in edit(client, page, **{"action-publish": "1"}).content.decode()
    assert not is_live(page)


def test_whoever_rewrites_a_page_while_reviewing_it_leaves_it_to_another(
    cast, street, login, column
):
    add(login(cast.editor), column)
    page = NoticePage.objects.get()
    answer = edit(login(cast.page_reviewer), page, "改了标题", **{"action-publish": "1"})
    assert TOLD in answer.content.decode()
    assert not is_live(page)
    assert authors(page) == {cast.editor.pk, cast.page_reviewer.pk}

    second = make_person("reviewer_b", "审小二", "page_reviewer", street.office)
    page.refresh_from_db()
    edit(login(second), page, "改了标题", **{"action-publish": "1"})
    assert is_live(page)


def test_what_was_published_before_counts_no_more(cast, column, login):
    page = notice(column, "公告")
    page.title = "第二版"
    page.save_revision(user=cast.page_reviewer).publish()
    page.refresh_from_db()
    assert authors(page) == set()
    page.title = "第三版"
    page.save_revision(user=cast.editor)
    assert authors(page) == {cast.editor.pk}


def test_a_reviewer_publishes_no_own_page_among_many(cast, login, column):
    add(login(cast.page_reviewer), column)
    page = NoticePage.objects.get()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client = login(cast.page_reviewer)
    answer = client.post(f"{url}?id={page.pk}", {"include_descendants": ""}, follow=True)
    assert "没有发布任何页面" in answer.content.decode()
    client.post(f"{url}?id={column.pk}", {"include_descendants": "on"})
    assert not is_live(page)


def in_review(page, by):
    """The page waits for its review, asked for by `by`."""
    workflow = Workflow.objects.get(name="发布审核")
    workflow.start(page, by)
    return page.current_workflow_state.current_task_state


def test_the_default_review_is_the_one_that_knows_its_author(cast):
    [task] = Workflow.objects.get(name="发布审核").tasks
    assert isinstance(task.specific, PageReview)
    assert [group.name for group in task.specific.groups.all()] == ["发布审核"]


@pytest.mark.parametrize(("who", "goes"), [("page_reviewer", False), ("second", True)])
def test_an_author_approves_nothing_of_the_own_but_may_send_it_back(
    who, goes, cast, street, login, column
):
    second = make_person("reviewer_b", "审小二", "page_reviewer", street.office)
    add(login(cast.page_reviewer), column)
    page = NoticePage.objects.get()
    waiting = in_review(page, cast.page_reviewer)
    person = {"page_reviewer": cast.page_reviewer, "second": second}[who]
    names = {action[0] for action in waiting.task.specific.get_actions(page, person)}
    assert ("approve" in names) is goes
    assert "reject" in names

    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", waiting.pk])
    login(person).post(url, {"comment": ""})
    assert is_live(page) is goes
