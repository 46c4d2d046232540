"""文书模板: editions, placeholders, preview with invented data; and the nameplates of the office."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from casework.matters.letters import bodies, editions
from casework.matters.letters.blocks import pieces_of
from casework.matters.letters.checking import DOCX, LARGEST, check
from casework.matters.letters.forms import BodyForm, TemplateForm
from casework.matters.letters.kinds import TEMPLATES, is_form
from casework.matters.letters.placeholders import of_kind, sample_of
from casework.matters.letters.rendering import filled
from casework.matters.letters.views.frame import printed, sent
from casework.matters.models import IssuingBody, LetterTemplate
from casework.matters.views.frame import DeskPage, FormPage
from office.history import because

_DIGITS = 4  # of an edition


class _OfTemplates(DeskPage):
    """For whoever may see templates; nothing of a matter is on these pages."""

    verb = editions.VIEW

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.verb):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class TemplatesPage(_OfTemplates):
    template_name = "matters/letters/templates.html"
    page_title = "文书模板"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = editions.newest()
        rows = [(kind, label, is_form(kind), last.get(kind)) for kind, label in TEMPLATES.items()]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "bodies": bodies.everyone(),
            "may_change": self.request.user.has_perm(editions.CHANGE),
        }


class _OneKind(_OfTemplates):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        if self.kind not in TEMPLATES:
            raise Http404

    @property
    def page_title(self) -> str:
        return f"模板：{TEMPLATES[self.kind]}"

    def chosen(self) -> LetterTemplate:
        """The edition named by `edition`, else the one in force."""
        number = self.request.GET.get("edition", "")
        if not number:
            return editions.in_force(self.kind)
        found = number.isdecimal() and len(number) <= _DIGITS
        row = editions.of_kind(self.kind).filter(edition=number).first() if found else None
        if row is None:
            raise Http404
        return row


class TemplatePage(FormPage, _OneKind):
    """Upload of a new edition, checked before it holds; `act=preview` only checks and shows it."""

    template_name = "matters/letters/template.html"

    def form(self, data: Any) -> TemplateForm:
        return TemplateForm(data, self.request.FILES if data is not None else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("act") == "preview" and "upload" in request.FILES:
            form = self.form(request.POST)
            data = request.FILES["upload"].read(LARGEST + 1)
            try:
                hints = check(self.kind, data)
                return _preview(request, self.kind, data, hints)
            except ValidationError as error:
                form.is_valid()
                form.add_error("upload", error)
                return self.show(form)
        if not request.user.has_perm(editions.CHANGE):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def carry_out(self, form: TemplateForm) -> str:
        given = form.cleaned_data
        data = given["upload"].read(LARGEST + 1)
        row = editions.add(self.kind, data, why=given["why"], by=self.request.user)
        messages.success(self.request, f"已启用：{row}。以后制作的文书用它，已签发的不变。")
        for hint in check(self.kind, data):
            messages.warning(self.request, hint)
        return reverse("matters:letter_template", args=[self.kind])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "editions": editions.of_kind(self.kind),
            "placeholders": of_kind(self.kind),
            "may_change": self.request.user.has_perm(editions.CHANGE),
        }


class TemplateFilePage(_OneKind):
    """The template as a file, to be edited in Word or WPS."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.chosen()
        return sent(bytes(row.content), DOCX, f"{row}.docx")


class TemplatePreviewPage(_OneKind):
    """How a letter would look, with invented data."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _preview(request, self.kind, bytes(self.chosen().content), [])


def _preview(request: HttpRequest, kind: str, data: bytes, hints: list[str]) -> HttpResponse:
    pieces = pieces_of(filled(data, sample_of(kind)))
    return printed(
        request, f"样子：{TEMPLATES[kind]}", [(TEMPLATES[kind], "", pieces)],
        hints=["内容是虚构的样例，不是真实事项。", *hints],
        back_url=reverse("matters:letter_template", args=[kind]),
    )  # fmt: skip


class BodyPage(FormPage, _OfTemplates):
    """A nameplate: new, or changed from now on; letters that were signed keep theirs."""

    template_name = "matters/letters/body.html"
    page_title = "发文主体"
    verb = editions.CHANGE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.row = IssuingBody()
        if "body" in kwargs:
            row = bodies.everyone().filter(pk=kwargs["body"]).first()
            if row is None:
                raise Http404
            self.row = row

    def form(self, data: Any) -> BodyForm:
        return BodyForm(data, instance=self.row)

    def carry_out(self, form: BodyForm) -> str:
        with because("设置发文主体"):
            row = form.save()
        messages.success(self.request, f"已保存：{row}。")
        return reverse("matters:letter_templates")
