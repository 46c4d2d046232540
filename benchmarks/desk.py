"""我的办件台 of an officer whose unit leads 1 % of the matters and supports 100 elsewhere.

Goals: a fixed number of queries, <= 1.4 x the admin shell (the same page with nothing on it, as the
list is measured against the empty list), growth from 100k to 1M <= 1.3. Beside it stand the bare frame
of the admin without any page in it, the empty list, and the boards of the head and the leader.
"""

import random
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.urls import include, path, reverse
from wagtail.admin.auth import require_admin_access

from benchmarks.measuring import report, rounds
from benchmarks.pages import opening, queries, visitor
from benchmarks.seeding import BATCH, person, seed
from casework.matters.models import Clock, Matter, SupportTask, SupportUnit
from casework.matters.views.frame import DeskPage
from office.bulk import insert_tracked
from office.clock import now, today
from office.history import acting
from office.models import Unit, User

OWN = 40  # matters in the officer's own hands
_FRAME = "/admin/frame-alone/"


class Frame(DeskPage):
    """The admin's frame with a page of this room in it that says nothing."""

    template_name = "matters/page.html"
    page_title = "空页"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": "", "label": self.page_title}]


urlpatterns = [
    path(_FRAME.lstrip("/"), require_admin_access(Frame.as_view())),
    path("", include("config.urls")),
]


def run(rows: int) -> dict[str, float]:
    officer = seed(rows)
    _work(officer)
    desk = reverse("matters:desk")
    with override_settings(ROOT_URLCONF=__name__):
        acts = {
            "bare frame": opening(visitor("officer"), _FRAME),
            "empty list": opening(visitor("idle"), reverse("wagtailsnippets_matters_matter:list")),
            "shell": opening(visitor("idle"), desk),
            "officer's desk": opening(visitor("officer"), desk),
        }
        for who in ("officehead", "leader"):
            acts[f"{who}'s board"] = opening(visitor(who), desk)
        told = ", ".join(f"{name} {queries(act)}" for name, act in acts.items())
        print(f"{rows} matters; queries: {told}")
        return report(rounds(acts, times=3), "shell")


def _work(officer: User) -> None:
    """What the seed of lists lacks: own matters, clocks of all that is open, tasks to answer."""
    mark = settings.VAR_DIR / f"desks-{connection.vendor}"
    if mark.exists():
        return
    with acting(None, "seed"):
        unit = Unit.objects.get(name="第0科室")
        street = Unit.objects.get(name="云湖街道")
        for name, role in (("officehead", "office_head"), ("leader", "leader")):
            person(name, role, street)
        for one in Matter.objects.filter(lead_unit=unit, due_on__isnull=False)[:OWN]:
            one.officer = officer
            one.save()
        _clocks()
        _tasks(unit)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mark.write_text("")


def _clocks() -> None:
    """Two clocks of every open matter: the statutory one and, of one in three, the sender's."""
    dice = random.Random(1)
    opened = list(
        Matter.objects.filter(due_on__isnull=False).values_list("pk", "accepted_on", "due_on")
    )
    for start in range(0, len(opened), BATCH):
        made = []
        for pk, since, due in opened[start : start + BATCH]:
            made.append(Clock(matter_id=pk, kind="handle", start_on=since, due_on=due))
            if dice.randrange(3) == 0:
                day = since + timedelta(days=dice.randrange(5, 90))
                made.append(Clock(matter_id=pk, kind="sender", start_on=since, due_on=day))
        with transaction.atomic():
            insert_tracked(made)


def _tasks(unit: Unit) -> None:
    """A support task for each of the matters elsewhere that the unit supports."""
    asker = User.objects.get(username="officehead")
    rows = SupportUnit.objects.filter(unit=unit).select_related("matter__data_key")
    made = []
    for n, row in enumerate(rows):
        task = SupportTask(
            matter=row.matter, unit=unit, due_on=today() + timedelta(days=n % 30 - 3),
            asked_by=asker, asked_at=now(),
        )  # fmt: skip
        task.put("what", "请提供现场情况")
        made.append(task)
    with transaction.atomic():
        insert_tracked(made)
