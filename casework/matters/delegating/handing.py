"""工作交接: all open work of one person goes to another in one act (practice §2).

The list is decided on and written first; then each line is a short transaction of its own, so that
two hundred matters hold nobody up and a killed worker goes on where it stopped. What may not go stays
on the list with its reason. Of matters that whoever decides cannot see, nothing is told or moved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.matters.delegating.kinds import KINDS, VERB, Hands
from casework.matters.models import HandOverOfWork, Matter, SupportUnit, WorkLine
from casework.matters.permissions import heads_office
from casework.matters.queries import running
from casework.matters.recording import as_of
from office.bulk import insert_tracked
from office.clock import now, today
from office.history import acting, because
from office.models import Deputy, Post, Unit, User
from office.numbers import draw
from office.posts import posts_of
from office.tasking.queue import wanted
from office.work import claim, keep_hold

JOB, LABEL = "hand_over_work", "移交手上的工作"
_SERIES = "JJ"
_GONE = "移交时已经不能办理。"
_Result = WorkLine.Result


@dataclass(frozen=True)
class Piece:
    """A piece of work in a preview: its kind, its matter, why it stays ("" when it goes)."""

    kind: str
    row: Any
    matter: Matter
    why: str

    @property
    def label(self) -> str:
        return KINDS[self.kind].label


def may_hand_over(user: Any) -> bool:
    return user.has_perm(VERB)


def in_reach(by: Any) -> QuerySet[Matter]:
    """The matters whose work this person may give to others: those their unit leads or supports;
    of the office head all they see.
    """
    seen = Matter.objects.visible_to(by).filter(sealed=False, destroyed_at=None)
    if heads_office(by):
        return seen
    wanted = Q()
    for post in posts_of(by):
        if post.role == "unit_head":
            wanted |= Q(path__startswith=post.unit.path)
    if not wanted:
        return seen.none()
    units = Unit.objects.filter(wanted).values("pk")
    helped = SupportUnit.objects.filter(running(today()), unit__in=units).values("matter")
    return seen.filter(Q(lead_unit__in=units) | Q(pk__in=helped))


def givers(by: Any) -> list[User]:
    """People in whose hands this person sees open work."""
    reach, found = in_reach(by), set()
    for key, kind in KINDS.items():
        found |= set(_rows(key, reach).order_by().values_list(kind.holder, flat=True))
    return list(User.objects.filter(pk__in=found - {None}).order_by("name", "pk"))


def takers(by: Any, giver: User) -> list[User]:
    """Colleagues who hold a post that handles, in a unit of the giver's or one above it first."""
    posts = Post.objects.on(today()).filter(role__in=("officer", "unit_head"), user__is_active=True)
    near = [post.unit.path for post in posts_of(giver, today())]
    people: dict[int, tuple[bool, User]] = {}
    for post in posts.select_related("user", "unit").order_by("pk"):
        if post.user_id == giver.pk:
            continue
        close = any(path.startswith(post.unit.path) for path in near)
        known = people.get(post.user_id)
        people[post.user_id] = (close or bool(known and known[0]), post.user)
    if not heads_office(by):
        people = {pk: one for pk, one in people.items() if one[0]}
    return [user for _, user in sorted(people.values(), key=lambda one: (not one[0], one[1].name))]


def _rows(kind: str, reach: QuerySet[Matter]) -> QuerySet:
    rows = KINDS[kind].rows()
    column = "pk" if rows.model is Matter else "matter"
    return rows.filter(**{f"{column}__in": reach.values("pk")}).order_by("pk")


def _of(giver: User, kind: str, reach: QuerySet[Matter]) -> QuerySet:
    rows = _rows(kind, reach).filter(**{KINDS[kind].holder: giver})
    return rows if rows.model is Matter else rows.select_related("matter__lead_unit")


def preview(giver: User, taker: User, by: Any) -> list[Piece]:
    """Every piece of work that would go or stay, in the order of the kinds."""
    reach, hands, found = in_reach(by), Hands(giver, taker, by), []
    for kind in KINDS:
        for row in _of(giver, kind, reach):
            matter = row if isinstance(row, Matter) else row.matter
            found.append(Piece(kind, row, matter, KINDS[kind].why_not(row, matter, hands)))
    return found


def begin(giver: User, taker: User, *, why: str, note: str, by: Any) -> HandOverOfWork:
    """Decide: the numbered list with a line for each piece; nothing has moved yet.

    Raises PermissionDenied, ValidationError (field → sentence) when there is nothing to hand over.
    """
    if not may_hand_over(by):
        raise PermissionDenied
    if taker.pk not in {user.pk for user in takers(by, giver)}:
        raise ValidationError({"taker": "请选一位能承办的同事。"})
    if why not in HandOverOfWork.Why.values:
        raise ValidationError({"why": "请选择事由。"})
    reach = in_reach(by)
    found = [(kind, row) for kind in KINDS for row in _of(giver, kind, reach)]
    if not found:
        raise ValidationError(f"{giver}手上没有您可以移交的工作。")
    with transaction.atomic(), because("工作交接", **as_of(by, VERB)):
        year = timezone.localtime(now()).year
        row = HandOverOfWork(
            giver=giver, taker=taker, why=why, note=note.strip(), by=by, at=now(),
            number=f"{_SERIES}{year}-{draw(_SERIES, year):06d}",
        )  # fmt: skip
        row.save()
        insert_tracked([
            WorkLine(
                hand_over=row, matter_id=one.pk if isinstance(one, Matter) else one.matter_id,
                kind=kind, target=one.pk,
            )
            for kind, one in found
        ])  # fmt: skip
        wanted(JOB, row.pk)
    return row


def go_on(row: HandOverOfWork, stopping: Callable[[], bool], most: int = 0) -> int:
    """Hand over the lines that wait, one after the other; how many were decided.

    most: stop after so many (0: all of them); `stopping` turns true when the worker is to end.
    """
    done = 0
    waiting = row.lines.filter(result=_Result.WAITS).order_by("pk").values_list("pk", flat=True)
    for pk in list(waiting[:most] if most else waiting):
        if stopping():
            return done
        _one(row, pk)
        done += 1
    _finish(row)
    return done


def _one(row: HandOverOfWork, pk: int) -> None:
    """One line in one short transaction; asked anew whether it may go."""
    with transaction.atomic():
        line = WorkLine.objects.select_for_update().get(pk=pk)
        if line.result != _Result.WAITS:
            return
        matter = Matter.objects.select_for_update().get(pk=line.matter_id)
        hands = Hands(row.giver, row.taker, row.by, row.number)
        kind = KINDS[line.kind]
        target: Any = matter
        if (rows := kind.rows()).model is not Matter:
            target = rows.filter(pk=line.target).select_for_update(of=("self",)).first()
            if target is not None:
                target.matter = matter
        visible = in_reach(row.by).filter(pk=matter.pk).exists()
        why = _GONE if target is None or not visible else kind.why_not(target, matter, hands)
        with because(f"工作交接 {row.number}", **as_of(row.by, VERB)):
            if not why:
                kind.give(target, matter, hands)
            line.result, line.why = (_Result.STAYED, why[:200]) if why else (_Result.DONE, "")
            line.save()


def _finish(row: HandOverOfWork) -> None:
    with transaction.atomic():
        found = HandOverOfWork.objects.select_for_update().get(pk=row.pk)
        if found.done_at is None and not found.lines.filter(result=_Result.WAITS).exists():
            found.done_at = now()
            with because("工作交接办完", **as_of(found.by, VERB)):
                found.save()


def work(moment: datetime, stopping: Callable[[], bool]) -> bool:
    """The worker's turn: carry on with the oldest list that is not through; False without one."""
    rows = HandOverOfWork.objects.for_worker().select_related("giver", "taker", "by")
    row = claim(rows, moment)
    if row is None:
        return False
    with acting(row.by, LABEL):
        while row.lines.filter(result=_Result.WAITS).exists() and not stopping():
            go_on(row, stopping, most=20)
            keep_hold(row, now())
        _finish(row)
    fresh = HandOverOfWork.objects.get(pk=row.pk)
    fresh.held_until = None
    fresh.save(update_fields=["held_until"])
    return True


def deputies(giver: User) -> list[Deputy]:
    """Who acts in the posts of this person, now and later."""
    rows = Deputy.objects.filter(post__user=giver, valid_to__gte=today())
    return list(rows.select_related("user", "post__unit").order_by("valid_from", "pk"))
