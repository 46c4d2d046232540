"""Papers of a request: authority, evidence, signed receipt; encrypted under the request's own key."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.matters.models import RightsPaper, RightsRequest
from casework.matters.rights.moving import as_of, log, of_clerk
from casework.matters.rights.queries import HANDLE
from office import attachments
from office.clock import now
from office.history import because

MOST = 20  # papers of one request


def keep(request: RightsRequest, upload: UploadedFile, what: str, *, by: Any) -> RightsPaper:
    """Store a paper and its row. Raises ValidationError (Chinese), PermissionDenied."""
    of_clerk(request, by, lock=False)
    stored = attachments.store(upload, request.data_key)
    with transaction.atomic():
        request = of_clerk(request, by)
        if request.papers.count() >= MOST:
            raise ValidationError(f"一件请求最多 {MOST} 份材料，请合并后再传。")
        paper = RightsPaper(
            request=request,
            what=what,
            path=stored.path,
            kind=stored.kind,
            size=stored.size,
            sha256=stored.sha256,
            added_by=by,
            added_at=now(),
        )
        paper.put("name", attachments.proper_name(upload.name or "", stored.kind))
        with because("添加材料", **as_of(by, HANDLE)):
            paper.save()
        log(request, "paper", by=by, verb=HANDLE, summary=paper.get_what_display())
    return paper


def stored_paths() -> Iterable[str]:
    """Paths of all papers: what the sweep of lost files leaves alone."""
    return RightsPaper.objects.values_list("path", flat=True).iterator()
