"""通知, 通知设置 and 通知文字: the bell, what one wants to be told, and how it is said."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from office.clock import now
from office.editing import StaleSafe, reason_field
from office.forms import first_result, once
from office.history import StaleRecord, because
from office.models import NoticeText
from office.one_setting import OneSettingPage
from office.outbox import bell
from office.outbox.choosing import ChoiceForm, choice_of
from office.outbox.kinds import Channel
from office.outbox.texts import (
    PHONE_KEY,
    DeclaredText,
    check,
    declared_texts,
    preview,
    texts_in_force,
)
from office.outbox.ways import ready
from office.views import DeskPage, DeskView

VIEW_TEXT, CHANGE_TEXT = "office.view_noticetext", "office.change_noticetext"


class BellPage(DeskPage):
    """通知: all of one's own, newest first; opening one, or a click, marks it as read."""

    template_name = "office/outbox/bell.html"
    page_title = "通知"
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = bell.page(self.request.user, self.request.GET.get("before"))
        unread = bell.unread(self.request)
        return super().get_context_data(
            rings=found.rings,
            older=found.older,
            newest=max((ring.row.pk for ring in [*unread, *found.rings]), default=0),
            unread=bool(unread),
            later="before" in self.request.GET,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open one (marked as read), mark one, or mark all that were shown when the page was made."""
        opened, read, upto = (request.POST.get(name, "") for name in ("open", "read", "upto"))
        here = redirect("notices:list")
        if _is_id(upto):
            bell.mark_all_read(request.user, int(upto), now())
            return here
        key = opened or read
        ring = bell.mark_read(request.user, int(key), now()) if _is_id(key) else None
        if ring is None:
            messages.error(request, "没有这条通知，或者这件事项您已不能查看。")
            return here
        return redirect(ring.link) if opened and ring.link else here


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


class ChoicesPage(DeskPage):
    """通知设置: one's own."""

    template_name = "office/outbox/choices.html"
    page_title = "通知设置"
    header_icon = "cog"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": reverse("notices:list"), "label": BellPage.page_title}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ChoiceForm(instance=choice_of(self.request.user)))
        return super().get_context_data(
            sms=ready(Channel.SMS),
            intro="选什么事用什么方式告诉您。代您行使岗位的人在代行的日子里也会收到。",
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ChoiceForm(request.POST, instance=choice_of(request.user))
        try:
            if (done := first_result(request)) is not None:
                return done
            if form.is_valid():
                return once(request, lambda: self._saved(form))
        except StaleRecord:
            form.refuse_stale()
        except ValidationError as error:
            form.is_valid()
            form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form))

    def _saved(self, form: ChoiceForm) -> str:
        with because("本人修改通知设置"):
            form.save()
        messages.success(self.request, "通知设置已保存，以后的通知按新的设置。")
        return reverse("notices:choices")


class TextForm(StaleSafe, forms.ModelForm):
    """One text, and why it is changed."""

    change_reason = reason_field()

    class Meta:
        model = NoticeText
        fields = ("title", "body")

    def __init__(self, *args: Any, declared: DeclaredText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared = declared
        self.fields.setdefault("change_reason", reason_field())
        if declared.channel not in (Channel.BELL, Channel.MAIL):
            del self.fields["title"]
        else:
            self.fields["title"].required = True
            self.fields["title"].error_messages["required"] = "请填标题。"
        body = self.fields["body"]
        body.error_messages["required"] = "请填内容。"
        if declared.key == PHONE_KEY:
            body.label = "电话"
            body.help_text = "写进发给信访人的短信；没有设置以前，要用到它的短信都等着。"
        else:
            body.widget = forms.Textarea(attrs={"rows": 4})
            known = "、".join(f"{{{name}}}" for name in declared.slots)
            body.help_text = f"可以用的占位符：{known}。"

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("body"):
            try:
                check(self.declared, cleaned.get("title", ""), cleaned["body"])
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def clean_change_reason(self) -> str:
        reason = self.cleaned_data["change_reason"].strip()
        if not reason:
            raise ValidationError("请写明修改原因。")
        return reason


class TextsPage(DeskView):
    """All texts in force, and which ways are set up."""

    permission_required = VIEW_TEXT
    template_name = "office/outbox/texts.html"
    page_title = "通知文字"
    header_icon = "comment"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        declared = declared_texts()
        texts = texts_in_force(declared)
        return super().get_context_data(
            lines=[(key, one, texts[key]) for key, one in declared.items()],
            ways=[(way.label, ready(way)) for way in Channel],
            intro="通知怎么说。占位符里只有编号、日期、单位等，没有个人信息。",
            **kwargs,
        )


class TextPage(OneSettingPage):
    """One text: previewed with samples, changed with a reason, its former wording below."""

    permission_required, change = VIEW_TEXT, CHANGE_TEXT
    template_name = "office/outbox/text.html"
    header_icon = "comment"
    model = NoticeText
    home = ("notices:texts", TextsPage.page_title)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.table = declared_texts()
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> TextForm:
        text = self.declared.text
        row = self.row() or NoticeText(key=self.key, title=text.title, body=text.body)
        return TextForm(data, instance=row, declared=self.declared)

    def told(self, row: NoticeText) -> str:
        return row.body

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get("act") != "preview":
            return super().post(request, *args, **kwargs)
        if not self.may_change():
            raise PermissionDenied
        form = self.form(request.POST)
        form.fields["change_reason"].required = False
        form.is_valid()
        form.errors.pop("change_reason", None)
        shown = None
        if not form.errors:
            given = form.cleaned_data
            shown = preview(self.declared, given.get("title", ""), given["body"])
        return self.render_to_response(self.get_context_data(form=form, shown=shown))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = texts_in_force([self.key])[self.key]
        return super().get_context_data(
            value=text,
            shipped=self.declared.text,
            sample=preview(self.declared, text.title, text.body),
            **kwargs,
        )
