"""A sample of everything that people working together leave at a matter, for the walks through doors."""

from datetime import timedelta
from types import SimpleNamespace

from casework.matters.cooperation import danger, letters, notes, supervising, support, urgent
from casework.matters.models import DutyDispute, Matter
from office.clock import now, today
from office.history import acting
from office.models import Unit


def together(cast: SimpleNamespace, matter: Matter, unit: Unit) -> dict[str, int]:
    """Keys of what waits at a matter that some unit leads; `unit` is asked for help."""
    head, leader, later = cast.officehead, cast.leader, today() + timedelta(days=7)
    moment = now()
    with acting(head):
        task = support.ask(matter, unit, what="现场照片", due_on=later, by=head)
        wish = letters.Wish("support", "云湖派出所", "出警记录", "paper", today(), later)
        letter = letters.send(matter, wish, by=head)
        note = notes.write(
            matter, kind="fact", text="核对过门牌", by=head, mention=[cast.officehead2]
        )
        reminder = supervising.remind(matter, text="progress", by=head)
        found = danger.raise_danger(matter, reason="有人要动手", by=head)
        dispute = DutyDispute(
            matter=matter, unit=matter.lead_unit, asked_by=cast.grid, asked_at=moment
        )
        dispute.save()
    with acting(leader):
        order = supervising.Order("late", "letter", "三日内答复")
        supervision = supervising.supervise(matter, order, by=leader)
        told = urgent.Told("leaders", "值班室", "phone", moment)
        report = urgent.report(
            matter, facts="路口聚集", people=9, found_at=moment, told=[told], by=leader
        )
    return {
        "task": task.pk, "support": matter.supports.get(unit=unit).pk, "letter": letter.pk,
        "note": note.pk, "dispute": dispute.pk, "reminder": reminder.pk,
        "supervision": supervision.pk, "urgent": report.pk, "notice": report.notices.get().pk,
        "danger": found.pk,
    }  # fmt: skip
