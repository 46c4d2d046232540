"""What the room tells the kernel: open work, home panels, links to records, jobs, searchable texts."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from casework.matters import leave, moving, queued, sealing
from casework.matters.conflicts.standing import hidden_roots_for
from casework.matters.cooperation import registrations as cooperation  # noqa: F401 - 协办与往来
from casework.matters.cooperation.queries import tasks_in_hand
from casework.matters.counting import recounting
from casework.matters.delegating import registrations as delegating  # noqa: F401 - 交接、授权
from casework.matters.desks import duties, together
from casework.matters.destruction import DESTRUCTION
from casework.matters.filing import sweep_files
from casework.matters.ledgers import background, jobs, notices, official
from casework.matters.models import Custody, Matter
from casework.matters.notifying import kinds, turns
from casework.matters.outcomes import queues as outcomes
from casework.matters.outcomes.handing import open_of as calls_of
from casework.matters.panels import panels_for
from casework.matters.rights import registrations as rights  # noqa: F401 - 个人信息请求
from casework.matters.rules.panels import panels_for as rules_for
from casework.matters.searching import KIND, NAMES_JOB, SAID, follow_names, plain_texts, said_texts
from casework.matters.terms import give_terms
from casework.matters.ticking import health as ticking_health
from casework.matters.ticking import passing
from casework.matters.views.leave import panels_for as leaves_for
from office import registries
from office.history_view import TOLD
from office.registries import Searchable
from office.retention.kinds import destroyable


def open_work(user: Any) -> list[str]:
    """What must be handed over before an account is closed, as one count.

    Whoever keeps accounts has no business with matters: neither numbers nor kinds are told, so that
    a sealed letter looks like any other work.
    """
    mine = Matter.objects.filter(officer=user).open().values("pk")
    kept = Custody.objects.filter(user=user, until=None).values("matter")
    count = Matter.objects.open().filter(Q(pk__in=mine) | Q(pk__in=kept)).count()
    count += len(calls_of(user)) + tasks_in_hand(user).count()
    if not count:
        return []
    return [f"名下还有未交接的工作 {count} 项，请其本人或信访办主任先交接"]


def links(user: Any, ids: list[int]) -> dict[int, str]:
    """Addresses of the matters among `ids` that this person may open."""
    seen = Matter.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: reverse("wagtailsnippets_matters_matter:inspect", args=[pk]) for pk in seen}


def stepped_back(user: Any) -> list[int]:
    """The matters this person stays out of today."""
    return list(hidden_roots_for(user).values_list("matter", flat=True))


registries.open_work.append(open_work)
registries.home_panels.append(panels_for)
registries.home_panels.append(leaves_for)
registries.home_panels.append(rules_for)
registries.record_links[KIND] = links
registries.record_names[leave.KIND] = leave.names
TOLD["matters.matter.number"] = sealing.number_told
registries.hidden_roots[KIND] = stepped_back
registries.searchable[KIND] = Searchable(plain_texts)
registries.searchable[SAID] = Searchable(said_texts, keyed=True)
registries.exports[official.KEY] = official.EXPORT
registries.jobs.append(("files", "清理没有登记的附件", 24 * 3600, sweep_files))
registries.jobs.append(("ledgers", "清理导入过的台账文件", 24 * 3600, jobs.forget_files))
registries.home_panels.append(notices.panels_for)
registries.long_jobs.append((jobs.KIND, background.LABEL, background.work))
registries.long_jobs.append((recounting.NAME, recounting.LABEL, recounting.work))
registries.tasks[jobs.KIND] = queued.IMPORTS
registries.tasks[recounting.NAME] = queued.RECOUNTS
registries.calendar_previews.append(recounting.preview)
registries.calendar_changed.append(recounting.ask)
registries.private_paths.append(jobs.stored_paths)
registries.jobs.append(("retention", "定保管期限", 60, give_terms))
registries.jobs.append((passing.NAME, passing.LABEL, 60, passing.work))
registries.health.append(ticking_health.lines)
registries.notices.update({kind.key: kind for kind in kinds.ALL})
registries.phones[turns.PETITIONER] = turns.phone_of
moving.MOVED.append(turns.tell_move)
destroyable[KIND] = DESTRUCTION
registries.jobs.append((NAMES_JOB, "检索里的单位和分类改名", 60, follow_names))
duties.POINTERS += [
    together.support_tasks,
    together.supervisions,
    together.reminders,
    together.mentions,
]
duties.SOURCES += [outcomes.calls_of, outcomes.eased_of, outcomes.papers_of, outcomes.alarms_of]
