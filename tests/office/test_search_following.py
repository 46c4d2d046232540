"""The index follows the changes: killed, told late, told twice; and it forgets when it must."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from office.checks import kinds_of_search
from office.history import acting
from office.models import Change, Job, SearchEntry, SearchFeed, SearchMark, Unit
from office.registries import Searchable, Text, searchable
from office.search import behind, compact, forget, index_changes, matching, pieces, put, reindex
from office.search.following import JOB, settled
from office.search.upkeep import analyze, problems
from tests.office.searching import KIND, found, make, register, write

UNITS = "office.unit"


def unit_texts(ids):
    rows = Unit.objects.filter(pk__in=ids)
    return {pk: Text(name, f"{name}的说明") for pk, name in rows.values_list("pk", "name")}


@pytest.fixture
def units(monkeypatch):
    monkeypatch.setitem(searchable, UNITS, Searchable(unit_texts))


def add(*names):
    with acting(None):
        return [Unit.add_root(name=n, kind="outside", valid_from="2020-01-01") for n in names]


def named(query):
    rows = Unit.objects.filter(pk__in=matching(UNITS, query))
    return sorted(rows.values_list("name", flat=True))


def pieces_kept():
    """How many entries the index of pieces answers for."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM office_searchgrams")
            return cursor.fetchone()[0]
        everything = " OR ".join(
            f'"{number:x}"'
            for entry in SearchEntry.objects.filter(kind=pieces.kind_number(UNITS))
            for number in pieces.of_record(UNITS, pieces.Stored(entry.title))
        )
        cursor.execute(
            "SELECT count(*) FROM office_searchgrams WHERE office_searchgrams MATCH %s",
            [everything],
        )
        return cursor.fetchone()[0]


FOLLOW = """
import django
django.setup()
from office.history import acting
from office.registries import Searchable, searchable
from office.search import following
from tests.office import test_search_following as tests
def slowly(ids):
    print(len(ids), flush=True)
    return tests.unit_texts(ids)
searchable.clear()
searchable[tests.UNITS] = Searchable(slowly)
following.BITE = 7
with acting(None):
    following.index_changes()
"""


def following():
    """A process of its own that brings the index up to date and says when it begins a bite."""
    name = str(connection.settings_dict["NAME"])
    code = f"from config import settings; settings.DATABASES['default']['NAME'] = {name!r}\n"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": os.pathsep.join([str(settings.BASE_DIR), str(settings.BASE_DIR / "site")]),
        "KEYS_DIR": str(settings.KEYS_DIR),
    }
    return subprocess.Popen(
        [sys.executable, "-c", code + FOLLOW], env=environment, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.slow
@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_an_indexer_that_is_killed_in_the_middle_goes_on_where_it_stood(units):
    add(*(f"青檀社区第{n}号楼" for n in range(60)))
    for enough in (2, 3):
        with following() as process:
            for _ in range(enough):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
        connection.close()
    kept = SearchEntry.objects.count()
    assert 0 < kept < 60
    assert Job.objects.get(name=JOB).cursor < Change.objects.order_by("-id")[0].id

    index_changes()
    assert SearchEntry.objects.count() == pieces_kept() == 60
    assert len(named("檀社")) == 60
    assert named("第59号") == ["青檀社区第59号楼"]
    assert reindex(UNITS) == 0


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_late_is_not_lost(units):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: no change is committed late")
    written, go_on = threading.Event(), threading.Event()
    here, there = add("甲街道", "乙街道")

    def long_import():
        try:
            with transaction.atomic(), acting(None):
                here.add_child(name="先写后到的单位", kind="outside", valid_from="2020-01-01")
                written.set()
                go_on.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=long_import)
    thread.start()
    written.wait(30)
    with acting(None):
        there.add_child(name="后写先到的单位", kind="outside", valid_from="2020-01-01")
    for _ in range(3):  # the cursor has gone past the change that is still under way
        index_changes()
    last = Change.objects.order_by("-id")[0].id
    assert (named("单位"), settled() < last) == (["后写先到的单位"], True)
    go_on.set()
    thread.join(30)

    for _ in range(12_000):  # others on this server may be writing, for minutes
        index_changes()
        if SearchMark.objects.get(pk=1).settled == last:
            break
        time.sleep(0.05)
    assert named("单位") == ["先写后到的单位", "后写先到的单位"]
    assert SearchMark.objects.get(pk=1).settled == last


def test_an_index_run_is_repeated_without_harm_and_reads_no_more_than_there_is(units, db):
    add("漏水", "路灯")
    index_changes(most=1)
    assert named("漏水") == ["漏水"]
    index_changes()
    assert (named("路灯"), behind()) == (["路灯"], 0)
    entries = list(SearchEntry.objects.order_by("pk").values())
    SearchMark.objects.update(settled=0)
    Job.objects.filter(name=JOB).update(cursor=0)
    index_changes()
    assert list(SearchEntry.objects.order_by("pk").values()) == entries


def test_a_change_reaches_what_is_said_of_a_record_too(units, db, monkeypatch):
    monkeypatch.setitem(searchable, f"{UNITS}:text", Searchable(unit_texts, keyed=True))
    [one] = add("漏水")
    index_changes()
    rows = Unit.objects.filter(pk__in=matching(f"{UNITS}:text", "的说明"))
    assert list(rows) == [one]


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_what_is_erased_leaves_no_trace_in_the_index(monkeypatch):
    texts = write(monkeypatch, [Text("韦小梅诉求"), Text("路灯不亮")] + [Text("漏水")] * 300)
    gone, *_ = texts
    entry = SearchEntry.objects.get(object_id=gone)
    numbers = pieces.of_record(KIND, pieces.Stored(entry.title))
    sqlite = connection.vendor == "sqlite"
    assert not sqlite or _lies_in_the_file("韦小梅诉求".encode())
    assert not sqlite or _pieces_in_segments(numbers)

    assert forget(KIND, [gone]) == 1
    assert forget(KIND, [gone]) == 0
    assert (found("韦小梅"), found("路灯")) == (set(), {sorted(texts)[1]})
    assert compact()
    assert not compact()
    assert found("漏水") == set(texts) - set(sorted(texts)[:2])
    connection.close()
    if sqlite:
        assert not _lies_in_the_file("韦小梅诉求".encode())
        assert not _pieces_in_segments(numbers)


def _lies_in_the_file(trace: bytes) -> bool:
    name = str(connection.settings_dict["NAME"])
    paths = [path for path in (Path(name), Path(f"{name}-wal")) if path.exists()]
    return any(trace in path.read_bytes() for path in paths)


def _pieces_in_segments(numbers: list[int]) -> set[str]:
    """Which pieces the FTS5 index still keeps a list for, be it empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, office_searchgrams, row)"
        )
        cursor.execute("SELECT term FROM temp.terms")
        kept = {row[0] for row in cursor.fetchall()}
        cursor.execute("DROP TABLE temp.terms")
    return kept & {f"{number:x}" for number in numbers}


def test_an_administrator_is_told_what_the_search_lacks(db):
    assert problems() == []
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP INDEX office_searchgrams_gin")
        else:
            cursor.execute("DROP TABLE office_searchgrams")
        assert ["missing" in problem for problem in problems()] == [True]
        transaction.set_rollback(True)
    assert problems() == []


def test_a_database_that_is_not_migrated_yet_lacks_nothing(db):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE office_searchgrams")
        cursor.execute("DROP TABLE office_searchmark")
        assert problems() == []
        transaction.set_rollback(True)


def test_an_administrator_makes_a_broken_index_anew(db, monkeypatch, capsys):
    texts = write(monkeypatch, [Text("漏水"), Text("路灯")])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE office_searchgrams")
    call_command("reindex_search", "--anew")
    assert f"{KIND}：改写 2 条" in capsys.readouterr().out
    assert problems() == []
    assert found("漏水") == {min(texts)}


def test_two_kinds_that_share_a_number_are_refused_at_the_start(monkeypatch):
    assert kinds_of_search() == []
    numbers: dict[int, str] = {}
    for n in range(100_000):
        other = numbers.setdefault(pieces.kind_number(f"x{n}"), f"x{n}")
        if other != f"x{n}":
            break
    for kind in (other, f"x{n}"):
        monkeypatch.setitem(searchable, kind, Searchable(lambda ids: {}))
    assert [problem.id for problem in kinds_of_search()] == ["office.E005"]


def test_an_administrator_rebuilds_the_index_while_people_work(db, monkeypatch, capsys):
    texts = make([Text("漏水"), Text("路灯")])
    register(monkeypatch, texts)
    put(KIND, {min(texts): Text("旧的标题")})
    call_command("reindex_search", KIND)
    assert f"{KIND}：改写 2 条" in capsys.readouterr().out
    assert (found("漏水"), found("旧的")) == ({min(texts)}, set())
    with pytest.raises(CommandError, match="没有这种记录：x。可以写：.*office.job"):
        call_command("reindex_search", "x")


def test_the_statistics_of_the_planner_are_taken_anew(db, monkeypatch):
    write(monkeypatch, [Text("漏水")] * 3)
    analyze()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'office_searchentry'")
            assert cursor.fetchone()[0] == 3
        else:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'office_searchentry'")
            assert cursor.fetchone()[0].startswith("3")


def test_without_a_search_service_nothing_is_kept_for_one(db, monkeypatch, settings):
    settings.OPENSEARCH_URL = ""
    write(monkeypatch, [Text("漏水")])
    assert not SearchFeed.objects.exists()
