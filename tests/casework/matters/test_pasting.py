"""What is read out of a pasted sheet, whatever it was copied from; nothing of it is lost."""

import re
import unicodedata
from datetime import date

import pytest

from casework.matters.pasting.labels import bare, field_of
from casework.matters.pasting.reading import read
from tests.casework.matters import sheets

ON = date(2026, 11, 23)


def values(text: str) -> dict:
    return read(text, ON).sheet.values


def extra(text: str) -> dict:
    return dict(read(text, ON).sheet.extra)


def test_a_hotline_sheet_copied_from_its_page_fills_the_form():
    found = read(sheets.WEB, ON)

    assert found.sheet.values == {
        "source_number": "YH20261120004731",
        "source": "12345热线电话",
        "name": "谭女士",
        "phone": "13900012233",
        "place": "青檀社区湖滨路18号3栋",
        "claim": "市民来电反映：湖滨路18号3栋电梯自11月5日起停运。\n物业称：正在等配件。\n"
        "1、要求尽快修好；\n2、要求公示维修资金使用情况。",
        "received_on": date(2026, 11, 20),
        "channel": "hotline",
        "title": "小区电梯停运半个月无人维修",
    }
    assert (found.sheet.community, found.sheet.limit) == ("青檀社区", "2026-11-25 18:00")
    assert found.count == 1
    kept = dict(found.sheet.extra)
    assert kept["来文时限"] == "2026-11-25 18:00"
    assert kept["派单意见"] == "请云湖街道核实处理，并于5个工作日内回复市民。"
    assert kept["粘贴原文其余部分"] == "返回 打印"


def test_labels_and_values_below_each_other_are_put_together():
    found = values(sheets.ONE_BELOW_THE_OTHER)

    assert found["source_number"] == "20261118-0093"
    assert found["claim"] == "望塘村村口路灯坏了三盏，\n晚上放学的孩子看不见路。"
    assert found["title"] == "望塘村村口路灯坏了三盏"
    assert found["received_on"] == date(2026, 11, 18)


def test_an_anonymous_caller_and_a_masked_number_fill_nothing_and_are_kept():
    found = read(sheets.ONE_BELOW_THE_OTHER, ON).sheet

    assert not {"name", "phone"} & found.values.keys()
    assert ("来电人", "匿名") in found.extra
    assert ("联系方式", "138****5566") in found.extra
    assert "“联系方式”没有填：号码被遮住了一部分" in found.notes[0]


def test_a_text_message_in_one_line_is_cut_at_its_labels():
    found = values(sheets.SMS)

    assert found["source_number"] == "12345-2026-778"
    assert (found["name"], found["phone"]) == ("柏先生", "0551-65432198")
    assert found["claim"] == "望塘村夜市烧烤油烟扰民，请协调"
    assert (found["source"], found["channel"]) == ("云湖热线", "hotline")
    assert extra(sheets.SMS)["来文时限"] == "11月30日前"


def test_brackets_two_numbers_and_a_remark_behind_the_name():
    found = values(sheets.BRACKETS)

    assert (found["name"], found["phone"]) == ("郑大勇", "13900002222")
    assert found["contact_note"] == "其他电话：13900003333"
    assert extra(sheets.BRACKETS)["诉求人"] == "郑大勇（男，46岁）"


def test_numbered_labels_with_blanks_inside():
    found = values(sheets.NUMBERED)

    assert (found["name"], found["place"]) == ("韦小梅", "望塘村3组")
    assert found["title"] == "民宿保洁员四个月加班费未付"
    assert found["claim"].endswith("老板说：月底再看。")
    assert extra(sheets.NUMBERED)["来文时限"] == "2026-12-01"
    assert extra(sheets.NUMBERED)["备注"] == "该市民已第二次来电"


def test_a_forwarding_letter_tells_who_what_number_and_by_when():
    found = values(sheets.LETTER)

    assert (found["name"], found["people_count"]) == ("韦大山", 12)
    assert found["title"] == "望塘村流转土地租金拖欠两年"
    assert found["source"] == "云湖区信访局"
    assert found["source_number"] == "云信转〔2026〕118号"
    assert found["channel"] == "forwarded"
    assert extra(sheets.LETTER)["来文时限"] == "2026年12月15日前"


def test_the_clerk_who_sent_a_letter_is_not_taken_for_the_petitioner():
    assert "phone" not in values(sheets.LETTER)
    assert extra(sheets.LETTER)["联系人"] == "李科长"
    assert extra(sheets.LETTER)["联系电话"] == "0551-62220000"


def test_a_letter_about_several_owners_names_nobody():
    found = values(sheets.ORDER)

    assert "name" not in found
    assert found["title"] == "澜庭苑逾期交房八个月"
    assert found["source"] == "云湖区人民政府办公室"
    assert extra(sheets.ORDER)["来文时限"] == "收到之日起10个工作日内"


def test_a_table_out_of_a_document_keeps_the_lines_of_its_cells():
    found = values(sheets.WORD_TABLE)

    assert found["claim"] == "两户共用院墙起争执，\n请求调解。"
    assert (found["name"], found["people_count"]) == ("司马青", 3)
    assert found["address"] == "柳湾社区6栋201"
    assert found["received_on"] == date(2026, 11, 19)


def test_columns_held_apart_by_blanks():
    found = values(sheets.BLANKS)

    assert (found["source_number"], found["name"]) == ("YH99", "谭女士")
    assert found["claim"] == "楼道停满电动车，存在火灾隐患，\n望尽快处理。"


def test_rows_copied_out_of_a_list_are_one_sheet_each():
    found = read(sheets.LIST, ON)

    assert found.count == 2
    assert found.sheet.values["claim"] == "路灯坏了\n两盏"
    second = read(found.more, ON)
    assert second.count == 1
    assert second.sheet.values["source_number"] == "A2"
    assert second.sheet.values["claim"] == "井盖\n缺失"


def test_of_two_sheets_the_first_is_read_and_the_second_kept_with_its_heading():
    found = read(sheets.TWO, ON)

    assert found.count == 2
    assert found.sheet.values["name"] == "谭女士"
    assert found.more.startswith("云湖区12345政务服务便民热线工单\n返回 打印\n工单编号：")
    assert read(found.more, ON).sheet.values["name"] == "于先生"


def test_two_letters_are_parted_at_the_heading_of_the_second():
    found = read(sheets.LETTER + sheets.LETTER.replace("118", "119").replace("大山", "小河"), ON)

    assert found.count == 2
    assert read(found.more, ON).sheet.values["source_number"] == "云信转〔2026〕119号"
    assert read(found.more, ON).sheet.values["name"] == "韦小河"


@pytest.mark.parametrize("name", sheets.ALL)
def test_nothing_of_a_sheet_is_lost(name):
    text = unicodedata.normalize("NFKC", re.sub(r"(?m)^\d、", "", sheets.ALL[name]))
    found = read(sheets.ALL[name], ON)
    kept = [
        *map(str, found.sheet.values.values()),
        *(v for pair in found.sheet.extra for v in pair),
    ]
    kept = unicodedata.normalize("NFKC", "\n".join([*kept, found.more]))

    pieces = re.findall(r"[\u4e00-\u9fff]+|[A-Za-z0-9*]+", text)
    lost = [piece for piece in pieces if piece not in kept and field_of(bare(piece)) is None]

    assert set(lost) <= {"来", "电", "人"}  # 来 电 人: a label with blanks


def test_a_title_holds_neither_name_nor_number():
    text = "来电人：钟阿婆\n标题：钟阿婆投诉：楼上漏水，请回电13900001111\n诉求内容：楼上漏水。"

    assert values(text)["title"] == "楼上漏水，请回电139****1111"
    assert extra(text)["来文标题"].startswith("钟阿婆投诉")


def test_a_few_words_without_labels_are_the_claim():
    found = values("望塘村路灯坏了没人修，电话19900001234")

    assert found["claim"] == "望塘村路灯坏了没人修，电话19900001234"
    assert found["phone"] == "19900001234"
    assert found["title"] == "望塘村路灯坏了没人修"


def test_a_day_to_come_is_not_the_day_of_receipt():
    found = read("工单编号：9\n派单时间：2027-01-01\n来电时间：2026-11-02 10:00", ON).sheet

    assert found.values["received_on"] == date(2026, 11, 2)
    assert found.notes == ["“派单时间”晚于今天，没有填进收到日期。"]
    assert ("派单时间", "2027-01-01") in found.extra


def test_a_number_too_long_for_its_field_is_kept_beside_it():
    long = "长" * 61
    found = read(f"来源单位：{long}\n诉求内容：井盖缺失", ON).sheet

    assert "source" not in found.values
    assert ("来源单位", long) in found.extra


def test_a_sheet_that_calls_itself_a_report_is_known_for_one():
    assert read(sheets.REPORT, ON).sealed
    assert read("诉求内容：举报村干部侵占补偿款", ON).reports
    assert not read(sheets.WEB.replace("投诉", "举报"), ON).sealed
    assert read(sheets.WEB.replace("投诉", "检举控告"), ON).sealed
    tip = read("诉求性质：举报\n诉求内容：夜市油烟。监督举报电话：12345", ON)
    assert (tip.sealed, tip.reports) == (False, True)
    assert not read("诉求内容：路灯坏了。投诉举报电话：12345", ON).reports


def test_blank_text_and_odd_characters_are_read_without_a_stumble():
    for text in (
        "",
        " \n\t\n",
        "：：：",
        "【】",
        "\x1f\x1f",
        '"\t"',
        "工单编号：\n来电人：",
        "a" * 20_000,
    ):
        assert read(text, ON).count == 1


def test_what_the_petitioner_asks_for_below_a_letter_is_the_claim() -> None:
    sheet = read(
        "云湖街道办事处：\n现将信访人李建国反映“道路硬化补偿款两年未发放”的信访事项转送你单位。\n"
        "信访人诉求：核实发放明细，尽快发放。",
        date(2026, 11, 23),
    ).sheet

    assert sheet.values["claim"] == "核实发放明细，尽快发放。"
    assert sheet.values["title"] == "道路硬化补偿款两年未发放"
    assert any("现将信访人李建国" in text for _, text in sheet.extra)


def test_a_work_order_that_does_not_say_whose_it_is_came_by_the_hotline() -> None:
    pasted = "工单号：2611230045\n来电号码：13905910045\n工单内容：楼下油烟扰民，请核实处理。"

    assert read(pasted, date(2026, 11, 23)).sheet.values["channel"] == "hotline"


def test_what_a_letter_tells_of_a_person_in_brackets_fills_their_fields() -> None:
    found = values(
        "云湖区信访局信访事项转送单\n云湖街道办事处：\n现将信访人邱大年（男，身份证号11010119900307123X，"
        "现住橹溪村六组8号，电话13905910046）反映的“宅基地审批一年无答复”问题转送你单位，请于12月15日前办结。"
    )

    assert found["name"] == "邱大年"
    assert found["id_number"] == "11010119900307123X"
    assert found["address"] == "橹溪村六组8号"
    assert found["phone"] == "13905910046"
    assert "宅基地审批一年无答复" in found["title"]


@pytest.mark.parametrize(
    ("claim", "title"),
    [
        ("猪饲料霉变无人理睬，住翠屏里77号。", "猪饲料霉变无人理睬"),
        ("我家住翠屏里77号2栋，楼上漏水两个月。", "楼上漏水两个月"),
        ("住宅3号楼电梯停运半个月。", "住宅3号楼电梯停运半个月"),
    ],
)
def test_a_proposed_title_tells_nobodys_home(claim: str, title: str) -> None:
    assert values(f"来电人：谭女士\n诉求内容：{claim}")["title"] == title
