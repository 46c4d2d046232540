"""The system administrator sees in words whether the installation is well."""

import os
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection

from office import health, registries, triggers
from office.calendar import fill_from_library
from office.health import Line, State, lines
from office.history import acting
from office.models import CalendarYear, Job
from office.registries import Text
from office.vault import new_data_key
from tests.english import english_left
from tests.office.searching import write

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def part(name: str, now: datetime = NOON) -> list[Line]:
    return [line for line in lines(now) if line.part == name]


@pytest.fixture
def stamp(tmp_path, settings):
    settings.BACKUP_STAMP = tmp_path / "last-backup"
    settings.DEMO = False
    return settings.BACKUP_STAMP


def test_every_part_answers_with_a_chinese_sentence(db):
    found = lines(NOON)
    assert {line.part for line in found} == {*health.CHECKS, "期限提醒"}
    for line in found:
        assert line.text.endswith("。"), line
        allowed = ["sqlite", "postgresql", "wal", "manage", "py", "migrate", "work", "asia", "ntp"]
        assert (
            english_left(f"<p>{line.text.split('（')[0]}</p>", allowed=[*allowed, "shanghai"]) == []
        )


def test_a_missing_backup_is_named_an_old_one_too_and_a_fresh_one_is_well(db, stamp):
    assert [line.state for line in part("备份")] == [State.WARN]
    stamp.touch()
    os.utime(stamp, (NOON.timestamp() - 3600 * 27,) * 2)
    assert "27 小时" in part("备份")[0].text
    assert part("备份")[0].state == State.WARN
    os.utime(stamp, (NOON.timestamp() - 3600,) * 2)
    assert part("备份")[0].state == State.OK


def test_an_index_that_answers_nothing_is_a_fault_with_a_remedy(db, monkeypatch):
    write(monkeypatch, [Text("逾期交房怎么办"), Text("楼道停车")])
    assert [line.state for line in part("检索")] == [State.OK]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM office_searchgrams"
            if connection.vendor == "postgresql"
            else "INSERT INTO office_searchgrams (office_searchgrams) VALUES ('delete-all')"
        )
    fault = part("检索")[-1]
    assert fault.state == State.FAIL
    assert "reindex_search --anew" in fault.text


def test_a_demo_says_that_it_makes_no_backups(db, stamp, settings):
    settings.DEMO = True
    assert part("备份")[0] == Line("备份", State.OK, "演示不做备份。")


def test_keys_that_others_can_read_are_named(db, settings):
    key = Path(settings.KEYS_DIR) / "master.json"
    assert part("密钥")[0].state == State.OK
    key.chmod(0o644)
    try:
        assert part("密钥")[0].state == State.WARN
        assert "master.json" in part("密钥")[0].text
    finally:
        key.chmod(0o600)


def test_keys_of_another_installation_are_a_failure(db, settings, tmp_path):
    new_data_key().save()
    assert part("密钥")[0].state == State.OK
    call_command("make_keys", stdout=StringIO())
    settings.KEYS_DIR = tmp_path / "others"
    call_command("make_keys", stdout=StringIO())
    assert part("密钥")[0].state == State.FAIL
    assert "打不开" in part("密钥")[0].text
    settings.KEYS_DIR = tmp_path / "nothing"
    assert part("密钥")[0].state == State.FAIL


def test_a_missing_trigger_is_a_failure(db):
    assert part("防改")[0].state == State.OK
    triggers.remove()
    assert part("防改")[0].state == State.FAIL
    triggers.install()
    assert part("防改")[0].state == State.OK


def test_the_calendar_warns_from_october_on_and_fails_without_this_year(db):
    assert part("工作日历")[0].state == State.FAIL
    fill_from_library()
    assert part("工作日历", NOON.replace(month=9, day=30))[0].state == State.OK
    october = NOON.replace(month=10, day=1)
    assert part("工作日历", october)[0].state == State.WARN
    assert "2027 年节假日还没录入" in part("工作日历", october)[0].text
    with acting(None, "通知已发布"):
        CalendarYear(year=2027, source="通知").save()
    assert part("工作日历", october)[0].state == State.OK


def test_a_silent_worker_is_seen_after_five_minutes(db):
    assert part("后台工作")[0].state == State.WARN
    job = Job.objects.create(name="worker", ran_at=NOON - timedelta(minutes=1))
    assert part("后台工作")[0].state == State.OK
    job.ran_at = NOON - timedelta(minutes=6)
    job.save()
    assert part("后台工作")[0].state == State.WARN
    job.ran_at = NOON - timedelta(hours=3)
    job.save()
    assert part("后台工作")[0].state == State.FAIL
    assert "3 小时" in part("后台工作")[0].text


def test_a_job_that_failed_is_named_with_its_error(db):
    Job.objects.create(name="worker", ran_at=NOON)
    Job.objects.create(name="search", label="更新检索", error="磁盘已满")
    texts = [line.text for line in part("后台工作") if line.state == State.FAIL]
    assert texts == ["“更新检索”上次没有做成：磁盘已满"]


def test_a_full_disk_is_seen(db, monkeypatch):
    usage = type("Usage", (), {"free": 1, "total": 1000})
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage)
    assert part("磁盘")[0].state == State.FAIL
    usage.free = 50
    assert part("磁盘")[0].state == State.WARN


def test_a_check_that_breaks_hides_no_other(db, monkeypatch):
    def broken(now):
        raise RuntimeError("oops")

    monkeypatch.setitem(health.CHECKS, "磁盘", broken)
    found = lines(NOON)
    assert {line.part for line in found} == {*health.CHECKS, "期限提醒"}
    assert [line.state for line in found if line.part == "磁盘"] == [State.FAIL]


def test_a_room_adds_its_own_line(db, monkeypatch):
    own = Line("导入", State.WARN, "有一次导入停了。")
    monkeypatch.setattr(registries, "health", [lambda now: [own]])
    assert own in lines(NOON)


def test_the_command_prints_the_lines_and_fails_when_a_part_has_failed(db):
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("health", stdout=out)
    assert stopped.value.code == 1
    assert "[故障] 工作日历" in out.getvalue()


def test_the_command_succeeds_when_nothing_has_failed(db, settings):
    settings.DEMO = True
    fill_from_library()
    with acting(None, "通知已发布"):
        for year in {datetime.now(ZoneInfo("Asia/Shanghai")).year} - set(
            CalendarYear.objects.values_list("year", flat=True)
        ):
            CalendarYear(year=year).save()
    Path(settings.KEYS_DIR, "secret_key").chmod(0o600)
    out = StringIO()
    call_command("health", stdout=out)
    assert "[故障]" not in out.getvalue()


def test_the_page_shows_states_in_words_to_the_two_administrators_alone(cast, login):
    readers = {
        name
        for name, who in vars(cast).items()
        if login(who).get("/admin/health/").status_code == 200
    }
    assert readers == {"sysadmin", "auditadmin"}
    page = login(cast.sysadmin).get("/admin/health/").content.decode()
    assert "正常" in page
    assert "故障" in page
    assert connection.display_name in page
