"""Forms of splitting an arrival and of reporting upward."""

from typing import Any

from django import forms

from casework.matters.entering.splitting import Part, mark, sentences
from casework.matters.forms.acts import long_text
from casework.matters.forms.choices import handling_units
from casework.matters.models import Matter
from office.clock import today

MOST_PARTS = 6
_STAYS, _EVERYWHERE = "0", "all"


class SplitForm(forms.Form):
    """Which sentence goes into which matter. The text of the first one stays whole.

    `lines` are (sentence, field of its place), `parts` the fields of each matter taken out.
    """

    title = forms.CharField(
        label="本件改叫", max_length=120, help_text="写它还管的那件事，不写人名。",
        error_messages={"required": "请写明本件是什么事。"},
    )  # fmt: skip
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, matter: Matter, text: str, count: int = 2, initial: Any = None
    ) -> None:
        begun = {"title": matter.title, **(initial or {}), "shown": mark(text)}
        super().__init__(data, initial=begun)
        self.text, self.count = text, min(max(count, 1), MOST_PARTS)
        self.pieces = sentences(text)
        where = [(_STAYS, "本件"), *((str(n), f"第 {n + 1} 件") for n in self._numbers)]
        for n, piece in enumerate(self.pieces):
            self.fields[f"s{n}"] = forms.ChoiceField(
                label=piece, choices=[*where, (_EVERYWHERE, "每件都要")], initial=_STAYS
            )
        for n in self._numbers:
            self._add_part(n)

    @property
    def _numbers(self) -> range:
        return range(1, self.count + 1)

    def _add_part(self, n: int) -> None:
        name = f"第 {n + 1} 件"
        self.fields[f"title{n}"] = forms.CharField(
            label=f"{name}：一句话说清是什么事", max_length=120, required=False
        )
        self.fields[f"more{n}"] = long_text(f"{name}：补充的话", 2, required=False)
        self.fields[f"about{n}"] = forms.ModelChoiceField(
            label=f"{name}：对哪个单位的做法有意见", queryset=handling_units(today()),
            required=False, empty_label="不是，或说不清",
        )  # fmt: skip

    @property
    def lines(self) -> list[forms.BoundField]:
        return [self[f"s{n}"] for n in range(len(self.pieces))]

    @property
    def others(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (f"第 {n + 1} 件", [self[f"{name}{n}"] for name in ("title", "more", "about")])
            for n in self._numbers
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("shown") != mark(self.text):
            raise forms.ValidationError("诉求刚才被同事改过，请按现在的文字重新选择。")
        for n in self._numbers:
            if given.get(f"title{n}"):
                if not self._claim(n):
                    self.add_error(f"title{n}", "请选出归这一件的句子，或者写上补充的话。")
            elif given.get(f"more{n}") or any(
                given.get(f"s{k}") == str(n) for k in range(len(self.pieces))
            ):
                self.add_error(f"title{n}", "已经选了句子，请写明这一件是什么事。")
        if not self.errors and not any(given.get(f"title{n}") for n in self._numbers):
            self.add_error("title1", "请至少拆出一件。")
        return given

    def _claim(self, n: int) -> str:
        given = self.cleaned_data
        kept = [
            piece
            for k, piece in enumerate(self.pieces)
            if given.get(f"s{k}") in (str(n), _EVERYWHERE)
        ]
        own = any(given.get(f"s{k}") == str(n) for k in range(len(self.pieces)))
        more = given.get(f"more{n}", "").strip()
        return "\n".join([*kept, *([more] if more else [])]) if own or more else ""

    def found(self) -> list[Part]:
        """The parts to take out."""
        given = self.cleaned_data
        return [
            Part(given[f"title{n}"], self._claim(n), given[f"about{n}"])
            for n in self._numbers
            if given[f"title{n}"]
        ]


class ReportUpForm(forms.Form):
    """呈报: to the petition office of the district, for the record; nothing moves."""

    to_name = forms.CharField(
        label="呈报给", max_length=80, initial="区信访局",
        error_messages={"required": "请写明呈报给哪里。"},
    )  # fmt: skip
    summary = long_text(
        "呈报什么", 6, help_text="什么事、归哪里管、请求协调什么。加密保存。",
        error_messages={"required": "请写明呈报的内容。"},
    )  # fmt: skip
