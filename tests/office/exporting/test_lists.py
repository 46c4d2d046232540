"""Each list of the kernel leaves as it was filtered, through the one door there is."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from office import registries
from office.clock import at
from office.exporting.lists import in_bites
from office.history import acting
from office.models import CalendarDay, CalendarYear, Change, ExportRun, Look, Post, Unit, User
from tests.office.exporting.desk import (
    NEW,
    cells,
    content,
    export,
    file,
    flat,
    form,
    matters,
    set_limit,
    text,
    work,
)  # fmt: skip

AUDIT = "/admin/audit/"
#: key → who may export it, and the page that offers it
WHO = {
    "users": ({"secadmin"}, "/admin/users/"),
    "posts": ({"secadmin"}, "/admin/snippets/office/post/"),
    "units": ({"sysadmin", "secadmin"}, "/admin/snippets/office/unit/"),
    "days": ({"sysadmin", "officehead", "officehead2"}, "/admin/snippets/office/calendarday/"),
    "changes": ({"auditor"}, AUDIT),
    "looks": ({"auditor", "auditadmin"}, "/admin/looks/"),
}


def rename(unit, name, by, reason=""):
    with acting(by, reason):
        fresh = Unit.objects.get(pk=unit.pk)
        fresh.name = name
        fresh.save()


def exported(client, key, query="", **fields):
    """The rows of a list below its header, as the file holds them."""
    run = export(client, key, query, **fields)
    assert run.state == ExportRun.State.DONE, run.error
    rows = cells(content(client.get(file(run))))
    return rows[-run.rows :] if run.rows else []


@pytest.mark.parametrize("key", WHO)
def test_who_reads_a_list_is_offered_to_export_it_and_nobody_else_is(cast, login, key):
    may, page = WHO[key]
    with acting(cast.sysadmin):
        CalendarYear(year=2026, source="国办发明电").save()
        CalendarDay(day=date(2026, 10, 1), working=False, name="国庆节").save()
    Look.objects.create(
        kind="office.unit", object_id=1, label="甲", at=datetime.now(UTC), person=cast.leader,
        what="名称", purpose="核对",
    )  # fmt: skip
    for name, person in vars(cast).items():
        client = login(person)
        assert (client.get(NEW.format(key)).status_code == 200) == (name in may), name
        assert (client.post(NEW.format(key), form(format="?")).status_code == 200) == (name in may)
        shown = client.get(page)
        if name in may:
            assert f'href="/admin/exports/new/{key}/"' in text(shown), name
        elif shown.status_code == 200:
            assert f"/admin/exports/new/{key}/" not in text(shown), name
    assert not ExportRun.objects.exists()


def test_accounts_leave_as_filtered(cast, login):
    with acting(None, "离岗"):
        person = User.objects.get(pk=cast.reviewer.pk)
        person.is_active = False
        person.save()
    client = login(cast.secadmin)
    assert exported(client, "users", "?is_active=false") == [
        ["法小审", "reviewer", None, "否", None]
    ]
    assert [row[1] for row in exported(client, "users", "?q=副")] == ["officehead2"]
    assert len(exported(client, "users")) == User.objects.count()


def test_posts_leave_as_filtered_and_the_sheet_says_by_what(cast, login):
    client = login(cast.secadmin)
    run = export(client, "posts", "?role=officer&q=村镇")
    assert run.conditions == "角色：承办人　查找：村镇"
    data = content(client.get(file(run)))
    assert "筛选条件：角色：承办人　查找：村镇" in flat(data)
    assert cells(data)[-1][:5] == ["村小建", "other_officer", "村镇建设办", "承办人", None]
    assert run.rows == 1


def test_a_filter_that_makes_no_sense_is_told_and_exports_nothing(cast, login):
    client = login(cast.secadmin)
    assert "筛选条件不对" in text(client.get(NEW.format("posts") + "?role=king"))
    assert "筛选条件不对" in text(export(client, "posts", "?role=king"))
    auditor = login(cast.auditor)
    assert "筛选条件不对" in text(auditor.get(NEW.format("changes") + "?since=gestern"))
    assert not ExportRun.objects.exists()


def test_units_and_holidays_hold_nothing_personal_and_need_no_purpose(cast, street, login):
    client = login(cast.sysadmin)
    with acting(cast.sysadmin):
        CalendarYear(year=2026, source="国办发明电").save()
        CalendarDay(day=date(2026, 10, 1), working=False, name="国庆节").save()
    assert "用途" not in text(client.get(NEW.format("units")))
    units = exported(client, "units", usual="", detail="")
    assert [row[0].strip("　") for row in units] == [
        unit.name for unit in Unit.objects.order_by("path")
    ]
    [day] = exported(client, "days", usual="", detail="")
    assert (day[0].date(), *day[1:]) == (date(2026, 10, 1), "否", "国庆节")
    assert Look.objects.first().purpose == "名单不含个人信息，未填用途"


def test_a_csv_is_guarded_against_formulas(cast, street, login):
    rename(street.social, "=cmd|'/c calc'!A1", cast.sysadmin)
    client = login(cast.auditor)
    run = export(client, "changes", "?field=office.unit:name", format="csv")
    response = client.get(file(run))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert ",'=cmd|'/c calc'!A1," in content(response).decode("utf-8-sig")


def test_an_auditor_s_export_holds_what_was_filtered_and_is_logged_as_a_look(cast, street, login):
    rename(street.social, "=cmd|'/c calc'!A1", cast.sysadmin, "改名")
    client = login(cast.auditor)
    query = "?kind=office.unit&field=office.unit:name&person=" + str(cast.sysadmin.pk)
    assert f"/admin/exports/new/changes/{query.replace(':', '%3A')}".replace("&", "&amp;") in text(
        client.get(AUDIT + query)
    )
    [row] = exported(client, "changes", query)
    assert row[6:] == ["名称", "社会事务办", "=cmd|'/c calc'!A1", "改名"]
    look = Look.objects.first()
    assert (look.person, look.kind) == (cast.auditor, "office.change")
    assert "记录种类：单位" in look.what
    assert look.post == Post.objects.get(user=cast.auditor)


def test_a_change_log_of_any_length_leaves_whole_and_from_new_to_old(cast, street, login):
    for number in range(40):
        rename(street.social, f"科室{number}", cast.sysadmin)
    set_limit("background_rows", 10)
    client = login(cast.auditor)
    run = export(client, "changes", "?kind=office.unit")
    assert run.state == ExportRun.State.WAITING
    assert work()
    rows = cells(content(client.get(file(run))))[-ExportRun.objects.get().rows :]
    renamed = [row[8] for row in rows if row[7] and row[7].startswith("科室")]
    assert renamed == [f"科室{number}" for number in range(39, 0, -1)]
    assert all(newer[0] >= older[0] for newer, older in pairwise(rows))
    assert (
        len({row[4] for row in rows})
        >= Change.objects.filter(kind="office.unit", action="+").count()
    )


def test_a_file_is_named_by_the_local_hour(cast, street, login):
    evening = datetime(2026, 11, 22, 19, 5, tzinfo=UTC)  # the 23rd, 03:05 here
    with at(evening):
        client = login(cast.auditor)
        run = export(client, "changes")
        assert "20261123-0305.xlsx" in client.get(file(run))["Content-Disposition"]


def test_the_look_ledger_leaves_with_who_looked_at_what_and_why(cast, login):
    matters(cast)
    export(login(cast.officehead), query="?tab=all")
    auditor = login(cast.auditadmin)
    [row] = exported(auditor, "looks", f"?person={cast.officehead.pk}")
    assert row[1:5] == [
        "信小任",
        str(Post.objects.get(user=cast.officehead)),
        "信访事项",
        "导出信访事项",
    ]
    assert row[6] == "上报：三季度台账"


@pytest.mark.parametrize("export_format", ["xlsx", "csv"])
def test_wagtail_s_own_exports_are_closed(cast, login, export_format):
    doors = {
        "auditor": ["/admin/reports/site-history/", "/admin/reports/site-history/results/"],
        "secadmin": [
            "/admin/users/",
            "/admin/snippets/office/post/",
            "/admin/snippets/office/unit/",
        ],
        "editor": [
            "/admin/reports/locked/",
            "/admin/reports/aging-pages/",
            "/admin/reports/workflow/",
        ],
        "officehead": ["/admin/matters/"],
    }
    for name, addresses in doors.items():
        client = login(getattr(cast, name))
        for address in addresses:
            assert client.get(f"{address}?export={export_format}").status_code == 404, address
            assert f"export={export_format}" not in text(client.get(address)), address
            head = client.head(f"{address}?export={export_format}")
            assert head.status_code == 404


def test_a_list_read_in_bites_leaves_out_what_left_it_meanwhile(cast):
    rows = User.objects.filter(is_active=True).order_by("username")
    read = in_bites(rows)
    first = next(read)
    with acting(None, "离岗"):
        person = User.objects.get(username="officer")
        person.is_active = False
        person.save()
    # The first bite was read before; a new reading sees the person no more.
    assert first == rows.first()
    assert "officer" not in [one.username for one in in_bites(rows)]


def test_a_long_list_costs_a_fixed_number_of_queries_a_bite(cast, street):
    def queries():
        listing = registries.exports["changes"].open(cast.auditor, QueryDict(""), False)
        with CaptureQueriesContext(connection) as seen:
            rows = list(listing.rows())
        return len(seen), len(rows)

    few, short = queries()
    for number in range(60):
        rename(street.social, f"科室{number}", cast.sysadmin)
    many, long = queries()
    assert long >= short + 60
    assert many <= few + 2
