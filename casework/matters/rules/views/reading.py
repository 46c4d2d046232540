"""The list of profiles, one profile with every value and its article, and two side by side."""

from typing import Any

from casework.matters.models import RuleProfile
from casework.matters.rules import approving, drafting
from casework.matters.rules.approving import why_not_decide
from casework.matters.rules.comparing import compare, differing, lines_of
from casework.matters.rules.views.frame import CRUMBS, ProfilePage, RulesDesk, url_of

_STAGE = RuleProfile.Stage


class ListPage(RulesDesk):
    """Drafts and what waits first, then profiles by their first day; what was dropped at the end."""

    template_name = "matters/rules/list.html"
    page_title = "规则方案"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(
            RuleProfile.objects.visible_to(self.request.user).select_related(
                "drafted_by", "decided_by"
            )
        )
        open_ones = [row for row in rows if row.stage in (_STAGE.DRAFT, _STAGE.WAITING)]
        return super().get_context_data(**kwargs) | {
            "open": [(row, row.stage_on(self.today)) for row in open_ones],
            "approved": [
                (row, row.stage_on(self.today)) for row in rows if row.stage == _STAGE.APPROVED
            ],
            "dropped": [row for row in rows if row.stage == _STAGE.DROPPED],
            "many": len(rows) > 1,
        }


class ReadPage(ProfilePage):
    """Everything a profile says; any officer can answer "why 15 days?" from here."""

    template_name = "matters/rules/read.html"
    page_title = "规则方案"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*CRUMBS, {"url": "", "label": str(self.profile)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        profile, user = self.profile, self.request.user
        drafts = user.has_perm(drafting.VERB)
        waits = profile.stage == _STAGE.WAITING
        decides = waits and user.has_perm(approving.VERB)
        return super().get_context_data(**kwargs) | {
            "parts": lines_of(profile),
            "may_edit": drafts and profile.stage == _STAGE.DRAFT,
            "may_draft": drafts and profile.stage != _STAGE.WAITING,
            "may_take_back": drafts and waits,
            "may_decide": decides and not why_not_decide(user, profile),
            "told": self._told(decides),
            "may_move": (
                user.has_perm(approving.VERB) and profile.stage_on(self.today) == "施行中"
            ),
            "wrong_day": drafting.wrong_day(profile) if profile.editable and drafts else "",
        }

    def _told(self, decides: bool) -> str:
        """What whoever could decide must know: that they wrote in it, or that nobody here can."""
        if self.profile.stage != _STAGE.WAITING:
            return ""
        why = why_not_decide(self.request.user, self.profile) if decides else ""
        return why or approving.deciders(self.profile).told


class ComparePage(RulesDesk):
    """Two profiles value by value. left, right: keys in the address; the newest two without them."""

    template_name = "matters/rules/compare.html"
    page_title = "比较规则方案"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*CRUMBS, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(RuleProfile.objects.visible_to(self.request.user))
        left, right = self._chosen(rows)
        context = super().get_context_data(**kwargs) | {
            "profiles": [(row, row.stage_on(self.today)) for row in rows],
            "left": left,
            "right": right,
            "sides": [("left", left), ("right", right)],
            "everything": "all" in self.request.GET,
        }
        if left is None or right is None:
            return context
        pairs = compare(left, right)
        different = differing(pairs)
        return context | {
            "parts": pairs if context["everything"] else different,
            "count": sum(len(rows) for _, rows in different),
            "left_url": url_of(left),
            "right_url": url_of(right),
        }

    def _chosen(self, rows: list[RuleProfile]) -> tuple[RuleProfile | None, RuleProfile | None]:
        by_key = {str(row.pk): row for row in rows}
        chosen = [by_key.get(self.request.GET.get(side, "")) for side in ("left", "right")]
        in_force = [row for row in rows if row.stage_on(self.today) == "施行中"]
        left = chosen[0] or next(iter(in_force), None)
        right = chosen[1] or next((row for row in rows if row != left), None)
        return left, right
