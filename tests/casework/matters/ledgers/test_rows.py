"""One ledger comes in: what its rows become, and what the same rows do when they come again."""

import json
from datetime import date

import pytest

from casework.matters.intake import Arrival, register
from casework.matters.models import ImportJob, Item, Matter, Move, Opinion, Petitioner
from casework.matters.moving import move
from office.history import acting
from office.models import Change

from .conftest import LONG_AGO, YESTERDAY, bring, counts, only, told, workbook

pytestmark = pytest.mark.usefixtures("rules")


def extra(matter):
    return json.loads(matter.text("extra") or "[]")


def test_a_registrar_imports_a_fresh_row_as_if_it_had_arrived_at_the_counter(cast):
    row = [
        "7",
        YESTERDAY,
        "小区路灯不亮",
        "三号楼前的路灯坏了。",
        "韦小梅",
        "199 0000 1234",
        "社会事务办",
    ]
    job = bring(workbook([row]), cast.registrar)

    assert counts(job) == (1, 1, 0, 0, 0)
    matter = only()
    assert (matter.number, matter.state, matter.from_ledger) == (
        "XF2026-000001",
        "registered",
        False,
    )
    assert (matter.due_kind, matter.due_on) == ("notice", date(2026, 12, 7))
    assert (matter.source, matter.source_number) == ("区热线", "7")
    assert matter.lead_unit is None  # who leads is decided by 交办, not by a ledger
    assert extra(matter) == [["承办单位", "社会事务办"]]
    assert matter.text("claim") == "三号楼前的路灯坏了。"
    assert matter.registered_by == cast.registrar
    [person] = Petitioner.objects.all()
    assert (person.text("name"), person.text("phone")) == ("韦小梅", "19900001234")
    assert "韦小梅".encode() not in bytes(person.name)
    assert [(m.name, m.on, m.actor) for m in Move.objects.all()] == [
        ("register", YESTERDAY, cast.registrar)
    ]
    [link] = matter.links.all()
    assert (link.item.number, link.item.received_on) == ("LJ2026-000001", YESTERDAY)
    for record in (matter, person, link, link.item):
        assert [row.history_user for row in record.history.all()] == [cast.registrar]
    assert set(Change.objects.filter(root_id=matter.pk, root_kind="matters.matter").values_list("reason", flat=True)) == {"台账导入"}  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        ["1", LONG_AGO, "路灯不亮"],
        ["1", YESTERDAY, "路灯不亮", "", "", "", "", "按期办结"],
        ["1", YESTERDAY, "路灯不亮", "", "", "", "", "已办结"],
    ],
)
def test_a_finished_or_old_row_comes_in_closed_with_one_move_and_no_clock(cast, row):
    bring(workbook([row]), cast.registrar)

    matter = only()
    assert (matter.state, matter.from_ledger, matter.due_on) == ("closed", True, None)
    assert (matter.source_number, matter.lead_unit) == ("1", None)
    assert [(m.name, m.target) for m in Move.objects.all()] == [("take_over", "closed")]


def test_a_row_with_an_answer_brings_the_answer_and_its_day(cast):
    headings = ("编号", "日期", "标题", "答复内容", "答复日期", "办结日期")
    row = ["1", date(2026, 11, 2), "路灯不亮", "已修好。", date(2026, 11, 9), date(2026, 11, 10)]
    bring(workbook([row], headings), cast.registrar)

    matter = only()
    assert (matter.state, matter.answered_on, matter.closed_on) == (
        "closed", date(2026, 11, 9), date(2026, 11, 10),
    )  # fmt: skip
    [opinion] = Opinion.objects.all()
    assert (opinion.text("body"), opinion.answered_on) == ("已修好。", date(2026, 11, 9))


@pytest.mark.parametrize("state", ["未办结", "办理中", "正在处理，限期完成整改", ""])
def test_a_row_that_is_not_finished_stays_open_whatever_its_words(cast, state):
    bring(workbook([["1", YESTERDAY, "路灯不亮", "", "", "", "", state]]), cast.registrar)
    assert only().state == "registered"


def test_what_has_no_field_is_kept_beside_its_heading(cast):
    row = ["1", YESTERDAY, "路灯不亮", "", "", "", "市政公司", "办理中", "三次催办"]
    bring(workbook([row]), cast.registrar)
    assert extra(only()) == [["承办单位", "市政公司"], ["办理状态", "办理中"], ["备注", "三次催办"]]


def test_a_row_without_a_title_is_named_by_its_categories_and_never_by_a_person(cast):
    headings = ("日期", "二级分类", "三级分类", "社区", "姓名", "内容")
    row = [YESTERDAY, "市政设施", "路灯", "青檀社区", "韦小梅", "我叫韦小梅，楼下路灯坏了。"]
    bring(workbook([row], headings), cast.registrar)
    assert only().title == "市政设施：路灯（青檀社区）"
    assert only().community.name == "青檀社区"


def test_a_name_in_a_title_stays_in_the_vault(cast):
    bring(workbook([["1", YESTERDAY, "韦小梅反映路灯不亮", "", "韦小梅"]]), cast.registrar)
    assert only().title == "信访人反映路灯不亮"
    assert ["标题", "韦小梅反映路灯不亮"] in extra(only())


def test_a_phone_in_a_title_is_masked(cast):
    bring(workbook([["1", YESTERDAY, "19900001234 来电反映路灯不亮"]]), cast.registrar)
    assert only().title == "199****1234 来电反映路灯不亮"
    assert ["标题", "19900001234 来电反映路灯不亮"] in extra(only())


def test_a_title_is_cut_at_120_characters_and_kept_whole(cast):
    long = "路灯不亮" * 40
    bring(workbook([["1", YESTERDAY, long]]), cast.registrar)
    assert len(only().title) == 120
    assert ["标题", long] in extra(only())


def test_masked_and_anonymous_people_stay_as_they_were_written(cast):
    rows = [
        ["1", YESTERDAY, "路灯不亮", "", "张某某", "138****0000"],
        ["2", YESTERDAY, "井盖松动", "", "匿名"],
        ["3", YESTERDAY, "噪声扰民", "", "云湖物业公司", "0591-87654321、13900001111"],
    ]
    job = bring(workbook(rows), cast.registrar)

    assert counts(job) == (3, 3, 0, 0, 0)
    masked, anonymous, firm = Petitioner.objects.order_by("pk")
    assert (masked.kind, masked.text("name"), masked.text("phone")) == (
        "person", "张某某", "138****0000",
    )  # fmt: skip
    assert (masked.name_hash, masked.phone_hash) == ("", "")
    assert (anonymous.kind, anonymous.text("name")) == ("anonymous", "")
    assert (firm.kind, firm.text("phone")) == ("organisation", "0591-87654321")
    assert firm.text("contact_note") == "其他电话：13900001111"


# The same ledger again


def test_the_same_ledger_again_adds_nothing_and_writes_nothing(cast):
    data = workbook([["1", YESTERDAY, "路灯不亮"], ["2", LONG_AGO, "井盖松动"]])
    bring(data, cast.registrar)
    before = Change.objects.count()

    assert counts(bring(data, cast.registrar)) == (2, 0, 0, 2, 0)
    assert (Matter.objects.count(), Item.objects.count()) == (2, 2)
    assert Change.objects.count() == before


def test_a_known_number_fills_what_is_empty_and_nothing_else(cast, street):
    first = ["1", YESTERDAY, "路灯不亮", "", "韦小梅", "19900001234"]
    again = [
        "1",
        YESTERDAY,
        "路灯不亮",
        "三号楼前",
        "郑大成",
        "19900009999",
        "社会事务办",
        "已办结",
        "急",
    ]
    bring(workbook([first]), cast.registrar)
    job = bring(workbook([again]), cast.registrar)

    assert counts(job) == (1, 0, 1, 0, 0)
    matter = only()
    assert matter.text("claim") == "三号楼前"
    assert (matter.state, matter.lead_unit) == ("registered", None)
    assert ["备注", "急"] in extra(matter)
    person = Petitioner.objects.get()
    assert (person.text("name"), person.text("phone")) == ("韦小梅", "19900001234")
    assert matter.history.count() == 2
    changed = bring(workbook([["1", YESTERDAY, "路灯不亮", "五号楼前"]]), cast.registrar)
    assert counts(changed) == (1, 0, 0, 1, 0)
    assert only().text("claim") == "三号楼前"


def test_a_masked_value_never_takes_the_place_of_a_clear_one(cast):
    bring(workbook([["1", YESTERDAY, "路灯不亮", "", "韦小梅", "19900001234"]]), cast.registrar)
    job = bring(
        workbook([["1", YESTERDAY, "路灯不亮", "", "韦某某", "199****1234"]]), cast.registrar
    )

    assert counts(job) == (1, 0, 0, 1, 0)
    person = Petitioner.objects.get()
    assert (person.text("name"), person.text("phone")) == ("韦小梅", "19900001234")


def test_an_answer_told_later_is_added_to_what_came_in_closed(cast):
    headings = ("编号", "日期", "标题", "答复内容", "答复日期")
    bring(workbook([["1", LONG_AGO, "路灯不亮"]], headings), cast.registrar)
    again = ["1", LONG_AGO, "路灯不亮", "已修好。", date(2024, 3, 9)]

    assert counts(bring(workbook([again], headings), cast.registrar)) == (1, 0, 1, 0, 0)
    assert only().answered_on == date(2024, 3, 9)
    assert Opinion.objects.get().text("body") == "已修好。"


def test_an_answer_told_later_does_not_answer_a_running_matter(cast):
    headings = ("编号", "日期", "标题", "答复内容")
    bring(workbook([["1", YESTERDAY, "路灯不亮"]], headings), cast.registrar)
    bring(workbook([["1", YESTERDAY, "路灯不亮", "已修好。"]], headings), cast.registrar)

    assert (only().state, Opinion.objects.count()) == ("registered", 0)
    assert extra(only()) == [["答复内容", "已修好。"]]


@pytest.mark.parametrize(
    ("row", "cell", "why"),
    [
        (["1", YESTERDAY, "井盖松动"], "C2", "标题不同"),
        (["1", date(2026, 11, 1), "路灯不亮"], "B2", "收到日期不同"),
    ],
)
def test_a_known_number_with_another_title_or_day_is_shown_and_not_written(cast, row, cell, why):
    bring(workbook([["1", YESTERDAY, "路灯不亮"]]), cast.registrar)
    job = bring(workbook([row]), cast.registrar)

    assert counts(job) == (1, 0, 0, 0, 1)
    [said] = told(job)
    assert said.startswith(cell)
    assert why in said
    assert "XF2026-000001" in said
    assert only().title == "路灯不亮"


def test_a_title_corrected_here_since_is_still_the_same_row(cast):
    data = workbook([["1", YESTERDAY, "路灯不亮"]])
    bring(data, cast.registrar)
    matter = only()
    matter.title = "三号楼前路灯不亮"
    with acting(cast.officehead, "更正标题"):
        matter.save()

    assert counts(bring(data, cast.registrar)) == (1, 0, 0, 1, 0)
    assert only().title == "三号楼前路灯不亮"


def test_a_matter_registered_by_hand_under_the_same_number_is_not_registered_twice(cast):
    arrival = Arrival(
        channel="forwarded", received_on=YESTERDAY, claims=[("路灯不亮", "")],
        source="区热线", source_number="66",
    )  # fmt: skip
    with acting(cast.registrar):
        register(arrival, by=cast.registrar)

    job = bring(workbook([["66", YESTERDAY, "路灯不亮", "三号楼前"]]), cast.registrar)
    assert counts(job) == (1, 0, 1, 0, 0)
    assert only().text("claim") == "三号楼前"


def test_the_same_number_of_another_source_is_another_matter(cast):
    data = workbook([["1", YESTERDAY, "路灯不亮"]])
    bring(data, cast.registrar, source="区热线")
    assert counts(bring(data, cast.registrar, source="市信箱")) == (1, 1, 0, 0, 0)


def test_rows_that_repeat_within_one_file_are_one_matter(cast):
    rows = [
        ["1", YESTERDAY, "路灯不亮"],
        ["1", YESTERDAY, "路灯不亮", "三号楼前"],
        ["1", YESTERDAY, "路灯不亮"],
        ["1", YESTERDAY, "井盖松动"],
    ]
    job = bring(workbook(rows), cast.registrar)

    assert counts(job) == (4, 1, 1, 1, 1)
    assert told(job)[0].startswith("C5")
    assert only().text("claim") == "三号楼前"


def test_rows_without_a_number_are_known_by_what_they_say(cast):
    headings = ("日期", "标题", "内容", "备注")
    data = workbook(
        [[YESTERDAY, "路灯不亮", "三号楼前"], [YESTERDAY, "路灯不亮", "五号楼前"]], headings
    )
    assert counts(bring(data, cast.registrar)) == (2, 2, 0, 0, 0)
    assert counts(bring(data, cast.registrar)) == (2, 0, 0, 2, 0)
    noted = workbook([[YESTERDAY, "路灯不亮", "三号楼前", "已联系"]], headings)
    assert counts(bring(noted, cast.registrar)) == (1, 0, 1, 0, 0)
    assert Matter.objects.count() == 2


def test_a_registrar_does_not_reach_through_a_ledger_what_they_may_not_see(cast, street):
    data = workbook([["1", YESTERDAY, "路灯不亮"]])
    bring(data, cast.registrar)
    with acting(cast.officehead):
        matter = move(only(), "accept", by=cast.officehead, data={"klass": "C", "path": "C6"})
        move(matter, "assign", by=cast.officehead, data={"lead_unit": street.social})

    filled = workbook([["1", YESTERDAY, "路灯不亮", "三号楼前"]])
    assert counts(bring(filled, cast.registrar2)) == (1, 0, 0, 1, 0)
    assert only().text("claim") == ""
    assert counts(bring(filled, cast.officehead)) == (1, 0, 1, 0, 0)


# What is wrong, by cell


def test_all_errors_are_told_at_once_by_cell_and_the_good_rows_come_in(cast):
    headings = ("编号", "日期", "标题", "电话", "证件号码", "人数")
    rows = [
        ["1", "2026-02-30", "路灯不亮", "12", "990000195001011", "三"],
        ["2", YESTERDAY, "井盖松动", "19900001234", "", 2],
        ["3", None, "", "", "", ""],
        ["4", date(2027, 1, 1), "噪声扰民", "", "", 0],
    ]
    job = bring(workbook(rows, headings), cast.registrar)

    assert counts(job) == (4, 1, 0, 0, 3)
    cells = [said.partition("（")[0] for said in told(job)]
    assert cells == ["B2", "D2", "E2", "F2", "C4", "B4", "F5", "B5"]
    assert only().people_count == 2
    assert all("请" in said or "必填" in said for said in told(job))


def test_a_report_against_somebody_never_comes_in_unsealed(cast):
    headings = ("编号", "日期", "标题", "信访目的")
    job = bring(workbook([["1", YESTERDAY, "反映某干部", "检举控告"]], headings), cast.registrar)

    assert counts(job) == (1, 0, 0, 0, 1)
    assert "密件" in told(job)[0]
    assert not Matter.objects.exists()


@pytest.mark.parametrize(("heading", "added"), [("性质", 1), ("信访类别", 0)])
def test_a_tip_told_to_a_hotline_is_no_report_against_an_official(cast, heading, added):
    headings = ("编号", "日期", "标题", heading)
    job = bring(workbook([["1", YESTERDAY, "工厂夜间排污", "举报"]], headings), cast.registrar)
    assert job.added == added


def test_a_mended_ledger_brings_in_only_what_was_missing(cast):
    rows = [["1", YESTERDAY, "路灯不亮"], ["2", "昨天", "井盖松动"]]
    assert counts(bring(workbook(rows), cast.registrar)) == (2, 1, 0, 0, 1)
    rows[1][1] = YESTERDAY
    headings = ("编号", "登记日期", "标题", "错误")
    mended = workbook([[*rows[0], ""], [*rows[1], "B3：日期看不懂"]], headings)

    assert counts(bring(mended, cast.registrar)) == (2, 1, 0, 1, 0)
    assert [extra(matter) for matter in Matter.objects.all()] == [[], []]


def test_numbers_of_two_ledgers_follow_without_a_gap(cast):
    bring(workbook([[str(n), YESTERDAY, f"第{n}件"] for n in range(5)]), cast.registrar)
    bring(workbook([["x", "不是日期", "坏"], ["y", YESTERDAY, "好"]]), cast.registrar)

    numbers = list(Matter.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [f"XF2026-{n:06d}" for n in range(1, 7)]
    assert ImportJob.objects.filter(state="done").count() == 2
