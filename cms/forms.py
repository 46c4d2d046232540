"""The editor's form of every page of the site."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from cms.addresses import follows


class SitePageForm(WagtailAdminPageForm):
    """Lets the address be empty, and lets it follow the title until the page has been published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "留空则按标题自动生成拼音网址。发布后不再改变。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        slug, stored = cleaned.get("slug", ""), self.initial.get("slug") or ""
        if "slug" not in cleaned:
            return cleaned
        if self.instance.first_published_at:
            cleaned["slug"] = slug or stored  # readers have the address by now
        elif slug == stored and follows(stored, self.initial.get("title") or ""):
            cleaned["slug"] = ""  # made from an earlier wording of the title: make it anew
        return cleaned
