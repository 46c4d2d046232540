"""What each odd, hostile and real file must come to when a registrar uploads it.

Written down from the files themselves, as other programs list them: not from what our reader prints.
A file is one of four things:

- `ledger`: all that is needed is recognised, it can be imported as it stands;
- `table`: a table with a header that is no ledger of petitions: the page asks what is missing;
- `loose`: a form, a report, a list without headings or a lone cell: the page asks too; no row of
  it is a header, so none is held here;
- `sentence`: nothing to show: a plain sentence, by its key in `office.sheets.book.SENTENCES`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """Sheet that is proposed, last row of its header, rows that are records, columns taken over.

    `said`: parts of what the page must tell about the file.
    """

    kind: str
    sheet: str = ""
    header: int = 0
    rows: int = 0
    columns: int = 0
    code: str = ""
    said: tuple[str, ...] = ()


def ledger(sheet: str, header: int, rows: int, columns: int, *said: str) -> Outcome:
    return Outcome("ledger", sheet, header, rows, columns, said=said)


def table(sheet: str, header: int, rows: int, columns: int, *said: str) -> Outcome:
    return Outcome("table", sheet, header, rows, columns, said=said)


def loose(sheet: str, *said: str) -> Outcome:
    return Outcome("loose", sheet, said=said)


def sentence(code: str) -> Outcome:
    return Outcome("sentence", code=code)


PETITIONS = {
    "fuzhou_12345_river_appeals.xlsx": ledger(
        "汇总", 1, 899, 49, "AL–AO 列在表格里是隐藏的，也一并读入。"
    ),
    "pingshan_events_2018.csv": ledger("pingshan_events_2018", 1, 5947, 20),
    "pingshan_events_2018_gb18030_first1000.csv": ledger(
        "pingshan_events_2018_gb18030_first1000", 1, 1000, 20
    ),
    "pingshan_event_type_tree.csv": table("pingshan_event_type_tree", 1, 372, 6),
    "teddy2020_fj1_taxonomy_3level.xlsx": table("Sheet1", 1, 517, 3),
    "teddy2020_fj2_labelled.xlsx": ledger("Sheet1", 1, 548, 6),
    # the sheet claims 65,203 rows
    "teddy2020_fj2_labelled_sample_phantom_rows.xlsx": ledger("Sheet1", 1, 495, 6),
    "teddy2020_fj2_unlabelled.xlsx": ledger("Sheet1", 1, 1636, 6),
    "teddy2020_fj3_hot_topics.xlsx": ledger("Sheet1", 1, 2578, 7),
    "teddy2020_fj4_with_replies.xlsx": ledger("Sheet1", 1, 1687, 7),
    "xinfang_code_values.json": sentence("not_a_spreadsheet"),
}

CHINESE = {
    # forms to be filled in by hand: labels left of their values
    "DKO+062.69～DKO+095段右侧喷播植草护坡.xls": loose("检验单"),
    "K131+710～K131+770段左侧喷播植草护坡.xls": loose("检验单"),
    "chinese-provinces.xls": table("provinces", 1, 3, 2),
    "wps_fn.et": table("Sheet1", 1, 2, 3),
    # title, blank row, unit; header in rows 4-6 and 4-5; rows in groups; notes below
    "全国行政区划_2012年底.xls": table("Sheet1", 6, 35, 12),
    "全国行政区划_2020年底.xls": table("Sheet1", 5, 35, 12),
    # the large sheet has no day; this one has, without a year
    "活动受益人数统计表_2024.xls": table("Sheet2", 1, 40, 3, "没有写年份"),
    "海淀政务公开_区住房城乡建设委.xls": table("sheet1", 1, 21, 3),
    "海淀政务公开_区文化和旅游局.xls": table("sheet1", 1, 77, 3),
    "海淀政务公开_四季青镇.xls": table("sheet1", 1, 14, 3),
    "海淀政务公开_海淀镇.xls": table("sheet1", 1, 120, 3),
    "海淀政务公开_青龙桥街道.xls": table("sheet1", 1, 36, 3),
    # two sheets of figures with side tables come before the list itself
    "海淀政务公开总表_实为xlsx.xls": table("combine（规范后）", 1, 573, 4),
    "路基时间台账.xlsx": table("路基时间台账", 2, 757, 8),
}

CORPUS = {
    "calamine__column_row_ranges.xlsx": loose("Column ranges"),
    "calamine__date.xls": loose("Sheet1"),
    "calamine__date_1904.xls": loose("Sheet1"),
    "calamine__date_1904.xlsx": loose("Sheet1"),
    "calamine__empty_sheet.xlsx": sentence("empty"),
    "calamine__errors.xlsx": sentence("empty"),  # nothing but formulas that failed
    "calamine__has_x000D_inline.xlsx": loose("Sheet1"),
    "calamine__header-row.xlsx": table("Sheet1", 9, 1, 4),
    "calamine__inlineStr_with_value.xlsx": table("Requirements", 1, 1, 7),
    "calamine__merged_range.xls": table("Sheet1", 2, 2, 7),
    "calamine__merged_range.xlsx": table("Sheet1", 2, 2, 7),
    "calamine__no-header.xlsx": loose("Feuille 1"),
    "calamine__picture.xlsx": sentence("empty"),
    "calamine__rph.xlsx": loose("Sheet1"),
    "calamine__sst_continue.xls": loose("Sheet1"),
    "poi__1900DateWindowing.xls": loose("Sheet1"),
    "poi__1904DateWindowing.xls": loose("Sheet1"),
    "poi__57893-many-merges.xlsx": sentence("empty"),  # 50,000 merged areas, no value
    "poi__59775.xlsx": table("Sheet1", 1, 5, 1),
    "poi__DateFormats.xls": loose("Sheet1"),
    "poi__SampleSS.strict.xlsx": loose("First Sheet"),
    "poi__TwoSheetsOneHidden.xls": loose("Sheet2", "工作簿里有隐藏的工作表：“Sheet1”"),
    "poi__duprich1.xls": loose("Control"),
    "poi__empty.xls": sentence("empty"),
    "sheetjs__AutoFilter.xlsx": table("No Filter", 1, 21, 5),
    "sheetjs__ErrorTypes.xlsx": table("RawErrors", 1, 13, 10),
    "sheetjs__biff5_merge_cells.xls": loose("Merge"),
    "sheetjs__comments_stress_test.xlsx": loose(
        "Sheet2", "第 3 行在表格里是隐藏的（共 1 行），也一并读入。", "B 列在表格里是隐藏的"
    ),
    "sheetjs__crlf_crlf.xlsx": loose("Sheet1"),
    "sheetjs__defined_names_unicode.xlsx": loose("NoContainsJapanese"),
    "sheetjs__formula_stress_test.xlsx": loose("Database"),
    "sheetjs__outline.xlsx": loose("Sheet1"),
    "sheetjs__sheet_visibility.xlsx": table(
        "Visible", 1, 1, 7, "工作簿里有隐藏的工作表：“Hidden”、“VeryHidden”"
    ),
    "sheetjs__text_and_numbers.xls": loose("Sheet1"),
    "sheetjs__חישוב_נקודות_זיכוי.xlsx": loose("חישוב", "第 15–19、33、35 行在表格里是隐藏的"),
}

HOSTILE = {
    "calamine__OOM_alloc.xls": loose("Weekly Report", "工作簿里有隐藏的工作表：“Data”"),
    "calamine__issue_594_dos.ods": sentence("damaged"),
    "calamine__malformed_format.xls": table("2014", 1, 35, 24),
    "calamine__pass_protected.ods": sentence("password"),
    "calamine__pass_protected.xlsb": sentence("password"),
    "calamine__pass_protected.xlsx": sentence("password"),
    "calamine__ptgexp-truncated-operand.xls": loose("Tab 1"),  # headings over four unmerged rows
    "calamine__too_small.xls": sentence("not_a_spreadsheet"),
    "calamine__vba.xlsm": sentence("empty"),  # a macro alone
    "poi__42464-ExpPtg-bad.xls": loose("Pilot Loans"),  # one column a record
    "poi__54764.xlsx": sentence("damaged"),  # entities within entities
    "poi__MissingBits.xls": loose("Sheet1"),
    "poi__SimpleMacro.xlsm": loose("Sheet1"),
    "poi__WithEmbeddedObjects.xls": loose("Sheet1"),
    "poi__clusterfuzz-testcase-minimized-POIFuzzer-5040805309710336.xlsx": sentence(
        "not_a_spreadsheet"
    ),
    # damaged and under a password: the FILEPASS record is there
    "poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-4651309315719168.xls": sentence("password"),
    "poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-4657005060816896.xls": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-4819588401201152.xls": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-5436547081830400.xls": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-5786329142919168.xls": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-5889658057523200.xls": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-6483562584932352.xls": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-6537773940867072.xls": sentence("password"),
    # parts whose checksum is another one: their cells could be anything
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-5265527465181184.xlsx": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-5937385319563264.xlsx": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-6123461607817216.xlsx": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-6448258963341312.xlsx": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5025401116950528.xlsx": sentence("damaged"),
    "poi__clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-6504225896792064.xlsx": sentence("damaged"),
    "poi__crash-274d6342e4842d61be0fb48eaadad6208ae767ae.xlsx": sentence("damaged"),
    "poi__crash-9bf3cd4bd6f50a8a9339d363c2c7af14b536865c.xlsx": sentence("password"),
    "poi__password.xls": sentence("password"),
    "poi__poc-shared-strings.xlsx": sentence("long_cell"),  # 12,000 cells of a million characters
    "poi__poc-xmlbomb.xlsx": sentence("damaged"),
    "poi__poi-fuzz.xls": loose("Tabelle1"),
    "poi__protected_passtika.xlsb": sentence("password"),
    # its relations are broken and its text asks for an outside file, which stays unread
    "poi__xlsx-corrupted.xlsx": table("Sheet1", 1, 2, 4),
    "poi__xor-encryption-abc.xls": sentence("password"),
    "sheetjs__biff5_password_2002_40_xor.xls": sentence("password"),
    "sheetjs__password_2002_128_enhanced.xls": sentence("password"),
    "sheetjs__password_2002_128_enhrsa.xls": sentence("password"),
    "sheetjs__password_2002_128_strong.xls": sentence("password"),
    "sheetjs__password_2002_40_xor.xls": sentence("password"),
    "sheetjs__phpexcel_bad_cfb_dir.xls": table("Sayfa1", 1, 2, 30),
    "sheetjs__protect_stress_test_xml.xml": sentence("web_page"),
}

FOLDERS = {
    "petitions": PETITIONS,
    "excel_chinese": CHINESE,
    "excel_corpus": CORPUS,
    "excel_hostile": HOSTILE,
}
OUTCOMES = {
    f"{folder}/{name}": outcome
    for folder, files in FOLDERS.items()
    for name, outcome in files.items()
}
