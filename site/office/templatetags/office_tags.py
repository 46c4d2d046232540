"""Template tags of the kernel."""

import uuid
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from office.exporting.addresses import export_address
from office.forms import owner_mark
from office.outbox.bell import count_told

register = template.Library()


@register.simple_tag(takes_context=True)
def form_guard(context: Any) -> SafeString:
    """Hidden fields against doubled and lost forms (`office.forms`); put it into every form."""
    request = context["request"]
    token = request.POST.get("form_token") or uuid.uuid4()
    return format_html(
        '<input type="hidden" name="form_token" value="{}">'
        '<input type="hidden" name="form_owner" value="{}">',
        token,
        owner_mark(request.user),
    )


@register.inclusion_tag("office/exports/button.html", takes_context=True)
def export_button(context: Any, key: str) -> dict[str, str]:
    """The button 导出 of a list (`registries.exports`) under the filters in the page's address."""
    return {"url": export_address(context["request"], key)}


@register.inclusion_tag("office/outbox/header.html", takes_context=True)
def bell(context: Any) -> dict[str, str]:
    """The bell with its count; the header is included without its page's context, so no `request`."""
    return {"count": count_told(context.request)}
