"""讲政策谈话: the record says which released revision of which page was explained (practice §5)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import Page, Site

from casework.matters.models import CitedPage, Matter, Talk, TalkCitation
from casework.matters.outcomes import talking
from cms.models import HomePage, StandardPage
from office import registries
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import record, sent, text
from tests.casework.matters.outcomes import making

KIND = "wagtailcore.page"


@pytest.fixture
def home(db):
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="云湖民声", slug="yunhu", hero="有事好商量"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def body(words):
    return [("text", f"<p>{words}</p>")]


@pytest.fixture
def page(home):
    """加班费怎么算, released once."""
    found = StandardPage(
        title="加班费怎么算", slug="jiabanfei", body=body("按百分之一百五十计算。")
    )
    home.add_child(instance=found)
    release(found)
    return found


def release(page, words=""):
    if words:
        page.body = body(words)
    page.save_revision().publish()
    page.refresh_from_db()


def key(page):
    return f"{KIND}:{page.live_revision_id}"


def test_a_talk_cites_the_revision_that_was_public_that_day(cast, handled, page):
    row = making.talked(handled, cast.officer, key(page))
    cited = row.citations.get().cited
    assert (cited.title, cited.revision, cited.page) == (
        "加班费怎么算", page.live_revision_id, page.pk
    )  # fmt: skip
    assert "百分之一百五十" in cited.text
    assert talking.now_reads(cited) == ("", page.url)


def test_a_later_edition_changes_nothing_in_what_was_cited(cast, handled, page):
    row = making.talked(handled, cast.officer, key(page))
    release(page, "按百分之二百计算。")
    cited = row.citations.get().cited
    assert "百分之一百五十" in cited.text
    assert "百分之二百" not in cited.text
    assert talking.now_reads(cited)[0] == "页面后来改过"


def test_a_withdrawn_and_even_a_deleted_page_stays_cited(cast, handled, page):
    row = making.talked(handled, cast.officer, key(page))
    page.unpublish()
    assert talking.now_reads(row.citations.get().cited) == ("已撤下", "")
    page.delete()
    cited = row.citations.get().cited
    assert "百分之一百五十" in cited.text
    assert talking.now_reads(cited) == ("已撤下", "")


def test_a_draft_is_nobodys_rule(cast, handled, page):
    page.body = body("按百分之三百计算。")
    draft = page.save_revision()
    with pytest.raises(ValidationError, match="没有发布过"):
        making.talked(handled, cast.officer, f"{KIND}:{draft.pk}")
    assert not Talk.objects.exists()


@pytest.mark.parametrize("made_up", ["wagtailcore.page:999999", "x:1", "wagtailcore.page:", ":"])
def test_what_is_no_page_is_refused(cast, handled, page, made_up):
    with pytest.raises(ValidationError):
        making.talked(handled, cast.officer, made_up)


def test_an_earlier_released_revision_can_be_cited_too(cast, handled, page):
    first = key(page)
    release(page, "按百分之二百计算。")
    row = making.talked(handled, cast.officer, first)
    assert "百分之一百五十" in row.citations.get().cited.text


def test_two_talks_about_one_revision_share_its_copy(cast, handled, page):
    making.talked(handled, cast.officer, key(page), key(page))
    making.talked(handled, cast.officer, key(page))
    assert CitedPage.objects.count() == 1
    assert TalkCitation.objects.count() == 2


def test_only_public_articles_are_found(cast, home, page):
    draft = StandardPage(title="加班费草稿", slug="caogao", body=body("没有发布。"), live=False)
    home.add_child(instance=draft)
    found = [one.title for _, one in talking.citable("加班费")]
    assert found == ["加班费怎么算"]
    assert [one.title for _, one in talking.citable("没有这个词")] == []
    assert "云湖民声" not in [one.title for _, one in talking.citable("")]


def test_without_a_site_a_talk_is_still_written_down(cast, handled, monkeypatch):
    monkeypatch.setattr(registries, "citable", {})
    assert making.talked(handled, cast.officer).citations.count() == 0
    assert talking.citable("加班费") == []


def test_who_may_note_something_writes_talks_and_others_do_not(cast, handled, archived):
    making.talked(handled, cast.leader)
    with pytest.raises(PermissionDenied):
        making.talked(handled, cast.auditor)
    with pytest.raises(Matter.DoesNotExist):
        making.talked(handled, cast.other_officer)
    with pytest.raises(PermissionDenied):
        making.talked(archived, cast.officehead)


def test_a_talk_says_something_on_a_possible_day(cast, handled):
    told = talking.Told(today(), "somehow", " ")
    with acting(cast.officer), pytest.raises(ValidationError) as wrong:
        talking.note_talk(handled, told, by=cast.officer)
    assert set(wrong.value.message_dict) == {"way", "policy"}


def fields(**more):
    return sent(on=str(today()), way="office", policy="讲了加班费怎么算。", **more)


def test_an_officer_looks_a_page_up_ticks_it_and_loses_nothing_typed(cast, handled, page, login):
    client, url = login(cast.officer), reverse("matters:talk", args=[handled.pk])
    found = client.post(url, fields(search="加班费", find="1", questions="还想问公积金"))
    assert found.status_code == 200
    assert "还想问公积金" in text(found)
    assert key(page) in text(found)
    assert not Talk.objects.exists()
    done = client.post(url, fields(cited=[key(page)]))
    assert done.status_code == 302, text(done)
    shown = text(client.get(record(handled)))
    assert "《加班费怎么算》" in shown
    then = reverse("matters:cited", args=[handled.pk, CitedPage.objects.get().pk])
    assert then in shown
    page.unpublish()
    assert "百分之一百五十" in text(client.get(then))
    assert "已撤下" in text(client.get(then))


def test_a_cited_page_opens_only_from_a_matter_in_which_it_was_explained(
    cast, street, handled, page, login
):
    making.talked(handled, cast.officer, key(page))
    other = making.handled(cast, street)
    cited = CitedPage.objects.get().pk
    client = login(cast.officer)
    assert client.get(reverse("matters:cited", args=[other.pk, cited])).status_code == 404
    stranger = login(cast.other_officer)
    assert stranger.get(reverse("matters:cited", args=[handled.pk, cited])).status_code == 404


def test_a_made_up_choice_in_the_form_is_told_and_keeps_what_was_typed(cast, handled, page, login):
    url = reverse("matters:talk", args=[handled.pk])
    answer = login(cast.officer).post(url, fields(cited=["wagtailcore.page:999999"]))
    assert answer.status_code == 422
    assert "讲了加班费怎么算。" in text(answer)
