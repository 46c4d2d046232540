"""ID numbers and phones in forms: refused at the field, with a way on for whoever holds the paper."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms

from office.identity import id_hint, id_number_problem, phone_problem

#: last part of a field's name → (what is wrong with it, label of the tick that lets it pass)
CHECKS: Mapping[str, tuple[Callable[[str], str], str]] = {
    "phone": (phone_problem, "核对过了，号码就是这样"),
    "id_number": (id_number_problem, "证件上就是这样"),
}
_TICK = "_as_is"


def check_of(name: str) -> tuple[Callable[[str], str], str] | None:
    """How the field of this name is checked; None when it holds no such number."""
    return next((check for kind, check in CHECKS.items() if name.endswith(kind)), None)


class NumbersChecked:
    """Mixin for forms with fields named …phone or …id_number.

    A field that is refused gets a tick beside it (`field.beside`, drawn by includes/field.html);
    ticked, the number passes, and `stated` names the field so that the record says who said so.
    `remarks`: sentences about numbers that were let through.
    """

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    data: Any

    def add_ticks(self) -> None:
        """A tick for every number field; call it when all fields are there."""
        self.remarks: list[str] = []
        self.stated: list[str] = []
        for name in [name for name in self.fields if check_of(name)]:
            label = check_of(name)[1]  # type: ignore[index]
            self.fields[name + _TICK] = forms.BooleanField(label=label, required=False)

    def check_numbers(self, told: Collection[str] = ()) -> None:
        """Judge the typed numbers. told: fields filled from another office's sheet, which are only
        remarked on.
        """
        for name in [name for name in self.fields if check_of(name)]:
            text = self.cleaned_data.get(name) or ""
            problem = check_of(name)[0](text)  # type: ignore[index]
            if problem and name in told:
                self.remarks.append(f"{self.fields[name].label}：{problem}")
            elif problem:
                self._refuse(name, problem)
            elif name.endswith("id_number") and (hint := id_hint(text)):
                self.remarks.append(hint)

    def _refuse(self, name: str, problem: str) -> None:
        self.fields[name].beside = self[name + _TICK]  # type: ignore[attr-defined, index]
        if self.cleaned_data.get(name + _TICK):
            self.stated.append(name)
            return
        self.add_error(name, problem)  # type: ignore[attr-defined]
