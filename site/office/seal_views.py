"""封存校验: the latest seals, what the last walk found, and the comparing of a noted head."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from office.models import ChainSeal, SealCheck
from office.seal_checks import known
from office.views import DeskView

SHOWN = 20
DIGITS = 64


def in_groups(head: str) -> str:
    """A head as it is printed and copied by hand: groups of eight."""
    return " ".join(head[n : n + 8] for n in range(0, len(head), 8))


class HeadForm(forms.Form):
    """A head that was noted on paper or elsewhere."""

    head = forms.CharField(
        label="抄录的封存值",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        help_text="64 个字母和数字，空格和换行不要紧。",
        error_messages={"required": "请输入抄录或留存的封存值。"},
    )

    def clean_head(self) -> str:
        """A value of another length was copied incompletely: no cause for alarm."""
        head = "".join(self.cleaned_data["head"].split()).replace("-", "")
        if len(head) != DIGITS:
            raise forms.ValidationError(
                f"封存值是 {DIGITS} 个字母和数字，现在是 {len(head)} 个，请核对有没有抄漏。"
            )
        return head


class SealsPage(DeskView):
    """The chain for those who watch over it; it says nothing of any record."""

    permission_required = "office.view_seal"
    template_name = "office/seals.html"
    page_title = "封存校验"
    header_icon = "lock"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = HeadForm(request.POST)
        found = known(form.cleaned_data["head"]) if form.is_valid() else None
        status = 200 if found else 422
        context = self.get_context_data(form=form, found=found, compared=form.is_valid())
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = list(ChainSeal.objects.order_by("-number")[:SHOWN])
        return super().get_context_data(
            **{
                "form": HeadForm(),
                "intro": "历史、变更和查看记录每隔几分钟封存一次，环环相扣。有人改动、插入或删除过，核对时就会发现。",
                "lines": [
                    (link, sum(span["rows"] for span in link.spans), in_groups(link.head))
                    for link in links
                ],
                "walk": SealCheck.objects.exclude(ended_at=None).order_by("-pk").first(),
                "running": SealCheck.objects.filter(ended_at=None).order_by("-pk").first(),
                **kwargs,
            }
        )
