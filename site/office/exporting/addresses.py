"""Where a list is exported as it is filtered now: what buttons lead to."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from office.posts import post_for
from office.registries import exports

#: what an address holds of the place in a list, which is no filter
PLACE = ("p", "page", "before", "after", "last", "export", "_w_filter_fragment")


def filters_of(asked: QueryDict) -> QueryDict:
    """What an address says beside the place in a list; the sign no database can hold is a blank."""
    found = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in PLACE:
            found.setlist(name.replace("\0", " "), [value.replace("\0", " ") for value in values])
    return found


def export_address(request: HttpRequest, key: str) -> str:
    """The address of 导出 for a list under the page's filters; "" for who may not export it."""
    listed = exports.get(key)
    if listed is None or post_for(request.user, listed.may) is None:
        return ""
    query = filters_of(request.GET).urlencode()
    return "?".join(filter(None, [reverse("exports:new", args=[key]), query]))
