"""What requests tell the kernel: panels, open work, links, files and papers."""

from typing import Any

from django.urls import reverse

from casework.matters.models import RightsRequest
from casework.matters.rights.copies import EXPORT, KEY
from casework.matters.rights.panels import panels_for
from casework.matters.rights.papers import stored_paths
from office import registries

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


registries.open_work.append(open_work)
registries.home_panels.append(panels_for)
registries.record_links[KIND] = links
registries.private_paths.append(stored_paths)
registries.exports[KEY] = EXPORT
