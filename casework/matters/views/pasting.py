"""粘贴工单文字: a 12345 sheet or a forwarding letter becomes the filled form of 登记来件."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.matters.forms.pasting import PasteForm, filled
from casework.matters.models import Matter
from casework.matters.pasting.reading import Pasted
from casework.matters.views.frame import DeskPage
from casework.matters.views.reception import ADD, VERB

_SHOWN = 3  # matters with the same number that are named


class PastePage(DeskPage):
    """A box for the text; what was read of it comes back as the reception form.

    Nothing is stored: the text is in the form alone until it is registered.
    """

    template_name = "matters/paste.html"
    page_title = "粘贴工单文字"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(VERB):
            raise PermissionDenied

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._box(PasteForm(None, today=self.today))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = request.POST.copy()
        if given.get("go") == "next":  # the sheets left over by the one before
            given["text"] = given.get("more", "")
        form = PasteForm(given, today=self.today)
        if not form.is_valid():
            return self._box(form, status=422)
        given.pop("form_token", None)  # the filled form is one of its own
        request.POST = given
        self.template_name, self.page_title = "matters/reception.html", "登记来件"
        return self.render_to_response(
            self.get_context_data(
                form=filled(form.read, self.today), found=form.read, known=self._known(form.read)
            )
        )

    def _box(self, form: PasteForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def _known(self, found: Pasted) -> list[Matter]:
        """Matters this person may see that carry the same number of the sender."""
        number = str(found.sheet.values.get("source_number", ""))
        if not number:
            return []
        rows = Matter.objects.visible_to(self.request.user)
        rows = rows.filter(sealed=False, source_number=number)
        return list(rows.only("number", "title").order_by("-pk")[:_SHOWN])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"add_url": reverse(ADD)}
