"""Records are found by any piece of their text, exactly as a substring scan would find them."""

import pytest

from office.history import acting
from office.models import SearchEntry, Unit
from office.registries import Searchable, Text, searchable
from office.search import behind, fold, index_changes, matching, ranked

NAMES = [
    "青檀社区三栋501室漏水",
    "逾期交房八个月 3栋50",
    "交付房屋逾期",
    "电话13801234567",
    "ＡＢＣ大厦 电梯",
]


@pytest.fixture
def units(db, monkeypatch):
    monkeypatch.setitem(
        searchable,
        "office.unit",
        Searchable(
            lambda ids: {
                pk: Text(name)
                for pk, name in Unit.objects.filter(pk__in=ids).values_list("pk", "name")
            }
        ),
    )
    with acting(None):
        made = [Unit.add_root(name=n, kind="outside", valid_from="2020-01-01") for n in NAMES]
    index_changes()
    return made


def found(query):
    match = matching("office.unit", query)
    if match is None:
        return []
    rows = Unit.objects.filter(pk__in=match).values_list("name", flat=True)
    first = ranked("office.unit", query, Unit.objects.all(), limit=100)
    assert sorted(Unit.objects.filter(pk__in=first).values_list("name", flat=True)) == sorted(rows)
    return sorted(rows)


@pytest.mark.parametrize(
    "query",
    [
        "漏", "逾期", "逾期交房", "380", "3栋50", "50", "abc大厦", "电梯", "逾期 交房", "没有这个词",
        "八个月 3", "！",
    ],
)  # fmt: skip
def test_a_search_finds_exactly_what_a_scan_finds(units, query):
    words = fold(query).split()
    assert found(query) == sorted(n for n in NAMES if all(w in fold(n) for w in words))


def test_a_title_is_found_by_its_pinyin_and_initials(units):
    assert found("yuqijiaofang") == ["逾期交房八个月 3栋50"]
    assert found("yqjf") == ["逾期交房八个月 3栋50"]
    assert found("yuqi") == ["交付房屋逾期", "逾期交房八个月 3栋50"]


def test_a_changed_text_is_found_by_its_new_words_only(units):
    with acting(None):
        units[0].name = "青檀社区电动车充电"
        units[0].save()
    index_changes()

    assert found("漏水") == []
    assert found("充电") == ["青檀社区电动车充电"]
    assert SearchEntry.objects.count() == len(NAMES)


def test_running_the_index_again_changes_nothing(units):
    before = list(SearchEntry.objects.order_by("pk").values())
    index_changes()
    assert list(SearchEntry.objects.order_by("pk").values()) == before
    assert behind() == 0


def test_blanks_alone_are_nothing_to_search_for():
    assert matching("office.unit", " 　\0 ") is None
