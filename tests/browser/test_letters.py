"""Letters in a real browser: made in a few clicks, on a phone too, without a barrier axe knows."""

import pytest
from django.urls import reverse

from casework.matters.models import Letter
from office.models import User
from tests.browser.test_matters import AXE
from tests.browser.test_matters import desk as desk
from tests.casework.matters.counter import record
from tests.casework.matters.letters import making
from tests.casework.matters.opinions import making as opinions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def extended(cast, street, desk):
    """The leader has granted fifteen more days; the nameplates are there."""
    making.bodies(cast)
    return opinions.two("extend", cast, street, opinions.heard(cast, street))


def addresses(matter):
    """Every page of letters there is something on."""
    draft = making.drafted(matter, "acceptance", User.objects.get(username="officehead"))
    one = [matter.pk, draft.document_id]
    return [
        reverse("matters:letter_templates"),
        reverse("matters:letter_template", args=["opinion"]),
        reverse("matters:letter_template_preview", args=["opinion"]),
        reverse("matters:issuing_body_new"),
        reverse("matters:letter", args=one),
        reverse("matters:letter_sign", args=one),
        reverse("matters:letter_print", args=one),
        reverse("matters:forms", args=[matter.pk]),
        reverse("matters:form_paper", args=[matter.pk, "f_registration"]),
    ]


def test_the_officer_prints_the_letter_of_an_extension_in_a_few_clicks(cast, extended, desk):
    page = desk(cast.officer)
    page.goto(record(extended))
    row = page.locator(".mt-papers li").filter(has_text="延期告知书")
    row.get_by_role("link", name="制作文书").click()
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("link", name="编号印发").click()
    assert "延长 15 日" in page.locator("main").inner_text()
    page.get_by_role("button", name="签发并编号").click()
    page.get_by_role("link", name="打印", exact=True).click()
    letter = Letter.objects.get()
    assert page.get_by_role("heading", level=1).inner_text() == "延期告知书"
    assert letter.document.number in page.locator("article").inner_text()
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()


def test_pages_of_letters_fit_a_phone_and_meet_no_barrier_axe_knows(cast, extended, desk):
    wide, narrow = desk(cast.officehead2, bypass_csp=True), desk(cast.officehead2, width=360)
    for url in addresses(extended):
        wide.goto(url)
        for name in ("vendor", "userbar"):
            wide.add_script_tag(url=f"/static/wagtailadmin/js/{name}.js")
        assert wide.evaluate(AXE) == [], url
        narrow.goto(url)
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert narrow.evaluate(over) <= 0, url
