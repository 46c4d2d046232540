"""Adding and changing a day of the work calendar: first it is shown which limits move, then saved."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from office.calendar import shift_of
from office.editing import KeptAddView, KeptEditView
from office.registries import Shift

SEEN, AGAIN = "moves_seen", "moves_again"  # buttons of the page between form and saving


class ShowsWhatMoves:
    """Mixin in front of a view whose form gives `changes()`: days that get another rule.

    Nothing is written before the person has seen what moves; when that changed meanwhile they see
    it once more. The page carries the whole form along, so that nothing typed is lost.
    """

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        if AGAIN in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]
        found = shift_of(self.request.user, form.changes())
        if found.total and self.request.POST.get(SEEN) != (mark := _mark(found)):
            return self._show(form, found, mark)
        return super().form_valid(form)  # type: ignore[misc]

    def _show(self, form: Any, found: Shift, mark: str) -> HttpResponse:
        kept = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in (SEEN, AGAIN, "csrfmiddlewaretoken")
            for value in values
        ]
        days = [
            (day, {True: "上班", False: "放假", None: "恢复周一至周五"}[working])
            for day, working in sorted(form.changes().items())
        ]
        told = {
            "shift": found,
            "mark": mark,
            "kept": kept,
            "days": days,
            "action": self.request.path,
        }
        title = "这次改动会移动的期限"
        crumbs = [*self.get_breadcrumbs_items(), {"url": "", "label": title}]  # type: ignore[attr-defined]
        context = {
            "header_icon": "calendar",
            "page_title": title,
            "breadcrumbs_items": crumbs,
        } | told
        return TemplateResponse(self.request, "office/calendar_moves.html", context)


def _mark(found: Shift) -> str:
    """What was shown, in short: counts and rows."""
    return hashlib.sha256(repr((found.counts, found.rows)).encode()).hexdigest()[:32]


class CalendarDayAddView(ShowsWhatMoves, KeptAddView):
    """A new day off the Monday–Friday rule."""


class CalendarDayEditView(ShowsWhatMoves, KeptEditView):
    """Another rule for a day, or another day."""
