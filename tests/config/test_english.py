"""What `english_left` finds on a page and what it leaves alone."""

from tests.english import english_left


def test_a_reader_of_a_chinese_page_is_told_of_no_english():
    page = """<!doctype html><html lang="zh-hans"><head><title>受理告知书</title>
    <meta name="description" content="信访指南"><style>body { color: red }</style></head>
    <body><p>编号 XF2026-000001，附件为 PDF 或 .xlsx，A4 纸，见 https://example.org/a/b。</p>
    <script>const words = "Save changes";</script>
    <p>电子邮箱 xinfang@yunhu.example，文件 名单.xlsx、list-2026.docx，大小 12 KB，依 GB/T 9704。</p>
    <p>按 <kbd>Ctrl + s</kbd> 保存，参见 <code>manage.py check</code>。选 A 或 B。</p>
    <svg><title>Warning icon</title><use href="#icon-warning"></use></svg>
    <input type="text" value="whatever was typed"></body></html>"""
    assert english_left(page) == []


def test_an_officer_s_screen_names_the_english_words_it_still_shows():
    page = "<h1>Dashboard</h1><p>共 3 条 results found，请 Save changes 后离开</p><p>Dashboard</p>"
    assert english_left(page) == ["Dashboard", "results found", "Save changes"]


def test_a_listener_hears_the_english_of_attributes():
    page = """<button aria-label="Close dialog" data-w-progress-active-value="Saving…">关闭</button>
    <img alt="Street map" src="Street-map.png"><input placeholder="Search" type="search">
    <a title="Edit this page" href="/admin/pages/Edit/">编辑</a>
    <input type="submit" value="Send now"><input type="hidden" value="Not shown">"""
    assert english_left(page) == [
        "Close dialog", "Saving", "Street map", "Search", "Edit this page", "Send now",
    ]  # fmt: skip


def test_a_reader_is_told_of_english_that_is_folded_away():
    page = "<template><p>Unsaved changes</p></template><div hidden>Nothing here</div>"
    assert english_left(page) == ["Unsaved changes", "Nothing here"]


def test_words_that_name_a_person_or_a_thing_can_be_left_alone():
    page = (
        '<p>登记员 zhangsan</p><p translate="no">Wagtail <b>Core</b><br> rules</p><p>后台 Admin</p>'
    )
    assert english_left(page, allowed=["Zhangsan"]) == ["Admin"]


def test_a_page_that_forgets_to_close_an_element_is_still_read_to_its_end():
    page = "<svg><g><path></svg><p>Still read</p><ul><li>One item<li>条目</ul>"
    assert english_left(page) == ["Still read", "One item"]
