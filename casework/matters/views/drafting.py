"""Autosave: a form that is being typed is kept every few seconds, and offered when it is opened again."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.timezone import localtime
from django.views.generic import View

from casework.matters.drafts import draft_of, drop_draft, keep_draft, typed
from casework.matters.views.frame import FormPage
from office.clock import now

VERB = "matters.add_matter"


class DraftKeeping(FormPage):
    """A page whose form is kept while it is typed. Without scripts it is an ordinary form."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = draft_of(request.user, request.path)
        if kept is None or request.GET.get("draft") != "1":
            return super().get(request, *args, **kwargs)
        self.admit()
        if (late := self.hindrance()) is not None:
            return late
        return self.show(self.from_draft(typed(request.user, kept)))

    def from_draft(self, data: Any) -> Any:
        """The form with what was typed; nothing of it is judged before it is sent."""
        form = self.form(data)
        form._errors = ErrorDict()
        form.cleaned_data = {}
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        if response.status_code == 302:
            drop_draft(request.user, request.path)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.request
        fresh = request.method == "GET" and request.GET.get("draft") != "1"
        return super().get_context_data(**kwargs) | {
            "kept_draft": draft_of(request.user, request.path) if fresh else None,
            "keep_url": reverse("matters:draft"),
            "keep_path": request.path,
        }


class DraftView(View):
    """What the page sends while somebody types. `drop` forgets it and leads back to an empty form."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(VERB):
            raise PermissionDenied
        path = urlsplit(request.POST.get("draft_path", "")).path
        try:
            page = resolve(path).func.view_class
        except (Resolver404, AttributeError) as error:
            raise Http404 from error
        if not issubclass(page, DraftKeeping):
            raise Http404
        if "drop" in request.POST:
            drop_draft(request.user, path)
            return redirect(path)
        kept = keep_draft(request.user, path, request.POST)
        told = f"{localtime(now()):%H:%M} 已自动保存" if kept else ""
        return HttpResponse(told, content_type="text/plain; charset=utf-8")
