"""A thousand records at once leave the very rows that saving each of them would have left."""

import uuid
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction

from casework.matters.models import (
    Category,
    ImportJob,
    Item,
    LedgerLayout,
    Matter,
    MatterFile,
    Move,
    Petitioner,
    RuleProfile,
)
from casework.matters.profiles import make_national_profile
from casework.matters.states import Channel, State
from office import clock
from office.bulk import insert_rows, insert_tracked
from office.history import StaleRecord, acting
from office.models import Change, DataKey
from office.vault import encrypt, keyed_hash, new_data_key

MOMENT = datetime(2026, 11, 20, 1, 30, 15, 123456, tzinfo=UTC)
CLAIM = bytes(range(256)) + b"\\.\\N"
SHANGHAI = timezone(timedelta(hours=8))
KEYS = {"id", "history_id", "object_id", "root_id", "shape_id"}
CHANGES = (
    "(SELECT c.*, s.fields FROM office_change c JOIN office_changeshape s ON s.id = c.shape_id) x"
)


def stored(table, order="id"):
    """All rows of a table as the driver gives them, types included, without the row's own keys."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [
        {name: (type(value), value) for name, value in row.items() if name not in KEYS}
        for row in rows
    ]


def left_by(write, records):
    """What `write(records)` leaves in the table, its history and the change log; undone again."""
    model = type(records[0])
    before = Change.objects.count()
    with transaction.atomic(), clock.at(MOMENT):
        write(records)
        left = (
            stored(model._meta.db_table),
            stored(model.history.model._meta.db_table, "history_id"),
            stored(CHANGES)[before:],
        )
        transaction.set_rollback(True)
    return left


def save_each(records):
    for record in records:
        record.save()


@pytest.fixture
def ground(street, django_user_model):
    """A profile, an import job and a data key to hang records on."""
    user = django_user_model(username="lurudan", name="录入单")
    user.save()
    key = new_data_key()
    key.save()
    profile = make_national_profile()
    job = ImportJob(name="台账.xlsx", data_key=key, path="aa/1", sha256="0" * 64)
    job.save()
    return street, user, key, profile, job


def matters(ground):
    street, user, key, profile, job = ground
    shared = {
        "channel": Channel.HOTLINE, "profile": profile, "data_key": key, "registered_by": user,
        "state": State.REGISTERED, "received_on": date(2026, 11, 18), "due_kind": "notice",
        "due_on": date(2026, 12, 3),
    }  # fmt: skip
    full = Matter(
        number="XF2026-000001", title="民宿保洁员四个月加班费“未付”\t换行\n反斜\\杠", klass="C", path="C6",
        community=street.community, lead_unit_id=street.social.pk, officer=user, people_count=3,
        claim=CLAIM, complete=False, source="区信访局", source_number="转〔2026〕1号",
        source_key="k1", from_ledger=True, import_job=job,
        registered_at=MOMENT.astimezone(SHANGHAI), **shared,
    )  # fmt: skip
    bare = Matter(number="XF2026-000002", title="", registered_at=MOMENT, **shared)
    return [full, bare]


def items(ground):
    return [
        Item(
            ref=uuid.UUID(int=n), number=f"LJ2026-00000{n}", channel="visit",
            received_on=date(2026, 1, n), registered_at=MOMENT, sealed=n == 2,
        )
        for n in (1, 2)
    ]  # fmt: skip


def layouts(ground):
    return [
        LedgerLayout(name="空", mapping={}),
        LedgerLayout(name="满", mapping={"日期": ["a", None, 1.5, True], '引号"': {"深": "\\n"}}),
        LedgerLayout(name="表", mapping=["甲", "乙"]),
    ]


def profiles(ground):
    return [
        RuleProfile(name="甲", source="一", valid_from=date(2026, 1, 1)),
        RuleProfile(
            name="乙", source="二", edition=2, valid_from=date(2026, 1, 1), valid_to=date.max
        ),
    ]


def categories(ground):
    return [Category(code=f"C{n}", name=f"第{n}类", active=n % 2 == 0) for n in range(7)]


@pytest.mark.parametrize("make", [matters, items, layouts, profiles, categories])
def test_many_at_once_leave_what_saving_each_leaves(ground, make):
    with acting(ground[1], "台账导入"):
        one_by_one = left_by(save_each, make(ground))
        at_once = left_by(insert_tracked, make(ground))

    assert at_once == one_by_one
    assert len(at_once[2]) == len(make(ground))
    assert {row["actor_id"][1] for row in at_once[2]} == {ground[1].pk}


def test_children_of_records_saved_at_once_carry_their_matter(ground):
    key, both = ground[2], matters(ground)

    def people():
        rows = [
            Petitioner(matter=matter, name_hash=keyed_hash("name", "韦小梅")) for matter in both
        ]
        files = [
            MatterFile(matter=matter, path=f"aa/{n}", size=1, added_at=MOMENT)
            for n, matter in enumerate(both)
        ]
        return rows, files

    rows, files = people()  # made before their matters have keys
    with acting(ground[1], "台账导入"), transaction.atomic():
        insert_tracked(both)
        for row in rows:
            row.name = encrypt(key, "matters.petitioner.name", "韦小梅".encode())
        one_by_one = left_by(save_each, people()[1])
        assert left_by(insert_tracked, files) == one_by_one
        insert_tracked(rows)

    assert [row.matter_id for row in rows] == [matter.pk for matter in both]
    change = Change.objects.get(kind="matters.petitioner", object_id=rows[0].pk)
    assert (change.root_id, change.label) == (both[0].pk, "XF2026-000001")
    assert change.unit == ground[0].social
    assert Petitioner.objects.get(pk=rows[0].pk).text("name") == "韦小梅"


def test_rows_without_history_are_stored_like_saved_ones(ground):
    [matter, _] = matters(ground)
    matter.save()

    def moves():
        return [
            Move(matter=matter, name="register", target="registered", at=MOMENT, on=MOMENT.date()),
            Move(
                matter=matter, name="accept", source="registered", target="accepted", at=MOMENT,
                on=MOMENT.date(), actor=ground[1], address="2001:db8::7", note=b"\x00\x01\\.",
            ),
        ]  # fmt: skip

    with transaction.atomic():
        save_each(moves())
        saved = stored("matters_move")
        transaction.set_rollback(True)
    with transaction.atomic():
        insert_rows(moves())
    assert stored("matters_move") == saved


def test_a_key_made_with_many_others_knows_when_it_was_made(ground):
    keys = [new_data_key() for _ in range(3)]
    insert_rows(keys)
    assert all(DataKey.objects.get(ref=key.ref).created_at == key.created_at for key in keys)
    assert len({key.pk for key in keys}) == 3


def test_records_made_at_once_are_saved_like_any_others_afterwards(ground):
    made = matters(ground)
    with transaction.atomic():
        insert_tracked(made)

    first, second = made
    first.save()  # nothing changed
    assert first.history.count() == 1
    first.title = "改过的标题"
    first.save()
    stale = Matter.objects.get(pk=second.pk)
    second.people_count = 2
    second.save()
    stale.people_count = 9
    with pytest.raises(StaleRecord):
        stale.save()

    assert Matter.objects.get(pk=first.pk).title == "改过的标题"
    assert [row.history_type for row in first.history.order_by("history_id")] == ["+", "~"]
    third = matters(ground)[0]
    third.number, third.source_key = "XF2026-000003", "k3"
    third.save()
    assert third.pk > max(first.pk, second.pk)


def test_a_batch_that_the_database_refuses_leaves_nothing_and_can_be_saved_one_by_one(ground):
    good, twin = categories(ground)[:2]
    twin.code = good.code
    before = Change.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_tracked([good, twin])

    assert (Change.objects.count(), Category.objects.filter(code=good.code).count()) == (before, 0)
    assert good.pk is None
    good.save()
    twin.code = "D9"
    twin.save()
    assert (good.history.count(), twin.history.count()) == (1, 1)


def test_plain_text_never_gets_into_a_field_of_the_vault(ground):
    [matter, _] = matters(ground)
    matter.claim = "没有加密的诉求"
    with pytest.raises(TypeError, match="plain text in a vault field"), transaction.atomic():
        insert_tracked([matter])


def test_a_batch_of_nothing_is_nothing_and_a_mixed_one_is_refused(ground):
    before = Change.objects.count()
    insert_tracked([])
    assert Change.objects.count() == before
    with pytest.raises(TypeError, match="one model"):
        insert_tracked([*categories(ground), *profiles(ground)])


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_many_at_once_outside_a_transaction_are_refused():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        insert_tracked([Category(code="A", name="甲")])
    assert not Category.objects.exists()
