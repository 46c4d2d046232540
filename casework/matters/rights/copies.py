"""复制: the frozen document as a file for one person, through the one door by which files leave.

A sheet (.xlsx), or a package (.zip) of the sheet and the files that the person handed in. It is made
for the clerk who hands it over, lies encrypted under a key of its own, expires, and every download is
in the look ledger (`office.exporting`).
"""

import zipfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from casework.matters.models import RightsRequest
from casework.matters.rights.queries import HANDLE
from casework.matters.rights.states import Answer, Right, Stage
from casework.matters.rights.telling import handed_in, links_of, shown
from office.attachments import ENDINGS
from office.clock import today
from office.exporting.lists import ExportList, Listing
from office.posts import post_for
from office.private_files import load
from office.sheets.official import Column, Head, write_xlsx

KEY = "rights"
FORMATS = ("xlsx", "zip")
COLUMNS = (
    Column("number", "事项编号", 18),
    Column("part", "部分", 14),
    Column("label", "项目", 24, wrap=True),
    Column("text", "内容", 70, wrap=True),
)
_GONE = "这件请求现在不能做成文件：还没有审批同意，或者不由您经办。"
_CHANGED = "请求里的事项有变动，这份文件不能再用。请退回重新整理。"
Row = tuple[str, str, str, str]


def may_copy(request: RightsRequest) -> bool:
    """Whether what was decided gives the person something in hand."""
    if request.stage not in (Stage.DECIDED, Stage.ANSWERED) or not request.document:
        return False
    told = request.points.filter(right__in=(Right.ACCESS, Right.COPY))
    return told.exclude(answer__in=("", Answer.REFUSED)).exists()


def request_of(user: Any, query: QueryDict) -> RightsRequest | None:
    """The request a file is asked for, when this person is its clerk and it may be made."""
    key = query.get("request", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    found = RightsRequest.objects.visible_to(user).filter(pk=int(key), clerk=user).first()
    return found if found is not None and may_copy(found) else None


def hindrance(user: Any, query: QueryDict) -> str:
    """Why the file is not made or handed out now: the right, the decision, or a matter is gone."""
    request = request_of(user, query)
    if request is None:
        return _GONE
    there = {link.matter_id for link in links_of(request, user)}
    told = {row["id"] for row in shown_whole(request)["matters"]}
    return "" if told <= there else _CHANGED


def shown_whole(request: RightsRequest) -> dict[str, Any]:
    """The frozen document for the program alone."""
    text = request.unlocked("document")
    return shown(text, set(request.links.values_list("matter", flat=True)))


def open_copy(user: Any, query: QueryDict, clear: bool) -> Listing:
    """The document of a request as rows; `clear` means nothing here: it is the person's own data."""
    request = request_of(user, query)
    if request is None:
        raise ValidationError(_GONE)
    rows = list(rows_of(shown_whole(request)))
    post = post_for(user, HANDLE)
    head = Head(
        title="个人信息答复",
        unit=str(post.unit) if post else "",
        by=user.name,
        reviewer=str(request.decided_by),
        on=today(),
        conditions=request.number,
        watermark=f"{request.number}　只交请求人本人，他人不得使用",
    )
    return Listing(
        head=head,
        columns=COLUMNS,
        rows=lambda: iter(rows),
        conditions=request.number,
        at_most=lambda most: min(len(rows), most),
        writers={"zip": partial(_write_zip, request=request, user=user)},
    )


def rows_of(document: dict[str, Any]) -> Iterator[Row]:
    """The document line by line: number, part, label, text."""
    for one in document["matters"]:
        number = one["number"]
        yield number, "事项", "事情", one["title"]
        yield from ((number, "事项", label, text) for label, text in one["facts"])
        yield from ((number, "您的信息", label, text) for label, text, _ in one["own"])
        if one["claim"]:
            yield number, "您的诉求", "诉求", one["claim"]
        yield from ((number, "其他登记内容", label, text) for label, text in one["extra"])
        for file in one["files"]:
            yield number, "您交的材料", f"{file['kind']}　{file['on']}", file["name"]
        for day, outcome, body in one["answers"]:
            yield number, "给您的答复", f"{day}　{outcome}", body
        yield from ((number, "办理经过", day, label) for day, label in one["moves"])
        for day, post, what in one["looks"]:
            yield number, "谁打开过", day, f"{post}：{what}"
        yield number, "保管期限", "", one["kept"]


def _write_zip(
    target: IO[bytes],
    head: Head,
    columns: Any,
    rows: Any,
    *,
    request: RightsRequest,
    user: Any,
    tick: Any = None,
) -> int:
    """The sheet and the files handed in, each under a name that tells nobody's."""
    sheet = BytesIO()
    count = write_xlsx(sheet, head, columns, rows)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"个人信息答复-{request.number}.xlsx", sheet.getvalue())
        for link in links_of(request, user):
            for n, file in enumerate(handed_in(link), 1):
                name = f"{link.matter.number}-材料{n}{ENDINGS[file.kind][0]}"
                archive.writestr(name, load(file.path, link.matter.data_key))
                if tick:
                    tick(count)
    return count


EXPORT = ExportList(
    key=KEY,
    label="个人信息答复",
    model=RightsRequest,
    may=HANDLE,
    open=open_copy,
    lasts="rights_file_days",
    offered=False,
    hindrance=hindrance,
)
