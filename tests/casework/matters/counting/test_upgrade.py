"""What was open before there was a ledger of limits gets its limit when the office upgrades."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps

from casework.matters.counting.checking import faults
from casework.matters.counting.ledger import drop_all, lead, start
from casework.matters.models import Clock
from office.clock import today
from office.history import acting
from office.models import Change
from tests.casework.matters.seals import fresh_row, seal

begin_clocks = importlib.import_module(
    "casework.matters.migrations.0016_clocks_of_before"
).begin_clocks


def as_before(matter):
    """The matter as an older version left it: a day, and no clock that tells of it."""
    with acting(None, "旧版"):
        drop_all(matter, today(), {*matter.clocks.values_list("kind", flat=True)})
    return fresh_row(matter)


def clock_of(matter):
    [found] = Clock.objects.filter(matter=matter, status="running")
    return found


@pytest.mark.parametrize("name", ["fresh", "handled", "sealed"])
def test_an_open_matter_has_its_limit_with_the_sum_of_its_rule(request, name):
    matter = as_before(request.getfixturevalue(name))
    begin_clocks(apps, None)
    found = clock_of(matter)
    assert (found.kind, found.due_on) == (matter.due_kind, matter.due_on)
    assert found.lines.get().what == "start"
    assert faults(matter) == []
    assert (found.pk < 0) is matter.sealed
    change = Change.objects.get(kind="matters.clock", object_id=found.pk)
    assert (change.root_id, change.sealed) == (matter.pk, matter.sealed)
    assert "升级" in found.history.get().history_change_reason


def test_a_day_that_is_no_sum_of_a_rule_is_kept_as_it_stands(handled):
    with acting(None, "旧版"):
        start(handled, "sender", today(), due_on=today() + timedelta(days=2))
        row = fresh_row(handled)
        lead(row)
        row.save()
    matter = as_before(row)
    begin_clocks(apps, None)
    assert clock_of(matter).lines.get().what == "fixed"
    assert faults(matter) == []


def test_a_limit_that_a_sealing_began_counts_from_no_day_of_receipt(cast, handled):
    seal(handled, cast.officer)
    matter = as_before(fresh_row(handled))
    begin_clocks(apps, None)
    assert clock_of(matter).due_on == matter.due_on
    assert faults(matter) == []


def test_upgrading_again_adds_nothing(handled):
    begin_clocks(apps, None)
    matter = as_before(handled)
    begin_clocks(apps, None)
    begin_clocks(apps, None)
    assert clock_of(matter).kind == "handle"
