"""A registrar brings a table as plain text; it is read whatever machine wrote it."""

import pytest

from office.sheets.reading import read_book


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_registrar_brings_a_text_table_in_the_encoding_of_her_machine(
    encoding: str, delimiter: str
) -> None:
    lines = [["姓名", "内容", "电话"], ["赵䶮", '"他说""行""\n再等等"', "013800"], ["钱", "", ""]]
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)

    (sheet,) = read_book(data, "来件/十月.csv").sheets

    assert sheet.name == "十月"
    assert sheet.rows == [
        ("姓名", "内容", "电话"),
        ("赵䶮", '他说"行"\n再等等', "013800"),
        ("钱", "", ""),
    ]


def test_tab_separated_text_under_the_name_of_a_spreadsheet_is_read() -> None:
    (sheet,) = read_book("编号\t内容\n1\t漏水".encode("gb18030"), "导出.xls").sheets

    assert sheet.rows == [("编号", "内容"), ("1", "漏水")]


def test_separators_of_our_own_inside_a_cell_do_no_harm() -> None:
    data = "甲\x1e乙,丙\x1f丁\n戊,己".encode()

    assert read_book(data, "a.csv").sheets[0].rows == [("甲乙", "丙丁"), ("戊", "己")]


def test_a_text_that_looks_like_a_formula_comes_back_as_it_was_exported() -> None:
    lines = ["编号,内容", "'=1+1,'+86 10", "'-3,'@所有人", "''=x,'引号", "\"'\t制表\",it's"]
    data = "\n".join(lines).encode()

    assert read_book(data, "a.csv").sheets[0].rows[1:] == [
        ("=1+1", "+86 10"),
        ("-3", "@所有人"),
        ("'=x", "'引号"),
        ("\t制表", "it's"),
    ]


def test_the_last_character_of_a_text_table_that_was_cut_off_is_forgiven() -> None:
    data = "编号,内容\n1,漏水".encode()

    assert read_book(data[:-1], "a.csv").sheets[0].rows == [("编号", "内容"), ("1", "漏")]
