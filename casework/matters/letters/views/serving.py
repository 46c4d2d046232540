"""送达登记: how a letter came into the petitioner's hands, or did not, with its proof."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.forms.serving import IN_VAIN, ServePaperForm
from casework.matters.letters.views.frame import OfDocument
from casework.matters.models import BlankForm
from casework.matters.opening import TEXTS, open_until
from casework.matters.opinions_shown import Line, service_line
from casework.matters.serving import papers
from casework.matters.views.acts import FilesPage, stored
from casework.matters.views.frame import MatterPage, record_url
from office.clock import now, today


class ServePage(OfDocument, FilesPage, MatterPage):
    """The service of one letter. An answer that waits is served by its own act, with its clocks."""

    template_name = "matters/letters/serve.html"
    page_title = "送达登记"

    def admit(self) -> None:
        if not papers.may_serve(self.request.user, self.document):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        why = papers.why_not(self.document)
        if not why:
            return None
        messages.info(self.request, why)
        return redirect(record_url(self.matter))

    def show(self, form: Any) -> HttpResponse:
        # Also after a refusal: a colleague may have recorded it meanwhile.
        return self.hindrance() or super().show(form)

    def form(self, data: Any) -> ServePaperForm:
        return ServePaperForm(data, self.files, matter=self.matter, today=self.today)

    def carry_out(self, form: ServePaperForm) -> str:
        user, failed = self.request.user, form.cleaned_data["result"] == IN_VAIN
        data = form.given() | stored(form, self.matter, user)
        papers.record(self.document, by=user, on=form.day() or today(), data=data, failed=failed)
        told = "已记下没有送到" if failed else "已登记送达"
        messages.success(self.request, f"{self.document}：{told}。")
        return record_url(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proof = reverse("matters:form_paper", args=[self.matter.pk, BlankForm.PROOF])
        return super().get_context_data(**kwargs) | {
            "document": self.document,
            "services": list(self._tried()),
            "proof_url": f"{proof}?document={self.document.pk}",
        }

    def _tried(self) -> Iterable[Line]:
        is_open = TEXTS in open_until(self.request.user, self.matter, now())
        for row in self.document.services.select_related("server").order_by("pk"):
            row.matter = self.matter
            yield service_line(row, is_open)
