"""Taking class B in: unopened at the counter, or with its content; and the paper that goes along."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest

from casework.matters.attaching import enclose
from casework.matters.intake import register
from casework.matters.models import Matter
from casework.matters.sealed.envelope import letter_of, where_to
from casework.matters.sealed.forms import CounterForm, EntryForm
from casework.matters.sealed.handing import VERB as HAND_OVER
from casework.matters.sealed.holding import in_keeping
from casework.matters.states import State
from casework.matters.views.frame import DeskPage, FormPage, MatterPage
from casework.matters.views.receipt import office_of
from casework.matters.views.reception import receipt_url
from office.clock import today

VERB = "matters.enter_sealed"


class SealedReception(FormPage, DeskPage):
    """密件登记（不开封转交）: nothing of the letter's content is asked or kept (practice §1)."""

    template_name = "matters/sealed/counter.html"
    page_title = "密件登记（不开封转交）"
    form_class: type[CounterForm] = CounterForm
    initial = {"channel": "letter"}

    def admit(self) -> None:
        if not self.request.user.has_perm(VERB):
            raise PermissionDenied

    def form(self, data: Any) -> CounterForm:
        user = self.request.user
        return self.form_class(data, by=user, today=self.today, initial=self.initial)

    def carry_out(self, form: CounterForm) -> str:
        item, [matter] = register(form.arrival(), by=self.request.user)
        self.enclose(matter)
        kept = bool(in_keeping(matter, today()))
        tell = messages.success if kept else messages.warning
        tell(self.request, f"已登记密件 {matter.number}。{where_to(matter)}")
        return receipt_url(item)

    def enclose(self, matter: Matter) -> None:
        """An unopened letter has no files."""


class SealedEntry(SealedReception):
    """密件登记（录内容）: an opened letter, a call, a visit; seen by custodians and whoever enters it."""

    template_name = "matters/sealed/entry.html"
    page_title = "密件登记（录内容）"
    form_class = EntryForm
    initial = {"channel": "visit", "carrier": "talk"}

    def enclose(self, matter: Matter) -> None:
        for n, upload in enumerate(self.request.FILES.getlist("files"), 1):
            try:
                enclose(matter, upload, by=self.request.user)
            except ValidationError as error:  # then nothing is registered: the page keeps the words
                told = "".join(error.messages)
                raise ValidationError(
                    f"第 {n} 个文件不能存：{told}还没有登记，请重新选择文件再点一次。"
                ) from error


class NotePage(MatterPage):
    """不开封转交单 on paper: number, how and when it came, who had it in hand; no content at all."""

    template_name = "matters/sealed/note.html"
    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        matter, user = self.matter, request.user
        if not matter.sealed or matter.state != State.SEALED:
            raise Http404
        if not (user.has_perm(HAND_OVER) or matter.registered_by_id == user.pk):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        matter = self.matter
        letter = letter_of(matter)
        link = matter.links.select_related("item").first()
        item = link.item if link else None
        return super().get_context_data(**kwargs) | {
            "letter": letter,
            "item": item,
            "title": "密件交接单" if letter.opened else "不开封转交单",
            "where_to": where_to(matter),
            **office_of(self.request.user),
        }
