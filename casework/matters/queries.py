"""Which matters: every read by a person starts with `visible_to`."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import make_aware

from casework.matters.clocks import KINDS, OWED
from casework.matters.states import State
from office.clock import today
from office.posts import has_reach, post_for, posts_of, unit_ids
from office.roles import Reach

_OF_OTHERS = tuple(kind for kind, of in KINDS.items() if of.by != OWED)
_ENTER = "matters.add_matter"
_AUDIT_SEALED = "matters.ask_sealed_audit"


def running(on: date) -> Q:
    """Rows with `until` that hold on a day, the last day included."""
    return Q(until=None) | Q(until__gte=on)


def at_visible(user: Any) -> Exists:
    """The condition on rows of a `matter` that this person may open it.

    Asked of each row: as a list (`matter__in`) the database would first write down every matter
    there is.
    """
    seen = apps.get_model("matters", "Matter").objects.visible_to(user)
    return Exists(seen.filter(sealed=False, pk=OuterRef("matter")))


def _by_leave(user: Any) -> list[Q]:
    """Sealed matters of the periods for which a custodian gave this auditor leave, up to its end."""
    leaves = apps.get_model("matters", "SealedAudit").objects.filter(
        asked_by=user, decision="approved", until__gte=today()
    )
    return [
        Q(
            sealed=True,
            registered_at__gte=make_aware(datetime.combine(start, time.min)),
            registered_at__lt=make_aware(datetime.combine(end + timedelta(days=1), time.min)),
        )
        for start, end in leaves.values_list("registered_from", "registered_to")
    ]


def _merged_into(units: list[int]) -> QuerySet:
    """Ids of the matters that were merged into one that these units lead: they read what came again."""
    links = apps.get_model("matters", "MatterLink").objects.filter(until=None, merged=True)
    return links.filter(to__lead_unit__in=units, to__sealed=False).values("matter")


def _sent_for_review() -> list[Q]:
    """What waits for a legal reviewer: drafts that need one, requests nobody reviewed yet."""
    drafts = apps.get_model("matters", "Opinion").objects.filter(
        legal=True, dropped=False, signed_on=None, round=F("matter__round")
    )
    requests = apps.get_model("matters", "Approval").objects.filter(
        legal=True, decision="", reviews=None
    )
    return [
        Q(sealed=False, state=State.DRAFTED, pk__in=drafts.values("matter")),
        Q(sealed=False, pk__in=requests.values("matter")),
    ]


class ItemQuerySet(QuerySet):
    """Arrivals by who may see a matter they opened or joined."""

    def visible_to(self, user: Any) -> "ItemQuerySet":
        """Arrivals of which `user` may see at least one matter."""
        matters = apps.get_model("matters", "Matter").objects.visible_to(user)
        return self.filter(links__matter__in=matters.values("pk")).distinct()


class MatterQuerySet(QuerySet):
    """Rows by who may see them and by what is due."""

    def visible_to(self, user: Any) -> "MatterQuerySet":
        """Matters that `user` may open: own reach, minus sealed ones, minus recusals.

        Sealed matters are opened by their custodians, and by an auditor for as long as a custodian
        gave leave. Hidden and absent are the same.
        """
        branches = self._conditions(user)
        if not branches:
            return self.none()
        wanted = Q()
        for branch in branches:
            wanted |= branch
        return self._without_recused(user).filter(wanted)

    def branches_for(self, user: Any) -> list["MatterQuerySet"]:
        """`visible_to(user)` as a few querysets whose union it is, each served by one index.

        A list page reads the first rows of each and merges them: an OR over two tables would
        make the database sort everything the person may see.
        """
        branches = self._conditions(user)
        return [self._without_recused(user).filter(branch) for branch in branches]

    def _without_recused(self, user: Any) -> "MatterQuerySet":
        recusals = apps.get_model("matters", "Recusal").objects.filter(running(today()), user=user)
        return self.exclude(pk__in=recusals.values("matter"))

    def _conditions(self, user: Any) -> list[Q]:
        if not user.is_active or not posts_of(user):
            return []
        found: list[Q] = []
        if has_reach(user, Reach.ALL):
            found.append(Q(sealed=False))
        else:
            if units := unit_ids(user, Reach.UNIT):
                supports = apps.get_model("matters", "SupportUnit").objects.filter(
                    running(today()), unit__in=units
                )
                found.append(Q(sealed=False, lead_unit__in=units))
                found.append(Q(sealed=False, pk__in=supports.values("matter")))
                found.append(Q(sealed=False, pk__in=_merged_into(units)))
            if has_reach(user, Reach.ENTRIES):
                found.append(Q(sealed=False, registered_by=user))
                found.append(Q(sealed=False, state=State.REGISTERED))
        if has_reach(user, Reach.REVIEW):
            found += _sent_for_review()
        # Whoever registers arrivals may have entered one: their custody ends with the hand-over.
        if has_reach(user, Reach.SEALED) or post_for(user, _ENTER):
            custody = (
                apps.get_model("matters", "Custody")
                .objects.filter(user=user)
                .filter(Q(until=None) | Q(until__gt=today()))
            )
            found.append(Q(sealed=True, pk__in=custody.values("matter")))
        if post_for(user, _AUDIT_SEALED):
            found += _by_leave(user)
        return found

    def open(self) -> "MatterQuerySet":
        """Matters in which somebody still owes something."""
        return self.filter(due_on__isnull=False)

    def overdue(self, on: date) -> "MatterQuerySet":
        """Open matters on which the office is late: a day of others that has passed is not its own."""
        return self.filter(due_on__lt=on).exclude(due_kind__in=_OF_OTHERS)
