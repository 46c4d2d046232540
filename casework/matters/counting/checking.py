"""What must hold of the clocks of a matter at any moment, and what is wrong where it does not."""

from collections import Counter

from casework.matters.clocks import KINDS, leading
from casework.matters.counting.replay import steps
from casework.matters.models import Clock, Matter

_RUNNING = Clock.Status.RUNNING


def faults(matter: Matter) -> list[str]:
    """What is wrong, for a developer to read; [] when no clock is negative, double or lost, every
    sum replays to its stored last day and the matter goes by its leading limit.
    """
    clocks = list(matter.clocks.order_by("pk"))
    found = [fault for clock in clocks for fault in clock_faults(clock)]
    live = [clock for clock in clocks if clock.status == _RUNNING]
    double = Counter((clock.kind, clock.subject) for clock in live)
    found += [f"{kind} {subject} runs {n} times" for (kind, subject), n in double.items() if n > 1]
    first = leading((clock.due_on, clock.kind) for clock in live)
    if matter.is_open:
        if first is None:
            found.append(f"{matter.state} but nothing runs that leads")
        elif first != (matter.due_on, matter.due_kind):
            found.append(f"goes by {matter.due_kind} {matter.due_on}, leading is {first}")
        return found
    if matter.due_on is not None or matter.due_kind:
        found.append(f"{matter.state} but due on {matter.due_on}")
    return found + [f"{clock.kind} outlives" for clock in live if not KINDS[clock.kind].outlives]


def clock_faults(clock: Clock) -> list[str]:
    """What is wrong with one clock and its lines."""
    found = steps(clock)
    if not found:
        return [f"{clock.kind} has no lines"]
    wrong = [
        f"{clock.kind}: line {step.line.what} says {step.line.due_on}, its sum {step.due_on}"
        for step in found
        if step.line.due_on != step.due_on
    ]
    last = found[-1]
    if (last.sum.start, last.due_on) != (clock.start_on, clock.due_on):
        wrong.append(f"{clock.kind}: stored {clock.due_on}, replayed {last.due_on}")
    if last.sum.bound != clock.by_calendar:
        wrong.append(f"{clock.kind}: by_calendar is {clock.by_calendar}")
    if clock.due_on < clock.start_on:
        wrong.append(f"{clock.kind} is negative")
    if (clock.status == _RUNNING) != (clock.ended_on is None):
        wrong.append(f"{clock.kind} is {clock.status} and ended on {clock.ended_on}")
    return wrong
