"""Two administrators edit the same unit: nobody's typing is lost, nothing is overwritten unseen."""

import pytest

from office.editing import StaleSafeAdminForm
from office.history import acting
from office.models import Change, Unit


def address(unit: Unit) -> str:
    return f"/admin/snippets/office/unit/edit/{unit.pk}/"


def values(unit: Unit, **typed) -> dict:
    return {
        "name": unit.name, "kind": unit.kind, "phone": unit.phone,
        "valid_from": f"{unit.valid_from:%Y-%m-%d}", "loaded_version": unit.version,
        "change_reason": "换人值守", **typed,
    }  # fmt: skip


@pytest.fixture
def meanwhile(cast, street):
    """Somebody else gave the unit a new name after the form was opened."""
    with acting(cast.officehead, "机构改名"):
        unit = Unit.objects.get(pk=street.social.pk)
        unit.name = "民生服务办"
        unit.save()
    return street.social  # as it was when the form was opened


def test_the_second_editor_reads_who_changed_what_and_keeps_the_typing(cast, meanwhile, login):
    response = login(cast.sysadmin).post(address(meanwhile), values(meanwhile, phone="88001122"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "信小任 于" in page
    assert "名称 社会事务办 → 民生服务办" in page
    assert 'value="88001122"' in page
    assert Unit.objects.get(pk=meanwhile.pk).phone == ""


def test_a_field_the_second_editor_did_not_touch_takes_the_new_value(cast, meanwhile, login):
    client = login(cast.sysadmin)
    response = client.post(address(meanwhile), values(meanwhile, phone="88001122"))
    form = response.context["form"]
    assert form["name"].value() == "民生服务办"
    assert "名称已换成对方的新内容" in response.content.decode()
    again = {name: form[name].value() or "" for name in form.fields if form[name].value()}
    again["valid_from"] = "2020-01-01"
    assert client.post(address(meanwhile), again).status_code == 302
    unit = Unit.objects.get(pk=meanwhile.pk)
    assert (unit.name, unit.phone) == ("民生服务办", "88001122")


def test_a_field_both_changed_keeps_what_was_typed_and_a_second_saving_is_deliberate(
    cast, meanwhile, login
):
    client = login(cast.sysadmin)
    page = client.post(address(meanwhile), values(meanwhile, name="社会事务中心"))
    form = page.context["form"]
    assert form["name"].value() == "社会事务中心"
    assert str(form["loaded_version"].value()) == "2"
    typed = values(meanwhile, name="社会事务中心", loaded_version=2)
    assert client.post(address(meanwhile), typed).status_code == 302
    change = Change.objects.filter(kind="office.unit").latest("pk")
    assert (change.actor, change.reason) == (cast.sysadmin, "换人值守")
    assert str(change.post) == "云湖街道 系统管理员"
    assert Unit.objects.get(pk=meanwhile.pk).name == "社会事务中心"


def test_a_change_between_the_check_and_the_writing_is_not_overwritten_either(
    cast, street, login, monkeypatch
):
    """The other person's change lands after the form was found good."""
    unit, check = street.social, StaleSafeAdminForm.clean

    def late(form):
        cleaned = check(form)
        with acting(cast.officehead, "机构改名"):
            other = Unit.objects.get(pk=unit.pk)
            if other.name == "社会事务办":
                other.name = "民生服务办"
                other.save()
        return cleaned

    monkeypatch.setattr(StaleSafeAdminForm, "clean", late)
    response = login(cast.sysadmin).post(address(unit), values(unit, phone="88001122"))
    assert response.status_code == 200
    assert "名称 社会事务办 → 民生服务办" in response.content.decode()
    assert 'value="88001122"' in response.content.decode()
    assert Unit.objects.get(pk=unit.pk).phone == ""


def test_a_form_without_its_version_is_not_taken(cast, street, login):
    typed = values(street.social, phone="88001122")
    del typed["loaded_version"]
    response = login(cast.sysadmin).post(address(street.social), typed)
    assert response.status_code == 200
    assert Unit.objects.get(pk=street.social.pk).phone == ""


def test_saving_without_a_change_writes_no_history_and_asks_for_no_reason(cast, street, login):
    before = Change.objects.count()
    client = login(cast.sysadmin)
    response = client.post(address(street.social), values(street.social, change_reason=""))
    assert response.status_code == 302
    assert Change.objects.count() == before
    assert street.social.history.count() == 1
    assert "没有改动" in client.get("/admin/").content.decode()


def test_a_change_without_a_reason_is_sent_back(cast, street, login):
    typed = values(street.social, phone="88001122", change_reason="")
    page = login(cast.sysadmin).post(address(street.social), typed).content.decode()
    assert "请写明修改原因" in page
    assert 'value="88001122"' in page


def test_the_history_page_tells_who_when_why_and_old_to_new_and_turns_pages(cast, street, login):
    for number in range(25):
        with acting(cast.sysadmin, f"第{number}次"):
            unit = Unit.objects.get(pk=street.social.pk)
            unit.phone = f"880011{number:02}"
            unit.save()
    client = login(cast.sysadmin)
    first = client.get(f"/admin/snippets/office/unit/history/{street.social.pk}/").content.decode()
    assert "原因：第24次" in first
    assert "<del>88001123</del>" in first
    assert "<ins>88001124</ins>" in first
    assert "第 1 页，共 2 页" in first
    assert "第0次" not in first
    second = client.get(f"/admin/snippets/office/unit/history/{street.social.pk}/?p=2")
    assert "原因：第0次" in second.content.decode()
    assert "建立测试单位" in second.content.decode()
