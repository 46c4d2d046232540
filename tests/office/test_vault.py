"""What the vault keeps: nothing plain in the database, nothing opens in another place."""

import base64
import json
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from casework.matters.approvals import ask
from casework.matters.attaching import attach
from casework.matters.intake import Arrival, Person, query_code, register
from casework.matters.models import Matter, Petitioner
from casework.matters.moving import move
from casework.matters.profiles import make_national_profile
from office.clock import now, today
from office.history import acting
from office.models import DataKey, KeptForm
from office.vault import (
    GONE,
    Destroyed,
    VaultError,
    decrypt,
    encrypt,
    keyed_hash,
    keys,
    make_keys,
    new_data_key,
)
from tests.conftest import make_cast, make_street

WORDS = {
    "name": "褚遂玖",
    "phone": "19900009876",
    "id_number": "110101190001013377",
    "address": "青檀社区琉璃巷77号",
    "contact_note": "只在傍晚六点以后打电话",
    "claim": "七月起的加班费分文未付",
    "place": "琉璃巷南口第三根电线杆",
    "note": "先找会计核对考勤表",
    "body": "经核实已于本月补发完毕",
    "reason": "和去年那件说的是一回事",
    "file": "手写考勤记录照片",
    "content": "考勤本第十二页的全部内容",
    "kept": "没来得及保存的那段话",
}


@pytest.fixture
def key(db):
    row = new_data_key()
    row.save()
    return row


@pytest.fixture
def other_keys(tmp_path, settings):
    """Key files of another installation in place of ours."""
    settings.KEYS_DIR = tmp_path / "keys"
    make_keys(settings.KEYS_DIR)
    return settings.KEYS_DIR


def arrive(by, **more):
    person = Person(**{name: WORDS[name] for name in (
        "name", "phone", "id_number", "address", "contact_note")})  # fmt: skip
    facts = {
        "channel": "visit",
        "received_on": today() - timedelta(days=3),
        "claims": [("民宿保洁员加班费未付", WORDS["claim"])],
        "people": [person],
        "place": WORDS["place"],
    }
    with acting(by):
        return register(Arrival(**{**facts, **more}), by=by)[1][0]


@pytest.fixture
def matter(cast):
    make_national_profile()
    return arrive(cast.registrar)


def test_a_text_opens_under_its_key_and_in_its_place_alone(key):
    blob = encrypt(key, "matters.matter.claim", WORDS["claim"].encode())

    assert decrypt(key, "matters.matter.claim", blob).decode() == WORDS["claim"]
    for other, label in ((key, "matters.matter.place"), (new_data_key(), "matters.matter.claim")):
        with pytest.raises(VaultError, match="无法打开"):
            decrypt(other, label, blob)


def test_the_same_text_twice_looks_different(key):
    assert encrypt(key, "a", b"x") != encrypt(key, "a", b"x")


@pytest.mark.parametrize("change", [0, 1, 13, -1])
def test_a_byte_changed_anywhere_is_noticed(key, change):
    blob = bytearray(encrypt(key, "a", WORDS["claim"].encode()))
    blob[change] ^= 1
    with pytest.raises(VaultError):
        decrypt(key, "a", bytes(blob))


@pytest.mark.parametrize("length", [0, 1, 5, 13, 20])
def test_a_text_cut_short_is_noticed(key, length):
    blob = encrypt(key, "a", WORDS["claim"].encode())[:length]
    with pytest.raises(VaultError):
        decrypt(key, "a", blob)


def test_contents_swapped_between_fields_or_matters_do_not_open(cast, matter):
    twin = arrive(cast.registrar)
    matter.claim, matter.place = matter.place, matter.claim
    for field in ("claim", "place"):
        with pytest.raises(VaultError):
            matter.text(field)

    twin.claim = Matter.objects.get(pk=matter.pk).claim
    with pytest.raises(VaultError):
        twin.text("claim")


def test_a_data_key_put_under_another_name_does_not_open(matter):
    stranger, mine = new_data_key(), matter.data_key
    stranger.wrapped = mine.wrapped
    with pytest.raises(VaultError, match="主密钥与数据不符"):
        decrypt(stranger, "matters.matter.claim", matter.claim)


def test_the_key_files_of_another_installation_open_nothing(matter, other_keys):
    again = Matter.objects.get(pk=matter.pk)
    with pytest.raises(VaultError, match="主密钥与数据不符"):
        again.text("claim")


def test_a_master_key_that_is_not_there_is_named(matter, other_keys):
    table = json.loads((other_keys / "master.json").read_text())
    table = {"current": "m9", "keys": {"m9": table["keys"]["m1"]}}
    (other_keys / "master.json").write_text(json.dumps(table))
    os.utime(other_keys / "master.json", (1, 1))

    with pytest.raises(VaultError, match="缺少主密钥 m1"):
        Matter.objects.get(pk=matter.pk).text("claim")


@pytest.mark.parametrize("broken", ["missing", "no table", "no key"])
def test_without_key_files_the_administrator_is_told_what_to_do(other_keys, broken):
    master = other_keys / "master.json"
    if broken == "missing":
        master.unlink()
    else:
        master.write_text("{" if broken == "no table" else '{"current": "m1"}')
        os.utime(master, (1, 1))
    with pytest.raises(VaultError, match="manage.py make_keys"):
        keys()


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path):
    folder = tmp_path / "new"
    assert make_keys(folder) is True
    kept = {path.name: path.read_text() for path in folder.iterdir()}
    assert make_keys(folder) is False

    assert {path.name: path.read_text() for path in folder.iterdir()} == kept
    assert sorted(kept) == ["index.key", "master.json", "secret_key"]
    assert {path.stat().st_mode & 0o077 for path in [folder, *folder.iterdir()]} == {0}


def test_a_new_master_key_opens_what_the_old_one_closed(matter, tmp_path, settings):
    folder = tmp_path / "keys"
    shutil.copytree(settings.KEYS_DIR, folder)
    table = json.loads((folder / "master.json").read_text())
    table["keys"]["m2"] = base64.b64encode(os.urandom(32)).decode()
    table["current"] = "m2"
    (folder / "master.json").write_text(json.dumps(table))
    settings.KEYS_DIR = folder

    assert Matter.objects.get(pk=matter.pk).text("claim") == WORDS["claim"]
    assert new_data_key().master == "m2"


def test_a_destroyed_key_takes_the_text_along_everywhere(matter):
    with acting(None, "更正"):
        matter.put("claim", "改过的诉求")
        matter.save()
    DataKey.objects.filter(pk=matter.data_key_id).update(destroyed_at=now(), wrapped=b"")
    again = Matter.objects.get(pk=matter.pk)

    assert again.masked("claim") == GONE
    assert again.petitioners.get().masked("name") == GONE
    for row in again.history.all():
        assert again.masked_blob("claim", row.claim) == GONE
        with pytest.raises(Destroyed):
            again.open_blob("claim", row.claim)
    assert again.title == "民宿保洁员加班费未付"


def test_the_old_text_in_the_history_still_opens(matter):
    with acting(None, "更正"):
        matter.put("claim", "改过的诉求")
        matter.save()
    rows = matter.history.order_by("history_id")

    assert [matter.open_blob("claim", row.claim) for row in rows] == [WORDS["claim"], "改过的诉求"]
    person = matter.petitioners.get()
    [made] = person.history.all()
    assert person.open_blob("phone", made.phone) == WORDS["phone"]


def test_the_same_text_again_is_no_change(matter):
    person = Petitioner.objects.get(matter=matter)
    for name in ("name", "phone", "contact_note"):
        person.put(name, WORDS[name])
    person.put("address", "")

    assert person.changed_fields() == ["address"]
    person.save()
    assert (person.text("address"), bytes(person.address)) == ("", b"")
    assert person.history.count() == 2
    assert person.history.latest().address == b""


def test_plain_text_is_never_taken_for_ciphertext(matter):
    matter.claim = WORDS["claim"]
    with pytest.raises(TypeError, match="plain text in a vault field"):
        matter.save()


def test_a_hash_is_the_same_every_time_and_different_for_each_kind(settings, other_keys):
    phone = keyed_hash("phone", WORDS["phone"])
    assert phone == keyed_hash("phone", WORDS["phone"])
    assert len({phone, keyed_hash("id", WORDS["phone"]), keyed_hash("phone", "1")}) == 3
    assert (len(phone), keyed_hash("phone", "")) == (32, "")

    settings.KEYS_DIR = other_keys.parent / "third"
    make_keys(settings.KEYS_DIR)
    assert keyed_hash("phone", WORDS["phone"]) != phone  # useless without the index key


def test_a_person_is_found_however_the_number_was_typed(cast, matter):
    others = [
        arrive(cast.registrar, people=[Person(name=name, phone=phone, id_number=number)])
        for name, phone, number in (
            ("褚 遂玖", "+86 199-0000-9876", "１１０１０１１９０００１０１３３７７"),
            (" 褚遂玖 ", "１９９００００９８７６", "110101 19000101 3377"),
        )
    ]
    [person] = matter.petitioners.all()
    for other in others:
        twin = other.petitioners.get()
        assert (twin.name_hash, twin.phone_hash, twin.id_hash) == (
            person.name_hash, person.phone_hash, person.id_hash,
        )  # fmt: skip


def test_a_query_code_changes_with_its_round_and_stays_otherwise(cast, matter):
    item = matter.links.get().item
    code = query_code(item)
    assert (query_code(item), len(code), code.isdigit()) == (code, 8, True)
    item.code_round += 1
    assert query_code(item) != code


def everything_stored():
    """All bytes of the database: files of SQLite with their log, a dump of PostgreSQL."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.close()
        files = [
            path for path in Path(name).parent.iterdir() if path.name.startswith(Path(name).name)
        ]
        return b"".join(path.read_bytes() for path in files)
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    place = connection.settings_dict
    dump = ["pg_dump", "-h", place["HOST"], "-p", str(place["PORT"]), "-U", place["USER"], name]
    secret = {"PGPASSWORD": place["PASSWORD"]} if place["PASSWORD"] else {}
    return subprocess.run(
        dump, env={**os.environ, **secret}, capture_output=True, check=True
    ).stdout


def forms_of(data):
    """The ways in which bytes could stand in a file or a dump."""
    return {data, data.hex().encode(), base64.b64encode(data), data.hex().upper().encode()}


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_who_has_the_database_alone_reads_nothing_personal(login, settings):
    street = make_street()
    cast = make_cast(street)
    make_national_profile()
    matter = arrive(cast.registrar)
    content = SimpleUploadedFile(f"{WORDS['file']}.txt", WORDS["content"].encode())
    with acting(cast.registrar):
        proof = attach(matter, content, by=cast.registrar)
    with acting(cast.officehead):
        ask(matter, "void", by=cast.officehead, reason=WORDS["reason"])
        move(matter, "accept", by=cast.officehead, data={"klass": "A"})
        data = {"lead_unit": street.social, "note": WORDS["note"]}
        move(matter, "assign", by=cast.officehead, data=data)
    with acting(cast.officer):
        data = {"outcome": "adopted", "body": WORDS["body"]}
        move(matter, "answer", by=cast.officer, data=data)
        late = Petitioner.objects.get(matter=matter)
        late.put("contact_note", WORDS["kept"])
        late.save()
    data_key = matter.data_key
    raw = (
        keys()
        .master(data_key.master)
        .decrypt(bytes(data_key.wrapped)[:12], bytes(data_key.wrapped)[12:], data_key.ref.bytes)
    )
    table = json.loads((settings.KEYS_DIR / "master.json").read_text())
    secrets = [raw, keys().index, *(base64.b64decode(key) for key in table["keys"].values())]
    files = b"".join(
        path.read_bytes() for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()
    )

    stored = everything_stored()
    plain = {
        word: form
        for word in WORDS.values()
        for encoding in ("utf-8", "utf-16-le", "gb18030", "unicode_escape")
        for form in forms_of(word.encode(encoding))
        if form in stored or form in files
    }
    assert plain == {}
    assert [form for secret in secrets for form in forms_of(secret) if form in stored] == []
    assert b"XF20" in stored  # it is the database that was read
    assert proof.text("name") == f"{WORDS['file']}.txt"
    assert AESGCM(raw).decrypt(matter.claim[1:13], matter.claim[13:], b"matters.matter.claim")


def test_a_kept_form_is_closed_and_its_key_goes_with_it(cast):
    key = new_data_key()
    key.save()
    body = encrypt(key, "office.keptform.body", WORDS["kept"].encode())
    kept = KeptForm.objects.create(key=key, path="/admin/", owner=cast.officer, body=body)
    assert WORDS["kept"].encode() not in bytes(KeptForm.objects.get(pk=kept.pk).body)
    key.delete()
    assert not KeptForm.objects.filter(pk=kept.pk).exists()
