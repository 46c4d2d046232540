"""The row of selects over the list of matters; everything in it is part of the page's address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.functional import cached_property

from casework.matters.models import Category, Conflict, ItemLink
from casework.matters.searching import KIND
from casework.matters.states import OPEN, UNDER_SEAL, Channel, State
from office.models import Unit
from office.search import fold, matching

_SHORTEST_NUMBER = 3  # characters of another office's number

#: tab → (label, orders it offers, the first one being its own)
TABS = {
    "open": ("在办", ("due", "-due", "-number", "number", "-received", "received")),
    "all": ("全部", ("-number", "number", "-received", "received")),
    "overdue": ("超期", ("due", "-due", "-number")),
    "week": ("本周到期", ("due", "-due", "-number")),
}
#: name in the address → (label, its states): what a reader looks for before one single state
GROUPS: dict[str, tuple[str, tuple[State, ...]]] = {
    "entry": ("等受理", (State.REGISTERED, State.OBJECTED, State.MERGED)),
    "work": (
        "在办",
        (
            State.ACCEPTED, State.HANDLING, State.DRAFTED, State.REVIEWED, State.SIGNED,
            State.PERFORMING, State.ROUTED,
        ),
    ),
    "others": (
        "等信访人、上级、下级",
        (
            State.ANSWERED, State.REVIEWING, State.UPHELD, State.FINAL_REVIEW, State.ASSIGNED_OUT,
        ),
    ),
    "over": ("办完了", (State.CLOSED, State.ARCHIVED, State.WITHDRAWN, State.VOID)),
    "seal": ("密件", UNDER_SEAL),
}  # fmt: skip
_GROUP = "group:"
_PLACES = (Unit.Kind.COMMUNITY, Unit.Kind.VILLAGE)
_HANDLING = (Unit.Kind.SECTION, *_PLACES)


def end_of_week(day: date) -> date:
    """The Sunday of the week in which `day` lies."""
    return day + timedelta(days=6 - day.weekday())


@dataclass
class Options:
    """What the selects offer: (value, label) pairs, and the categories below each category."""

    units: list[tuple[str, str]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    categories: list[tuple[str, str]] = field(default_factory=list)
    below: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Options":
        """Units and categories in one query, ended ones included: old matters name them."""
        text, number = CharField(), IntegerField()
        units = (
            Unit.objects.filter(kind__in=_HANDLING)
            .order_by()
            .annotate(above=Value(0, number), place_in_order=F("path"))
            .values_list("kind", "pk", "name", "above", "place_in_order")
        )
        categories = (
            Category.objects.order_by()
            .annotate(
                what=Value("category", text),
                above=Cast("parent_id", number),
                place_in_order=F("code"),
            )
            .values_list("what", "pk", "name", "above", "place_in_order")
        )
        found = cls()
        for kind, pk, name, above, _ in sorted(
            units.union(categories, all=True), key=lambda row: row[4]
        ):
            if kind == "category":
                found.categories.append((str(pk), f"　{name}" if above else name))
                found.below.setdefault(str(above or pk), []).append(pk)
                found.below.setdefault(str(pk), [pk])
                continue
            found.units.append((str(pk), name))
            if kind in _PLACES:
                found.places.append((str(pk), name))
        return found


class FilterForm(forms.Form):
    """What narrows the list. Values that make no sense are left out, never an error page."""

    q = forms.CharField(label="编号、标题或单位", required=False, max_length=60)
    state = forms.ChoiceField(label="状态", required=False)
    unit = forms.ChoiceField(label="承办单位", required=False)
    channel = forms.ChoiceField(label="信访形式", required=False)
    category = forms.ChoiceField(label="内容分类", required=False)
    community = forms.ChoiceField(label="属地", required=False)
    since = forms.DateField(label="收到日期自", required=False)
    until = forms.DateField(label="收到日期至", required=False)
    incomplete = forms.BooleanField(label="待补全", required=False)
    recusal = forms.BooleanField(label="待决定的回避", required=False, widget=forms.HiddenInput)
    officer = forms.CharField(
        label="承办人", required=False, max_length=9, widget=forms.HiddenInput
    )
    import_job = forms.IntegerField(
        label="台账导入", required=False, max_value=2**31, widget=forms.HiddenInput
    )

    def __init__(self, query: QueryDict, options: Options, *, sealed: bool = True) -> None:
        """sealed: whether the reader may come to see sealed matters at all."""
        super().__init__(query)
        self.options = options
        offered = [row for row in GROUPS.items() if sealed or row[0] != "seal"]
        self.fields["state"].choices = [("", "全部状态"), *map(_group, offered)]
        self.fields["unit"].choices = [("", "全部单位"), ("none", "未交办"), *options.units]
        self.fields["channel"].choices = [("", "全部形式"), *Channel.choices]
        self.fields["category"].choices = [("", "全部分类"), *options.categories]
        self.fields["community"].choices = [("", "全部属地"), *options.places]
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["q"].widget.attrs |= {
            "type": "search",
            "placeholder": "编号，标题、社区、单位里的字或拼音首字母",
        }
        self.is_valid()
        self.given: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if value
        }

    @property
    def tab(self) -> str:
        chosen = self.data.get("tab", "")
        return chosen if chosen in TABS else "open"

    @property
    def words(self) -> str:
        """The words to look for; "" when there are none, or a number was typed in full."""
        return "" if self.number() else str(self.given.get("q", "")).strip()

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders offered, the first one being its own: the best hits of a search."""
        return ("best", *TABS[self.tab][1]) if self.words else TABS[self.tab][1]

    @property
    def sort_given(self) -> bool:
        return self.data.get("sort", "") == self.sort

    @property
    def sort(self) -> str:
        chosen = self.data.get("sort", "")
        return chosen if chosen in self.orders else self.orders[0]

    @property
    def start(self) -> int:
        """The place of the first row of a page of best hits."""
        place = self.data.get("from", "")
        return int(place) if place.isascii() and place.isdigit() and len(place) < 5 else 0

    def number(self) -> str:
        """The full number that was typed, upper case; a bare number of digits stays text."""
        text = fold(str(self.given.get("q", ""))).upper().replace(" ", "")
        return text if text[:2] in ("XF", "MJ", "LJ", "LM") and text[2:6].isdigit() else ""

    def narrow(self, rows: QuerySet, on: date) -> QuerySet:
        """The rows of one branch that fit; a typed number is looked up whatever else is set."""
        if number := self.number():
            if number.startswith("L"):
                links = ItemLink.objects.filter(item__number=number)
                return rows.filter(pk__in=links.values("matter"))
            return rows.filter(number=number)
        return self._with_words(self._with_selects(self._in_tab(rows, on)))

    def branches(self, rows: QuerySet, on: date) -> list[QuerySet]:
        """`narrow` as querysets of one state each: a group of states is read in the order of an
        index too.
        """
        found = self.narrow(rows, on)
        states = self._states()
        if self.number() or len(states) < 2:
            return [found]
        return [found.filter(state=state) for state in states]

    def _states(self) -> tuple[State, ...]:
        """The states of the group that is asked for; () when none is."""
        chosen = str(self.given.get("state", ""))
        name = chosen.removeprefix(_GROUP)
        return GROUPS[name][1] if chosen.startswith(_GROUP) else ()

    def of_sender(self, branches: Iterable[QuerySet]) -> list[QuerySet]:
        """The rows whose sender's number is what was typed, whatever else is set and indexed or not."""
        typed = self.words
        if not any(char.isdigit() for char in typed) or len(typed) < _SHORTEST_NUMBER:
            return []
        ways = {typed, typed.upper(), fold(typed), fold(typed).upper()}
        return [rows.filter(sealed=False, source_number__in=ways) for rows in branches]

    def _with_selects(self, rows: QuerySet) -> QuerySet:
        """What the selects, the days and the tick leave."""
        if states := self._states():
            rows = rows.filter(state__in=states)
        elif "state" in self.given:
            rows = rows.filter(state=self.given["state"])
        columns = {"channel": "channel", "community": "community_id"}
        columns["import_job"] = "import_job_id"
        for name, column in columns.items():
            if name in self.given:
                rows = rows.filter(**{column: self.given[name]})
        rows = self._of_whom(rows)
        if category := self.given.get("category"):
            rows = rows.filter(category__in=self.options.below[category])
        if since := self.given.get("since"):
            rows = rows.filter(received_on__gte=since)
        if until := self.given.get("until"):
            rows = rows.filter(received_on__lte=until)
        if self.given.get("incomplete"):
            rows = rows.filter(complete=False).exclude(state=State.VOID)
        if self.given.get("recusal"):
            rows = rows.filter(pk__in=Conflict.objects.filter(decision="").values("matter"))
        return rows

    def _of_whom(self, rows: QuerySet) -> QuerySet:
        """Whose matters: a unit's, a person's, or nobody's yet."""
        if unit := self.given.get("unit"):
            rows = rows.filter(lead_unit=None if unit == "none" else unit)
        if officer := self.given.get("officer"):
            number = int(officer) if officer.isascii() and officer.isdigit() else None
            rows = rows.filter(officer=number)
        return rows

    @cached_property
    def _found(self) -> Any:
        """What the index finds; asked once for all branches."""
        return matching(KIND, self.words)

    def _with_words(self, rows: QuerySet) -> QuerySet:
        if "q" not in self.given:
            return rows
        # A sealed matter is found by its exact number alone: no word leads to it.
        return rows.none() if self._found is None else rows.filter(sealed=False, pk__in=self._found)

    def anywhere(self, rows: QuerySet) -> QuerySet:
        """The rows that hold the words, in whichever tab and whatever else is set."""
        return self._with_words(rows)

    def _in_tab(self, rows: QuerySet, on: date) -> QuerySet:
        if self.tab == "open":
            return rows.open()
        if self.tab == "overdue":
            return rows.overdue(on)
        if self.tab == "week":
            return rows.filter(due_on__range=(on, end_of_week(on)))
        return rows

    def chips(self) -> list[tuple[str, str, str]]:
        """Active filters: (label, value in words, address of the list without it)."""
        found = []
        for name, value in self.given.items():
            offered = getattr(self.fields[name], "choices", None)
            words = dict(_flat(offered)).get(str(value), "") if offered else value
            shown = "是" if value is True else str(words).strip()
            if name == "officer":
                shown = "未指定" if not str(value).isdigit() else "指定的一位"
            found.append((str(self.fields[name].label), shown, self.address(**{name: None})))
        return found

    def address(self, **changes: str | None) -> str:
        """?query of the list with some parameters changed or (None) taken out; from its first page."""
        query = self.data.copy()
        for name in ("after", "before", "last", "from"):
            query.pop(name, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"

    def contradiction(self) -> str:
        """Why nothing can be found: a state that the chosen tab never holds."""
        chosen = self.given.get("state")
        states = self._states() or ((State(chosen),) if chosen else ())
        if states and self.tab != "all" and not any(state in OPEN for state in states):
            told = "、".join(state.label for state in states)
            return f"“{told}”的事项没有正在计算的期限，请到“全部”里找。"
        return ""


def _group(row: tuple[str, tuple[str, tuple[State, ...]]]) -> tuple[str, list[tuple[str, str]]]:
    """One group of the select of states: all of them first, then one by one."""
    name, (label, states) = row
    single = [(state.value, str(state.label)) for state in states]
    return label, [(f"{_GROUP}{name}", f"{label}（全部）"), *single]


def _flat(offered: Any) -> list[tuple[str, str]]:
    """The pairs of a select, those inside its groups too."""
    found: list[tuple[str, str]] = []
    for value, label in offered:
        found += label if isinstance(label, (list, tuple)) else [(value, label)]
    return found
