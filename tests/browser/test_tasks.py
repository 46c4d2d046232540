"""The system administrator watches a file being written and has one tried again, on any screen."""

import pytest
from django.http import QueryDict

from office.clock import now
from office.exporting import runs
from office.models import ExportRun
from tests.browser.test_exports import WIDE, enter
from tests.conftest import make_cast, make_street
from tests.office.exporting.desk import matters

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flush,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("width", [1280, 360])
def test_an_administrator_has_a_file_that_failed_written_without_any_script(
    live_server, new_page, width
):
    cast = make_cast(make_street())
    matters(cast)
    run = runs.begin(
        cast.officehead, "matters", QueryDict("tab=all"), format="xlsx", purpose="上报"
    )
    run.state, run.error = ExportRun.State.FAILED, "程序出错，文件没有生成。"
    run.save()
    page = enter(lambda **more: new_page(java_script_enabled=False, **more), "sysadmin", width)
    page.goto("/admin/tasks/")
    page.get_by_text("停下了").wait_for()
    page.get_by_role("button", name="重试生成导出文件").click()
    page.get_by_text("已重新排队").wait_for()
    page.get_by_text("排队中").first.wait_for()
    assert runs.take_up(now(), bool)
    page.get_by_text("做完了").wait_for(timeout=20_000)  # the page looks again by itself

    wide = enter(new_page, "sysadmin", width)
    wide.goto("/admin/tasks/")
    assert not wide.evaluate(WIDE)
