"""Pages of what became of a matter: the four parts, settling, easing, talks."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from casework.matters.attaching import attach_proof
from casework.matters.models import CitedPage, MatterFile, Resolution
from casework.matters.opening import RESULTS, TEXTS, open_for, open_until
from casework.matters.outcomes import parts, settling, talking
from casework.matters.outcomes.evidence import evidence_of, said_of
from casework.matters.outcomes.forms import (
    EaseForm,
    EndEasingForm,
    FourPartsForm,
    ReasonForm,
    ResolveForm,
    TalkForm,
    file_choices,
)
from casework.matters.views.acts import FilesPage
from casework.matters.views.frame import FormPage, MatterPage, record_url
from office.clock import now


class OutcomePage(FormPage, MatterPage):
    """A page that records an outcome; it opens what was recorded before, after writing the look."""

    def open_results(self) -> None:
        """What this page shows of the vault follows from what is being recorded."""
        held = open_until(self.request.user, self.matter, now())
        if RESULTS not in held and TEXTS not in held:
            open_for(self.request.user, self.matter, RESULTS, self.page_title, typed=False)

    def own_files(self) -> list[MatterFile]:
        return list(self.matter.files.filter(withdrawn=False).order_by("pk"))

    def back(self, told: str) -> str:
        messages.success(self.request, told)
        return f"{record_url(self.matter)}#outcome"


class ProofPage(FilesPage, OutcomePage):
    """A page whose form names a file of the matter or brings one along."""

    def proof(self, form: Any, field: str) -> MatterFile | None:
        """The file that was chosen, else the one that was sent, stored."""
        given = form.cleaned_data
        if given.get("existing"):
            return next((row for row in self.own_files() if row.pk == given["existing"]), None)
        if not given.get("upload"):
            raise ValidationError({field: "请选本件的一份材料，或者上传一份。"})
        try:
            return attach_proof(self.matter, given["upload"], by=self.request.user)
        except ValidationError as error:
            raise ValidationError({field: error.messages}) from error


class FourPartsPage(OutcomePage):
    """All four parts on one page, saved at once."""

    template_name = "matters/outcomes/four_parts.html"
    page_title = "三到位一处理"

    def admit(self) -> None:
        if not parts.may_say(self.request.user, self.matter):
            raise PermissionDenied

    def form(self, data: Any) -> FourPartsForm:
        self.open_results()
        own = self.own_files()
        said = {}
        for key, row in said_of(self.matter).items():
            row.matter = self.matter
            said[key] = {
                "applies": "yes" if row.applies else "no", "words": row.text("words"),
                "files": [file.pk for file in evidence_of(row)], "body": row.body,
                "document": row.document,
            }  # fmt: skip
        return FourPartsForm(data, files=file_choices(self.matter, own), said=said, own=own)

    def carry_out(self, form: FourPartsForm) -> str:
        parts.say(self.matter, form.said(), by=self.request.user)
        return self.back("“三到位一处理”已保存。")


class SettlePage(OutcomePage):
    """A page of whoever says whether the dispute is settled."""

    def admit(self) -> None:
        if not settling.may_settle(self.request.user, self.matter):
            raise PermissionDenied

    def hindered(self, told: str) -> HttpResponse | None:
        if not told:
            return None
        messages.info(self.request, told)
        return redirect(record_url(self.matter))


class ResolvePage(ProofPage, SettlePage):
    """化解 with its proof, before or long after closing."""

    template_name = "matters/outcomes/resolve.html"
    page_title = "记录化解"

    def hindrance(self) -> HttpResponse | None:
        there = settling.standing(self.matter) is not None
        return self.hindered("已经记了化解。要改的，请先撤销原来的记录。" if there else "")

    def form(self, data: Any) -> ResolveForm:
        self.open_results()
        choices = file_choices(self.matter, self.own_files())
        return ResolveForm(data, self.files, choices=choices, initial={"on": self.today})

    def carry_out(self, form: ResolveForm) -> str:
        given = form.cleaned_data
        settling.resolve(
            self.matter, by=self.request.user, on=given["on"], how=given["how"],
            evidence=self.proof(form, "upload"), words=given["words"],
        )  # fmt: skip
        return self.back("已记录化解。办结照原来的程序走，两件事分开统计。")


class TakeBackPage(SettlePage):
    template_name = "matters/outcomes/take_back.html"
    page_title = "撤销化解记录"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        row = self.matter.resolutions.filter(pk=kwargs["resolution"]).first()
        if row is None:
            raise Http404
        self.row: Resolution = row

    def hindrance(self) -> HttpResponse | None:
        return self.hindered("这条化解记录已经撤销过了。" if self.row.taken_back_on else "")

    def form(self, data: Any) -> ReasonForm:
        return ReasonForm(data)

    def carry_out(self, form: ReasonForm) -> str:
        settling.take_back(self.row, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.back("化解记录已撤销，原来的记录仍可查到。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"row": self.row}


class EasePage(SettlePage):
    template_name = "matters/outcomes/ease.html"
    page_title = "记录阶段性缓和"

    def hindrance(self) -> HttpResponse | None:
        there = settling.standing(self.matter) is not None
        return self.hindered("已经记了化解，不用再记阶段性缓和。" if there else "")

    def form(self, data: Any) -> EaseForm:
        return EaseForm(data, initial={"on": self.today})

    def carry_out(self, form: EaseForm) -> str:
        row = settling.ease(self.matter, by=self.request.user, **form.cleaned_data)
        return self.back(f"已记录阶段性缓和，{row.next_on:%Y-%m-%d} 再联系。它不算化解。")


class EndEasingPage(SettlePage):
    template_name = "matters/outcomes/end_easing.html"
    page_title = "再次联系"

    def hindrance(self) -> HttpResponse | None:
        self.row = settling.easing_of(self.matter)
        return self.hindered("" if self.row else "没有正在观察的阶段性缓和。")

    def form(self, data: Any) -> EndEasingForm:
        return EndEasingForm(data, initial={"on": self.today})

    def carry_out(self, form: EndEasingForm) -> str:
        settling.end_easing(self.matter, by=self.request.user, **form.cleaned_data)
        more = ""
        if form.cleaned_data["ended"] == "back":
            more = "矛盾反复的，看是否要恢复办理。"
        return self.back(f"已记下。{more}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = settling.easing_of(self.matter)
        if row is None:
            return super().get_context_data(**kwargs)
        self.open_results()
        row.matter = self.matter
        said = {"easing": row, "reason": row.text("reason")}
        return super().get_context_data(**kwargs) | said


class TalkPage(OutcomePage):
    """Writing a talk down. 查找页面 looks pages up and keeps all that was typed."""

    template_name = "matters/outcomes/talk.html"
    page_title = "讲政策谈话记录"

    def admit(self) -> None:
        if not talking.may_talk(self.request.user, self.matter):
            raise PermissionDenied

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "find" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.admit()
        typed = {
            name: request.POST.getlist(name) if name == "cited" else request.POST.get(name, "")
            for name in TalkForm.base_fields
        }
        return self.show(TalkForm(None, pages=self.pages(), initial=typed))

    def pages(self) -> Sequence[tuple[str, Any]]:
        """What was found by the words, behind what is ticked already."""
        sent = self.request.POST
        ticked = []
        for key in sent.getlist("cited"):
            try:
                ticked += [(key, page) for _, page in talking.found([key])]
            except ValidationError:
                continue  # told when the form is sent
        keys = {key for key, _ in ticked}
        found = [
            (key, page) for key, page in talking.citable(sent.get("search", "")) if key not in keys
        ]
        return [*ticked, *found]

    def form(self, data: Any) -> TalkForm:
        return TalkForm(data, pages=self.pages(), initial={"on": self.today})

    def carry_out(self, form: TalkForm) -> str:
        talking.note_talk(
            self.matter, form.told(), by=self.request.user, cited=form.cleaned_data["cited"]
        )
        messages.success(self.request, "谈话已记下。")
        return f"{record_url(self.matter)}#talks"


class CitedPageView(MatterPage):
    """What a cited page said when it was explained; only from a matter in which it was."""

    template_name = "matters/outcomes/cited.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        talk = self.matter.talks.filter(citations__cited=kwargs["cited"]).first()
        if talk is None:
            raise Http404
        cites = talk.citations.select_related("cited").get(cited=kwargs["cited"])
        self.row: CitedPage = cites.cited
        self.page_title = self.row.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        since, url = talking.now_reads(self.row)
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "released": localdate(self.row.released_at),
            "since": since,
            "public_url": url,
        }
