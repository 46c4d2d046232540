"""Rich text as the search reads it: words as a resident sees them, blocks apart."""

import pytest

from cms.blocks import ArticleBlocks
from cms.plain import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>延<b>期</b>交房</p>", "延期交房"),
        ("<p>延期</p><p>交房</p>", "延期\n交房"),
        ("<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>", "甲\n乙\n丙"),
        ("延期<br/>交房", "延期\n交房"),
        ("<p>物业&amp;业主 &lt;公告&gt;&nbsp;&#8220;急&#8221;</p>", "物业&业主 <公告>\xa0“急”"),
        ('<p>见<a linktype="page" id="3">办事指南</a>。</p>', "见办事指南。"),
        ("<p>没有关上", "没有关上"),
        ("", ""),
    ],
)
def test_a_reader_finds_the_words_as_they_stand_on_the_page(html, text):
    assert plain_text(html) == text


def test_every_block_gives_the_search_what_it_shows():
    body = ArticleBlocks().to_python(
        [
            {"type": "heading", "value": "去哪里"},
            {"type": "text", "value": "<p>到窗口</p>"},
            {"type": "callout", "value": {"kind": "care", "title": "带证", "text": "<p>原件</p>"}},
            {"type": "steps", "value": [{"title": "登记", "limit": "当场", "text": "<p>填表</p>"}]},
            {"type": "questions", "value": [{"question": "要钱吗", "answer": "<p>不要</p>"}]},
            {
                "type": "contacts",
                "value": [{"office": "信访办", "phone": "0000-1", "place": "一楼"}],
            },
            {
                "type": "basis",
                "value": [{"law": "信访工作条例", "article": "第三十四条", "gist": "十五日"}],
            },
        ]
    )
    found = body.stream_block.get_searchable_content(body)
    shown = "去哪里 到窗口 注意 带证 原件 登记 当场 填表 要钱吗 不要 信访办 0000-1 一楼"
    assert set(shown.split()) <= set(found)
    assert "《信访工作条例》第三十四条" in found
    assert "十五日" in found
