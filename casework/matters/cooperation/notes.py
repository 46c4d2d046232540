"""内部备注: what colleagues tell each other about a matter, and whom they want to read it.

A note is never shown to a petitioner, never deleted and never reworded; it may be struck, with a
reason, and stays readable. Only people who may see the matter can be mentioned: whoever stays out of
it is neither offered nor accepted, in the same words as somebody who never could see it.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from casework.matters.cooperation.standing import (
    NOTE,
    is_inside,
    of_office,
    require,
    require_words,
)
from casework.matters.models import InternalNote, Matter, Mention
from casework.matters.moving import as_of, locked
from casework.matters.notifying import requests
from casework.matters.opening import right_post
from casework.matters.queries import at_visible, running
from office.clock import now, today
from office.history import because
from office.models import Deputy, Post, Unit, User
from office.posts import post_for
from office.roles import ROLES, Reach

KIND = InternalNote.Kind
LONGEST = 4000
_NOT_HERE = "看不到这件事项，不能提到。请先把事项交给能看到的同事。"


def may_write(user: Any, matter: Matter) -> bool:
    """Whoever may write notes and sees the matter, ended ones included: what comes up later counts."""
    return not matter.sealed and user.has_perm(NOTE)


def may_strike(user: Any, note: InternalNote) -> bool:
    """Its author, or the head of the petition office; once."""
    return note.struck_at is None and (note.author_id == user.pk or of_office(user, NOTE))


def may_be_mentioned(matter: Matter, by: Any) -> list[User]:
    """Colleagues who see the matter today, its writer left out; by name."""
    posts = _near(matter)
    acting = Deputy.objects.filter(post__in=posts, valid_from__lte=today(), valid_to__gte=today())
    people = User.objects.filter(
        Q(posts__in=posts) | Q(pk__in=acting.values("user")), is_active=True
    ).exclude(pk=by.pk)
    return [one for one in people.distinct().order_by("name", "pk") if sees(one, matter)]


def _near(matter: Matter) -> QuerySet:
    """Posts by which somebody may see the matter at all: so that not the whole street is asked."""
    writers = [role for role in ROLES if NOTE in role.verbs]
    wide = [role.key for role in writers if role.reach != Reach.UNIT]
    units = [row.unit for row in matter.supports.filter(running(today())).select_related("unit")]
    units += [matter.lead_unit] if matter.lead_unit is not None else []
    paths = {unit.path[:n] for unit in units for n in _steps(unit)}
    here = Q(role__in=[role.key for role in writers], unit__path__in=paths)
    return Post.objects.on(today()).filter(Q(role__in=wide) | here)


def _steps(unit: Unit) -> range:
    return range(Unit.steplen, len(unit.path) + 1, Unit.steplen)


def sees(user: User, matter: Matter) -> bool:
    """Whether somebody sees the matter and may open it: an auditor, who handles nothing, is left out."""
    if (
        post_for(user, NOTE) is None
    ):  # of somebody else: by their posts of today, not their last login
        return False
    return Matter.objects.visible_to(user).filter(pk=matter.pk).exists()


def write(
    matter: Matter, *, kind: str, text: str, by: Any, mention: Iterable[User] = ()
) -> InternalNote:
    """Add a note and tell those it mentions. Raises ValidationError, PermissionDenied, DoesNotExist."""
    with transaction.atomic():
        matter = locked(matter, by)
        require(may_write(by, matter), matter, by)
        wanted = {one.pk: one for one in mention if one.pk != by.pk}
        _check(matter, kind, text, wanted.values())
        post = right_post(by, matter, NOTE)  # whoever acts for a colleague writes in that post
        note = InternalNote(matter=matter, kind=kind, author=by, post=post, written_at=now())
        note.put("body", text.strip())
        with because("内部备注", user=by, post=post):
            note.save()
            for one in wanted.values():
                Mention(matter=matter, note=note, user=one).save()
        requests.tell_mentioned(note, wanted.values())
    return note


def _check(matter: Matter, kind: str, text: str, wanted: Iterable[User]) -> None:
    require_words(body=(text, "请写点什么再保存。"))
    if len(text) > LONGEST:
        raise ValidationError({"body": f"太长了，最多 {LONGEST} 个字，请分两条写。"})
    if kind not in KIND.values:
        raise ValidationError({"kind": "请选择是哪一种备注。"})
    if names := "、".join(one.name for one in wanted if not sees(one, matter)):
        raise ValidationError({"mention": f"{names}{_NOT_HERE}"})


def strike(note: InternalNote, *, reason: str, by: Any) -> None:
    """Strike a note: it stays readable, with who struck it and why."""
    with transaction.atomic():
        matter = locked(note.matter, by)
        note = InternalNote.objects.select_for_update().get(pk=note.pk, matter=matter)
        note.matter = matter
        require(note.author_id == by.pk or of_office(by, NOTE), matter, by)
        if note.struck_at is not None:
            raise ValidationError("这条备注已经划去了，请刷新页面查看。")
        require_words(reason=(reason, "请写明为什么划去，例如：记错了事项。"))
        note.struck_at, note.struck_by = now(), by
        note.put("struck_reason", reason.strip())
        with because("划去备注", **as_of(by, NOTE)):
            note.save()


def shown_to(user: Any, matter: Matter) -> QuerySet:
    """The notes this person reads: all, or what they wrote and what mentions them, when their unit
    is the one complained about.
    """
    rows = matter.internal_notes.select_related("author", "post__unit", "struck_by")
    if is_inside(user, matter):
        return rows
    return rows.filter(Q(author=user) | Q(mentions__user=user)).distinct()


def unread(user: Any) -> QuerySet:
    """Mentions that wait for this person, at matters they still see; the newest first."""
    rows = mentioned(user).filter(at_visible(user), matter__destroyed_at=None)
    return rows.select_related("matter", "note__author")


def mentioned(user: Any) -> QuerySet:
    """All mentions this person has not read, at matters they see or not."""
    return Mention.objects.filter(user=user, read_at=None).order_by("-pk")


def mark_read(note: InternalNote, *, by: Any) -> None:
    """已读, by the person mentioned; nothing happens the second time."""
    with transaction.atomic():
        matter = locked(note.matter, by)
        row = Mention.objects.select_for_update().filter(note=note, user=by, matter=matter).first()
        if row is None:
            raise PermissionDenied
        if row.read_at is None:
            row.read_at = now()
            with because("已读", **as_of(by, NOTE)):
                row.save()
