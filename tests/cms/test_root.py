"""The home page of a site cannot be deleted."""

from wagtail.models import Page, Site


def test_a_reviewer_who_deletes_the_home_page_is_told_why_not(cast, login):
    home = Site.objects.get().root_page
    client = login(cast.page_reviewer)

    answer = client.post(f"/admin/pages/{home.pk}/delete/", follow=True)

    assert "网站首页不能删除" in answer.content.decode()
    assert Page.objects.filter(pk=home.pk).exists()
