"""Passes in processes of their own: killed again and again, and two at the same moment."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from casework.matters.clocks import KINDS
from casework.matters.models import Clock, Matter, Move
from casework.matters.profiles import warn_at
from casework.matters.ticking.marks import marks_of
from office.bulk import insert_tracked
from office.clock import now, today
from office.history import acting
from office.models import Tick, TickMark
from tests.casework.matters.counter import arrive
from tests.casework.matters.machine import Machine
from tests.casework.matters.ticking.telling import answered, ending_rules, on

MANY = 6000  # a dozen batches
DAY = timedelta(days=1)


@pytest.fixture
def machine(transactional_db, private_files, tmp_path):
    made = Machine.started(tmp_path)
    yield made
    made.end()


@pytest.fixture
def wanted(machine, rules, cast):
    """Limits of every kind around today; the marks they should have: (clock, what) → how often."""
    matter = arrive(cast.registrar)[1][0]
    kinds = sorted(set(KINDS) - {"hand_over"})
    rows = [
        Clock(
            matter=matter, kind=kinds[n % len(kinds)], subject=f"kill:{n}",
            start_on=today() - (n % 50) * DAY, due_on=today() + (n % 60 - n % 50) * DAY,
        )
        for n in range(MANY)
    ]  # fmt: skip
    for row in rows:
        row.due_on = max(row.due_on, row.start_on)
    with transaction.atomic(), acting(None, "测试"):
        insert_tracked(rows)
    warn = warn_at(matter.profile)
    return Counter(
        (one.pk, mark.what)
        for one in Clock.objects.filter(status="running")
        for mark in marks_of(one.kind, one.start_on, one.due_on, warn)
        if mark.on <= today()
    )


def found() -> Counter:
    return Counter(TickMark.objects.values_list("object_id", "what"))


def a_while_later() -> None:
    """What a killed pass held is free again."""
    row = Tick.objects.get()
    row.held_until = now()
    row.save()


def test_a_pass_killed_again_and_again_loses_nothing_and_doubles_nothing(machine, wanted):
    kills, reached = 0, []
    for share in (0.1, 0.25, 0.4, 0.55, 0.7, 0.85):
        enough = share * wanted.total()
        killed = machine.kill_when(lambda enough=enough: TickMark.objects.count() >= enough, "tick")
        if not killed:
            break
        kills += 1
        reached.append(TickMark.objects.count())
        assert "两分钟后接着做" in machine.run("tick")  # nobody takes it up while it may be alive
        assert TickMark.objects.count() == reached[-1]
        a_while_later()
    assert kills >= 3
    assert reached == sorted(set(reached))
    assert Tick.objects.get().after  # it goes on from there
    machine.run("tick")
    assert found() == wanted
    assert "新写 0 条" in machine.run("tick")
    heard = Counter(TickMark.objects.filter(told=True).values_list("object_id", flat=True))
    assert set(heard) == {pk for pk, _ in wanted}
    assert set(heard.values()) == {1}


def test_of_several_passes_at_once_one_works(machine, wanted):
    processes = [machine.begin("tick") for _ in range(3)]
    told = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert any(f"新写 {wanted.total()} 条" in one for one in told)
    assert found() == wanted


@pytest.fixture
def lapsed(machine, rules, cast, street):
    """Nobody asked for a review of them, and the rules call that the end."""
    before = today() - 50 * DAY
    ending_rules(rules, before - 400 * DAY)
    with on(before):
        return [answered(cast, street).pk for _ in range(8)]


def test_a_pass_killed_while_it_closes_closes_each_matter_once(machine, lapsed):
    ends = Move.objects.filter(name="close")
    for enough in (1, 4):
        assert machine.kill_when(lambda enough=enough: ends.count() >= enough, "tick")
        a_while_later()
    assert 4 <= ends.count() < 8
    machine.run("tick")
    machine.run("tick")
    assert sorted(ends.values_list("matter", flat=True)) == sorted(lapsed)
    assert set(Matter.objects.values_list("state", flat=True)) == {"closed"}
    calls = Clock.objects.filter(kind="follow_30").values_list("matter", flat=True)
    assert sorted(calls) == sorted(lapsed)
