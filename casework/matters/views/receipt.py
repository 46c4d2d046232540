"""The receipt of an arrival: large print on one A4 page, for the hands of whoever came."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from casework.matters.intake import query_code
from casework.matters.models import Item, Matter
from casework.matters.opening import RECEIPT, open_for, open_until
from casework.matters.opinions import served
from casework.matters.permissions import may_speak_for
from casework.matters.profiles import limits_of
from casework.matters.repeats.finding import may_check
from casework.matters.repeats.showing import right_after
from casework.matters.sealed.envelope import letter_of
from casework.matters.views.buttons import complete_url
from casework.matters.views.frame import DeskPage, record_url
from casework.matters.views.reception import VERB
from office.clock import now
from office.looks import Act
from office.models import Post, Unit
from office.posts import post_for, posts_of


class ReceiptPage(DeskPage):
    """Number, query code, phone and the last day of an answer; each printing is in the look ledger.

    The code is the petitioner's own secret: whoever took the arrival in sees it, and the office head.
    """

    template_name = "matters/receipt.html"
    page_title = "信访回执"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        item = Item.objects.visible_to(request.user).filter(pk=kwargs["item"]).first()
        if item is None or not may_speak_for(request.user, item):
            raise Http404
        self.item: Item = item
        rows = Matter.objects.visible_to(request.user).filter(links__item=item)
        self.matters = list(rows.distinct().order_by("pk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, item, first = self.request.user, self.item, self.matters[0]
        if RECEIPT not in open_until(user, first, now()):
            why = f"打印回执 {item.number}"
            open_for(user, first, RECEIPT, why, verb=VERB, act=Act.PRINT, typed=False)
        return super().get_context_data(**kwargs) | {
            "item": item,
            "matters": self.matters,
            "answers": {matter.pk: served(matter) for matter in self.matters},
            "sealed": item.sealed,
            "letter": letter_of(first) if item.sealed else None,
            "code": query_code(item),
            "repeats": right_after(user, self.matters),
            "record_url": record_url(first),
            "next_url": reverse(_next(user)),
            "todo": [line for matter in self.matters for line in _todo(user, matter)],
            "review_days": limits_of(first.profile)["review_ask"].days,
            **office_of(user),
        }


def _todo(user: Any, matter: Matter) -> list[tuple[str, str]]:
    """(what is still to do at the counter, its address): to complete, to compare with earlier ones."""
    found = []
    if url := complete_url(user, matter):
        found.append((f"补全 {matter.number}", url))
    if may_check(user, matter):
        found.append(
            (f"查 {matter.number} 是不是重复", reverse("matters:repeats", args=[matter.pk]))
        )
    return found


def _next(user: Any) -> str:
    """Where the next arrival is taken in: a custodian takes in sealed letters alone."""
    return "wagtailsnippets_matters_matter:add" if user.has_perm(VERB) else "matters:sealed"


def office_of(user: Any) -> dict[str, Any]:
    """Which office gives the receipt, of which street, and its phone."""
    post: Post | None = post_for(user, VERB) or next(iter(posts_of(user)), None)
    if post is None:
        return {}
    above = [post.unit.path[:n] for n in range(0, len(post.unit.path) + 1, Unit.steplen)]
    line = {unit.kind: unit for unit in Unit.objects.filter(path__in=above)}
    street = line.get(Unit.Kind.STREET)
    phone = post.unit.phone or (street.phone if street else "")
    return {"office": post.unit, "street": street, "phone": phone}
