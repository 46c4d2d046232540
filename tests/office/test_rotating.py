"""A new master key while people work: nothing breaks, nothing is lost, old backups stay readable."""

import tempfile
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from office import clock, rotating
from office.health import lines
from office.models import Change, DataKey, MasterKey
from office.vault import VaultError, decrypt, destroy, encrypt, keys, make_keys, new_data_key


@pytest.fixture(autouse=True)
def own_keys(settings):
    """Key files of this test alone."""
    settings.KEYS_DIR = Path(tempfile.mkdtemp(prefix="keys-"))
    make_keys(settings.KEYS_DIR)
    return settings.KEYS_DIR


def retire(*words):
    """An hour and more after the rotation."""
    with clock.at(clock.now() + timedelta(hours=2)):
        call_command("rotate_keys", "--retire", *words)


def sealed(text="电话"):
    key = new_data_key()
    key.save()
    return key.pk, encrypt(key, "t", text.encode())


def opened(pk, blob):
    return decrypt(DataKey.objects.get(pk=pk), "t", blob).decode()


def test_what_was_written_before_a_rotation_opens_after_it_and_after_the_old_key_is_gone(db):
    before = [sealed(f"第{n}件") for n in range(5)]
    held = DataKey.objects.get(pk=before[0][0])  # read before, used after
    call_command("rotate_keys")
    assert set(DataKey.objects.values_list("master", flat=True)) == {"m2"}
    after = sealed("新来的")
    assert DataKey.objects.get(pk=after[0]).master == "m2"
    retire()
    assert keys().names == ("m2",)
    assert [opened(*one) for one in before] == [f"第{n}件" for n in range(5)]
    assert opened(*after) == "新来的"
    assert decrypt(held, "t", before[0][1]).decode() == "第0件"


def test_key_files_stay_for_our_account_alone_and_are_replaced_whole(db, own_keys):
    sealed()
    call_command("rotate_keys")
    retire()
    names = {path.name for path in own_keys.iterdir()}
    assert names == {"master.json", "index.key", "secret_key", "master.m1.retired.json"}
    assert {path.stat().st_mode & 0o777 for path in own_keys.iterdir()} == {0o600}


def test_a_retired_key_reads_a_backup_of_its_time(db, own_keys):
    pk, blob = sealed()
    old = DataKey.objects.get(pk=pk)
    old_wrapped = bytes(old.wrapped)
    call_command("rotate_keys")
    retire()
    of_the_backup = DataKey(ref=old.ref, wrapped=old_wrapped, master="m1")
    with pytest.raises(VaultError, match="缺少主密钥 m1"):
        decrypt(of_the_backup, "t", blob)
    call_command("rotate_keys", "--bring-back", str(own_keys / "master.m1.retired.json"))
    assert decrypt(of_the_backup, "t", blob).decode() == "电话"
    assert keys().current == "m2"


def test_an_old_key_still_in_use_is_not_retired(db):
    sealed()
    rotating.add()
    later = clock.now() + timedelta(hours=2)
    with clock.at(later), pytest.raises(VaultError, match="还有 1 个数据密钥"):
        rotating.retire()
    assert keys().names == ("m1", "m2")


def test_no_key_is_retired_within_the_hour_in_which_a_write_may_still_use_it(db):
    sealed()
    call_command("rotate_keys")
    with pytest.raises(CommandError, match="不到一小时"):
        call_command("rotate_keys", "--retire")
    assert keys().names == ("m1", "m2")


def test_health_names_a_master_key_that_is_needed_and_missing(db):
    DataKey.objects.filter(pk=sealed()[0]).update(master="m0")
    told = [line for line in lines(clock.now()) if line.part == "主密钥"]
    assert (told[0].state, "m0" in told[0].text) == ("fail", True)


def test_a_rotation_cut_short_goes_on_where_it_was_and_adds_no_third_key(db, capsys):
    for _ in range(rotating.BATCH + 3):
        sealed()

    class Cut(Exception):
        pass

    def cut(count):
        raise Cut

    rotating.add()
    with pytest.raises(Cut):
        rotating.rewrap_all(cut)
    assert DataKey.objects.filter(master="m1").count() == 3
    told = [line for line in lines(clock.now()) if line.part == "主密钥"]
    assert "还有 3 个数据密钥" in told[0].text
    call_command("rotate_keys")
    assert "接着做完" in capsys.readouterr().out
    assert set(DataKey.objects.values_list("master", flat=True)) == {"m2"}
    assert keys().names == ("m1", "m2")


def test_on_several_machines_a_key_is_prepared_copied_and_used_then(db):
    pk, blob = sealed()
    call_command("rotate_keys", "--prepare")
    call_command("rotate_keys", "--prepare")  # again: the same one
    assert (keys().current, keys().names) == ("m1", ("m1", "m2"))
    assert DataKey.objects.get(pk=sealed()[0]).master == "m1"
    call_command("rotate_keys")
    assert (keys().current, keys().names) == ("m2", ("m1", "m2"))
    assert opened(pk, blob) == "电话"


def test_a_destroyed_key_is_not_brought_to_life_by_a_rotation(db):
    pk, _ = sealed()
    stale = DataKey.objects.get(pk=pk)
    destroy(DataKey.objects.get(pk=pk), clock.now())
    call_command("rotate_keys")
    assert bytes(DataKey.objects.get(pk=pk).wrapped) == b""
    assert stale.master == "m1"


def test_the_auditor_sees_who_rotated_and_health_how_old_the_key_is(cast, login):
    sealed()
    call_command("rotate_keys", "--by", "sysadmin")
    retire("--by", "sysadmin")
    rows = Change.objects.filter(kind="office.masterkey").order_by("pk")
    assert [(row.label, row.reason, row.actor) for row in rows] == [
        ("m1", "轮换主密钥", cast.sysadmin),
        ("m2", "轮换主密钥", cast.sysadmin),
        ("m1", "主密钥退役", cast.sysadmin),
    ]
    assert MasterKey.objects.get(name="m1").retired_at
    page = login(cast.auditor).get("/admin/audit/?kind=office.masterkey").content.decode()
    assert "主密钥退役" in page
    later = clock.now() + timedelta(days=800)
    assert [line.state for line in lines(clock.now()) if line.part == "主密钥"] == ["ok"]
    told = [line for line in lines(later) if line.part == "主密钥"]
    assert (told[0].state, "请轮换" in told[0].text) == ("warn", True)


def test_people_go_on_reading_and_writing_while_keys_are_rotated(transactional_db):
    before = [sealed(f"旧{n}") for n in range(3 * rotating.BATCH)]
    wrong, written, stop = [], [], threading.Event()

    def work():
        number = 0
        try:
            while not stop.is_set():
                number += 1
                one = sealed(f"新{number}")
                written.append((one, f"新{number}"))
                old = before[number % len(before)]
                if opened(*old) != f"旧{number % len(before)}" or opened(*one) != f"新{number}":
                    wrong.append(number)
        except Exception as error:  # whatever a person would have met
            wrong.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        while len(written) < 3:
            pass
        call_command("rotate_keys")
        call_command("rotate_keys")  # what was begun before and saved during it, or a third key
        after = len(written) + 3
        while len(written) < after and thread.is_alive():  # what was begun before is written by now
            pass
        retire()
    finally:
        stop.set()
        thread.join()
    assert wrong == []
    assert [opened(*one) for one, _ in written] == [told for _, told in written]
    assert len(keys().names) == 1


def test_a_damaged_key_file_stops_a_rotation_and_stays_as_it_is(db, own_keys):
    sealed()
    (own_keys / "master.json").write_text("{")
    with pytest.raises(CommandError, match="密钥文件缺失或损坏"):
        call_command("rotate_keys")
    assert (own_keys / "master.json").read_text() == "{"
