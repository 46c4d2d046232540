"""Two people at once on the way of an opinion: one acts, the other is told, on both databases."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from casework.matters.approvals import ask, decide
from casework.matters.models import Approval, Matter
from office.history import acting
from tests.casework.matters.opinions import making
from tests.casework.matters.opinions.making import act, paper
from tests.conftest import make_cast, make_street

pytestmark = [pytest.mark.flush, pytest.mark.django_db(transaction=True)]


def at_once(*presses: Callable[[], Any]) -> tuple[int, list[str]]:
    """How many of them came through, and what the others were told."""
    start, done, told = threading.Barrier(len(presses)), [], []

    def press(one: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            done.append(one())
        except ValidationError as refused:
            told.extend(refused.messages)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(one,)) for one in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return len(done), told


def test_of_a_review_and_a_step_back_at_once_one_counts():
    street = make_street()
    cast = make_cast(street)
    matter = making.drafted(cast, street)

    done, told = at_once(
        lambda: act(Matter.objects.get(pk=matter.pk), "review", cast.officehead),
        lambda: act(Matter.objects.get(pk=matter.pk), "redraft", cast.officehead2, note="改依据"),
    )

    assert (done, len(told)) == (1, 1)
    assert "可能已有同事先办了" in told[0]
    assert matter.reviews.count() == 1


def test_a_promise_is_kept_once_whoever_presses_first():
    street = make_street()
    cast = make_cast(street)
    matter = making.performing(cast, street)
    promise = matter.promises.get()
    proofs = [paper(matter, cast.officer, f"凭证{n}.txt") for n in range(2)]

    def keep(proof: Any) -> Any:
        again = Matter.objects.get(pk=matter.pk)
        return act(again, "keep_promise", cast.officer, promise=again.promises.get(), proof=proof)

    done, told = at_once(*(lambda proof=proof: keep(proof) for proof in proofs))

    assert (done, len(told)) == (1, 1)
    promise.refresh_from_db()
    assert promise.proof in proofs
    assert matter.clocks.filter(kind="performance").count() == 1


def test_an_extension_is_given_once_when_two_leaders_agree_at_once():
    street = make_street()
    cast = make_cast(street)
    matter = making.handled(cast, street)
    due = matter.due_on
    with acting(cast.officer):
        request = ask(matter, "extend", by=cast.officer, reason="要等鉴定", data={"days": 20})

    def agree() -> Any:
        with acting(cast.leader):
            return decide(Approval.objects.get(pk=request.pk), by=cast.leader, approve=True)

    done, told = at_once(agree, agree)

    assert (done, len(told)) == (1, 1)
    assert "已经有人审批过" in told[0]
    assert (Matter.objects.get(pk=matter.pk).due_on - due).days == 20
