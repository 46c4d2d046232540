"""Pages of 内部备注: writing, reading what mentions oneself, striking."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime

from casework.matters.cooperation import notes
from casework.matters.cooperation.forms.together import NoteForm, Nothing, WhyForm
from casework.matters.cooperation.views.frame import RowPage, TogetherPage
from casework.matters.models import InternalNote


class WritePage(TogetherPage):
    template_name = "matters/cooperation/note.html"
    page_title = "写内部备注"
    button = "保存备注"

    def allowed(self) -> bool:
        return notes.may_write(self.request.user, self.matter)

    def form(self, data: Any) -> NoteForm:
        people = notes.may_be_mentioned(self.matter, self.request.user)
        return NoteForm(data, people=people)

    def carry_out(self, form: NoteForm) -> str:
        given = form.cleaned_data
        notes.write(
            self.matter, kind=given["kind"], text=given["body"], mention=given["mention"],
            by=self.request.user,
        )  # fmt: skip
        names = "、".join(one.name for one in given["mention"])
        return self.done(f"已保存。{f'{names}的首页会看到。' if names else ''}")


class NotePage(RowPage):
    rows, key, related = "internal_notes", "note", ("author", "post__unit")
    secrets = True

    def visible(self, row: InternalNote) -> bool:
        return notes.shown_to(self.request.user, self.matter).filter(pk=row.pk).exists()

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.row
        who = f"{row.author}{f'（{row.post}）' if row.post else ''}"
        return (
            ("谁写的", f"{who}　{localtime(row.written_at):%Y-%m-%d %H:%M}"),
            ("种类", row.get_kind_display()),
            ("备注", row.text("body")),
            ("已划去", row.text("struck_reason")),
        )


class ReadPage(NotePage):
    """The note as the person mentioned reads it; 知道了 marks it as read."""

    template_name = "matters/cooperation/confirm.html"
    page_title = "提到我的备注"
    button = "知道了"

    def mention(self) -> Any:
        return self.row.mentions.filter(user=self.request.user).first()

    def allowed(self) -> bool:
        return self.mention() is not None

    def too_late(self) -> str:
        found = self.mention()
        return "这条备注您已经看过了。" if found is not None and found.read_at else ""

    def form(self, data: Any) -> Nothing:
        return Nothing(data)

    def carry_out(self, form: Nothing) -> str:
        notes.mark_read(self.row, by=self.request.user)
        return self.done("已标为看过。")


class StrikePage(NotePage):
    page_title = "划去备注"
    button = "划去"
    told = "划去以后原文还在，只是标明不算数、谁划的、为什么。备注不能删除。"

    def too_late(self) -> str:
        return "这条备注已经划去了。" if self.row.struck_at else ""

    def allowed(self) -> bool:
        if not notes.may_write(self.request.user, self.matter):
            raise PermissionDenied
        return notes.may_strike(self.request.user, self.row)

    def form(self, data: Any) -> WhyForm:
        return WhyForm(data, label="为什么划去", hint="例如：记错了事项；后来查明不是这样。")

    def carry_out(self, form: WhyForm) -> str:
        notes.strike(self.row, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done("已划去，原文和理由都留着。")
