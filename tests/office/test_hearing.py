"""Units, posts and accounts are found by name, pinyin and initials."""

import pytest
from django.urls import reverse

from office.hearing import heard
from office.models import Unit

UNITS = "wagtailsnippets_office_unit:list"
POSTS = "wagtailsnippets_office_post:list"
ACCOUNTS = "wagtailusers_users:index"


def shown(client, name: str, q: str) -> list[str]:
    response = client.get(reverse(name), {"q": q})
    return [str(row) for row in response.context["object_list"]]


@pytest.mark.parametrize("q", ["青檀", "qtsq", "qingtan", "qingtanshe", "青檀 社区"])
def test_an_administrator_finds_a_unit_by_name_and_sound(q, cast, street, login):
    assert shown(login(cast.secadmin), UNITS, q) == ["青檀社区"]


def test_a_sound_that_is_not_there_finds_nothing(cast, street, login):
    assert shown(login(cast.secadmin), UNITS, "qtcw") == []


@pytest.mark.parametrize("q", ["承小办", "cxb", "chengxiao", "officer"])
def test_an_account_is_found_by_name_sound_and_login_name(q, cast, login):
    assert "承小办" in shown(login(cast.secadmin), ACCOUNTS, q)


def test_a_post_is_found_by_its_person_and_its_unit(cast, login):
    found = shown(login(cast.secadmin), POSTS, "shsw 承小办")

    assert len(found) == 1
    assert "社会事务办" in found[0]


def test_the_table_is_read_in_one_query_and_narrowed_in_another(street, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert [unit.name for unit in heard(Unit.objects.all(), ("name",), "wtc")] == ["望塘村"]
