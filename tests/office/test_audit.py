"""The auditor reads who changed what, and the system keeps to what an auditor may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from casework.matters.intake import Arrival, Person, register
from casework.matters.profiles import make_national_profile
from office import audit, registries
from office.clock import today
from office.history import acting
from office.models import CalendarYear, Change, Unit
from tests.english import english_left

AUDIT = "/admin/audit/"


def shown(client, query: str = "") -> str:
    response = client.get(AUDIT + query)
    assert response.status_code == 200
    return response.content.decode()


def rename(unit: Unit, name: str, by, reason: str = "") -> None:
    with acting(by, reason):
        fresh = Unit.objects.get(pk=unit.pk)
        fresh.name = name
        fresh.save()


@pytest.fixture
def matter(cast):
    make_national_profile()
    with acting(cast.registrar):
        person = Person(name="柏舟", phone="19900004321")
        arrival = Arrival(
            channel="visit", received_on=today(), claims=[("围墙占道", "院墙修到了路上。")],
            people=[person],
        )  # fmt: skip
        return register(arrival, by=cast.registrar)[1][0]


@pytest.fixture
def letter(cast):
    """A sealed letter."""
    make_national_profile()
    with acting(cast.registrar):
        arrival = Arrival(channel="letter", received_on=today(), klass="B", claims=[])
        return register(arrival, by=cast.registrar)[1][0]


def test_an_auditor_reads_who_changed_which_field_from_what_to_what_and_why(cast, street, login):
    rename(street.social, "社会事务办公室", cast.sysadmin, "机构改名")
    page = shown(login(cast.auditor))
    row = page[page.index("机构改名") - 1500 : page.index("机构改名")]
    for word in ("系小统", "单位", "名称", "<del>社会事务办</del>", "<ins>社会事务办公室</ins>"):
        assert word in row


def test_an_auditor_sees_the_newest_change_first(cast, street, login):
    rename(street.social, "甲办", cast.sysadmin)
    rename(street.social, "乙办", cast.sysadmin)
    page = shown(login(cast.auditor))
    assert page.index("<ins>乙办</ins>") < page.index("<ins>甲办</ins>")


def test_only_an_auditor_opens_the_audit_page(cast, login):
    for name, person in vars(cast).items():
        response = login(person).get(AUDIT)
        assert (response.status_code == 200) == (name == "auditor"), name


def test_an_auditor_filters_by_person_day_kind_field_and_number(cast, street, matter, login):
    rename(street.social, "甲办", cast.sysadmin, "改名甲")
    with acting(cast.sysadmin, "改电话"):
        unit = Unit.objects.get(pk=street.social.pk)
        unit.phone = "88001122"
        unit.save()
    client = login(cast.auditor)
    by_person = shown(client, f"?person={cast.sysadmin.pk}")
    assert "改名甲" in by_person
    assert "改电话" in by_person
    assert matter.number not in by_person
    by_field = shown(client, "?field=office.unit:phone")
    assert "改电话" in by_field
    assert "改名甲" not in by_field
    assert "改名甲" in shown(client, "?kind=office.unit")
    assert "改名甲" not in shown(client, "?kind=office.post")
    assert f">{matter.number}<" in shown(client, f"?record={matter.number}")
    assert "改名甲" not in shown(client, f"?record={matter.number}")
    assert "改名甲" in shown(client, f"?since={localdate()}&until={localdate()}")
    assert "没有符合条件的变更" in shown(client, f"?until={localdate() - timedelta(days=1)}")
    assert "没有符合条件的变更" in shown(client, f"?since={localdate() + timedelta(days=1)}")
    one = shown(client, f"?record=office.unit:{street.social.pk}&person={cast.sysadmin.pk}")
    assert "改名甲" in one


def test_an_auditor_finds_a_unit_by_the_name_it_has_now_with_its_former_names(cast, street, login):
    rename(street.social, "民生服务办", cast.sysadmin)
    page = shown(login(cast.auditor), "?record=民生服务办")
    assert "<del>社会事务办</del>" in page


def test_every_combination_of_filters_answers_as_a_plain_search_would(cast, street, matter):
    rename(street.social, "甲办", cast.sysadmin)
    rename(street.housing, "乙办", cast.secadmin)
    rows = list(Change.objects.filter(sealed=False).select_related("shape"))
    for person in (None, cast.sysadmin.pk, cast.registrar.pk, audit.SYSTEM):
        for kind in ("", "office.unit", "matters.matter"):
            for field in (None, ("office.unit", "name"), ("office.unit", "phone")):
                for since in (None, localdate()):
                    wanted = [
                        row.pk
                        for row in rows
                        if (
                            person is None
                            or row.actor_id == (None if person == audit.SYSTEM else person)
                        )
                        and kind in ("", row.kind)
                        and (
                            field is None
                            or (row.kind == field[0] and field[1] in row.shape.names())
                        )
                    ]
                    found = audit.search(person=person, kind=kind, field=field, since=since)
                    assert found.ids(1000) == sorted(wanted, reverse=True)


def test_an_auditor_told_a_wrong_day_sees_the_mistake_and_no_rows(cast, login):
    page = shown(login(cast.auditor), "?since=2026-13-40")
    assert "请写成 2026-11-23 这样的日期" in page
    assert "desk-table" not in page
    assert "结束日期早于开始日期" in shown(
        login(cast.auditor), "?since=2026-11-23&until=2026-11-22"
    )
    assert "2000 年以后" in shown(login(cast.auditor), "?since=0001-01-01")


def test_an_auditor_sees_personal_data_only_masked(cast, matter, login):
    page = shown(login(cast.auditor))
    assert "柏*" in page
    assert "199****4321" in page
    assert "柏舟" not in page
    assert "19900004321" not in page
    assert "院墙修到" not in page


def test_an_auditor_never_sees_a_change_of_a_sealed_letter(cast, letter, login):
    assert Change.objects.filter(sealed=True).exists()
    client = login(cast.auditor)
    assert letter.number not in shown(client)
    assert "没有符合条件的变更" in shown(client, f"?record={letter.number}")
    assert "没有符合条件的变更" in shown(client, f"?record=matters.matter:{letter.pk}")


def test_earlier_changes_of_a_matter_sealed_later_are_hidden_too(cast, matter, login):
    client = login(cast.auditor)
    assert matter.number in shown(client)
    with acting(cast.officehead, "确认为检举"):
        matter.sealed = True
        matter.save()
    page = shown(client)
    assert matter.number not in page
    assert "柏*" not in page


def test_a_password_change_is_seen_without_the_password(cast, login):
    with acting(cast.secadmin, "本人忘记密码"):
        cast.officer.set_password("Xin-mima-2026")
        cast.officer.save()
    page = shown(login(cast.auditor))
    assert "已更改" in page[page.index("承小办") :]
    assert "md5$" not in page


def test_an_auditor_pages_through_all_changes_and_back(cast, street, login):
    with acting(cast.sysadmin, "补录"):
        for year in range(1890, 2010):
            CalendarYear(year=year).save()
    client = login(cast.auditor)
    first = client.get(AUDIT + "?kind=office.calendaryear")
    ids = [row.record.pk for row in first.context["table"].rows]
    assert len(ids) == 50
    second = client.get(AUDIT + first.context["older"])
    third = client.get(AUDIT + second.context["older"])
    more = [row.record.pk for page in (second, third) for row in page.context["table"].rows]
    assert len({*ids, *more}) == 120
    assert not third.context["older"]
    back = client.get(AUDIT + third.context["newer"])
    assert [row.record.pk for row in back.context["table"].rows] == more[:50]
    newest = client.get(AUDIT + back.context["newer"])
    assert [row.record.pk for row in newest.context["table"].rows] == ids
    assert not newest.context["newer"]


def test_a_page_of_fifty_changes_takes_no_more_queries_than_a_page_of_five(cast, street, login):
    client = login(cast.auditor)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            shown(client, "?kind=office.unit")
        return len(caught)

    with acting(cast.sysadmin):
        for number in range(5):
            unit = Unit.objects.get(pk=street.social.pk)
            unit.name = f"办公室{number}"
            unit.save()
        few = queries()
        for number in range(60):
            unit = Unit.objects.get(pk=(street.social, street.housing)[number % 2].pk)
            unit.name = f"科室{number}"
            unit.save()
    assert queries() <= few
    assert few <= 25


def test_an_auditor_is_offered_no_technical_fields_to_filter_by(cast, login):
    page = shown(login(cast.auditor))
    for word in ("超级用户状态", "工作人员状态", "校验值", "上次登录"):
        assert word not in page


def test_a_record_is_linked_where_its_room_says_so(cast, street, login, monkeypatch):
    asked = []

    def addresses(reader, ids):
        asked.append((reader, ids))
        return {street.social.pk: "/admin/somewhere/"}

    monkeypatch.setitem(registries.record_links, "office.unit", addresses)
    page = shown(login(cast.auditor), "?kind=office.unit")
    assert 'href="/admin/somewhere/">社会事务办</a>' in page
    assert "村镇建设办</a>" not in page
    assert asked[0][0] == cast.auditor
    assert len(asked) == 1


def test_the_audit_page_is_in_chinese(cast, street, matter, login):
    rename(street.social, "甲办", cast.sysadmin)
    people = [person.username.rstrip("2") for person in vars(cast).values()]
    words = {word for name in people for word in name.split("_")} | {"ab", "icp"}
    for kind in ("office.unit", "office.post", "matters.petitioner"):
        assert english_left(shown(login(cast.auditor), f"?kind={kind}"), allowed=words) == []
