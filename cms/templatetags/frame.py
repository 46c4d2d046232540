"""What the frame around every public page needs, whether or not the page is one of Wagtail's.

The templates of other rooms (the portal) extend `site/frame.html` and get all of this with it.
"""

import re
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from wagtail.models import Site

from cms import trail
from cms.models import SiteIdentity
from cms.tags import Tag, tags_of

register = template.Library()
WEEKDAYS = "一二三四五六日"


def _site(context: Context) -> Site | None:
    request = context.get("request")
    return Site.find_for_request(request) if request else None


@register.simple_tag(takes_context=True)
def site_identity(context: Context) -> SiteIdentity:
    """Read once a request: the error page and the frame both ask."""
    request = context.get("request")
    known = getattr(request, "_site_identity", None)
    if known is None:
        known = SiteIdentity.of(_site(context))
        if request:
            request._site_identity = known
    return known


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[trail.MenuEntry]:
    return trail.main_menu(_site(context), context.get("page"))


@register.simple_tag(takes_context=True)
def home_url(context: Context) -> str:
    site = _site(context)
    return site.root_page.get_url(context.get("request"), current_site=site) if site else "/"


@register.simple_tag(takes_context=True)
def page_tags(context: Context) -> list[Tag]:
    return tags_of(context.get("page"), site_identity(context))


@register.filter
def spoken_date(moment: Any) -> str:
    """11月24日 周二, for prose and panels."""
    day = localtime(moment) if hasattr(moment, "tzinfo") else moment
    return f"{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


@register.filter
def phrased(title: str) -> SafeString:
    """A title that breaks after its punctuation before it breaks inside a word."""
    phrases = re.findall(r"[^，。：；？！]+[，。：；？！]*|[，。：；？！]+", title)
    return format_html_join("", '<span class="phrase">{}</span>', ((phrase,) for phrase in phrases))


@register.filter
def dial(phone: str) -> str:
    """The digits of a telephone number, for a tel: link."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


@register.filter
def file_size(size: int) -> str:
    """Bytes in words a reader knows: 320 KB, 1.4 MB."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, size // 1024)} KB"
