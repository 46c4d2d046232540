"""Layouts: what they remember, who may rename and end them, and the page that lists them."""

from datetime import date

import pytest
from django.urls import reverse

from casework.matters.ledgers import jobs
from casework.matters.ledgers.layouts import save_layout
from casework.matters.ledgers.opening import Ledger
from casework.matters.models import LedgerLayout, Matter
from office.history import acting
from tests.casework.matters.counter import sent, text
from tests.english import english_left

from .conftest import YESTERDAY, bring, workbook
from .test_pages import press, upload

pytestmark = pytest.mark.usefixtures("rules")
PAGE = "ledgers:layouts"
HEADINGS = ("甲", "乙", "丙")
ROWS = [["路灯不亮", YESTERDAY, "急"]]
CHOSEN = {
    "header_row": 1,
    "columns": {"1": ["title", "", "", True], "2": ["received", "", "", True]},
}


def kept(by, name="区信箱", headings=HEADINGS, chosen=CHOSEN, rows=ROWS):
    """A layout that `by` saved from a ledger with these headings."""
    with acting(by):
        job = jobs.create(workbook(rows, headings), "a.xlsx", by=by, source="区信箱")
        job.mapping = chosen
        return save_layout(Ledger.open(job), name, by=by)


def recognised(by, headings, rows=ROWS):
    """What an uploaded ledger is taken for: heading → field."""
    with acting(by):
        ledger = Ledger.open(
            jobs.create(workbook(rows, headings), "b.xlsx", by=by, source="区信箱")
        )
    return {column.heading: column.field for column in ledger.mapping.columns}, ledger.layout


def do(client, row, act, **fields):
    url = reverse("ledgers:layout", args=[row.pk])
    return client.post(url, sent(act=act, **fields), follow=True)


def test_a_registrar_finds_the_layouts_from_the_upload_page(cast, login):
    kept(cast.registrar)
    client = login(cast.registrar)
    assert reverse(PAGE) in text(client.get(reverse("ledgers:upload")))

    page = text(client.get(reverse(PAGE)))
    for shown in ("区信箱", "甲", "标题", "登小记", "保存台账版式"):
        assert shown in page
    assert english_left(page) == []


def test_a_registrar_renames_a_layout_and_its_history_tells(cast, login):
    row = kept(cast.registrar)
    page = do(login(cast.registrar), row, "rename", **{f"layout-{row.pk}-name": "区信箱月报"})

    assert "版式已改名为“区信箱月报”" in text(page)
    assert [entry.name for entry in row.history.order_by("history_id")] == ["区信箱", "区信箱月报"]
    fields, name = recognised(cast.registrar, HEADINGS)
    assert (fields["甲"], name) == ("title", "区信箱月报")


@pytest.mark.parametrize("name", ["", "别的版式", "长" * 61])
def test_a_name_that_is_empty_taken_or_too_long_is_refused_in_words(cast, login, name):
    kept(cast.registrar, "别的版式", ("甲", "乙", "丁"))
    row = kept(cast.registrar)
    page = do(login(cast.registrar), row, "rename", **{f"layout-{row.pk}-name": name})

    assert "请" in str(next(iter(page.context["messages"])))
    assert LedgerLayout.objects.get(pk=row.pk).name == "区信箱"


def test_an_ended_layout_recognises_nothing_and_is_not_offered_until_it_is_brought_back(
    cast, login
):
    row, client = kept(cast.registrar), login(cast.registrar)
    do(client, row, "end")
    assert recognised(cast.registrar, HEADINGS) == (dict.fromkeys(HEADINGS), "")
    offered = client.get(reverse("ledgers:upload")).context["form"].fields["layout"].queryset
    assert not offered.exists()
    assert "已停用" in text(client.get(reverse(PAGE)))

    do(client, row, "bring_back")
    assert recognised(cast.registrar, HEADINGS)[1] == "区信箱"
    reasons = row.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons) == ["保存台账版式", "停用台账版式", "恢复台账版式"]


def test_a_colleague_sees_a_layout_and_may_neither_rename_nor_end_it_but_the_head_may(cast, login):
    row = kept(cast.registrar)
    other = login(cast.registrar2)
    assert "停用</button>" not in text(other.get(reverse(PAGE)))
    url = reverse("ledgers:layout", args=[row.pk])
    for act in ("end", "rename"):
        answer = other.post(url, sent(act=act, **{f"layout-{row.pk}-name": "别名"}))
        assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home"))
    assert not LedgerLayout.objects.get().ended

    do(login(cast.officehead), row, "end")
    assert LedgerLayout.objects.get().ended
    assert (
        login(cast.registrar).post(reverse("ledgers:layout", args=[999]), sent()).status_code == 404
    )


def test_a_column_set_aside_once_means_nothing_in_the_next_file(cast):
    headings = ("登记日期", "标题", "联系人", "韦小梅的备注")
    rows = [[YESTERDAY, "路灯不亮", "李经办", "急"]]
    aside = {"3": ["", "", "人工选定", True]}
    with acting(cast.registrar):
        job = jobs.create(workbook(rows, headings), "a.xlsx", by=cast.registrar, source="区信箱")
        mapping = Ledger.open(job).chosen()
        assert mapping["columns"]["3"][0] == "person"
        job.mapping = {**mapping, "columns": {**mapping["columns"], **aside}}
        row = save_layout(Ledger.open(job), "月报", by=cast.registrar)

    fields, name = recognised(cast.registrar, headings, rows)
    assert (fields["联系人"], name) == (None, "月报")
    assert "联系人" not in str(row.mapping)
    assert "韦小梅" not in str(row.mapping)


def test_the_order_of_day_and_month_is_kept_for_each_column(cast):
    headings = ("登记日期", "标题", "办结日期")
    rows = [["03/02/2024", "路灯不亮", "05/03/2024"]]
    chosen = {
        "header_row": 1,
        "columns": {
            "1": ["received", "dmy", "", True], "2": ["title", "", "", True],
            "3": ["closed_on", "mdy", "", True],
        },
    }  # fmt: skip
    kept(cast.registrar, "外文系统", headings, chosen, rows)

    bring(workbook(rows, headings), cast.registrar, name="下个月.xlsx")
    matter = Matter.objects.get()
    assert (matter.received_on, matter.closed_on) == (date(2024, 2, 3), date(2024, 5, 3))


def test_saving_under_the_name_of_ones_own_ended_layout_brings_it_back(cast, login):
    row = kept(cast.registrar)
    do(login(cast.registrar), row, "end")
    client = login(cast.registrar)
    upload(client, workbook(ROWS, HEADINGS))
    press(client, "choose", column_1="title", column_2="received")
    press(client, "layout", layout_name="区信箱")

    assert not LedgerLayout.objects.get().ended
    assert LedgerLayout.objects.get().history.count() == 3
