"""Destroying on real disks: killed in the middle, restored from an older backup, the log damaged."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings

from casework.matters.models import Matter, MatterFile
from office import clock
from office.health import lines
from office.history import acting
from office.models import Change, DataKey, DestructionLine, DestructionList, NumberSeries
from office.retention import destroying, journal, lists, register, replaying
from office.vault import GONE, cipher_of
from tests.casework.matters.archive import approved, closed
from tests.casework.matters.machine import Machine, aged

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture
def machine(transactional_db, private_files, tmp_path):
    made = Machine.started(tmp_path)
    yield made
    made.end()


@pytest.fixture
def archive(machine, cast, street):
    """Six matters whose ten years are over, in an approved list, and one that is kept."""
    found = [closed(cast, street) for _ in range(7)]
    aged(cast.officehead, *found)
    approved(cast, *found[:6])
    return found


def half(matter):
    """What of a matter's destruction is done: (marked, key gone, files gone, line done)."""
    row = Matter.objects.select_related("data_key").get(pk=matter.pk)
    files = [private(file.path).exists() for file in MatterFile.objects.filter(matter=row)]
    line = DestructionLine.objects.filter(object_id=row.pk).first()
    return (
        row.destroyed_at is not None,
        row.data_key.destroyed_at is not None,
        not any(files),
        line is not None and line.state == "done",
    )


def private(path):
    return Path(settings.PRIVATE_ROOT) / path


def test_killed_again_and_again_nothing_stays_half_destroyed(machine, archive):
    kills = 0
    for seen in (1, 3, 5):  # as soon as the log names one more: its key is about to go
        kills += machine.kill_when(lambda seen=seen: machine.logged() >= seen, "retention")
        for matter in archive[:6]:
            marked, key, files, done = half(matter)
            assert marked or not key, "a key is gone that nobody decided on"
            assert key or not files, "files are gone while their key is whole"
            assert files or not done
        named = {entry.object_id for entry in journal.entries()}
        gone = Matter.objects.filter(data_key__destroyed_at__isnull=False)
        assert set(gone.values_list("pk", flat=True)) <= named, "a key is gone that no log names"
    assert kills > 0
    machine.run("retention")
    assert [half(matter) for matter in archive[:6]] == [(True, True, True, True)] * 6
    assert half(archive[6])[:2] == (False, False)
    assert len(journal.entries()) == 6
    assert DestructionList.objects.get().state == "done"


def test_after_an_older_backup_is_restored_what_was_destroyed_is_destroyed_again(
    machine, archive, cast
):
    machine.back_up()
    machine.run("retention")
    machine.restore()
    assert half(archive[0]) == (False, False, False, False)
    assert cipher_of(DataKey.objects.get(pk=archive[0].data_key_id))
    told = {line.part: line for line in lines(clock.now())}
    assert told["销毁"].state == "fail"
    assert "replay_destructions" in told["销毁"].text
    assert "重做 6 件" in machine.run("replay_destructions")
    assert [half(matter) for matter in archive[:6]] == [(True, True, True, True)] * 6
    assert half(archive[6])[:2] == (False, False)
    assert Matter.objects.get(pk=archive[0].pk).title == GONE
    assert Change.objects.filter(root_id=archive[0].pk, reason__contains="恢复备份后重做").exists()
    assert replaying.replay() == 0
    assert "正常" in [line.state.word for line in lines(clock.now()) if line.part == "销毁"]


def test_a_list_younger_than_the_backup_is_written_again_and_its_number_given_to_no_other(
    machine, cast, street
):
    old = closed(cast, street)
    aged(cast.officehead, old)
    machine.back_up()
    found = approved(cast, old)
    machine.run("retention")
    machine.restore()
    assert not DestructionList.objects.exists()
    machine.run("work", "--once")  # the worker does it by itself when it starts
    again = DestructionList.objects.get()
    assert (again.number, again.state, again.sha256) == (found.number, "done", found.sha256)
    assert "officehead、officehead2、leader" in again.rebuilt
    assert half(old) == (True, True, True, True)
    series = NumberSeries.objects.get(series="XH")
    assert series.last == int(found.number[-6:])


def test_files_that_came_back_alone_go_again(machine, archive):
    machine.back_up()
    machine.run("retention")
    path = archive[0].files.earliest("pk").path
    copy = machine.folder / "private-1" / path
    private(path).write_bytes(copy.read_bytes())
    assert replaying.undone(journal.entries()).files == [path]
    replaying.replay()
    assert not private(path).exists()


def test_a_list_that_was_only_proposed_in_the_backup_is_not_run_beyond_what_the_log_names(
    machine, cast, street
):
    first, second = closed(cast, street), closed(cast, street)
    aged(cast.officehead, first, second)
    found = lists.propose(cast.officehead, [f"matters.matter:{one.pk}" for one in (first, second)])
    machine.back_up()
    with acting(cast.officehead, "改期限"):
        row = Matter.objects.get(pk=second.pk)
        row.retention = "long"
        row.save()  # so the run leaves it out
    lists.decide(found.pk, by=cast.officehead2, agree=True)
    lists.decide(found.pk, by=cast.leader, agree=True)
    machine.run("retention")
    machine.restore()
    assert "重做 1 件" in machine.run("replay_destructions")
    machine.run("retention")
    assert half(first) == (True, True, True, True)
    assert half(second)[:2] == (False, False)


def test_a_changed_line_of_the_log_stops_destruction_and_shows_on_the_health_page(machine, archive):
    machine.kill_when(lambda: machine.logged() >= 2, "retention")
    log = journal.path()
    log.write_text(log.read_text().replace(archive[0].number, "XF1999-000001", 1))
    with pytest.raises(journal.Broken):
        destroying.run(register.rows(clock.today()))
    told = [line for line in lines(clock.now()) if line.part == "销毁"]
    assert told[0].state == "fail"
    assert "第 1 行" in told[0].text


def test_whoever_writes_the_log_without_the_key_files_has_nothing_destroyed(machine, cast, street):
    living = closed(cast, street)
    row = {
        "list": "XH2026-000001", "kind": "matters.matter", "object_id": living.pk, "label": "",
        "klass": "d10", "until": "2020-01-01", "keys": [str(living.data_key.ref)], "paths": [],
        "at": "2026-11-23T00:00:00+08:00", "on": "2026-11-01", "sha256": "", "signed": "",
        "prev": journal.FIRST,
    }  # fmt: skip
    told = json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    row["hash"] = hashlib.sha256(told).hexdigest()
    journal.path().parent.mkdir(parents=True, exist_ok=True)
    journal.path().write_text(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")

    with pytest.raises(journal.Broken):
        replaying.replay()
    assert half(living)[:2] == (False, False)


def test_a_log_put_back_from_a_backup_is_noticed(machine, archive):
    machine.kill_when(lambda: machine.logged() >= 2, "retention")
    machine.run("retention")
    log = journal.path()
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    told = [line for line in lines(clock.now()) if line.part == "销毁"]
    assert "少 5 件" in told[0].text


def test_a_line_cut_off_by_a_power_cut_does_not_count_and_is_written_over(machine, archive):
    machine.run("retention")
    log = journal.path()
    whole = log.read_bytes()
    log.write_bytes(whole[:-40])
    assert len(journal.entries()) == 5
    lost = [
        line
        for line in DestructionLine.objects.all()
        if line.label not in {e.label for e in journal.entries()}
    ]
    journal.append(destroying._entry(lost[0], ("x",), ()))
    assert len(journal.entries()) == 6


def test_without_a_place_to_write_the_log_nothing_is_destroyed(machine, archive):
    blocked = machine.folder / "a file"
    blocked.touch()
    settings.DESTRUCTION_LOG = blocked / "nowhere.jsonl"
    with pytest.raises(NotADirectoryError):
        destroying.run(register.rows(clock.today()))
    assert not DataKey.objects.filter(destroyed_at__isnull=False).exists()


def test_a_log_that_fails_when_it_is_written_leaves_the_key_whole_and_the_next_run_goes_on(
    machine, archive
):
    nowhere = machine.folder / "unplugged"
    nowhere.symlink_to(machine.folder / "gone")  # reads as empty, cannot be written
    settings.DESTRUCTION_LOG = nowhere / "log.jsonl"
    with pytest.raises(FileExistsError):
        destroying.run(register.rows(clock.today()))
    assert half(archive[0]) == (True, False, False, False)
    assert not DataKey.objects.filter(destroyed_at__isnull=False).exists()
    settings.DESTRUCTION_LOG = machine.folder / "destructions.jsonl"
    assert destroying.run(register.rows(clock.today())) == 6
    assert half(archive[0]) == (True, True, True, True)
