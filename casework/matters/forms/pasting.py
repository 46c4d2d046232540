"""The box a sheet is pasted into, and the reception form filled from what was read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.matters.forms.acts import long_text
from casework.matters.forms.extras import text_of
from casework.matters.forms.reception import ReceptionForm
from casework.matters.pasting.reading import LONGEST, Pasted, read
from office.models import Unit
from office.sheets.days import moment

_OF_CLAIM = ("title", "claim")
_HALF_A_YEAR = 183  # days; a day without a year that lies longer ago is the next year's


class PasteForm(forms.Form):
    """One sheet as text, or several. `read` is what was made of it."""

    text = long_text(
        "工单文字",
        14,
        help_text="在工单网页、文档、微信或短信里全选、复制，再粘贴到这里。",
        strip=False,
        error_messages={"required": "请先粘贴工单文字。"},
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields["text"].widget.attrs["autocomplete"] = "off"
        if data is None:
            self.fields["text"].widget.attrs["autofocus"] = True

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError("请先粘贴工单文字。")
        if len(text) > LONGEST:
            raise ValidationError(
                f"粘贴的文字有 {len(text)} 个字，一次最多 {LONGEST} 个字。请少贴几张。"
            )
        self.read = read(text, self.today)
        if self.read.sealed:
            raise ValidationError(
                "这张工单写明是检举控告，内容不能录入。请点上面的“按密件登记”，连同原件交密件保管人。"
            )
        return text


def filled(found: Pasted, today: date) -> ReceptionForm:
    """The reception form with the values of a sheet, each marked; nothing is stored yet."""
    values: dict[str, Any] = {}
    for name, value in found.sheet.values.items():
        values[f"c0-{name}" if name in _OF_CLAIM else name] = value
    if community := _community(values, found.sheet.community, today):
        values["community"] = community
    if due := day_of_limit(found.sheet.limit, today):
        values["sender_due"] = due
    if extra := text_of(found.sheet.extra):
        values["extra"] = extra
    values["pasted"] = ",".join(values)
    return ReceptionForm(None, today=today, initial=values | {"more": found.more})


def day_of_limit(told: str, today: date) -> date | None:
    """The last day a sender's limit names, None for words such as 5个工作日; proposed, to be checked."""
    words = told.strip().removesuffix("前").removesuffix("之").strip()
    if not words:
        return None
    for year in (None, today.year):
        try:
            day = timezone.localtime(moment(words, year=year)).date()
        except ValueError:
            continue
        passed = year is not None and (today - day).days > _HALF_A_YEAR
        return day.replace(year=day.year + 1) if passed else day
    return None


def _community(values: Mapping[str, Any], told: str, today: date) -> int | None:
    """The one community a sheet names: at its label, else in the place, the title or the claim."""
    names = dict(Unit.objects.places().at(today).values_list("name", "pk"))
    for text in (told, *(str(values.get(name, "")) for name in ("place", "c0-title", "c0-claim"))):
        found = [name for name in names if name in text]
        if len(found) == 1:
            return names[found[0]]
        if found:
            return None
    return None
