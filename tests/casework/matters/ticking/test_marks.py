"""On which days the clock speaks of a limit, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.matters.clocks import KINDS
from casework.matters.profiles import WarnAt, read_warnings
from casework.matters.ticking.marks import ENDS, marks_of, words

START = date(2026, 11, 2)
USUAL = read_warnings("50%,80%,3日")


def told(kind, days, warn=USUAL):
    return [
        (mark.what, (mark.on - START).days)
        for mark in marks_of(kind, START, START + timedelta(days=days), warn)
    ]


@pytest.mark.parametrize(
    ("kind", "days", "marks"),
    [
        ("handle", 60, [("share:50", 30), ("share:80", 48), ("left:3", 57), ("late", 61)]),
        ("notice", 15, [("share:50", 8), ("left:3", 12), ("share:80", 12), ("late", 16)]),
        ("contact", 3, [("share:50", 2), ("share:80", 3), ("late", 4)]),  # 3 days left from the start
        ("performance", 20, [("share:50", 10), ("share:80", 16), ("left:3", 17), ("due", 20), ("late", 21)]),
        ("follow_90", 90, [("left:3", 87), ("due", 90), ("late", 91)]),
        ("objection", 7, [("share:50", 4), ("left:3", 4), ("share:80", 6), ("lapsed", 8)]),
        ("path_last_day", 100, [("share:50", 50), ("share:80", 80), ("left:3", 97), ("lapsed", 101)]),
        ("review_ask", 30, [("lapsed", 31)]),
        ("rating", 30, [("lapsed", 31)]),
        ("withdrawn", 15, [("lapsed", 16)]),
        ("review_decide", 30, [("late", 31)]),
    ],
)  # fmt: skip
def test_an_officer_hears_of_a_limit_on_these_days(kind, days, marks):
    assert sorted(told(kind, days)) == sorted(marks)


def test_the_profile_says_of_what_it_warns():
    assert told("handle", 60, read_warnings("10日")) == [("left:10", 50), ("late", 61)]
    assert told("handle", 60, read_warnings("90%")) == [("share:90", 54), ("late", 61)]


def test_of_two_marks_on_one_day_what_is_left_is_more_pressing_than_what_is_gone():
    assert [what for what, _ in told("notice", 15)] == ["share:50", "share:80", "left:3", "late"]


@given(
    st.sampled_from(sorted(KINDS)),
    st.integers(0, 400),
    st.lists(st.integers(1, 99), max_size=3, unique=True),
    st.integers(0, 30),
)
def test_every_limit_ends_once_and_is_warned_of_only_while_it_runs(kind, days, shares, left):
    due = START + timedelta(days=days)
    found = marks_of(kind, START, due, WarnAt(tuple(share / 100 for share in shares), left))
    assert [mark.what in ENDS for mark in found] == [False] * (len(found) - 1) + [True]
    assert found[-1].on == due + timedelta(days=1)
    assert all(START < mark.on <= due or mark.what == "due" for mark in found[:-1])
    assert [mark.on for mark in found] == sorted(mark.on for mark in found)
    assert len({mark.what for mark in found}) == len(found)
    assert all(words(mark.what) for mark in found)
