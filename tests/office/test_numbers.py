"""Numbers without gaps: two registrars at once, a rollback, a power cut, the turn of the year."""

import os
import re
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection, transaction

from casework.matters.intake import Arrival, Person, register
from casework.matters.models import Item, Matter
from casework.matters.profiles import make_national_profile
from office import clock
from office.clock import today
from office.history import acting
from office.models import NumberSeries
from office.numbers import draw, draw_many
from tests.conftest import make_person, make_street


def numbers(model, series):
    """The running numbers of a series among the records, in order."""
    found = model.objects.filter(number__startswith=series).values_list("number", flat=True)
    return sorted(int(number.rpartition("-")[2]) for number in found)


def arrive(by, **more):
    facts = {
        "channel": "visit",
        "received_on": today(),
        "claims": [("路灯坏了三天没有修", "晚上看不见路。")],
        "people": [Person(name="韦小梅")],
    }
    with acting(by):
        return register(Arrival(**{**facts, **more}), by=by)


def test_numbers_of_a_series_begin_with_one_and_leave_none_out(db):
    assert [draw("XF", 2026) for _ in range(3)] == [1, 2, 3]
    assert list(draw_many("XF", 2026, 4)) == [4, 5, 6, 7]
    assert draw("XF", 2026) == 8


def test_each_series_and_each_year_counts_for_itself(db):
    assert (draw("XF", 2026), draw("MJ", 2026), draw("XF", 2027)) == (1, 1, 1)
    assert (draw("XF", 2026), draw("MJ", 2026), draw("XF", 2027)) == (2, 2, 2)


def test_a_batch_of_no_numbers_is_refused(db):
    for count in (0, -1):
        with pytest.raises(ValueError, match="at least one"):
            draw_many("XF", 2026, count)
    assert not NumberSeries.objects.exists()


def test_a_number_drawn_in_vain_is_given_again(db):
    assert draw("XF", 2026) == 1
    with transaction.atomic():
        assert draw("XF", 2026) == 2
        transaction.set_rollback(True)
    assert draw("XF", 2026) == 2


def test_an_arrival_that_fails_half_way_leaves_no_gap(cast):
    make_national_profile()
    arrive(cast.registrar)
    with pytest.raises(UnicodeEncodeError):  # half a character, pasted with the second claim
        arrive(cast.registrar, claims=[("路灯坏了", "第一件"), ("井盖丢了", "\ud83d")])
    item, [matter] = arrive(cast.registrar)

    year = today().year
    assert (item.number, matter.number) == (f"LJ{year}-000002", f"XF{year}-000002")


def test_a_number_belongs_to_the_year_in_shanghai(cast):
    make_national_profile()
    for moment, number in (
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), "XF2026-000001"),
        (datetime(2026, 12, 31, 16, 1, tzinfo=UTC), "XF2027-000001"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "XF2027-000002"),
    ):
        with clock.at(moment):
            assert arrive(cast.registrar)[1][0].number == number


def test_sealed_letters_leave_no_gap_among_the_others(cast):
    make_national_profile()
    for klass in ("", "B", "", "B"):
        arrive(cast.registrar, klass=klass)

    assert numbers(Matter, "XF") == numbers(Matter, "MJ") == [1, 2]
    assert numbers(Item, "LJ") == [1, 2]  # who reads the open ones cannot count the sealed ones


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        draw("XF", 2026)
    assert not NumberSeries.objects.exists()


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_two_registrars_at_once_share_no_number_and_leave_no_gap():
    street = make_street()
    people = [make_person(f"r{n}", f"登小{n}", "registrar", street.office) for n in (1, 2)]
    make_national_profile()
    start, failed = threading.Barrier(2), []

    def work(registrar):
        try:
            start.wait(10)
            for n in range(8):
                with transaction.atomic():
                    arrive(registrar, klass="B" if n % 4 == 1 else "")
                    transaction.set_rollback(n % 3 == 2)  # the counter changed their mind
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(registrar,)) for registrar in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failed == []
    # Of eight each, two were given up: five open ones and one sealed one are left.
    assert numbers(Matter, "XF") == numbers(Item, "LJ") == list(range(1, 11))
    assert numbers(Matter, "MJ") == numbers(Item, "LM") == [1, 2]


REGISTER_FOR_EVER = """
import django
django.setup()
from django.db import connections
from office.history import acting
from office.models import User
from tests.office.test_numbers import arrive
registrar = User.objects.get(username="r1")
while True:
    item, [matter] = arrive(registrar)
    print(matter.number, flush=True)
"""


def registering():
    """A process of its own that registers until it is stopped, and names each number kept."""
    name = str(connection.settings_dict["NAME"])
    code = (
        f"from config import settings; settings.DATABASES['default']['NAME'] = {name!r}\n"
        + REGISTER_FOR_EVER
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": os.pathsep.join([str(settings.BASE_DIR), str(settings.BASE_DIR / "site")]),
        "KEYS_DIR": str(settings.KEYS_DIR),
    }
    return subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.slow
@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_registrar_whose_machine_is_cut_off_in_the_middle_leaves_no_gap():
    make_person("r1", "登小一", "registrar", make_street().office)
    make_national_profile()
    told = []
    for enough in (5, 9):
        with registering() as process:
            told += [process.stdout.readline().strip() for _ in range(enough)]
            process.send_signal(signal.SIGKILL)
            told += process.stdout.read().split()
    year = today().year
    connection.close()

    kept = numbers(Matter, "XF")
    assert kept == list(range(1, len(kept) + 1))
    assert numbers(Item, "LJ") == kept
    assert all(re.fullmatch(rf"XF{year}-\d{{6}}", number) for number in told)
    assert len(set(told)) == len(told) >= 14
    assert set(told) <= set(Matter.objects.values_list("number", flat=True))
    assert Matter.history.count() == len(kept)
    assert arrive(None)[1][0].number == f"XF{year}-{len(kept) + 1:06d}"
