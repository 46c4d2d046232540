"""Auditors read the look ledger by rule, by person and by record; nobody else reads the desk."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from wagtail.log_actions import log
from wagtail.models import Page

from office import clock
from office.history import acting
from office.look_findings import follow_days, follow_hours
from office.look_reading import looks_of, note
from office.looks import Act, Way, log_export, log_look, log_search
from office.models import CalendarDay, Job, Limit, Look, LookFinding, LookNote, Unit
from office.posts import appoint, posts_of
from tests.conftest import SINCE

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
DESK, PERSON, RECORD = "/admin/looks/audit/", "/admin/looks/person/", "/admin/looks/record/"


def look(who, record, at, **more):
    """A look of `who` at a record at a moment."""
    said = {"what": "信访人信息", "purpose": "核对情况"} | more
    what = said.pop("what")
    with clock.at(at), acting(who, address="10.1.2.3"):
        return log_look(who, record, what, post=posts_of(who)[0], **said)


def units(street, count):
    """So many records that can be looked at."""
    with acting(None, "测试"):
        return [
            street.street.add_child(name=f"第{n}科", kind="section", valid_from=SINCE)
            for n in range(count)
        ]


def set_limit(key, value):
    with acting(None, "测试"):
        row = Limit.objects.filter(key=key).first() or Limit(key=key)
        row.value = value
        row.save()


def found(rule=""):
    rows = LookFinding.objects.order_by("id")
    return list(rows.filter(rule=rule) if rule else rows)


def body(response):
    return response.content.decode()


@pytest.fixture
def burst(cast, street):
    """The officer opens twenty records on Monday between ten and half past."""
    records = units(street, 20)
    return [look(cast.officer, one, MONDAY + timedelta(minutes=n)) for n, one in enumerate(records)]


# What the rules find


def test_twenty_records_in_an_hour_are_found_once_with_their_numbers(cast, burst):
    follow_hours(MONDAY + timedelta(minutes=30))
    assert not found(), "the hour is not over: more may follow"

    follow_hours(MONDAY + timedelta(hours=2))
    follow_hours(MONDAY + timedelta(hours=3))

    [one] = found("many")
    assert (one.person, one.count) == (cast.officer, 20)
    assert one.told == "一小时内查看 20 件（设定 20 件），10:00 至 10:19"


def test_nineteen_records_in_an_hour_are_no_finding(cast, street):
    for n, record in enumerate(units(street, 19)):
        look(cast.officer, record, MONDAY + timedelta(minutes=n))
    follow_hours(TUESDAY)
    assert not found("many")


def test_the_hour_slides_and_does_not_begin_with_the_clock(cast, street):
    for n, record in enumerate(units(street, 20)):
        look(cast.officer, record, MONDAY + timedelta(minutes=45 + n))
    follow_hours(TUESDAY)
    assert [one.told for one in found("many")] == [
        "一小时内查看 20 件（设定 20 件），10:45 至 11:04"
    ]


def test_the_same_record_opened_twenty_times_is_one_record(cast, street):
    for n in range(20):
        look(cast.officer, street.social, MONDAY + timedelta(minutes=n))
    follow_hours(TUESDAY)
    assert not found("many")


def test_two_busy_hours_of_a_day_are_two_findings_however_often_the_job_runs(cast, street):
    records = units(street, 20)
    for hour in (0, 3):
        for n, record in enumerate(records):
            look(cast.officer, record, MONDAY + timedelta(hours=hour, minutes=n))
        follow_hours(MONDAY + timedelta(hours=hour + 2))
    Job.objects.all().delete()  # even from the start
    follow_hours(TUESDAY)
    assert len(found("many")) == 2


def test_looks_in_the_evening_and_on_sunday_are_found_when_the_day_is_over(cast, street):
    look(cast.officer, street.social, MONDAY - timedelta(days=1))
    look(cast.officer, street.social, MONDAY.replace(hour=22, minute=30))
    look(cast.head, street.social, MONDAY)
    follow_days(MONDAY.replace(hour=23))
    assert [one.told for one in found("after")] == [
        "当天不是工作日，查看 1 件（设定 1 件），10:00 至 10:00"
    ]

    follow_days(TUESDAY)
    follow_days(TUESDAY)

    assert [one.told for one in found("after")][1:] == [
        "上班时间（8:00—18:00）以外查看 1 件（设定 1 件），22:30 至 22:30"
    ]
    assert {one.person for one in found("after")} == {cast.officer}


def test_a_make_up_working_sunday_is_a_working_day(cast, street):
    with acting(None, "调休"):
        CalendarDay(day="2026-11-22", working=True, name="调休").save()
    look(cast.officer, street.social, MONDAY - timedelta(days=1))
    follow_days(TUESDAY)
    assert not found("after")


def test_looks_that_follow_from_no_task_are_counted_by_the_day(cast, street):
    for n, record in enumerate(units(street, 5)):
        way = Way(outside=n > 0)
        look(cast.leader, record, MONDAY + timedelta(minutes=n), way=way)
    follow_days(TUESDAY)
    assert not found("outside")

    look(cast.leader, street.social, TUESDAY, way=Way(outside=True))
    for record in units(street, 4):
        look(cast.leader, record, TUESDAY, way=Way(outside=True))
    follow_days(TUESDAY + timedelta(days=1))

    [one] = found("outside")
    assert one.told == "一天内查看 5 件与本人任务、本单位无关的事项（设定 5 件）"


def test_a_record_five_people_opened_in_a_week_is_found_on_the_day_of_the_fifth(cast, street):
    people = [cast.officer, cast.head, cast.leader, cast.auditor, cast.officehead, cast.registrar]
    for n, who in enumerate(people):
        look(who, street.social, MONDAY + timedelta(days=n))
    follow_days(MONDAY + timedelta(days=9))

    [one] = found("people")
    assert (one.person, one.label, str(one.day)) == (None, "社会事务办", "2026-11-27")
    assert one.told == "7 天内有 5 人查看同一件（设定 5 人）"


def test_every_file_in_clear_is_found(cast):
    with clock.at(MONDAY):
        log_export(cast.officehead, Unit, "生成 .xlsx", purpose="上报", post=None)
        log_export(cast.officehead, Unit, "下载 .xlsx", purpose="上报", post=None, clear=True)
    follow_hours(TUESDAY)
    assert [one.person for one in found("clear")] == [cast.officehead]


def test_looks_at_sealed_records_are_in_no_finding(cast, street):
    for n, record in enumerate(units(street, 20)):
        look(cast.custodian, record, MONDAY + timedelta(minutes=n), sealed=True)
    follow_hours(TUESDAY)
    follow_days(TUESDAY)
    assert not found()


def test_a_number_changed_later_holds_from_then_on(cast, street, burst):
    follow_hours(TUESDAY)
    set_limit("look_many", 3)
    follow_hours(TUESDAY + timedelta(minutes=1))
    for n, record in enumerate(Unit.objects.order_by("-pk")[:3]):
        look(cast.officer, record, TUESDAY + timedelta(minutes=n))
    follow_hours(TUESDAY + timedelta(hours=2))

    assert [(one.count, "设定 20 件" in one.told) for one in found("many")] == [
        (20, True), (3, False),
    ]  # fmt: skip


def test_zero_switches_a_rule_off_and_the_desk_says_so(cast, street, burst, login):
    set_limit("look_many", 0)
    follow_hours(TUESDAY)
    assert not found("many")
    assert "现在没有启用" in body(login(cast.auditor).get(DESK))


def test_a_finding_is_never_changed_or_deleted(cast, burst):
    follow_hours(TUESDAY)
    for act in (
        lambda: LookFinding.objects.update(told="没事"),
        lambda: LookFinding.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert found("many")


# The desk


def test_an_auditor_reads_the_rule_with_its_numbers_beside_each_row(cast, burst, login):
    follow_hours(TUESDAY)
    client = login(cast.auditor)

    page = body(client.get(DESK))
    for word in ("一小时看很多件", "一小时内查看 20 件（设定 20 件）", "承小办", "还没核查"):
        assert word in page
    assert "同一人一小时内查看 20 件以上" in page
    one = body(client.get(f"{DESK}{found()[0].pk}/"))
    assert one.count("第19科") == 1
    assert "10.1.2.3" in one


def test_an_auditor_reads_one_persons_looks_day_by_day(cast, street, login):
    look(cast.officer, street.social, MONDAY, purpose="周一核对")
    look(cast.officer, street.housing, TUESDAY, purpose="周二核对")
    look(cast.head, street.social, TUESDAY, purpose="别人的")
    client = login(cast.auditor)

    assert "请选一个人" in body(client.get(PERSON))
    page = body(client.get(f"{PERSON}?person={cast.officer.pk}"))
    places = [page.index(word) for word in ("11月24日", "周二核对", "11月23日", "周一核对")]
    assert places == sorted(places)
    assert "别人的" not in page


def test_an_auditor_reads_all_looks_at_one_record(cast, street, login):
    look(cast.officer, street.social, MONDAY, purpose="承办人看")
    look(cast.head, street.social, TUESDAY, purpose="负责人看")
    look(cast.head, street.housing, TUESDAY, purpose="另一件")
    client = login(cast.auditor)

    assert "请写完整的编号" in body(client.get(RECORD))
    page = body(client.get(f"{RECORD}?record=社会事务办"))
    assert "承办人看" in page
    assert "负责人看" in page
    assert "另一件" not in page


def test_an_auditor_filters_findings_by_rule_person_and_whether_they_were_looked_into(
    cast, street, burst, login
):
    look(cast.head, street.social, MONDAY.replace(hour=22))
    follow_hours(TUESDAY)
    follow_days(TUESDAY)
    client = login(cast.auditor)
    with acting(cast.auditor):
        note(found("many")[0], "问过本人。", by=cast.auditor)

    def shown(query):
        page = body(client.get(f"{DESK}?{query}"))
        return "10:00 至 10:19" in page, "22:00 至 22:00" in page

    assert shown("rule=many") == (True, False)
    assert shown("rule=after") == (False, True)
    assert shown(f"person={cast.head.pk}") == (False, True)
    assert shown("state=noted") == (True, False)
    assert shown("state=open") == (False, True)
    assert shown("rule=people") == (False, False)


def test_only_those_who_read_the_ledger_find_the_desk_and_its_menu_item(cast, burst, login):
    follow_hours(TUESDAY)
    pages = (DESK, PERSON, RECORD, f"{DESK}{found()[0].pk}/")
    for name, who in vars(cast).items():
        client = login(who)
        got = {client.get(page).status_code == 200 for page in pages}
        reads = name in ("auditor", "auditadmin")
        assert got == {reads}, name
        home = body(client.get("/admin/"))
        assert ("查看审计" in home) == reads, name


def test_findings_stand_on_the_auditors_first_page_until_somebody_looked_into_them(
    cast, burst, login
):
    follow_hours(TUESDAY)
    client = login(cast.auditor)
    assert "一小时内查看 20 件" in body(client.get("/admin/"))
    note(found()[0], "问过本人，是年底归档。", by=cast.auditor)
    page = body(client.get("/admin/"))
    assert "一小时内查看 20 件" not in page
    assert "没有还没核查的提示" in page


def test_rows_stand_in_the_order_of_time_and_nobody_is_counted_or_ranked(cast, street, login):
    for n, who in enumerate([cast.head, cast.officer, cast.officer]):
        look(who, street.social, (MONDAY + timedelta(days=n)).replace(hour=22))
    follow_days(MONDAY + timedelta(days=4))
    page = body(login(cast.auditor).get(DESK))
    dates = [page.index(f"2026-11-{day}</td>") for day in (25, 24, 23)]
    assert dates == sorted(dates)
    for word in ("排名次", "得分", "次数最多"):
        assert word not in page


def test_auditors_open_the_log_of_pages_from_their_menu_and_nobody_else_does(cast, login):
    where = "/admin/reports/site-history/"
    for name, who in vars(cast).items():
        client = login(who)
        reads = name == "auditor"
        assert (client.get(where).status_code == 200) == reads, name
        assert ('"page-log"' in body(client.get("/admin/"))) == reads, name


def test_an_auditor_reads_what_was_done_to_every_page(cast, login):
    page = Page.objects.filter(depth=2).first()
    log(instance=page, action="wagtail.unpublish", user=cast.page_reviewer, title="汛期提醒")
    shown = body(login(cast.auditor).get("/admin/reports/site-history/"))
    assert "审小发" in shown
    assert "汛期提醒" in shown


# Noting


def test_an_auditor_notes_what_came_of_a_finding_and_the_text_lies_in_the_vault(cast, burst, login):
    follow_hours(TUESDAY)
    client, url = login(cast.auditor), f"{DESK}{found()[0].pk}/"
    sent = {"form_token": "5f0c7f0e-0000-4000-8000-00000000000a", "said": "问过本人，是年底归档。"}

    assert client.post(url, sent).url == url
    assert client.post(url, sent).url == url  # a second click writes nothing

    row = LookNote.objects.get()
    assert (row.person, row.unlocked("said")) == (cast.auditor, "问过本人，是年底归档。")
    assert "归档".encode() not in bytes(row.said)
    page = body(client.get(url))
    assert "问过本人，是年底归档。" in page
    assert Look.objects.filter(person=cast.auditor, what="核查情况").exists()


def test_a_note_without_words_is_refused_and_nothing_typed_is_lost(cast, burst, login):
    follow_hours(TUESDAY)
    client, url = login(cast.auditor), f"{DESK}{found()[0].pk}/"
    token = {"form_token": "5f0c7f0e-0000-4000-8000-00000000000b"}
    answer = client.post(url, token | {"said": " "})
    assert answer.status_code == 422
    assert "请写核查了什么" in body(answer)
    long = "查" * 1001
    assert long in body(client.post(url, token | {"said": long}))
    assert not LookNote.objects.exists()


def test_nobody_looks_into_their_own_looks(cast, street, login):
    for n, record in enumerate(units(street, 20)):
        look(cast.auditor, record, MONDAY + timedelta(minutes=n))
    follow_hours(TUESDAY)
    [one] = found("many")

    page = body(login(cast.auditor).get(f"{DESK}{one.pk}/"))
    assert "请由另一位有权限的同事核查" in page
    assert "记下核查情况" not in page
    with pytest.raises(PermissionDenied):
        note(one, "没有问题。", by=cast.auditor)
    note(one, "按计划抽查。", by=cast.auditadmin)


def test_office_head_and_leader_note_nothing(cast, burst):
    follow_hours(TUESDAY)
    for who in (cast.officehead, cast.leader, cast.secadmin):
        with pytest.raises(PermissionDenied):
            note(found()[0], "没事。", by=who)


def test_a_note_needs_words_whoever_calls(cast, burst):
    follow_hours(TUESDAY)
    with pytest.raises(ValidationError, match="核查了什么"):
        note(found()[0], "  ", by=cast.auditor)


# Who opened my file


def test_a_resident_is_told_posts_and_days_never_names_nor_typed_purposes(cast, street):
    for n in range(3):
        at = MONDAY + timedelta(hours=n)
        look(cast.officer, street.social, at, purpose="承办本事项", way=Way(typed=False))
    look(cast.leader, street.social, TUESDAY, purpose="李老三打听他家的事")
    look(cast.officer, street.social, TUESDAY, what="下载材料17", way=Way(Act.DOWNLOAD, False))

    told = looks_of("office.unit", [street.social.pk])

    rows = [(f"{one.day:%m-%d}", one.post, one.what, one.purpose) for one in told]
    assert rows == [
        ("11-24", "云湖街道 街道领导", "信访人信息", ""),
        ("11-24", "社会事务办 承办人", "下载材料", "核对情况"),
        ("11-23", "社会事务办 承办人", "信访人信息", "承办本事项"),
    ]
    assert not any(who.name in str(told) for who in vars(cast).values())


def test_a_resident_is_not_told_of_the_secret_reading_of_a_sealed_record(cast, street):
    look(cast.auditor, street.social, MONDAY, sealed=True)
    look(cast.custodian, street.social, MONDAY, sealed=True)
    look(cast.auditor, street.housing, MONDAY)
    assert [one.post for one in looks_of("office.unit", [street.social.pk])] == [
        "信访办公室 密件保管人"
    ]
    assert len(looks_of("office.unit", [street.housing.pk])) == 1


def test_a_resident_is_told_nothing_of_other_records(cast, street):
    look(cast.officer, street.housing, MONDAY)
    with clock.at(MONDAY):
        log_search(cast.officer, Unit, "按姓名查找", purpose="核对", post=None)
    assert looks_of("office.unit", [street.social.pk]) == []


def test_a_post_with_a_title_of_its_own_is_told_by_that_title(cast, street):
    with acting(None, "任命"):
        appoint(cast.grid, street.social, "officer", since=SINCE, title="社会事务办副主任")
    with clock.at(MONDAY):
        log_look(
            cast.grid, street.social, "诉求与经过", purpose="了解", post=cast.grid.posts.last()
        )
    assert looks_of("office.unit", [street.social.pk])[0].post == "社会事务办副主任"
