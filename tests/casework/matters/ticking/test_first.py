"""The very first pass rings each bell once, however much it finds; from then on each limit speaks."""

from datetime import timedelta

import pytest

from casework.matters.counting.ledger import meet, start
from casework.matters.ticking import passing
from casework.matters.ticking.passing import run
from office.history import acting
from office.models import Delivery, Notice, Tick, TickMark
from tests.casework.matters.notifying.hearing import heard, words
from tests.casework.matters.opinions import making
from tests.casework.matters.ticking.telling import MONDAY, on, passed

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(rules):
    with on(MONDAY):
        yield


@pytest.fixture
def old(cast, street):
    """A matter with three limits that are late, one that ends today and two that are near."""
    matter = making.handled(cast, street)
    with acting(cast.officer):
        for n, days in enumerate((-9, -5, -1, 0, 2, 3)):
            start(
                matter, "supervision", MONDAY - 30 * DAY, due_on=MONDAY + days * DAY,
                subject=f"one:{n}",
            )  # fmt: skip
    return matter


def digests():
    return Delivery.objects.filter(notice__kind="limits_digest", channel="bell")


def limits(person):
    return [title for title in heard(person) if "轮到" not in title]


def test_the_first_pass_tells_each_person_once_how_much_there_is(cast, old, login):
    marks = passed(MONDAY)
    assert marks == TickMark.objects.count() > 6
    assert limits(cast.officer) == limits(cast.head) == ["第一次清点期限"]
    assert words(cast.officer, "limits_digest") == (
        "截至2026年11月23日，您该知道的有：超期 3 项，当天到期 1 项，快到期 2 项，"
        "期满没有人申请的 0 项。以后每项到点另行通知。"
    )
    assert "超期 3 项，当天到期 0 项，快到期 0 项" in words(cast.head, "limits_digest")
    assert set(digests().values_list("notice__link", flat=True)) == {"/admin/matters/desk/"}
    assert "第一次清点期限" in login(cast.officer).get("/admin/notices/").content.decode()


def test_later_passes_tell_each_limit_and_no_digest_again(cast, old):
    passed(MONDAY)
    told = digests().count()
    passed(MONDAY)
    passed(MONDAY + DAY)
    assert limits(cast.officer)[1:] == [f"{old.number} 已经超期"]
    assert digests().count() == told


def test_of_what_was_met_between_nothing_is_counted(cast, old):
    with acting(cast.officer):
        for n in range(2):
            meet(old, "supervision", MONDAY, subject=f"one:{n}")
    passed(MONDAY)
    assert "超期 1 项，当天到期 1 项，快到期 2 项" in words(cast.officer, "limits_digest")


def killed(monkeypatch, name):
    def dies(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(passing, name, dies)
        with pytest.raises(SystemExit):
            run(MONDAY)
    Tick.objects.all().update(held_until=None)


@pytest.mark.parametrize("place", ["end_lapsed", "first_words", "post_all"])
def test_a_first_pass_that_is_killed_is_the_first_one_again(cast, old, monkeypatch, place):
    killed(monkeypatch, place)
    assert Tick.objects.get().done_at is None
    assert not Notice.objects.filter(kind__startswith="limit").exists()
    passed(MONDAY + DAY)  # a mark more, and nothing of it told by itself
    assert limits(cast.officer) == ["第一次清点期限"]
    assert "超期 4 项，当天到期 0 项，快到期 2 项" in words(cast.officer, "limits_digest")


def test_killed_between_its_words_and_its_end_it_tells_nobody_twice(cast, old, monkeypatch):
    real = passing.keep_hold

    def dies(row, moment, **changes):
        if "done_at" in changes:
            raise SystemExit
        real(row, moment, **changes)

    with monkeypatch.context() as patched:
        patched.setattr(passing, "keep_hold", dies)
        with pytest.raises(SystemExit):
            run(MONDAY)
    assert not digests().exists()
    Tick.objects.all().update(held_until=None)
    passed(MONDAY)
    assert limits(cast.officer) == ["第一次清点期限"]


def test_a_first_pass_for_a_day_that_is_gone_leaves_the_words_to_that_of_today(cast, old):
    run(MONDAY - 3 * DAY)
    assert limits(cast.officer) == []
    passed(MONDAY)
    assert limits(cast.officer) == ["第一次清点期限"]
    assert "超期 3 项" in words(cast.officer, "limits_digest")


def test_custodians_hear_once_that_there_is_something_and_nobody_else(cast, sealed):
    clock = sealed.clocks.get(kind="hand_over")
    passed(clock.due_on + DAY)
    assert limits(cast.custodian) == ["有密件的期限到点了"]
    assert not digests().exists()
    [notice] = Notice.objects.filter(kind="sealed_limit")
    assert (notice.facts, notice.record_id, notice.link) == ({}, None, "/admin/matters/sealed/")
