"""A registrar brings a ledger in, in a real browser: the pages go on by themselves."""

import pytest

from casework.matters.models import Matter
from casework.matters.profiles import make_national_profile
from tests.casework.matters.ledgers.conftest import workbook
from tests.conftest import PASSWORD, make_cast, make_street

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flush,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
ROWS = [[str(n), "2024-03-01", f"第{n}件路灯不亮", "三号楼前"] for n in range(40)]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_registrar_imports_a_ledger_with_three_clicks(live_server, new_page, width, tmp_path):
    make_cast(make_street())
    make_national_profile()
    file = tmp_path / "区热线.xlsx"
    file.write_bytes(workbook(ROWS))
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/admin/login/")
    page.fill("[name=username]", "registrar")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")

    page.goto("/admin/ledgers/")
    page.set_input_files("[name=file]", str(file))
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("button", name="导入", exact=True).click()
    page.get_by_text("导入完成").wait_for()

    assert Matter.objects.filter(from_ledger=True).count() == 40
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
