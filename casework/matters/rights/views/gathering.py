"""核对事项: one number and code at a time, candidates of the person's own name, their own files."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from casework.matters.models import RightsMatter
from casework.matters.permissions import heads_office
from casework.matters.rights import gathering
from casework.matters.rights.forms import CodeForm, FilesForm
from casework.matters.rights.opening import open_matters
from casework.matters.rights.permissions import may_handle
from casework.matters.rights.states import Stage
from casework.matters.rights.telling import choose_files, links_of
from casework.matters.rights.views.frame import RightsForm, RightsPage, url_of
from casework.matters.views.frame import take_errors
from office.attachments import KINDS
from office.forms import first_result, once


class GatherPage(RightsForm):
    """Number and query code; what fits by name and phone; what was added so far."""

    template_name = "matters/rights/gather.html"
    page_title = "核对事项"
    candidates: list[gathering.Candidate] | None = None

    def hindrance(self) -> HttpResponse | None:
        if self.asked.stage == Stage.CHECKED:
            return None
        messages.info(self.request, "先核实身份，才能核对事项；已提交审批的，请审批人退回后再改。")
        return redirect(url_of(self.asked))

    def form(self, data: Any) -> CodeForm:
        return CodeForm(data, heads=heads_office(self.request.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.admit()
        try:
            match request.POST.get("go"):
                case "search":
                    self.candidates = gathering.search(self.asked, by=request.user)
                    return self.show(self.form(None))
                case "add":
                    return self._add_candidate()
                case "drop":
                    return once(request, self._drop)
            return self._add_by_code()
        except ObjectDoesNotExist as error:
            raise Http404 from error
        except ValidationError as error:
            messages.error(request, "".join(error.messages))
            return redirect(url_of(self.asked, "gather"))

    def _add_by_code(self) -> HttpResponse:
        """The try is written down before its answer, outside of what a refusal undoes."""
        request, form = self.request, self.form(self.request.POST)
        if (done := first_result(request)) is not None:
            return done
        if not form.is_valid():
            return self.show(form)
        given = form.cleaned_data
        try:
            found = gathering.look_up(self.asked, given["number"], given["code"], by=request.user)
            if not found:
                raise ValidationError(gathering.NEUTRAL)
            return once(request, partial(self._add, found, given.get("basis", "")))
        except ValidationError as error:
            take_errors(form, error)
            return self.show(form)

    def _add(self, found: list[gathering.Candidate], basis: str) -> str:
        added = [gathering.add(self.asked, one, by=self.request.user, basis=basis) for one in found]
        messages.success(self.request, f"已添加 {len(added)} 件。")
        return url_of(self.asked, "gather")

    def _add_candidate(self) -> HttpResponse:
        pk = self.request.POST.get("matter", "")
        good = pk.isascii() and pk.isdigit() and len(pk) < 19
        one = gathering.candidate(self.asked, int(pk), by=self.request.user) if good else None
        if one is None:
            raise ValidationError(gathering.NEUTRAL)
        basis = self.request.POST.get("basis", "")
        return once(self.request, partial(self._add, [one], basis))

    def _drop(self) -> str:
        link = _link_of(self, self.request.POST.get("link", ""))
        gathering.drop(self.asked, link, by=self.request.user)
        messages.success(self.request, "已移出一件。")
        return url_of(self.asked, "gather")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.opened()
        known = {link.matter_id for link in links_of(self.asked, self.request.user)}
        candidates = self.candidates
        if candidates is not None:
            candidates = [one for one in candidates if one.matter.pk not in known]
        return super().get_context_data(**kwargs) | {
            "links": links_of(self.asked, self.request.user),
            "candidates": candidates,
            "heads": heads_office(self.request.user),
            "name": self.asked.text("name"),
            "phone": self.asked.text("phone"),
        }


def _link_of(page: RightsPage, pk: str) -> RightsMatter:
    """A gathered matter of this request by its key; Http404 for anything else."""
    for link in links_of(page.asked, page.request.user):
        if str(link.pk) == pk:
            return link
    raise Http404


class FilesPage(RightsForm):
    """Which files of a gathered matter the person handed in; their names are opened with a look."""

    template_name = "matters/rights/files.html"
    page_title = "选定本人提交的材料"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.link = _link_of(self, str(kwargs["link"]))

    def admit(self) -> None:
        if not may_handle(self.request.user, self.asked) or self.asked.stage != Stage.CHECKED:
            raise PermissionDenied

    def form(self, data: Any) -> FilesForm:
        open_matters(self.request.user, self.asked, [self.link])
        files = []
        for file in self.link.matter.files.order_by("pk"):
            file.matter = self.link.matter
            kind = KINDS.get(file.kind, ("文件", False))[0]
            told = f"{file.text('name')}（{kind}，{localdate(file.added_at):%Y-%m-%d}）"
            files.append((file.pk, told))
        return FilesForm(data, files=files, chosen=self.link.files)

    def carry_out(self, form: FilesForm) -> str:
        choose_files(self.asked, self.link, form.ids(), by=self.request.user)
        messages.success(self.request, f"已选定 {len(form.ids())} 份材料。")
        return url_of(self.asked, "gather")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "link": self.link,
            "back_url": url_of(self.asked, "gather"),
        }
