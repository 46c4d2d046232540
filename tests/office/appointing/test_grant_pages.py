"""The pages of 授权申请: asked, read before → after, decided; told on the first page."""

from datetime import timedelta
from uuid import uuid4

import pytest

from office.appointing import asking
from office.appointing.asking import Wish
from office.clock import today
from office.models import GrantRequest, Post
from tests.english import english_left

LIST, NEW = "/admin/grants/", "/admin/grants/new/{}/"


def sent(**values):
    return {"form_token": str(uuid4()), **values}


@pytest.fixture
def request_of_the_day(cast, street):
    wish = Wish(kind="post", user=cast.grid, unit=street.housing, role="officer", title="兼办")
    return asking.ask(cast.secadmin, wish, reason="分工调整")


def test_a_security_administrator_asks_for_a_post_and_a_double_click_asks_once(cast, street, login):
    client = login(cast.secadmin)
    values = sent(
        user=cast.grid.pk, unit=street.housing.pk, role="officer", reason="分工调整",
        valid_from=f"{today():%Y-%m-%d}",
    )  # fmt: skip
    for _ in range(2):
        assert client.post(NEW.format("post"), values).status_code == 302
    request = GrantRequest.objects.get()
    assert (request.user, request.role, request.state) == (cast.grid, "officer", "asked")
    assert not Post.objects.filter(valid_from=today()).exists()


@pytest.mark.parametrize("kind", ["post", "deputy", "extend", "password"])
def test_a_form_that_lacks_something_says_what_and_keeps_the_rest(cast, street, login, kind):
    client = login(cast.secadmin)
    empty = client.get(NEW.format(kind)).content.decode()
    assert english_left(empty, allowed=ALLOWED | {"ab"}) == []
    page = client.post(NEW.format(kind), sent(reason="人事通知")).content.decode()
    assert "desk-error" in page
    assert "人事通知" in page
    assert not GrantRequest.objects.exists()


ALLOWED = {
    "registrar", "registrar2", "officer", "head", "other_officer", "other", "officehead", "grid",
    "officehead2", "reviewer", "leader", "custodian", "custodian2", "editor", "page_reviewer",
    "page", "auditor", "sysadmin", "secadmin", "auditadmin", "ab",
}  # fmt: skip


def test_a_day_that_has_passed_is_refused_in_words(cast, street, login):
    values = sent(
        user=cast.grid.pk, unit=street.housing.pk, role="officer", reason="分工调整",
        valid_from=f"{today() - timedelta(days=1):%Y-%m-%d}",
    )  # fmt: skip
    page = login(cast.secadmin).post(NEW.format("post"), values).content.decode()
    assert "权限不能倒签" in page


def test_a_security_administrator_is_not_offered_custodians_and_a_leader_nothing_else(
    cast, street, login
):
    security = login(cast.secadmin).get(NEW.format("post")).content.decode()
    leader = login(cast.leader).get(NEW.format("post")).content.decode()
    assert 'value="custodian"' not in security
    assert 'value="officer"' in security
    assert 'value="custodian"' in leader
    assert 'value="officer"' not in leader
    forged = sent(
        user=cast.grid.pk, unit=street.office.pk, role="custodian", reason="x",
        valid_from=f"{today():%Y-%m-%d}",
    )  # fmt: skip
    login(cast.secadmin).post(NEW.format("post"), forged)
    assert not GrantRequest.objects.exists()


def test_who_confirms_reads_what_changes_before_and_after(cast, login, request_of_the_day):
    page = login(cast.sysadmin).get(f"{LIST}{request_of_the_day.pk}/").content.decode()
    for words in (
        "第1网格 网格员（联络员）", f"村镇建设办 承办人（兼办），{today()} 起", "看本单位及下级单位",
        "新增能做", "分工调整", "兼任：已有角色 网格员", "提交",
    ):  # fmt: skip
        assert words in page, words
    assert english_left(page, allowed=["grid"]) == []


def test_the_one_who_asked_sees_no_decision_and_may_take_it_back(cast, login, request_of_the_day):
    client, address = login(cast.secadmin), f"{LIST}{request_of_the_day.pk}/"
    page = client.get(address).content.decode()
    assert "撤回申请" in page
    assert 'name="agree"' not in page
    client.post(address, sent(agree="yes"))
    request_of_the_day.refresh_from_db()
    assert request_of_the_day.state == "asked"
    client.post(address, sent(act="withdraw"))
    request_of_the_day.refresh_from_db()
    assert request_of_the_day.state == "withdrawn"


def test_a_system_administrator_is_told_on_the_first_page_and_confirms_once(
    cast, login, request_of_the_day
):
    client = login(cast.sysadmin)
    assert "等您确认的授权" in client.get("/admin/").content.decode()
    assert "等您确认的授权" not in login(cast.secadmin).get("/admin/").content.decode()
    address, values = f"{LIST}{request_of_the_day.pk}/", sent(agree="yes")
    for _ in range(2):
        assert client.post(address, values).status_code == 302
    assert Post.objects.filter(user=cast.grid, valid_from=today()).count() == 1
    assert "等您确认的授权" not in client.get("/admin/").content.decode()
    page = client.get(address).content.decode()
    assert "已确认" in page
    assert "确认授权申请第" in page


def test_the_person_concerned_reads_their_own_request_and_a_stranger_finds_none(
    cast, login, request_of_the_day
):
    address = f"{LIST}{request_of_the_day.pk}/"
    assert login(cast.grid).get(address).status_code == 200
    assert login(cast.officer).get(address).status_code == 404
    assert login(cast.officer).get(f"{LIST}99999/").status_code == 404
    assert login(cast.officer).get(LIST).status_code in (302, 403)
    assert login(cast.officer).get(NEW.format("post")).status_code in (302, 403)


def test_an_empty_list_says_where_to_begin(cast, login):
    page = login(cast.secadmin).get(LIST).content.decode()
    assert "还没有人提出过授权申请" in page
    assert english_left(page, allowed=["ab"]) == []
