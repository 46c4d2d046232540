"""Markers of working together: asked, answered, noted, disputed, supervised, reported, in danger."""

from datetime import timedelta
from typing import Any

from casework.matters.cooperation import (
    danger,
    disputes,
    letters,
    notes,
    supervising,
    support,
    urgent,
)
from casework.matters.models import Matter
from office.clock import now, today
from office.history import acting
from tests.conftest import make_person

LATER = timedelta(days=7)


def plant(planting: Any) -> None:
    """Everything colleagues write to each other about the matter while the social section handles it."""
    street = planting.street
    planting.housing_head = make_person("housinghead", "村小头", "unit_head", street.housing)
    planting.together = {}
    _helped(planting)
    _written(planting)
    _disputed(planting)
    _supervised(planting)
    _urgent(planting)
    _endangered(planting)


def _matter(planting: Any) -> Matter:
    return Matter.objects.get(pk=planting.matter.pk)


def _helped(planting: Any) -> None:
    cast, text, housing = planting.cast, planting.marks.text, planting.street.housing
    tasks = []
    for _ in range(3):
        with acting(cast.officer):
            tasks.append(
                support.ask(
                    _matter(planting), housing, what=text("matters.supporttask.what"),
                    due_on=today() + LATER, by=cast.officer,
                )
            )  # fmt: skip
    with acting(cast.other_officer):
        support.answer(tasks[0], text=text("matters.supporttask.answer"), by=cast.other_officer)
        reason = text("matters.supporttask.reason")
        support.give_back(tasks[1], reason=reason, by=cast.other_officer)
    planting.together |= {"task": tasks[2].pk, "support": planting.matter.supports.get().pk}


def _written(planting: Any) -> None:
    cast, text = planting.cast, planting.marks.text
    kept = []
    with acting(cast.officer):
        for _ in range(3):
            wish = letters.Wish(
                "support", "云湖派出所", text("matters.outsideletter.what"), "paper", today(),
                today() + LATER,
            )  # fmt: skip
            kept.append(letters.send(_matter(planting), wish, by=cast.officer))
        said = text("matters.outsideletter.answer")
        letters.enter_answer(kept[0], on=today(), text=said, paper=None, by=cast.officer)
        letters.withdraw(kept[1], reason=text("matters.outsideletter.reason"), by=cast.officer)
        body = text("matters.internalnote.body")
        struck, note = (
            notes.write(_matter(planting), kind="talk", text=body, by=cast.officer, mention=to)
            for to in ((), (cast.head,))
        )
        notes.strike(struck, reason=text("matters.internalnote.struck_reason"), by=cast.officer)
    planting.together |= {"letter": kept[2].pk, "note": note.pk}


def _disputed(planting: Any) -> None:
    cast, text, other = planting.cast, planting.marks.text, planting.housing_head
    with acting(cast.head):
        row = disputes.raise_dispute(
            _matter(planting), reason=text("matters.dutydispute.reason"),
            other=planting.street.housing, by=cast.head,
        )  # fmt: skip
    with acting(other):
        disputes.say_view(row, text=text("matters.dutydispute.view"), by=other)
    with acting(cast.officehead):
        note = text("matters.dutydispute.opinion")
        disputes.decide(row, to_unit=None, note=note, by=cast.officehead)
    planting.together |= {"dispute": row.pk}


def _supervised(planting: Any) -> None:
    cast, text = planting.cast, planting.marks.text
    with acting(cast.officehead):
        nudge = supervising.remind(_matter(planting), text="progress", by=cast.officehead)
    with acting(cast.officer):
        supervising.reply(nudge, text=text("matters.reminder.answer"), by=cast.officer)
    with acting(cast.leader):
        order = supervising.Order(
            "late",
            "letter",
            text("matters.supervision.what"),
            text("matters.supervision.suggestion"),
        )
        row = supervising.supervise(_matter(planting), order, by=cast.leader)
    with acting(cast.officer):
        supervising.answer(
            row, text=text("matters.supervisionanswer.body"), adoption="adopted",
            adoption_note=text("matters.supervisionanswer.adoption_note"), by=cast.officer,
        )  # fmt: skip
    with acting(cast.leader):
        note = text("matters.supervisionanswer.verdict_note")
        supervising.judge(row, accept=False, note=note, by=cast.leader)
        supervising.withdraw(row, reason=text("matters.supervision.reason"), by=cast.leader)
    planting.together |= {"reminder": nudge.pk, "supervision": row.pk}


def _urgent(planting: Any) -> None:
    cast, text = planting.cast, planting.marks.text
    with acting(cast.leader):
        told = urgent.Told("leaders", text("matters.urgentnotice.who"), "phone", now())
        row = urgent.report(
            _matter(planting), facts=text("matters.urgentreport.facts"), people=9,
            found_at=told.at, told=[told], by=cast.leader,
        )  # fmt: skip
        notice = row.notices.get()
        said = text("matters.urgentnotice.receipt")
        urgent.take_receipt(notice, text=said, at=now(), by=cast.leader)
        urgent.follow(row, text=text("matters.urgentstep.body"), by=cast.leader)
    planting.together |= {"urgent": row.pk, "notice": notice.pk}


def _endangered(planting: Any) -> None:
    cast, text = planting.cast, planting.marks.text
    with acting(cast.officer):
        first = danger.raise_danger(
            _matter(planting), reason=text("matters.danger.reason"), by=cast.officer
        )
        danger.end(first, reason=text("matters.danger.end_reason"), by=cast.officer)
        second = danger.raise_danger(
            _matter(planting), reason=text("matters.danger.reason"), by=cast.officer
        )
    planting.together |= {"danger": second.pk}
