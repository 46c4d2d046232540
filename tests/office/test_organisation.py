"""Administrators keep units, posts, deputies and the calendar; nothing is moved or deleted."""

from datetime import date, timedelta

import pytest
from django.urls import NoReverseMatch, reverse

from office.clock import today
from office.history import acting
from office.models import CalendarDay, CalendarYear, Change, Deputy, Post, Unit, User
from office.posts import renew
from tests.conftest import SINCE
from tests.english import english_left

UNITS, POSTS, DEPUTIES = (f"/admin/snippets/office/{name}/" for name in ("unit", "post", "deputy"))


def send(client, address: str, **values) -> str:
    """Post a form; the page it answers with, "" when it was carried out."""
    values = {key: value for key, value in values.items() if value is not None}
    response = client.post(address, values)
    assert response.status_code in (200, 302)
    return response.content.decode() if response.status_code == 200 else ""


def new_unit(street, **values) -> dict:
    return {
        "parent": street.street.pk, "name": "综合执法办", "kind": "section",
        "valid_from": "2026-01-01", **values,
    }  # fmt: skip


def test_a_system_administrator_opens_a_unit_under_its_parent(cast, street, login):
    assert send(login(cast.sysadmin), f"{UNITS}add/", **new_unit(street)) == ""
    unit = Unit.objects.get(name="综合执法办")
    assert unit.get_parent() == street.street
    assert unit.initials == "zhzfb"
    change = Change.objects.filter(kind="office.unit").latest("pk")
    assert (change.actor, change.action, change.label) == (cast.sysadmin, "+", "综合执法办")
    assert str(change.post) == "云湖街道 系统管理员"


def test_a_double_click_opens_one_unit(cast, street, login):
    client, token = login(cast.sysadmin), "6d6f3a8e-1111-4222-8333-94a6c8a1a1a1"
    for _ in range(2):
        assert send(client, f"{UNITS}add/", **new_unit(street, form_token=token)) == ""
    assert Unit.objects.filter(name="综合执法办").count() == 1
    assert "没有重复办理" in client.get("/admin/").content.decode()
    page = send(client, f"{UNITS}add/", **new_unit(street, form_token="made up"))
    assert "表单缺少校验信息" in page


def test_a_unit_needs_a_parent(cast, street, login):
    page = send(login(cast.sysadmin), f"{UNITS}add/", **new_unit(street, parent=None))
    assert "errorlist" in page or "error-message" in page
    assert not Unit.objects.filter(name="综合执法办").exists()


def edit_unit(unit: Unit, **values) -> dict:
    return {
        "name": unit.name, "kind": unit.kind, "phone": unit.phone,
        "valid_from": f"{unit.valid_from:%Y-%m-%d}", "loaded_version": unit.version,
        "change_reason": "机构调整", **values,
    }  # fmt: skip


def test_a_unit_is_not_moved_by_a_made_up_form(cast, street, login):
    values = edit_unit(street.village, parent=street.social.pk, phone="88001122")
    assert send(login(cast.sysadmin), f"{UNITS}edit/{street.village.pk}/", **values) == ""
    village = Unit.objects.get(pk=street.village.pk)
    assert village.phone == "88001122"
    assert village.get_parent() == street.street


def test_a_unit_is_ended_only_when_nobody_and_nothing_is_left_in_it(cast, street, login):
    client, last = login(cast.sysadmin), f"{today():%Y-%m-%d}"
    address = f"{UNITS}edit/{street.social.pk}/"
    page = send(client, address, **edit_unit(street.social, valid_to=last))
    assert "撤销前请先结束" in page
    assert "承小办" in page
    page = send(
        client, f"{UNITS}edit/{street.community.pk}/", **edit_unit(street.community, valid_to=last)
    )
    assert "第1网格" in page
    address = f"{UNITS}edit/{street.village.pk}/"
    assert send(client, address, **edit_unit(street.village, valid_to=last)) == ""
    assert Unit.objects.get(pk=street.village.pk).valid_to == today()


@pytest.mark.parametrize("name", ["unit", "post", "deputy", "calendaryear", "calendarday"])
def test_nothing_of_the_organisation_can_be_deleted_or_copied(name):
    for action in ("delete", "copy", "usage"):
        with pytest.raises(NoReverseMatch):
            reverse(f"wagtailsnippets_office_{name}:{action}", args=[1])


def test_an_ended_post_gives_no_rights_the_day_after(cast, street, login):
    post = Post.objects.get(user=cast.officer)
    values = {
        "title": "", "valid_from": f"{SINCE:%Y-%m-%d}", "loaded_version": post.version,
        "valid_to": f"{today() - timedelta(days=1):%Y-%m-%d}", "change_reason": "调离",
    }  # fmt: skip
    assert send(login(cast.secadmin), f"{POSTS}edit/{post.pk}/", **values) == ""
    assert not User.objects.get(pk=cast.officer.pk).has_perm("matters.answer_matter")


def end_of(row, end, **values) -> dict:
    """The form of a post or deputyship with another end."""
    return {
        "valid_to": f"{end:%Y-%m-%d}" if end else "", "title": getattr(row, "title", ""),
        "loaded_version": row.version, "change_reason": "分工调整", **values,
    }  # fmt: skip


def test_a_longer_term_is_not_given_by_one_person(cast, street, login):
    post, client = Post.objects.get(user=cast.officer), login(cast.secadmin)
    address = f"{POSTS}edit/{post.pk}/"
    assert send(client, address, **end_of(post, today() + timedelta(days=9))) == ""
    post.refresh_from_db()
    for end in (today() + timedelta(days=10), None):
        assert "延长要两人办理" in send(client, address, **end_of(post, end))
    too_early = send(client, address, **end_of(post, today() - timedelta(days=2)))
    assert "最早填昨天" in too_early
    post.refresh_from_db()
    assert post.valid_to == today() + timedelta(days=9)


def test_nobody_ends_their_own_post(cast, street, login):
    post = Post.objects.get(user=cast.secadmin)
    page = send(login(cast.secadmin), f"{POSTS}edit/{post.pk}/", **end_of(post, today()))
    assert "不能给自己任免岗位" in page


def test_a_deputyship_is_ended_early_by_one_person_and_the_rights_go_at_once(cast, street, login):
    with acting(cast.secadmin, "代行"):
        deputy = Deputy(
            post=Post.objects.get(user=cast.officehead), user=cast.registrar,
            valid_from=today() - timedelta(days=3), valid_to=today() + timedelta(days=3),
        )  # fmt: skip
        deputy.save()
    renew(cast.registrar)
    assert User.objects.get(pk=cast.registrar.pk).has_perm("matters.accept_matter")
    client, address = login(cast.secadmin), f"{DEPUTIES}edit/{deputy.pk}/"
    page = send(client, address, **end_of(deputy, today() + timedelta(days=4)))
    assert "延长要两人办理" in page
    assert send(client, address, **end_of(deputy, today() - timedelta(days=1))) == ""
    assert not User.objects.get(pk=cast.registrar.pk).has_perm("matters.accept_matter")


@pytest.mark.parametrize("where", [POSTS, DEPUTIES])
def test_nobody_adds_a_post_or_a_deputy_past_the_two_persons(cast, street, login, where):
    for person in vars(cast).values():
        client = login(person)
        assert client.get(f"{where}add/").status_code in (302, 404)
        values = {
            "user": cast.grid.pk, "unit": street.housing.pk, "role": "officer",
            "post": cast.head.posts.get().pk, "valid_from": f"{today():%Y-%m-%d}",
            "valid_to": f"{today():%Y-%m-%d}",
        }  # fmt: skip
        client.post(f"{where}add/", values)
    assert not Post.objects.filter(valid_from=today()).exists()
    assert not Deputy.objects.exists()


def test_a_post_keeps_its_person_unit_and_role(cast, street, login):
    post = Post.objects.get(user=cast.officer)
    values = {
        "user": cast.grid.pk, "unit": street.housing.pk, "role": "leader", "title": "主办",
        "valid_from": f"{SINCE:%Y-%m-%d}", "loaded_version": 1, "change_reason": "补职务",
    }  # fmt: skip
    assert send(login(cast.secadmin), f"{POSTS}edit/{post.pk}/", **values) == ""
    post.refresh_from_db()
    assert (post.user, post.unit, post.role) == (cast.officer, street.social, "officer")
    assert post.title == "主办"


def test_a_holiday_needs_its_year_first(cast, login):
    client, days = login(cast.officehead), "/admin/snippets/office/calendarday/add/"
    assert "请先在" in send(client, days, day="2031-10-01", name="国庆节")
    page = send(client, "/admin/snippets/office/calendaryear/add/", year=2131, source="")
    assert "年份应在" in page
    year = today().year + 1
    send(client, "/admin/snippets/office/calendaryear/add/", year=year, source="国办通知")
    assert send(client, days, day=f"{year}-10-01", name="国庆节") == ""
    assert CalendarYear.objects.get().year == year
    assert CalendarDay.objects.get().day == date(year, 10, 1)
    assert CalendarDay.objects.get().working is False


def test_the_organisation_is_shown_to_who_keeps_it(cast, login):
    seen = {}
    for name in ("unit", "post", "deputy", "calendaryear", "calendarday"):
        address = f"/admin/snippets/office/{name}/"
        seen[name] = {
            who
            for who, person in vars(cast).items()
            if login(person).get(address).status_code == 200
        }
    assert seen == {
        "unit": {"sysadmin", "secadmin"},
        "post": {"secadmin"},
        "deputy": {"secadmin"},
        "calendaryear": {"sysadmin", "officehead", "officehead2"},
        "calendarday": {"sysadmin", "officehead", "officehead2"},
    }


def test_a_security_administrator_reads_units_and_changes_none(cast, street, login):
    client = login(cast.secadmin)
    assert client.get(f"{UNITS}edit/{street.social.pk}/").status_code == 302
    assert client.get(f"{UNITS}history/{street.social.pk}/").status_code == 200


def test_a_list_of_units_offers_nothing_to_do_to_many_at_once(cast, street, login):
    page = login(cast.sysadmin).get(UNITS).content.decode()
    assert "data-bulk-action" not in page
    assert "　　信访办公室" in page  # indented below its street


@pytest.mark.parametrize("name", ["unit", "post", "deputy", "calendaryear", "calendarday"])
def test_the_pages_of_the_organisation_are_in_chinese(cast, street, login, name):
    client = login(
        cast.sysadmin if name in ("unit", "calendaryear", "calendarday") else cast.secadmin
    )
    for page in ("",) if name in ("post", "deputy") else ("", "add/"):
        html = client.get(f"/admin/snippets/office/{name}/{page}").content.decode()
        assert english_left(html, allowed=["ab"]) == []
