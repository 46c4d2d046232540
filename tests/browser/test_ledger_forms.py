"""The head of the office puts a ledger's columns in order, in a real browser and without a mouse."""

import pytest

from office.ledger_forms import form_of
from tests.conftest import PASSWORD, make_cast, make_street

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flush,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
ADDRESS = "/admin/ledger-forms/matters/"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (360, True), (1280, False)], ids=["desk", "phone", "bare"]
)
def test_the_head_moves_and_renames_columns(live_server, new_page, width, scripts):
    make_cast(make_street())
    page = new_page(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page.goto("/admin/login/")
    page.fill("[name=username]", "officehead")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.goto(ADDRESS)

    page.fill("[name=title-officer]", "经办人")
    page.press("[name=title-officer]", "Enter")  # no button is pressed by chance
    page.press("#up-contact", "Enter")
    page.get_by_text("还没有保存").wait_for()
    page.locator("#up-contact:focus").wait_for()  # the same button, one place higher
    page.keyboard.press("Enter")
    page.locator("#column-contact [name=place-contact][value='6']").wait_for()
    page.fill("[name=change_reason]", "按区里要求")
    page.press("button[value=save]", "Enter")
    page.get_by_text("的格式已保存").wait_for()

    keys = [column.key for column in form_of("matters").columns]
    assert keys[5:8] == ["contact", "source", "petitioner"]
    assert "经办人" in [column.title for column in form_of("matters").columns]
    if scripts:
        assert not page.evaluate(WIDE)
