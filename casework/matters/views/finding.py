"""查找: by name, phone or words of the text; sent by POST alone, so that no address holds a name."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.matters.finding import VERB, Found, Way, find, log
from casework.matters.forms.finding import ARRIVAL, FindForm
from casework.matters.views.frame import RECORD, DeskPage
from casework.matters.views.listing import row_of


class FindPage(DeskPage):
    """The form, and below it the matters that fit; each page of them is logged before it is shown."""

    template_name = "matters/find.html"
    page_title = "查找"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(VERB):
            raise PermissionDenied

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show(FindForm(None, user=request.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FindForm(self._asked(), user=request.user)
        if not form.is_valid():
            return self._show(form, status=422)
        question = form.question()
        found = find(request.user, question, form.cleaned_data["after"])
        log(request.user, question, found, form.purpose())
        return self._show(form, found)

    def _asked(self) -> Any:
        """What was sent; from 登记来件, the phone or the name of whoever stands at the counter."""
        given = self.request.POST
        if given.get("go") != "repeats":
            return given
        phone, name = given.get("phone", "").strip(), given.get("name", "").strip()
        way = Way.PHONE if phone else Way.NAME
        return {"way": way.value, "words": phone or name, "reason": ARRIVAL}

    def _show(self, form: FindForm, found: Found | None = None, status: int = 200) -> HttpResponse:
        address = reverse(RECORD, args=[0])
        rows = [
            row_of(matter, self.today) | {"url": address.replace("/0/", f"/{matter.pk}/")}
            for matter in (found.matters if found else [])
        ]
        context = self.get_context_data(form=form, found=found, rows=rows)
        return self.render_to_response(context, status=status)
