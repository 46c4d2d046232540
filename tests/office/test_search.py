"""A search finds exactly what a scan of the texts finds, on every backend that is there."""

import os
import random
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from office.history import acting
from office.models import Job, SearchEntry, Unit
from office.registries import Searchable, Text, searchable
from office.search import (
    behind,
    candidates,
    confirm,
    finding,
    fold,
    index_changes,
    matching,
    put,
    ranked,
    reindex,
)
from office.search.candidates import newest, seem_few
from office.search.pieces import All, Either, wanted
from office.search.pieces import Any as Piece
from office.search.upkeep import tell_service
from tests.office.searching import KIND, found, make, register, scan, write

TEXTS = [
    Text("青檀社区三栋501室漏水", "楼上十二楼装修后，厨房顶板滴水。", "青檀社区 村镇建设办"),
    Text("逾期交房八个月 3栋50", "开发商说再等等……电话１３８０１２３４５６７", "云湖街道"),
    Text("交付房屋逾期", "逾期交付的房屋，又逾期办证", "望塘村"),
    Text("电话13801234567打不通", "C++ 课程退费；e-mail: a.b@example.cn"),
    Text("ＡＢＣ大厦 电梯", "ﬁre alarm，Straße 12㎡", "社会事务办"),
    Text("100%的住户_都\\同意'加装\"电梯", "50% 已付；路径 C:\\tmp\\*.txt"),
    Text("𠮷野小区😀垃圾不清运", "𪚥𪚥字 👨‍👩‍👧 一家三口", "第1网格"),
    Text("重庆路积水", "银行门口的人行道", "长桥村"),
    Text("Cafe\u0301 油烟", "İstanbul 烤肉店 ΟΔΟΣ", "女贞社区"),
    Text("、。——！", "", ""),
    Text("第一行\n第二行\t\t第三 行", "断\u00a0行\u3000空格"),
    Text("洞\x00里有\ud800字", "NUL\x00NUL"),
    Text("가각 한글", "が ｶﾞ ガ"),
    Text("", "只有正文的记录"),
]
QUERIES = [
    "漏", "漏水", "三栋", "501", "01", "1380", "13801234567", "3801234", "3栋50", "栋50",
    "逾期", "逾期交房", "逾期 交房", "房 逾", "电话 13", "abc", "ABC大厦", "ａｂｃ", "ﬁre", "fire",
    "strasse", "STRASSE", "ß", "㎡", "m2", "12m", "c++", "++", "e-mail", "a.b@", ".", "%", "100%",
    "_", "_都", "\\", "\\tmp", "*", "'", "'加", '"', '"电', "'加装\"", "？", "！", "——", "…", "。——",
    "😀", "😀垃", "𠮷", "𠮷野", "𪚥𪚥", "👨‍👩‍👧", "\u200d", "café", "cafe", "cafe\u0301", "é", "i\u0307st", "İ",
    "οδος", "ΟΔΟΣ", "οδοσ", "行第", "行 第", "第三 行", "断 行", "断行", "洞", "洞里", "里有\ud800字",
    "nul nul", "nulnul", "가", "각", "한글", "ガ", "か", "只有正文", "没有这个词", "漏水漏水",
    "yqjf", "yuqi", "yuqij", "yuqijiaofang", "uqi", "qijiaofang", "ijiao", "chongqinglu", "zhongqing",
    "cqljs", "qtsq", "nvzhen", "nüzhen", "yhjd", "changqiao", "zhangqiao", "dx", "xi", "xian", "aa",
    "yu qi", "dt 100%", "yinhang", "louyuzhuangxiu", " ", "", "\0", "\ud800", "　", "a" * 30, "b", "y",
]  # fmt: skip
#: which plan answers: few records, so the limits are moved until each one does
PLANS = {
    "as it is": {},
    "words are common": {"_FEW": 0, "_COMMON": 1, "_SLICES": 1, "_SLICE": 10**4, "_LIST": 1},
    "words are rare, hits are many": {"_FEW": 0, "_LIST": 0, "_COMMON": 10**6},
    "in small chunks": {
        "_FEW": 0,
        "_LIST": 0,
        "_COMMON": 1,
        "_SLICES": 1,
        "_CHUNK": 4,
        "_SPARSE": 1,
    },
}


@pytest.fixture(params=["the database", "OpenSearch"])
def backend(request, settings, db):
    """Where candidates come from; a service is asked only where the environment names one."""
    if request.param == "the database":
        settings.OPENSEARCH_URL = ""
    elif not os.environ.get("OPENSEARCH_URL"):
        pytest.skip("OPENSEARCH_URL names no service")
    return request.param


@pytest.fixture(params=PLANS)
def plan(request, monkeypatch):
    for name, value in PLANS[request.param].items():
        monkeypatch.setattr(finding, name, value)


def test_a_search_finds_exactly_what_a_scan_finds(backend, plan, monkeypatch):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    answers = {query: (found(query), scan(texts, query)) for query in QUERIES}
    assert {query: both for query, both in answers.items() if both[0] != both[1]} == {}


def test_a_database_that_plans_with_several_processes_finds_the_same(monkeypatch, db, settings):
    """A table that has grown large is read by several processes at once, and planned otherwise."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL plans with several processes")
    settings.OPENSEARCH_URL = ""
    monkeypatch.setattr(finding, "_FEW", 0)
    texts = write(monkeypatch, TEXTS * 300)
    with connection.cursor() as cursor:
        for name in (
            "parallel_setup_cost",
            "parallel_tuple_cost",
            "min_parallel_table_scan_size",
            "min_parallel_index_scan_size",
        ):
            cursor.execute(f"SET LOCAL {name} = 0")
        cursor.execute("ANALYZE office_searchgrams")
    asked = wanted(KIND, "逾期交房")
    assert candidates.seem_few(asked, 10_000)
    assert not candidates.seem_few(asked, 100)
    assert found("逾期交房") == scan(texts, "逾期交房")


ALPHABET = "逾期交房漏水栋的、。0123abzAＢ　 %_'\"\\-ß㎡é\u0301𠮷😀ﬁ가ｶﾞ"


def corpus(size):
    dice = random.Random(20260105)

    def text(most):
        return "".join(dice.choices(ALPHABET, k=dice.randrange(most)))

    return [Text(text(14), text(40), text(10), day=None) for _ in range(size)]


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(query="3栋50")
@example(query="\\%")
@given(query=st.text(st.sampled_from(ALPHABET), min_size=1, max_size=20))
def test_any_query_of_twenty_characters_finds_what_a_scan_finds(crowd, query):
    assert found(query) == scan(crowd, query)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_piece_of_a_text_finds_it(crowd, data):
    text = crowd[data.draw(st.sampled_from(sorted(crowd)))]
    whole = f"{text.title} {text.names} {text.body}"
    start = data.draw(st.integers(0, len(whole)))
    query = whole[start : start + data.draw(st.integers(1, 20))]
    assert found(query) == scan(crowd, query)


@pytest.fixture
def crowd(db, monkeypatch, settings):
    settings.OPENSEARCH_URL = ""
    monkeypatch.setattr(finding, "_FEW", 20)
    monkeypatch.setattr(finding, "_SLICE", 60)
    return write(monkeypatch, corpus(200))


def test_title_hits_stand_before_names_before_the_text_and_then_the_newest(
    backend, plan, monkeypatch
):
    old, new = date(2024, 5, 1), date(2026, 5, 1)
    texts = [
        Text("路灯", "漏水", day=new),
        Text("漏水", "", day=old),
        Text("漏水", "", day=new),
        Text("路灯", "", "漏水巷", day=old),
        Text("漏水", "", day=new),
        Text("路灯漏电", "水", day=new),
        Text("漏雨", "", "漏水巷", day=None),
    ]
    made = list(write(monkeypatch, texts))
    tell_service(None)

    order = [made[n] for n in (4, 2, 1, 3, 6, 0)]
    assert ranked(KIND, "漏水", Job.objects.all()) == order
    assert ranked(KIND, "漏水", Job.objects.all(), limit=2, offset=1) == order[1:3]
    assert ranked(KIND, "loushui", Job.objects.all(), limit=3) == order[:3]
    some = Job.objects.filter(pk__in=[made[0], made[1], made[5]])
    assert ranked(KIND, "漏水", some) == [made[1], made[0]]
    assert ranked(KIND, "漏 路", Job.objects.all()) == [made[5], made[3], made[0]]
    assert ranked(KIND, "漏水", Job.objects.none()) == []
    assert ranked(KIND, "漏水", Job.objects.all(), limit=0) == []


def test_a_reader_of_one_in_a_hundred_sees_all_of_theirs(backend, plan, monkeypatch):
    made = list(write(monkeypatch, [Text("电梯停运", day=date(2026, 1, 1))] * 900))
    mine = Job.objects.filter(pk__in=made[::100])
    assert ranked(KIND, "电梯", mine) == made[::100][::-1]
    assert mine.filter(pk__in=matching(KIND, "停运")).count() == 9


def test_a_text_of_a_million_letters_is_searched_to_its_end(backend, monkeypatch):
    dice = random.Random(7)
    body = "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(400_000)) + "逾期交房八个月"
    texts = write(monkeypatch, [Text("长文", body), Text("短文", "逾期交付")])
    tell_service(None)
    for query in ("交房八个月", body[200_000:200_020], body[399_990:400_001], "期交", "月"):
        assert found(query) == scan(texts, query)


def test_a_kind_finds_its_own_records_only(backend, monkeypatch):
    texts = write(monkeypatch, [Text("漏水")])
    register(monkeypatch, texts, "office.post")
    put("office.post", {pk: Text("路灯") for pk in texts})
    assert (found("漏水"), found("路灯")) == (set(texts), set())
    assert found("路灯", "office.post") == set(texts)


def test_nothing_to_search_for_finds_nothing(monkeypatch, db):
    write(monkeypatch, [Text("漏水")])
    for query in ("", "  　", "\0"):
        assert matching(KIND, query) is None
        assert confirm(KIND, query, [1]) == set()


def test_a_piece_with_a_small_number_is_looked_for_like_any_other(db):
    small = All((Piece((7,)), Piece((7, 9)), Either((Piece((2**32 - 1,)), Piece((1, 2))))))
    assert newest(KIND, small, (1, 100), 5) == []
    assert not seem_few(small, -1)


@pytest.mark.parametrize("keyed", [False, True])
def test_a_query_no_person_types_finds_nothing_and_breaks_nothing(backend, monkeypatch, keyed):
    signs = [chr(0x4E00 + n) for n in range(1000)]
    made = write(monkeypatch, [Text("".join(signs), " ".join(signs))], keyed=keyed)

    assert found(" ".join(signs[:50])) == set(made)
    assert found("".join(signs)) == set(made)
    assert found(" ".join(signs)) == set()
    assert found("".join(signs) * 10) == set()


def test_personal_words_are_found_and_lie_nowhere_in_plain(backend, monkeypatch):
    said = [Text("", "韦小梅说三栋501漏水，yanqijiaofang"), Text("", "青檀社区路灯不亮")]
    texts = write(monkeypatch, said, keyed=True)
    tell_service(None)
    for query in ("韦小梅", "3", "501", "路灯", "漏水 三栋", "没有", "qijiao", "yqjf"):
        hits = scan(texts, query, by_sound=False)
        assert hits <= found(query)
        assert confirm(KIND, query, texts) == hits
        assert set(ranked(KIND, query, Job.objects.all())) == hits
    one = SearchEntry.objects.get(object_id=min(texts))
    assert (one.title, one.names, one.body, one.title_sound, one.names_sound) == ("",) * 5
    assert bytes(one.pieces)


def test_the_same_words_of_two_persons_cannot_be_matched_between_kinds(db, monkeypatch):
    texts = write(monkeypatch, [Text("", "韦小梅")], keyed=True)
    register(monkeypatch, texts, "office.post", keyed=True)
    put("office.post", texts)
    one, other = SearchEntry.objects.values_list("pieces", flat=True)
    assert not set(zip(*[iter(bytes(one))] * 4, strict=True)) & set(
        zip(*[iter(bytes(other))] * 4, strict=True)
    )


def test_an_entry_follows_its_record(backend, monkeypatch):
    texts = make([Text("漏水"), Text("路灯")])
    register(monkeypatch, texts)
    assert reindex(KIND) == 2
    assert reindex(KIND) == 0
    one, other = sorted(texts)
    texts[one] = Text("电梯", day=date(2026, 1, 1))
    del texts[other]
    assert reindex(KIND) == 2
    tell_service(None)
    assert [found(query) for query in ("漏水", "路灯", "电梯")] == [set(), set(), {one}]
    assert SearchEntry.objects.count() == 1


@pytest.fixture
def units(db, monkeypatch):
    def read(ids):
        rows = Unit.objects.filter(pk__in=ids)
        return {pk: Text(name) for pk, name in rows.values_list("pk", "name")}

    monkeypatch.setitem(searchable, "office.unit", Searchable(read))
    with acting(None):
        made = [
            Unit.add_root(name=name, kind="outside", valid_from="2020-01-01")
            for name in ("青檀社区三栋501室漏水", "交付房屋逾期")
        ]
    index_changes()
    return made


def named(query):
    rows = Unit.objects.filter(pk__in=matching("office.unit", query))
    return sorted(rows.values_list("name", flat=True))


def test_a_changed_text_is_found_by_its_new_words_only(units):
    with acting(None):
        units[0].name = "青檀社区电动车充电"
        units[0].save()
    index_changes()

    assert named("漏水") == []
    assert named("充电") == ["青檀社区电动车充电"]
    assert named(fold("ＱＴＳＱ")) == ["青檀社区电动车充电"]
    assert SearchEntry.objects.count() == 2


def test_running_the_index_again_changes_nothing(units):
    before = list(SearchEntry.objects.order_by("pk").values())
    index_changes()
    assert list(SearchEntry.objects.order_by("pk").values()) == before
    assert behind() == 0
