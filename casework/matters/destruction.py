"""Destroying a matter: what is due, what keeps it, and what of it is erased (see `office.retention`).

Erased are: the data key, and with it every encrypted value, history included; the files; what the
search index holds; the hashes people and ledger rows are found by; the title and the sender's
number; forms somebody was typing. What stays tells nobody's name: the number, the days, class, place
and units, who acted when, and every row of the history, so that its seals hold.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Max, Q
from django.urls import reverse

from casework.matters.models import Approval, ItemLink, Matter, MatterFile, Recusal
from casework.matters.queries import running
from casework.matters.searching import KIND, SAID
from casework.matters.terms import Rules, last_day_of
from office import search
from office.clock import today
from office.forms import drop_forms
from office.history import because
from office.models import Change, ExportRun
from office.retention.kinds import Due, Holdings, Kind
from office.vault import GONE, destroy

_BITE = 500
_HASHES = ("name_hash", "phone_hash", "id_hash")


def due(on: date, ids: Iterable[int] | None = None) -> list[Due]:
    """Unsealed matters whose term was over before `on`, with what keeps them; `ids` narrows.

    A sealed one is never in a list that others than its custodians read: it is unsealed first.
    """
    rows = Matter.objects.filter(
        keep_until__lt=on, destroyed_at=None, sealed=False, due_on=None
    ).order_by("pk")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    rules, found, last = Rules.here(), [], None
    while some := list(rows.filter(**({"pk__gt": last} if last is not None else {}))[:_BITE]):
        last = some[-1].pk
        days = {row.pk: last_day_of(row, rules) for row in some}
        over = [row for row in some if (day := days[row.pk]) is not None and day < on]
        kept, changes = _kept([row.pk for row in over], on), _last_changes(over)
        for row in over:
            until = days[row.pk]
            assert until is not None
            found.append(
                Due(
                    KIND, row.pk, row.number, row.retention, until,
                    _mark(row, until, changes.get(row.pk, 0)), kept.get(row.pk, ""),
                )
            )  # fmt: skip
    return found


def _last_changes(rows: list[Matter]) -> dict[int, int]:
    """The newest change of each matter and of all that belongs to it."""
    found = Change.objects.filter(root_kind=KIND, root_id__in=[row.pk for row in rows])
    return dict(found.order_by().values_list("root_id").annotate(last=Max("id")))


def _mark(row: Matter, until: date, change: int) -> str:
    told = f"{row.number}\x1f{row.retention}\x1f{until}\x1f{row.version}\x1f{change}"
    return hashlib.sha256(told.encode()).hexdigest()


# What keeps a matter whose term is over


def _held(ids: list[int], on: date) -> dict[int, str]:
    rows = Matter.objects.filter(pk__in=ids, hold_until__gte=on)
    return {pk: f"暂缓销毁至 {day}" for pk, day in rows.values_list("pk", "hold_until")}


def _asked(ids: list[int], on: date) -> dict[int, str]:
    rows = Approval.objects.filter(matter__in=ids, decision="").values_list("matter", flat=True)
    return dict.fromkeys(rows, "有申请等待审批")


def _siblings(ids: list[int], on: date) -> dict[int, str]:
    """Another matter of the same arrival is still open; a sealed one holds nothing up and so tells
    of nothing: it has a key of its own."""
    open_ones = ItemLink.objects.filter(matter__due_on__isnull=False, matter__sealed=False)
    open_ones = open_ones.values("item")
    rows = ItemLink.objects.filter(matter__in=ids, item__in=open_ones)
    return dict.fromkeys(rows.values_list("matter", flat=True), "同一来件还有事项没有办完")


def _rights(ids: list[int], on: date) -> dict[int, str]:
    rows = apps.get_model("matters", "RightsMatter").objects.filter(
        matter__in=ids, dropped=False, request__due_on__isnull=False
    )
    return dict.fromkeys(rows.values_list("matter", flat=True), "有个人信息请求没有办完")


#: functions (ids, day) -> {id: why it stays}; the first one that speaks is told
HINDRANCES: list[Callable[[list[int], date], dict[int, str]]] = [_held, _asked, _siblings, _rights]


def _kept(ids: list[int], on: date) -> dict[int, str]:
    found: dict[int, str] = {}
    for ask in HINDRANCES:
        found = ask(ids, on) | found
    return found


# Carrying it out


def lock(pk: int) -> bool:
    return Matter.objects.select_for_update().filter(pk=pk).first() is not None


def doom(pk: int, number: str, moment: datetime) -> bool:
    """Mark the matter as destroyed by list `number`: its pages say so from now on."""
    matter = Matter.objects.select_for_update().filter(pk=pk).first()
    if matter is None:
        return False
    matter.destroyed_at, matter.destroyed_in = moment, number
    matter.save()
    return True


def holdings(pk: int) -> Holdings:
    """What goes with a matter; export files that hold rows of many are only counted."""
    matter = Matter.objects.select_related("data_key").filter(pk=pk).first()
    if matter is None:
        return Holdings((), ())
    paths = MatterFile.objects.filter(matter=pk).order_by("pk").values_list("path", flat=True)
    shared = ExportRun.objects.filter(listing="matters", state=ExportRun.State.DONE).count()
    if matter.import_job_id and matter.import_job and matter.import_job.path:
        shared += 1
    return Holdings((str(matter.data_key.ref),), tuple(paths), shared)


def erase(pk: int, moment: datetime) -> None:
    """Destroy the key and empty what identifies; inside the caller's transaction. Safe again."""
    matter = Matter.objects.select_for_update().select_related("data_key").get(pk=pk)
    if matter.data_key.destroyed_at is None:
        destroy(matter.data_key, moment)
    matter.title, matter.source_number, matter.source_key = GONE, "", ""
    with because(f"依规销毁（{matter.destroyed_in}）"):
        matter.save()
        for person in matter.petitioners.select_for_update():
            for name in _HASHES:
                setattr(person, name, "")
            person.save()
    search.forget(KIND, [pk])
    search.forget(SAID, [pk])
    drop_forms("/matters/", f"/{pk}/")


def visible(user: Any, ids: Iterable[int]) -> set[int]:
    rows = Matter.objects.visible_to(user).filter(pk__in=list(ids))
    return set(rows.values_list("pk", flat=True))


def concerned(ids: Iterable[int]) -> set[int]:
    """People recused from any of these."""
    rows = Recusal.objects.filter(Q(matter__in=list(ids)) & running(today()))
    return set(rows.values_list("user", flat=True))


def address(pk: int) -> str:
    return reverse("wagtailsnippets_matters_matter:inspect", args=[pk])


DESTRUCTION = Kind(
    label="信访事项", due=due, lock=lock, doom=doom, holdings=holdings, erase=erase,
    visible=visible, concerned=concerned, address=address,
)  # fmt: skip
