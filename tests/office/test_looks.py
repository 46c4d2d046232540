"""Auditors read the look ledger by rule, by person and by record; nobody else reads the desk."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.log_actions import log
from wagtail.models import Page

from office import clock
from office.history import acting
from office.look_findings import follow_days, follow_hours
from office.look_reading import looks_of, note
from office.looks import Act, Way, log_look, log_search
from office.models import Look, LookNote, Unit
from office.posts import appoint
from tests.conftest import SINCE
from tests.office.looking import DESK, MONDAY, PERSON, RECORD, TUESDAY, body, found, look, units

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
