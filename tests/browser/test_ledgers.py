"""A registrar brings a ledger in, in a real browser: the pages go on by themselves."""

import pytest

from casework.matters.ledgers import background
from casework.matters.models import Matter
from casework.matters.profiles import make_national_profile
from office.clock import now
from office.history import acting
from office.models import Limit
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


def test_a_registrar_waits_for_a_long_ledger_without_any_script(live_server, new_page, tmp_path):
    make_cast(make_street())
    make_national_profile()
    with acting(None, "测试"):
        Limit(key="background_rows", value=30).save()
    rows = [[str(n), "6.30" if n else "2024-03-01", f"第{n}件路灯不亮"] for n in range(40)]
    file = tmp_path / "区热线.xlsx"
    file.write_bytes(workbook(rows))
    page = new_page(java_script_enabled=False)
    page.goto("/admin/login/")
    page.fill("[name=username]", "registrar")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")

    def the_worker_comes_by() -> None:
        assert background.work(now(), lambda: False)

    page.goto("/admin/ledgers/")
    page.set_input_files("[name=file]", str(file))
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("正在读取，完成后可核对").wait_for()
    the_worker_comes_by()
    page.get_by_text("有的日期没有写年份").wait_for()
    page.fill("[name=year_2]", "2024")
    page.get_by_role("button", name="重新核对").last.click()
    page.get_by_text("正在读取，完成后可核对").wait_for()
    the_worker_comes_by()
    page.get_by_role("button", name="导入", exact=True).click()
    page.get_by_text("已处理 0 行，共 40 行").wait_for()
    the_worker_comes_by()
    page.get_by_text("导入完成").wait_for()

    assert Matter.objects.filter(from_ledger=True).count() == 40
