"""What pages of co-operation share: a small form about one matter, or about one row of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.attaching import attach
from casework.matters.filing import attach_each
from casework.matters.models import Matter, MatterFile
from casework.matters.opening import TEXTS, TOGETHER, open_for, open_until
from casework.matters.views.frame import LIST, FormPage, MatterPage, record_url
from office.clock import now


class TogetherPage(FormPage, MatterPage):
    """A form about a matter. button: what the button says; told: what it brings about, in a sentence."""

    template_name = "matters/cooperation/form.html"
    button = "提交"
    told = ""
    secrets = False  # whether the page shows what colleagues wrote: then a look is written first

    def allowed(self) -> bool:
        """May this person do it at all?"""
        raise TypeError("a page says who may use it")

    def admit(self) -> None:
        if not self.allowed():
            raise PermissionDenied

    def facts(self) -> Iterable[tuple[str, Any]]:
        """(label, value) of what the form is about; texts of the vault when `secrets`."""
        return ()

    def done(self, told: str) -> str:
        """Tell what was done; the record to go on to, or the list for who sees it no longer."""
        messages.success(self.request, told)
        seen = Matter.objects.visible_to(self.request.user).filter(pk=self.matter.pk)
        return record_url(self.matter) if seen.exists() else reverse(LIST)

    def take_file(self, name: str = "upload") -> MatterFile | None:
        """Store the one file that came with the form, if any."""
        upload: UploadedFile | None = self.request.FILES.get(name)
        if upload is None:
            return None
        try:
            return attach(self.matter, upload, by=self.request.user)
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error

    def take_files(self) -> list[MatterFile]:
        """Store the files that came with the form; one that is refused stops it, in words."""
        uploads = self.request.FILES.getlist("files")
        if not uploads:
            return []
        filed = attach_each(self.matter, uploads, by=self.request.user)
        if filed.refused:
            told = [f"第 {one.n} 个文件没有存：{one.why}" for one in filed.refused]
            raise ValidationError([*told, "请换一个文件，再提交一次。"])
        return filed.kept

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.secrets:
            opened = open_until(self.request.user, self.matter, now())
            if not {TEXTS, TOGETHER} & set(opened):
                open_for(self.request.user, self.matter, TOGETHER, self.page_title, typed=False)
        return super().get_context_data(**kwargs) | {
            "button": self.button,
            "told": self.told,
            "facts": [(label, value) for label, value in self.facts() if value],
        }


class RowPage(TogetherPage):
    """A form about one row of the matter: `rows` the related name, `key` the part of the address."""

    rows = ""
    key = ""
    related: tuple[str, ...] = ()

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = getattr(self.matter, self.rows).select_related(*self.related)
        found = rows.filter(pk=kwargs[self.key]).first()
        if found is None or not self.visible(found):
            raise Http404
        self.row: Any = found
        self.row.matter = self.matter

    def visible(self, row: Any) -> bool:
        """Whether this reader may know of the row."""
        return True

    def too_late(self) -> str:
        """Why there is nothing to do here any more; "" while there is."""
        return ""

    def admit(self) -> None:
        if not self.too_late():
            super().admit()

    def hindrance(self) -> HttpResponse | None:
        why = self.too_late()
        if not why:
            return None
        messages.info(self.request, why)
        return redirect(record_url(self.matter))

    def show(self, form: Any) -> HttpResponse:
        # Also after a refusal: what came between is told, and nothing is shown that is closed by now.
        return self.hindrance() or super().show(form)
