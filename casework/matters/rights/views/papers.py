"""Papers of a request and files of a gathered matter, as bytes behind the request's own door."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.matters.opening import file_label
from casework.matters.opening import open_for as open_matter
from casework.matters.rights.opening import open_matters
from casework.matters.rights.permissions import may_handle
from casework.matters.rights.queries import HANDLE
from casework.matters.rights.telling import links_of
from casework.matters.rights.views.frame import RightsPage, url_of
from casework.matters.views.files import SANDBOX
from office.attachments import KINDS
from office.private_files import load
from office.vault import VaultError


def served(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file as it is shown or saved, without rights of its own in the browser."""
    inline = "inline" if KINDS.get(kind, ("", False))[1] else "attachment"
    text = "; charset=utf-8" if kind == "text/plain" else ""
    return HttpResponse(
        data,
        content_type=kind + text,
        headers={
            "Content-Disposition": f"{inline}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": SANDBOX,
            "Cache-Control": "no-store",
        },
    )


class _Bytes(RightsPage):
    http_method_names = ["get"]

    def refuse(self, request: HttpRequest, why: str) -> HttpResponse:
        messages.error(request, why)
        return redirect(url_of(self.asked))


class PaperView(_Bytes):
    """A paper, for whoever has the request open."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        paper = self.asked.papers.filter(pk=kwargs["paper"]).first()
        if paper is None:
            raise Http404
        if not self.opened():
            return self.refuse(request, "先写明查看目的，再打开材料。")
        paper.request = self.asked
        try:
            data = load(paper.path, self.asked.data_key)
        except (FileNotFoundError, VaultError):
            return self.refuse(request, "材料打不开：存放处没有它，或密钥不符。请告诉系统管理员。")
        return served(data, paper.kind, paper.text("name"))


class MatterFileView(_Bytes):
    """A file of a gathered matter, for the clerk who has to see whether it is the person's own."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        links = links_of(self.asked, request.user)
        link = next((one for one in links if one.pk == kwargs["link"]), None)
        file = link.matter.files.filter(pk=kwargs["file"]).first() if link else None
        if link is None or file is None or not may_handle(request.user, self.asked):
            raise Http404
        file.matter = link.matter
        open_matters(request.user, self.asked, [link])
        purpose = f"核对是不是本人提交的材料（{self.asked.number}）"
        open_matter(request.user, link.matter, file_label(file), purpose, verb=HANDLE, typed=False)
        try:
            data = load(file.path, link.matter.data_key)
        except (FileNotFoundError, VaultError):
            return self.refuse(request, "材料打不开：存放处没有它，或密钥不符。请告诉系统管理员。")
        return served(data, file.kind, file.text("name"))
