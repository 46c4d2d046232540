"""A reader sees where the words stand in the text as it was written, and nothing can break out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.search import excerpt, fold, marked, words
from office.search.folding import letters
from office.search.marking import _mapped, spans

ODD = "aA ß.㎡ﬁＡｶﾞ̴́가각ᄀ\u1161\u11a8İΐΣς　\n\t<&\"'\u00a0é\u0301\u0928\u093c延期交房"


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("逾期交房", "交房", "逾期<mark>交房</mark>"),
        ("ＡＢＣ大厦", "abc", "<mark>ＡＢＣ</mark>大厦"),
        ("住房50㎡以下", "m2", "住房50<mark>㎡</mark>以下"),
        ("住房50㎡以下", "0m", "住房5<mark>0㎡</mark>以下"),
        ("住房50㎡以下", "2以", "住房50<mark>㎡以</mark>下"),
        ("三栋\n\u3000二单元", "二单", "三栋\n\u3000<mark>二单</mark>元"),
        ("哈哈哈", "哈哈", "<mark>哈哈哈</mark>"),
        ("Cafe\u0301 开门", "café", "<mark>Cafe\u0301</mark> 开门"),
        ("ｶﾞス", "ガ", "<mark>ｶﾞ</mark>ス"),
        ("Straße", "ss", "Stra<mark>ß</mark>e"),
        ("𠮷野家😀欠薪", "😀欠", "𠮷野家<mark>😀欠</mark>薪"),
        ("电梯停运，三栋电梯", "三栋 电梯", "<mark>电梯</mark>停运，<mark>三栋电梯</mark>"),
        ("<script>alert(1)</script>", "script", "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        ('"><b>房', "b", "&quot;&gt;&lt;<mark>b</mark>&gt;房"),
        ("&amp;房", "amp", "&amp;<mark>amp</mark>;房"),
        ("房", "<mark>", "房"),
        ("逾期交房八个月", "jiaof", "逾期<mark>交房</mark>八个月"),
        ("逾期交房八个月", "qjf", "逾<mark>期交房</mark>八个月"),
        ("重庆路积水", "chongqing", "<mark>重庆</mark>路积水"),
        ("3栋xian停水", "xian", "3栋<mark>xian</mark>停水"),
        ("没有", "别的", "没有"),
    ],
)  # fmt: skip
def test_a_reader_sees_the_hit_in_the_text_as_written(text, query, shown):
    assert marked(text, query) == shown


def test_the_text_of_a_page_is_not_marked_where_a_word_is_only_heard():
    assert marked("逾期交房", "jiaofang", by_sound=False) == "逾期交房"
    assert excerpt("逾期交房", "jiaofang") == "逾期交房"


def test_an_excerpt_shows_what_stands_around_the_first_hit():
    text = "前" * 100 + "<交房>" + "后" * 100 + "交房"
    assert excerpt(text, "交房", around=3) == "…前前&lt;<mark>交房</mark>&gt;后后…"
    assert excerpt("交房", "交房") == "<mark>交房</mark>"
    assert excerpt("前" * 10, "没有", around=3) == "前前前…"


@given(text=st.text(ODD, max_size=12), start=st.integers(0, 12), length=st.integers(1, 6))
def test_every_piece_of_a_text_is_marked_where_it_stands(text, start, length):
    query = text[start : start + length]
    found = [word for word in words(query) if word in fold(text)]
    for word in found:
        places = spans(text, word)
        assert places
        for a, b in places:
            assert word in letters(text[a:b])


@given(text=st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8"))))
def test_the_map_of_a_text_is_whole(text):
    folded, origin = _mapped(text)
    assert folded == letters(text)
    assert len(origin) == len(folded)
    assert list(origin) == sorted(origin)
    assert fold(fold(text)) == fold(text)


@given(text=st.text(st.sampled_from(ODD + "<>&'\"房"), max_size=30))
def test_no_text_breaks_out_of_its_marks(text):
    plain = marked(text, "房 a <").replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain
    assert ">" not in plain
