"""The editor's form of every page of the site."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from cms.addresses import address_of, follows, is_address, is_machine_made


class SitePageForm(WagtailAdminPageForm):
    """Lets the address be empty, and lets it follow the title until the page has been published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].widget.attrs["placeholder"] = "标题"
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "留空则按标题自动生成拼音网址。发布后不再改变。"
        self._start_body()

    def _start_body(self) -> None:
        """Open a new page with one empty 正文 block: most texts begin with plain words."""
        body = getattr(self.instance, "body", None)
        if self.instance.pk is None and "body" in self.fields and not body:
            blocks = body.stream_block
            if "text" in blocks.child_blocks:
                self.initial["body"] = blocks.to_python([{"type": "text", "value": ""}])

    def clean_slug(self) -> str:
        """The address to keep, or "" where the page is to make one from its title."""
        slug, stored = self.cleaned_data["slug"], self.initial.get("slug") or ""
        title = self.cleaned_data.get("title", "")
        if self.instance.first_published_at:
            return stored  # readers have the address by now
        made_before = slug == stored and follows(stored, self.initial.get("title") or "")
        if not slug or made_before or is_machine_made(slug, title):
            return ""
        return slug if is_address(slug) else address_of(slug)
