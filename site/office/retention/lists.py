"""The life of a 销毁清册: proposed by one, approved by two others, a leader among them, then run.

Whoever proposes does not approve, nobody approves twice, whoever is recused from one of its records
has no word on the list (`office.separation`). Between proposal and run the list is frozen: a record
that changed meanwhile stays, and the list says so.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from office.bulk import insert_tracked
from office.clock import now, today
from office.history import acting, because, current
from office.models import DestructionApproval, DestructionLine, DestructionList, User
from office.numbers import draw
from office.posts import post_for, posts_of
from office.retention import register
from office.retention.kinds import Due, destroyable
from office.roles import BY_KEY
from office.separation import Act, Part, Parts, holding, refused, who_decides

VIEW = "office.view_retention"
PROPOSE, APPROVE = "office.propose_destruction", "office.approve_destruction"
SERIES = "XH"
NEEDED, LEADER = 2, "leader"  # approvals, one of them by a holder of this role
State, LineState = DestructionList.State, DestructionLine.State
_NO_RIGHT = "您没有审批销毁的权限。"
_ALTERED = "清册的内容与提出时不符，不能再用。请告诉审计员，并重新提出。"


def seen_by(user: Any) -> QuerySet:
    """The lists a person may open: all of them for who may see what is kept how long."""
    rows = DestructionList.objects.select_related("proposed_by", "ran_by")
    return rows if user.is_active and post_for(user, VIEW) else rows.none()


def lines_seen_by(user: Any, found: DestructionList) -> list[DestructionLine]:
    """The lines of a list whose record this person may see; whoever is recused does not see theirs."""
    lines = list(found.lines.order_by("label", "pk"))
    seen = {
        (kind, pk)
        for kind, ids in _by_kind(lines).items()
        if kind in destroyable
        for pk in destroyable[kind].visible(user, ids)
    }
    return [line for line in lines if (line.kind, line.object_id) in seen]


def due_for(user: Any, on: date) -> list[register.Row]:
    """What is due on a day, as far as this person may see it."""
    found = register.rows(on)
    ids: dict[str, set[int]] = {}
    for row in found:
        one = row.due or row.line
        if one is not None:
            ids.setdefault(one.kind, set()).add(one.object_id)
    seen = {
        (kind, pk) for kind, some in ids.items() for pk in destroyable[kind].visible(user, some)
    }
    return [
        row for row in found if (one := row.due or row.line) and (one.kind, one.object_id) in seen
    ]


def propose(by: Any, chosen: Iterable[str], *, note: str = "") -> DestructionList:
    """A new list of the chosen records ("kind:id") as they are now.

    Raises PermissionDenied without the right, ValidationError when one of them is not due any more.
    """
    if not by.is_active or post_for(by, PROPOSE) is None:
        raise PermissionDenied
    day, wanted = today(), set(chosen)
    if not wanted:
        raise ValidationError("还没有选。请勾选要销毁的事项。")
    rows = {
        row.due.key: row.due
        for row in due_for(by, day)
        if row.due and not row.due.kept and row.line is None
    }
    if gone := wanted - set(rows):
        raise ValidationError(
            f"有 {len(gone)} 件刚才有了变动，现在不能销毁。请刷新页面，核对后再提出。"
        )
    dues = sorted((rows[one] for one in wanted), key=lambda due: due.label)
    try:
        with transaction.atomic(), acting(by, "提出销毁", post_for(by, PROPOSE), _address()):
            return _written(by, day, dues, note.strip())
    except IntegrityError as error:
        raise ValidationError("其中有的刚才已被别的清册列入。请刷新页面再提出。") from error


def _written(by: Any, day: date, dues: list[Due], note: str) -> DestructionList:
    made = DestructionList(
        number=f"{SERIES}{day.year}-{draw(SERIES, day.year):06d}",
        on=day, note=note, proposed_by=by, proposed_at=now(), sha256="",
    )  # fmt: skip
    lines = [
        DestructionLine(
            list=made, kind=due.kind, object_id=due.object_id, label=due.label,
            klass=due.klass, until=due.until, mark=due.mark,
        )
        for due in dues
    ]  # fmt: skip
    made.sha256 = register.digest(made.number, day, lines)
    made.save()
    for line in lines:
        line.list_id = made.pk
    insert_tracked(lines)
    return made


def parts_of(found: DestructionList) -> Parts:
    """What people have been to this list: its proposer, and whoever is recused from a record of it."""
    concerned = [
        person
        for kind, ids in _by_kind(found.lines.all()).items()
        if kind in destroyable
        for person in destroyable[kind].concerned(ids)
    ]
    asker = [found.proposed_by_id] if found.proposed_by_id else []
    return {Part.ASKER: asker, Part.CONCERNED: concerned}


def why_not_decide(found: DestructionList, by: Any) -> str:
    """Why this person has no word on the list now; "" when they have."""
    if found.state != State.PROPOSED:
        return f"{found.number} 现在是“{found.get_state_display()}”，不用再审批。"
    if not by.is_active or post_for(by, APPROVE) is None:
        return _NO_RIGHT
    if told := refused(Act.APPROVE, by, parts_of(found)):
        return told
    given = list(found.approvals.all())
    if any(one.person_id == by.pk for one in given):
        return "您已经审批过了，还要另一位有权限的人审批。"
    lacking = len(given) + 1 >= NEEDED and not any(one.role == LEADER for one in given)
    if lacking and _role(by) != LEADER:
        return "还差一位街道领导审批。"
    return ""


def decide(pk: int, *, by: Any, agree: bool, note: str = "") -> DestructionList:
    """One word on a list. The second agreement lets it be run; a refusal ends it.

    Raises ValidationError (Chinese) as `why_not_decide` says, for a refusal without a reason, and
    when the list is not what was proposed.
    """
    with transaction.atomic():
        found = _locked(pk)
        if told := why_not_decide(found, by):
            raise ValidationError(told)
        if not agree and not note.strip():
            raise ValidationError({"note": "不同意时请写明理由。"})
        require_unaltered(found)
        with acting(by, "审批销毁", post_for(by, APPROVE), _address()):
            DestructionApproval(
                list=found, person=by, role=_role(by), agreed=agree, note=note.strip(), at=now()
            ).save()
            given = list(found.approvals.all())
            if not agree:
                _end(found, State.REFUSED, "清册没有批准")
            elif len(given) >= NEEDED and any(one.role == LEADER for one in given):
                found.state = State.APPROVED
                found.save()
    return found


def withdraw(pk: int, *, by: Any) -> None:
    """Take one's own list back before it is run. Raises PermissionDenied, ValidationError."""
    with transaction.atomic():
        found = _locked(pk)
        if found.proposed_by_id != by.pk:
            raise PermissionDenied
        if found.state not in (State.PROPOSED, State.APPROVED):
            raise ValidationError(f"{found.number} {found.get_state_display()}，不能撤回。")
        with acting(by, "撤回销毁清册", post_for(by, PROPOSE), _address()):
            _end(found, State.WITHDRAWN, "清册已撤回")


def start(pk: int, *, by: Any) -> DestructionList:
    """Let an approved list be run; the worker carries it out. Raises as `withdraw` does."""
    with transaction.atomic():
        found = _locked(pk)
        if not by.is_active or post_for(by, PROPOSE) is None:
            raise PermissionDenied
        if found.state != State.APPROVED:
            raise ValidationError(f"{found.number} {found.get_state_display()}，现在不能执行。")
        require_unaltered(found)
        found.state, found.ran_by, found.ran_at = State.RUNNING, by, now()
        with acting(by, "执行销毁", post_for(by, PROPOSE), _address()):
            found.save()
    return found


def require_unaltered(found: DestructionList) -> None:
    """Raises ValidationError when the lines are no longer those that were proposed and signed."""
    if register.digest(found.number, found.on, found.lines.all()) != found.sha256:
        raise ValidationError(_ALTERED)


def still_needed(found: DestructionList) -> str:
    """Who is still to approve, in words; upward when nobody is left."""
    given = list(found.approvals.all())
    parts = dict(parts_of(found))
    parts[Part.ASKER] = [*parts[Part.ASKER], *(one.person_id for one in given)]
    leader = any(one.role == LEADER for one in given)
    people = list(who_decides(APPROVE, parts, today()).people)
    if not leader and len(given) + 1 >= NEEDED:
        people = [user for user in people if _role(user) == LEADER]
    if not people or (not leader and not any(_role(user) == LEADER for user in people)):
        return (
            "街道里没有人可以审批，请报区级主管部门决定，并把决定的文书留档；在此之前一件也不销毁。"
        )
    names = "、".join(user.name for user in people)
    of_them = "" if leader else "（其中至少一位街道领导）"
    return f"还差 {NEEDED - len(given)} 人审批{of_them}：{names}。"


def approvers(on: date) -> list[User]:
    """Everybody who may approve destructions on a day."""
    return holding(APPROVE, on)


def _role(user: Any) -> str:
    """In which role a person approves: as a leader when they are one."""
    held = [post.role for post in posts_of(user) if APPROVE in BY_KEY[post.role].verbs]
    return LEADER if LEADER in held else next(iter(held), "")


def _end(found: DestructionList, state: str, told: str) -> None:
    found.state = state
    found.save()
    for line in found.lines.filter(state=LineState.WAITING):
        line.state, line.told = LineState.DROPPED, told
        with because(told):
            line.save()


def _locked(pk: int) -> DestructionList:
    return DestructionList.objects.select_for_update().get(pk=pk)


def _by_kind(lines: Iterable[DestructionLine]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for line in lines:
        found.setdefault(line.kind, []).append(line.object_id)
    return found


def _address() -> str:
    return current().address
