"""What is looked for, in which way and what for; the purpose follows from one's own task."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from casework.matters.finding import LONGEST, Question, Way
from casework.matters.models import Matter

ARRIVAL = "arrival"
_ARRIVAL = "登记来件，核对是否来过"
_REASONS = (
    ("ask", "来人来电询问进展"),
    ("link", "核对是不是同一件事"),
    ("file", "核对台账、归档材料"),
    ("other", "其他"),
)
_TASKS = 20  # of each kind that are offered
_LEAST = 4  # characters of a purpose


class FindForm(forms.Form):
    """`question()` and `purpose()` once it is valid; `after` is the place in the list."""

    way = forms.ChoiceField(
        label="怎么找",
        choices=Way.choices,
        initial=Way.NAME.value,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎么找。"},
    )
    words = forms.CharField(
        label="姓名、电话或正文里的字",
        max_length=LONGEST,
        help_text="姓名写全名，电话写全号；正文找诉求、地点和答复里的字，几个词用空格隔开。",
        error_messages={
            "required": "请写要找的姓名、电话或字。",
            "max_length": f"最多 {LONGEST} 个字。",
        },
    )
    reason = forms.ChoiceField(
        label="为什么找", error_messages={"required": "请选择为什么找，会记入查看记录。"}
    )
    note = forms.CharField(
        label="具体说明",
        max_length=120,
        required=False,
        help_text="选了自己手上的事项或登记来件，不用写。例如：本人到窗口问进展",
    )
    after = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        self.tasks = {f"task:{pk}": f"{number} {title}" for pk, number, title in tasks_of(user)}
        choices: list[Any] = [("", "请选择")]
        if user.has_perm("matters.add_matter"):
            choices.append((ARRIVAL, _ARRIVAL))
        if self.tasks:
            choices.append(("我手上的事项", list(self.tasks.items())))
        self.fields["reason"].choices = [*choices, *_REASONS]
        for name in ("words", "note"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # shared counter

    def question(self) -> Question:
        return Question(self.cleaned_data["way"], self.cleaned_data["words"])

    def purpose(self) -> str:
        """What the ledger gives as the purpose."""
        reason, note = self.cleaned_data["reason"], self.cleaned_data["note"].strip()
        if reason in self.tasks:
            said = f"办理 {self.tasks[reason].split()[0]}"
        else:
            said = dict(((ARRIVAL, _ARRIVAL), *_REASONS))[reason]
        return f"{said}：{note}" if note else said

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "way" in given and "words" in given and (why := self.question().gap()):
            self.add_error("words", why)
        own = given.get("reason") == ARRIVAL or given.get("reason") in self.tasks
        if given.get("reason") and not own and len(given.get("note", "").strip()) < _LEAST:
            self.add_error("note", f"请写明为办什么事要找，至少 {_LEAST} 个字。")
        return given


def tasks_of(user: Any) -> list[tuple[int, str, str]]:
    """(id, number, title) of the matters in this person's hands: as officer, or to be completed."""
    found: list[tuple[int, str, str]] = []
    seen: QuerySet = Matter.objects.visible_to(user).filter(sealed=False).open()
    for mine in (Q(officer=user), Q(registered_by=user, complete=False)):
        rows = seen.filter(mine).order_by("-pk").values_list("pk", "number", "title")[:_TASKS]
        found += [row for row in rows if row not in found]
    return found
