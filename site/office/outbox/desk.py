"""通知发送: what left the house or did not, for the system administrator; no number of a record."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from office import registries
from office.cursors import cursor, number
from office.forms import once
from office.models import Delivery, DeliveryTry
from office.outbox.sending import OPEN, OUTSIDE, send_again
from office.views import DeskView

VIEW, CHANGE = "office.view_delivery", "office.change_delivery"
State = Delivery.State
PER_PAGE = 50
_LOG = "office.deliveries"
_TRIES = Prefetch("tries", DeliveryTry.objects.select_related("by").order_by("pk"))
_GIVEN_UP = Q(state=State.GIVEN_UP)
TABS = {
    "lost": ("没有发出", _GIVEN_UP),
    "open": ("等待发送", Q(state__in=OPEN)),
    "all": ("全部", Q()),
}


class DeliveriesPage(DeskView):
    """Newest first, by state; what was given up can be sent again."""

    permission_required = VIEW
    template_name = "office/outbox/deliveries.html"
    page_title = "通知发送"
    header_icon = "list-ul"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("tab", "lost")
        tab = asked if asked in TABS else "lost"
        rows = Delivery.objects.filter(TABS[tab][1], channel__in=OUTSIDE)
        before = number(_LOG, self.request.GET.get("before"))
        if before is not None:
            rows = rows.filter(pk__lt=before)
        rows = rows.select_related("notice", "person").prefetch_related(_TRIES)
        found = list(rows.order_by("-pk")[: PER_PAGE + 1])
        shown = found[:PER_PAGE]
        return super().get_context_data(
            rows=[(row, _kind(row)) for row in shown],
            tab=tab,
            tabs=[(key, label) for key, (label, _) in TABS.items()],
            older=cursor(_LOG, str(shown[-1].pk)) if len(found) > PER_PAGE else "",
            may_change=self.request.user.has_perm(CHANGE),
            given_up=State.GIVEN_UP,
            intro="短信和邮件发到哪一步。没发成的会自动再试；试满次数的，查明原因后可以重发。",
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        try:
            return once(request, self._again)
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return self.get(request, *args, **kwargs)

    def _again(self) -> str:
        key = self.request.POST.get("again", "")
        if not (
            key.isascii()
            and key.isdigit()
            and len(key) < 19
            and send_again(int(key), self.request.user)
        ):
            raise ValidationError("这条没有停下，不用重发。请刷新后再看。")
        messages.success(self.request, "已放回队列，几秒后重发。")
        return reverse("notices:deliveries")


def _kind(row: Delivery) -> str:
    kind = registries.notices.get(row.notice.kind)
    return kind.label if kind else row.notice.kind
