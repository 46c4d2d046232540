"""Terms and sizes an office sets itself: within bounds, with a reason, with history."""

import uuid

from office.limits import LIMITS, limit
from office.models import Change, Limit

ADDRESS = "/admin/limits/"


def sent(**fields):
    return {"form_token": str(uuid.uuid4()), **fields}


def text(response):
    return response.content.decode()


def test_a_system_administrator_sets_a_value_and_it_is_in_force_at_once(cast, login):
    client = login(cast.sysadmin)
    assert limit("export_days") == 7
    page = text(client.get(ADDRESS))
    assert "导出文件保留（天）" in page
    assert "没有改过" in text(client.get(ADDRESS + "export_days/"))
    answer = client.post(ADDRESS + "export_days/", sent(value="10", change_reason="按保密办要求"))
    assert answer.url == ADDRESS
    assert limit("export_days") == 10
    page = text(client.get(ADDRESS + "export_days/"))
    for words in ("按保密办要求", "系小统", "<ins>10</ins>"):
        assert words in page


def test_a_changed_value_keeps_its_former_one_in_its_history_and_the_auditor_reads_it(cast, login):
    client = login(cast.sysadmin)
    address = ADDRESS + "clear_hours/"
    client.post(address, sent(value="12", change_reason="缩短"))
    client.post(address, sent(value="6", change_reason="再缩短", loaded_version="1"))
    page = text(client.get(address))
    assert "<del>12</del>" in page
    assert "<ins>6</ins>" in page
    change = Change.objects.filter(kind="office.limit").last()
    assert (change.actor, change.reason, str(change.post.role)) == (
        cast.sysadmin, "再缩短", "system_admin",
    )  # fmt: skip
    audit = text(login(cast.auditor).get("/admin/audit/?kind=office.limit"))
    assert "明文导出保留（小时）" in audit
    assert "clear_hours" not in audit


def test_a_value_outside_its_bounds_is_refused_in_words(cast, login):
    client = login(cast.sysadmin)
    for key, declared in LIMITS.items():
        for value in (declared.lowest - 1, declared.highest + 1, "", "七", "1.5", "-1"):
            answer = client.post(f"{ADDRESS}{key}/", sent(value=str(value), change_reason="试"))
            assert f"请填 {declared.lowest} 到 {declared.highest} 之间的整数" in text(answer)
        for value in (declared.lowest, declared.highest):
            assert declared.lowest <= value <= declared.highest
    assert not Limit.objects.exists()


def test_a_value_is_not_changed_without_a_reason(cast, login):
    client = login(cast.sysadmin)
    answer = client.post(ADDRESS + "export_days/", sent(value="10", change_reason=" "))
    assert "请写明修改原因" in text(answer)
    assert not Limit.objects.exists()


def test_of_two_administrators_the_second_is_told_what_the_first_changed(cast, login):
    client = login(cast.sysadmin)
    address = ADDRESS + "export_days/"
    client.post(address, sent(value="10", change_reason="一"))
    client.post(address, sent(value="11", change_reason="二", loaded_version="1"))
    answer = text(client.post(address, sent(value="12", change_reason="三", loaded_version="1")))
    assert "改了" in answer
    assert limit("export_days") == 11


def test_only_who_may_opens_the_page_and_an_unknown_value_is_not_there(cast, login):
    for name, person in vars(cast).items():
        client = login(person)
        may = name == "sysadmin"
        assert (client.get(ADDRESS).status_code == 200) == may, name
        assert (client.get(ADDRESS + "export_days/").status_code == 200) == may
        answer = client.post(ADDRESS + "export_days/", sent(value="9", change_reason="试"))
        assert answer.url == (ADDRESS if may else "/admin/")
    assert login(cast.sysadmin).get(ADDRESS + "nothing/").status_code == 404


def test_a_form_sent_twice_changes_once(cast, login):
    client, fields = login(cast.sysadmin), sent(value="10", change_reason="一")
    for _ in range(2):
        assert client.post(ADDRESS + "export_days/", fields).url == ADDRESS
    assert Limit.objects.get().version == 1
