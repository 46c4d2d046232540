"""A masked file: who gets it, what it holds, how long, and every way in which it is refused."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from casework.matters.models import Matter, Petitioner
from office import registries
from office.clock import at, now, today
from office.exporting import runs
from office.exporting.lists import ExportList
from office.history import acting
from office.models import ExportRequest, ExportRun, Look, Post, User
from office.posts import appoint
from office.vault import Destroyed, cipher_of
from tests.casework.matters.counter import arrive
from tests.office.exporting.desk import (
    MINE,
    NAMES,
    NEW,
    cells,
    content,
    export,
    file,
    flat,
    form,
    matters,
    page,
    set_limit,
    text,
    work,
)  # fmt: skip


def end_posts(person):
    """The person's posts ended yesterday."""
    with acting(None, "岗位变动"):
        for post in Post.objects.filter(user=person):
            post.valid_to = today() - timedelta(days=1)
            post.save()


def menu(label):
    """A label of the menu as the page carries it to the sidebar."""
    return f'"label": {json.dumps(label)}'


def on_disk():
    root = Path(settings.PRIVATE_ROOT)
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


def test_a_head_exports_what_is_seen_masked_and_has_it_at_once(cast, login):
    matters(cast)
    client = login(cast.officehead)
    asked = client.get(NEW.format("matters") + "?tab=all")
    assert "3 条" in text(asked)
    run = export(client, query="?tab=all")
    assert run.state == ExportRun.State.DONE
    shown = text(client.get(page(run) + "?start=1"))
    assert "可以下载" in shown
    assert f'content="0;url={file(run)}"' in shown
    response = client.get(file(run))
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    data = content(response)
    assert len(data) == run.size == int(response["Content-Length"])
    assert not [name for name in NAMES if name in flat(data)]
    assert "韦*" in flat(data)


def test_the_ledger_knows_of_the_file_and_of_each_download_before_a_byte_goes_out(cast, login):
    matters(cast)
    client = login(cast.officehead)
    run = export(client, query="?tab=all")
    made = Look.objects.get()
    assert (made.person, made.kind, made.purpose) == (
        cast.officehead,
        "matters.matter",
        "上报：三季度台账",
    )
    assert "3 行" in made.what
    assert "全部的信访事项" in made.what
    assert made.post == Post.objects.get(user=cast.officehead)
    for count in (2, 3):
        response = client.get(file(run))  # not a byte has been taken yet
        assert Look.objects.count() == count
        assert content(response)
    assert Look.objects.last().what.startswith("下载 .xlsx，3 行")
    assert Look.objects.last().purpose == "上报：三季度台账"


def test_only_the_rows_of_the_filters_in_the_address_are_exported(cast, login):
    first, *_ = matters(cast)
    run = export(login(cast.officehead), query=f"?tab=all&q={first.number}")
    assert run.rows == 1
    assert first.number in run.conditions


def test_an_address_with_a_sign_no_database_holds_is_exported_all_the_same(cast, login):
    matters(cast)
    client = login(cast.officehead)

    run = export(client, query="?tab=all&state=%00&x%00y=a%00b")
    asked = client.post("/admin/exports/clear/matters/?tab=all&x=a%00b", form())

    assert (run.state, run.rows) == (ExportRun.State.DONE, 3)
    assert asked.status_code == 302
    assert run.query == {"tab": ["all"], "state": [" "], "x y": ["a b"]}
    assert ExportRequest.objects.get().query == {"tab": ["all"], "x": ["a b"]}


def test_an_officer_s_file_holds_what_the_officer_sees_and_no_more(cast, login):
    matters(cast)
    response = export(login(cast.officer), query="?tab=all")
    assert "没有符合条件的记录" in text(response)
    assert not ExportRun.objects.exists()


def test_a_purpose_is_asked_for_and_other_purposes_in_words(cast, login):
    matters(cast)
    client = login(cast.officehead)
    for fields, told in (
        ({"usual": ""}, "请选一项用途"),
        ({"usual": "other", "detail": " "}, "请写明给谁、做什么用"),
        ({"format": "exe"}, "请选一种格式"),
    ):
        assert told in text(export(client, query="?tab=all", **fields))
    assert not ExportRun.objects.exists()
    assert not Look.objects.exists()
    assert export(client, query="?tab=all", usual="other", detail="报纪工委").purpose == "报纪工委"


def test_who_has_no_right_to_a_list_gets_neither_page_nor_file(cast, login):
    matters(cast)
    for person in (cast.registrar, cast.editor, cast.sysadmin, cast.custodian):
        client = login(person)
        assert client.get(NEW.format("matters")).status_code == 302
        assert client.post(NEW.format("matters"), form()).status_code == 302
    assert login(cast.officehead).get(NEW.format("nothing")).status_code == 404
    assert not ExportRun.objects.exists()


def test_a_double_click_makes_one_file(cast, login):
    matters(cast)
    client, fields = login(cast.officehead), form()
    first, second = (client.post(NEW.format("matters") + "?tab=all", fields) for _ in range(2))
    assert first.url == second.url
    assert ExportRun.objects.count() == 1
    assert len(on_disk()) == 1


def test_another_person_s_file_is_not_there(cast, login):
    matters(cast)
    run = export(login(cast.officehead), query="?tab=all")
    looks = Look.objects.count()
    for person in (cast.officehead2, cast.leader, cast.auditor, cast.sysadmin):
        client = login(person)
        for address in (
            page(run),
            file(run),
            "/admin/exports/99999999/",
            f"/admin/exports/{10**30}/",
        ):
            assert client.get(address).status_code == 404
    assert Look.objects.count() == looks


def test_a_file_past_its_days_is_refused_and_then_gone_with_its_key(cast, login):
    matters(cast)
    client = login(cast.officehead)
    run = export(client, query="?tab=all")
    with at(now() + timedelta(days=7, minutes=1)):
        client = login(cast.officehead)
        refused = client.get(file(run))
        assert refused.status_code == 410
        assert "已过保留期限" in text(refused)
        assert len(on_disk()) == 1
        runs.forget_expired(now())
        run.refresh_from_db()
        assert (run.state, run.path, on_disk()) == (ExportRun.State.GONE, "", [])
        assert client.get(file(run)).status_code == 410
    with pytest.raises(Destroyed):
        cipher_of(ExportRun.objects.get(pk=run.pk).data_key)
    assert not Look.objects.filter(what__startswith="下载").exists()


def test_a_file_within_its_days_is_left_alone(cast, login):
    matters(cast)
    run = export(login(cast.officehead), query="?tab=all")
    runs.forget_expired(now() + timedelta(days=6, hours=23))
    run.refresh_from_db()
    assert run.state == ExportRun.State.DONE
    assert set(runs.stored_paths()) == {run.path}


def test_who_lost_the_right_since_gets_no_file_they_had_made(cast, login):
    matters(cast)
    run = export(login(cast.officehead), query="?tab=all")
    end_posts(cast.officehead)
    refused = login(User.objects.get(pk=cast.officehead.pk)).get(file(run))
    assert refused.status_code == 403
    assert "没有导出“信访事项”的权限" in text(refused)
    assert not Look.objects.filter(what__startswith="下载").exists()


def test_who_moved_to_another_post_gets_no_file_of_the_former_one(cast, street, login):
    matters(cast)
    run = export(login(cast.officehead), query="?tab=all")
    end_posts(cast.officehead)
    with acting(None, "轮岗"):
        appoint(cast.officehead, street.housing, "officer", since=today())
    refused = login(User.objects.get(pk=cast.officehead.pk)).get(file(run))
    assert refused.status_code == 403
    assert "已不在导出时的岗位" in text(refused)


def test_a_closed_account_gets_nothing(cast, login):
    matters(cast)
    client = login(cast.officehead)
    run = export(client, query="?tab=all")
    with acting(None, "离岗"):
        person = User.objects.get(pk=cast.officehead.pk)
        person.is_active = False
        person.save()
    assert client.get(file(run)).url.startswith("/admin/login/")
    assert runs.refusal(run, person, now()) == "账号已停用。"


def test_a_file_stays_masked_when_its_person_may_ask_for_more_since(cast, street, login):
    matters(cast)
    with acting(None, "轮岗"):
        appoint(cast.head, street.street, "leader", since=today())
    client = login(User.objects.get(pk=cast.head.pk))
    set_limit("background_rows", 1)
    run = export(client, query="?tab=all")
    with acting(None, "轮岗"):
        appoint(cast.head, street.office, "office_head", since=today())
    assert work()
    data = content(login(User.objects.get(pk=cast.head.pk)).get(file(run)))
    assert not [name for name in NAMES if name in flat(data)]


def test_a_sealed_letter_is_in_no_file_whoever_exports(cast, login):
    make = matters(cast)
    sealed = arrive(cast.registrar, klass="B", channel="letter", claims=[], people=[])[1][0]
    assert sealed.sealed
    for person in (cast.officehead, cast.leader, cast.auditor):
        run = export(login(person), query="?tab=all")
        assert run.rows == len(make)
        assert sealed.number not in flat(content(login(person).get(file(run))))


def test_a_long_list_is_written_in_the_background_and_its_person_is_told(cast, login):
    matters(cast)
    set_limit("background_rows", 2)
    client = login(cast.officehead)
    assert "在后台生成" in text(client.get(NEW.format("matters") + "?tab=all"))
    run = export(client, query="?tab=all")
    waiting = client.get(page(run))
    assert "排队中" in text(waiting)
    assert 'http-equiv="refresh" content="5"' in text(waiting)
    assert client.get(file(run)).status_code == 409
    assert menu("我的导出（1）") not in text(client.get("/admin/"))
    assert work()
    home = text(client.get("/admin/"))
    assert menu("我的导出（1）") in home
    assert f'href="{page(run)}"' in home
    done = text(client.get(page(run)))
    assert "可以下载" in done
    assert menu("我的导出") in text(client.get("/admin/"))
    assert "http-equiv" not in done
    assert f'href="{page(run)}"' not in text(client.get("/admin/"))
    assert len(cells(content(client.get(file(run))))) > 3
    assert not work()


def test_a_page_left_open_does_not_ask_for_ever(cast, login):
    matters(cast)
    set_limit("background_rows", 2)
    run = export(login(cast.officehead), query="?tab=all")
    with at(now() + timedelta(minutes=31)):
        shown = text(login(cast.officehead).get(page(run)))
    assert "http-equiv" not in shown
    assert "后台工作程序现在没有动静" in shown


def test_rows_and_rights_are_those_of_the_moment_the_file_is_written(cast, login):
    made = matters(cast)
    set_limit("background_rows", 1)
    run = export(login(cast.officehead), query="?tab=all")
    with acting(None, "改为密件"):
        one = Matter.objects.get(pk=made[0].pk)
        one.sealed = True
        one.save()
    assert work()
    run.refresh_from_db()
    assert run.rows == 2


def test_who_lost_the_right_while_waiting_gets_a_sentence_and_no_file(cast, login):
    matters(cast)
    set_limit("background_rows", 1)
    run = export(login(cast.officehead), query="?tab=all")
    end_posts(cast.officehead)
    assert work()
    run.refresh_from_db()
    assert run.state == ExportRun.State.FAILED
    assert run.error == "您现在没有导出“信访事项”的权限。"
    assert (on_disk(), Look.objects.count()) == ([], 0)


def test_a_list_that_breaks_in_the_middle_leaves_no_half_file_and_a_calm_sentence(
    cast, login, monkeypatch
):
    matters(cast)
    whole = registries.exports["matters"]

    def broken(user, query, clear):
        listing = whole.open(user, query, clear)

        def rows():
            yield from listing.rows()
            raise ZeroDivisionError

        return type(listing)(**{**vars(listing), "rows": rows})

    monkeypatch.setitem(
        registries.exports, "matters", ExportList(**{**vars(whole), "open": broken})
    )
    client = login(cast.officehead)
    run = export(client, query="?tab=all")
    assert run.state == ExportRun.State.FAILED
    assert "程序出错，文件没有生成" in text(client.get(page(run)))
    assert (on_disk(), Look.objects.count()) == ([], 0)


def test_a_damaged_file_is_told_of_before_a_byte_goes_out(cast, login):
    matters(cast)
    client = login(cast.officehead)
    run = export(client, query="?tab=all")
    [path] = on_disk()
    path.write_bytes(path.read_bytes()[:-1])
    response = client.get(file(run))
    assert response.status_code == 500
    assert "文件打不开" in text(response)
    path.unlink()
    assert "文件打不开" in text(client.get(file(run)))
    assert not Look.objects.filter(what__startswith="下载").exists()


def test_one_s_own_page_lists_own_files_only_and_says_so_when_there_is_none(cast, login):
    matters(cast)
    run = export(login(cast.officehead), query="?tab=all")
    assert page(run) in text(login(cast.officehead).get(MINE))
    other = text(login(cast.officehead2).get(MINE))
    assert page(run) not in other
    assert "您还没有导出过" in other


def test_names_in_a_file_are_masked_as_on_the_page(cast, login):
    matters(cast)
    client = login(cast.officehead)
    data = flat(content(client.get(file(export(client, query="?tab=all")))))
    for person in Petitioner.objects.select_related("matter__data_key"):
        assert person.text("phone") not in data
