"""台账格式: five official ledgers as data, and what an office makes of their columns."""

import io
import re
import uuid
from dataclasses import replace

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from casework.matters.states import Channel, Klass, Path, State
from office import ledger_forms
from office.history import acting
from office.history_view import differences_of_many
from office.ledger_forms import (
    KEYS,
    Form,
    changes,
    faults,
    form_of,
    overlaid,
    own_row,
    put,
    shipped,
    stored,
)
from office.models import Change, LedgerForm

LIST = reverse("office_ledger_forms")
EDIT = reverse("office_ledger_form", args=["matters"])
HISTORY = reverse("office_ledger_form_history", args=["matters"])


def keys(form: Form) -> list[str]:
    return [column.key for column in form.columns]


def with_column(form: Form, key: str, **changed) -> Form:
    """The form with one column changed."""
    columns = [replace(c, **changed) if c.key == key else c for c in form.columns]
    return replace(form, columns=tuple(columns))


def typed(page, **fields) -> dict[str, str]:
    """The form as a browser sends it after a page was opened, with some fields typed over."""
    form = page.context["form"]
    found = {}
    for bound in form:
        value = bound.value()
        if bound.name.startswith("shown-"):
            if value and not bound.field.disabled:
                found[bound.name] = "on"
        elif value not in (None, False):
            found[bound.name] = str(value)
    found |= {"form_token": str(uuid.uuid4()), "act": "save"}
    for name, value in fields.items():
        found[name.replace("__", "-")] = value
    return {name: value for name, value in found.items() if value is not None}


@pytest.fixture
def head(cast, login):
    return login(cast.officehead)


# The five ledgers as they are shipped


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_ledger_is_whole(key):
    form = shipped(key)
    assert faults(form) == {}
    assert form.columns[0].title == "序号"
    assert len(set(keys(form))) == len(form.columns)
    assert all(column.shown for column in form.columns)
    assert any(column.required for column in form.columns)
    assert all(column.note for column in form.columns)
    assert {c.kind for c in form.columns} <= {"text", "day", "moment", "number"}
    assert all(c.offers in ledger_forms.offers for c in form.columns if c.offers)


@pytest.mark.parametrize("key", KEYS)
def test_no_ledger_scores_or_lists_people(key):
    told = " ".join(c.title + c.note + "".join(c.choices) for c in shipped(key).columns)
    assert not re.search("稳控|重点人|缠访|闹访|老户|息诉罢访|劝返|接返|画像|积分", told)


@pytest.mark.parametrize(
    ("key", "titles"),
    [
        ("matters", "序号 信访编号 登记日期 信访形式 来源单位 信访人 联系方式 人数 是否集体访 代表人数 初次/重复 问题属地 "
         "内容分类 信访目的 诉求摘要 涉及单位 分类路径 受理情况 受理文号 受理日期 承办单位 协办单位 承办人 责任领导 办理期限 "
         "延期至 答复日期 答复文号 送达方式 送达日期 处理结果 满意度 复查/复核 督办次数 是否化解 办结日期 回访日期 档案号 备注"),
        ("disputes", "序号 排查日期 社区/网格 排查人 来源 纠纷类型 当事人 涉及人数 简要情况 诉求 事项风险等级 化解方式 "
         "化解措施 责任单位 责任人 包案领导 化解时限 进展 结果 协议书编号 司法确认 回访日期 备注"),
        ("receptions", "序号 日期 起止时间 地点 形式 接访领导 职务 陪同单位 来访人 人数 代表 反映问题 问题发生地 初次/重复 "
         "当场答复 领导意见 责任单位 办理期限 办理结果 答复日期 督办情况 关联信访编号"),
        ("backlog", "序号 批次 信访编号 事项 起始年份 信访人 人数 主要诉求 历次处理及文号 症结 包案领导 责任单位 专班成员 "
         "化解方案 法律意见 帮扶救助 时间节点 进展 化解方式 化解日期 佐证材料 核验人 状态"),
        ("legal_visits", "序号 日期 时间 社区/网格 地点 主题 参加人员 活动形式 参加人数 咨询件数 咨询类别 现场调解件数 "
         "转办事项编号 群众反馈 照片 发布链接 填报人"),
    ],
)  # fmt: skip
def test_a_clerk_finds_the_columns_in_the_order_they_are_used_to(key, titles):
    ours = [column.title for column in shipped(key).columns]
    assert [title for title in ours if title in titles.split()] == titles.split()


def test_drop_downs_offer_what_the_records_know(street, db):
    offered = {c.key: c.options() for c in shipped("matters").columns}
    assert set(offered["channel"]) == set(Channel.labels)
    assert set(offered["path"]) == set(Path.labels)
    assert Klass.REPORT.label not in offered["purpose"]
    assert State.SEALED.label not in offered["state"]
    assert offered["place"] == ("青檀社区", "望塘村")
    assert "社会事务办" in offered["lead_unit"]
    assert offered["remark"] == ()


# An office's own order, titles and widths


def test_columns_of_a_later_version_stand_at_the_end_and_former_ones_are_left_out(db):
    form = shipped("legal_visits")
    said = stored(replace(form, columns=(*reversed(form.columns[3:]), *form.columns[1:3])))
    row = LedgerForm(
        key=form.key, title="活动台账", columns=[{**said[0], "key": "weather"}, *said[1:]]
    )
    found = overlaid(form, row)
    missing = [said[0]["key"], form.columns[0].key]
    assert keys(found) == [entry["key"] for entry in said[1:]] + sorted(
        missing, key=keys(form).index
    )
    assert (found.title, found.own) == ("活动台账", True)


def test_a_column_that_must_be_filled_is_shown_whatever_was_said_before(db):
    form = shipped("matters")
    said = [{**entry, "shown": False} for entry in stored(with_column(form, "remark", width=30))]
    found = overlaid(form, LedgerForm(key="matters", title=form.title, columns=said))
    assert [column.key for column in found.shown] == ["received_on", "category", "claim"]


@pytest.mark.parametrize(
    ("changed", "where", "sentence"),
    [
        ({"key": "remark", "title": "  "}, "title-remark", "请填写列名"),
        ({"key": "remark", "title": "信访 编号"}, None, ""),
        ({"key": "remark", "title": "信访编号"}, "title-remark", "已经有一列了"),
        ({"key": "remark", "title": "字" * 31}, "title-remark", "不要超过 30 个字"),
        ({"key": "remark", "width": 3}, "width-remark", "4 到 80"),
        ({"key": "remark", "width": 81}, "width-remark", "4 到 80"),
        ({"key": "claim", "shown": False}, "shown-claim", "必填的列不能隐藏"),
    ],
)
def test_a_form_with_faults_is_refused_in_words(changed, where, sentence):
    key = changed.pop("key")
    found = faults(with_column(shipped("matters"), key, **changed))
    assert list(found) == ([where] if where else [])
    assert sentence in found.get(where, "")


def test_at_least_one_column_is_shown():
    columns = [replace(c, shown=False, required=False) for c in shipped("matters").columns]
    assert faults(replace(shipped("matters"), columns=tuple(columns)))[""] == "至少要显示一列。"


def test_a_faulty_form_is_never_written(cast):
    with acting(cast.officehead), pytest.raises(ValidationError, match="必填的列不能隐藏"):
        put(own_row("matters"), with_column(shipped("matters"), "claim", shown=False))
    assert form_of("matters") == shipped("matters")


def test_one_moved_column_is_told_as_one_move():
    form = shipped("disputes")
    last = form.columns[-1]
    moved = replace(form, columns=(form.columns[0], last, *form.columns[1:-1]))
    told = changes(form, with_column(moved, "risk", title="等级", width=6))
    assert [(line.label, line.old, line.new) for line in told] == [
        ("“备注”位置", "第 24 列", "第 2 列"),
        ("“事项风险等级”列名", "事项风险等级", "等级"),
        ("“事项风险等级”宽度", "10", "6"),
    ]


# The pages


def test_the_head_moves_a_column_and_everybody_reads_in_words_what_changed(cast, head):
    page = head.get(EDIT)
    sent = typed(
        page, place__remark="2", title__officer="经办人", width__claim="50",
        change_reason="按区里要求", shown__file_number=None,
    )  # fmt: skip
    assert head.post(EDIT, sent).status_code == 302
    form = form_of("matters")
    assert keys(form)[:3] == ["serial", "remark", "number"]
    assert form.own
    assert "file_number" not in [column.key for column in form.shown]
    history = head.get(HISTORY).content.decode()
    for words in ("按区里要求", "“备注”位置", "第 42 列", "“承办人”列名", "经办人", "“档案号”显示"):
        assert words in history
    assert "{&#x27;key" not in history
    change = Change.objects.filter(kind="office.ledgerform", actor=cast.officehead).get()
    assert (change.reason, change.post.role) == ("按区里要求", "office_head")


def test_who_types_the_number_of_a_place_stands_there(head):
    for place, order in (
        ({"place__number": "1"}, ["number", "serial", "registered_on"]),
        ({"place__number": "3"}, ["serial", "registered_on", "number"]),
        ({"place__serial": "999"}, ["number", "registered_on", "received_on"]),
    ):
        sent = typed(head.get(EDIT), **place, act="preview")
        shown = head.post(EDIT, sent).context["layout"]
        assert keys(shown)[:3] == order
    assert form_of("matters") == shipped("matters")


def test_the_head_moves_a_column_with_a_button_and_loses_nothing_typed(head):
    sent = typed(head.get(EDIT), title__officer="经办人", change_reason="调整", act="up:number")
    page = head.post(EDIT, sent)
    assert page.status_code == 200
    assert keys(page.context["layout"])[:2] == ["number", "serial"]
    assert not LedgerForm.objects.get().columns
    again = head.post(EDIT, typed(page, act="down:serial"))
    assert keys(again.context["layout"])[:3] == ["number", "registered_on", "serial"]
    assert head.post(EDIT, typed(again)).status_code == 302
    form = form_of("matters")
    assert keys(form)[:3] == ["number", "registered_on", "serial"]
    assert "经办人" in [column.title for column in form.columns]


def test_a_place_typed_after_a_button_counts_from_what_is_shown(head):
    page = head.post(EDIT, typed(head.get(EDIT), act="up:number"))
    page = head.post(EDIT, typed(page, place__registered_on="1", act="preview"))
    assert keys(page.context["layout"])[:3] == ["registered_on", "number", "serial"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title__remark": "备注2"}, "请写明修改原因"),
        ({"title__remark": "", "change_reason": "x"}, "请填写列名"),
        ({"title__remark": "序号", "change_reason": "x"}, "已经有一列了"),
        ({"width__remark": "3", "change_reason": "x"}, "宽度请填 4 到 80"),
        ({"width__remark": "很宽", "change_reason": "x"}, "请填写整数"),
        ({"place__remark": "", "change_reason": "x"}, "请填写整数"),
        ({"title": " ", "change_reason": "x"}, "台账名称"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(head, fields, sentence):
    page = head.post(EDIT, typed(head.get(EDIT), title__officer="经办人", **fields))
    assert page.status_code == 422
    text = page.content.decode()
    assert sentence in text
    assert 'value="经办人"' in text
    assert form_of("matters") == shipped("matters")


def test_a_required_column_cannot_be_hidden_by_a_hand_made_form(head):
    page = head.get(EDIT)
    assert page.context["form"].fields["shown-claim"].disabled
    head.post(EDIT, typed(page, width__remark="9", shown__claim=None, change_reason="x"))
    assert form_of("matters").columns[-1].width == 9
    assert "claim" in [column.key for column in form_of("matters").shown]


def test_saving_what_did_not_change_writes_nothing(head):
    page = head.post(EDIT, typed(head.get(EDIT)), follow=True)
    assert "没有改动，不用保存。" in page.content.decode()
    assert LedgerForm.objects.get().version == 1
    assert "没有改过" in head.get(LIST).content.decode()


def test_a_second_click_saves_once(head):
    sent = typed(head.get(EDIT), width__remark="9", change_reason="窄一些")
    for _ in range(2):
        assert head.post(EDIT, sent).status_code == 302
    assert LedgerForm.objects.get().version == 2


def test_two_heads_lose_nothing_to_each_other(cast, head, login):
    other = login(cast.officehead2)
    mine, theirs = head.get(EDIT), other.get(EDIT)
    other.post(EDIT, typed(theirs, width__claim="60", place__remark="2", change_reason="先改的"))
    page = head.post(EDIT, typed(mine, title__officer="经办人", change_reason="后改的"))
    assert page.status_code == 422
    text = page.content.decode()
    assert "信小副" in text
    assert "“诉求摘要”宽度 40 → 60" in text
    assert "列的顺序" in text
    sent = typed(page, change_reason="后改的")
    assert sent["width-claim"] == "60"
    assert head.post(EDIT, sent).status_code == 302
    form = form_of("matters")
    found = {column.key: column for column in form.columns}
    assert (found["officer"].title, found["claim"].width) == ("经办人", 60)
    assert keys(form)[1] == "remark"


def test_one_click_goes_back_to_the_shipped_form_and_stays_in_the_history(head):
    head.post(EDIT, typed(head.get(EDIT), title="来访台账", place__remark="1", change_reason="x"))
    assert form_of("matters").own
    sent = {"form_token": str(uuid.uuid4()), "loaded_version": "2", "act": "reset"}
    assert head.post(EDIT, sent).status_code == 302
    assert form_of("matters") == shipped("matters")
    assert LedgerForm.history.count() == 3
    assert "恢复系统自带格式" in head.get(HISTORY).content.decode()


def test_going_back_does_not_throw_away_what_another_just_saved(cast, head, login):
    head.post(EDIT, typed(head.get(EDIT), width__remark="9", change_reason="x"))
    other = login(cast.officehead2)
    other.post(EDIT, typed(other.get(EDIT), width__remark="12", change_reason="y"))
    sent = {"form_token": str(uuid.uuid4()), "loaded_version": "2", "act": "reset"}
    page = head.post(EDIT, sent, follow=True)
    assert "刚被别人改过" in page.content.decode()
    assert form_of("matters").columns[-1].width == 12


@pytest.mark.parametrize("who", ["registrar", "officer", "head", "leader", "auditor", "editor"])
def test_a_stranger_to_the_forms_changes_nothing(cast, login, who):
    client = login(getattr(cast, who))
    for address in (EDIT, HISTORY):
        assert client.get(address).status_code == 302
    sent = {"form_token": str(uuid.uuid4()), "title": "我的台账", "act": "save"}
    assert client.post(EDIT, sent).status_code == 302
    assert client.post(EDIT, {**sent, "act": "reset"}).status_code == 302
    assert not LedgerForm.objects.exists()


def test_a_ledger_that_is_none_of_the_five_is_not_found(head):
    for name in ("office_ledger_form", "office_ledger_form_history", "office_ledger_template"):
        assert head.get(reverse(name, args=["people"])).status_code == 404


def test_the_page_says_what_the_system_does_not_fill(head):
    text = head.get(EDIT).content.decode()
    row = text[text.index('id="column-remark"') :]
    assert "系统暂不填" in row[: row.index("</tr>")]
    row = text[text.index('id="column-number"') :]
    assert "系统暂不填" not in row[: row.index("</tr>")]
    other = head.get(reverse("office_ledger_form", args=["backlog"])).content.decode()
    assert "系统里还没有这类记录" in other


# Empty templates


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("who", ["registrar", "officehead", "sysadmin"])
def test_who_fills_ledgers_in_gets_the_empty_one(cast, login, who, key):
    client = login(getattr(cast, who))
    listed = client.get(LIST).content.decode()
    address = reverse("office_ledger_template", args=[key])
    assert address in listed
    assert (f'href="{EDIT}"' in listed) == (who != "registrar")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(address).streaming_content)))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(max_row=6)]
    titles = [c.title + "*" * c.required for c in shipped(key).columns]
    assert titles in [row[: len(titles)] for row in cells]
    assert cells[0][0] == f"云湖街道{shipped(key).title}"


def test_the_empty_one_follows_the_offices_own_form(cast, head):
    head.post(
        EDIT,
        typed(head.get(EDIT), place__remark="1", title__remark="说明", shown__officer=None, change_reason="x"),
    )  # fmt: skip
    address = reverse("office_ledger_template", args=["matters"])
    made = io.BytesIO(b"".join(head.get(address).streaming_content))
    sheet = openpyxl.load_workbook(made).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=6)]
    header = next(row for row in rows if "序号" in row)
    assert header[0] == "说明"
    assert "承办人" not in header
    assert "list" in {rule.type for rule in sheet.data_validations.dataValidation}


@pytest.mark.parametrize("who", ["officer", "auditor", "editor", "secadmin"])
def test_who_neither_imports_nor_keeps_forms_gets_none(cast, login, who):
    client = login(getattr(cast, who))
    assert client.get(LIST).status_code == 302
    assert client.get(reverse("office_ledger_template", args=["matters"])).status_code == 302


def test_an_auditor_reads_the_change_in_words(cast, head):
    head.post(EDIT, typed(head.get(EDIT), width__remark="9", change_reason="窄一些"))
    old, new = LedgerForm.history.order_by("history_id")
    told = differences_of_many([(old, new, None)])[0]
    assert [(line.label, line.old, line.new) for line in told] == [("“备注”宽度", "20", "9")]
