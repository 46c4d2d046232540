"""What requests tell the kernel: panels, open work, links, files and papers."""

from typing import Any

from django.urls import reverse

from casework.matters.models import RightsRequest
from casework.matters.rights.copies import EXPORT, KEY
from casework.matters.rights.panels import panels_for
from casework.matters.rights.papers import stored_paths
from casework.matters.rights.states import marks_in_words
from office import registries
from office.history_view import TOLD, FieldChange

KIND = "matters.rightsrequest"


def open_work(user: Any) -> list[str]:
    """Requests in this person's hands must be handed over before their account is closed."""
    count = RightsRequest.objects.filter(clerk=user).open().count()
    if not count:
        return []
    return [f"手上还有 {count} 件个人信息请求，请信访办主任先接手"]


def links(user: Any, ids: list[int]) -> dict[int, str]:
    """Addresses of the requests among `ids` that this person may open."""
    seen = RightsRequest.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: reverse("rights:record", args=[pk]) for pk in seen}


def _marks_told(old: Any, new: Any) -> list[FieldChange]:
    """What agreed when a matter was added, in words; it never changes afterwards."""
    return [FieldChange("核对一致的", "", marks_in_words(new.marks))]


TOLD["matters.rightsmatter.marks"] = _marks_told
registries.open_work.append(open_work)
registries.home_panels.append(panels_for)
registries.record_links[KIND] = links
registries.private_paths.append(stored_paths)
registries.exports[KEY] = EXPORT
