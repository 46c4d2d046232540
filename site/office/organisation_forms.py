"""Forms of the organisation: units, ends of posts and deputies, the work calendar."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from pypinyin import Style, lazy_pinyin

from office.calendar import real, tell_of
from office.clock import today
from office.editing import StaleSafeAdminForm
from office.models import CalendarDay, CalendarYear, Deputy, Post, Unit, User
from office.posts import renew
from office.registries import CalendarChanges


class UnitChoice(forms.ModelChoiceField):
    """Units in the order of the tree, indented."""

    def label_from_instance(self, unit: Any) -> str:
        return "　" * (unit.depth - 1) + unit.name


class UnitForm(StaleSafeAdminForm):
    """A unit under its parent. It is never moved: a reorganisation ends one and opens another."""

    parent = UnitChoice(Unit.objects.all(), label="上级单位")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        if self.instance.pk is None:
            parent.queryset = Unit.objects.at(today())
            return
        parent.disabled, parent.required = True, False
        parent.initial = self.instance.get_parent()
        parent.help_text = "上级单位不能改。机构调整时，请撤销本单位，在新的上级下另设。"

    def clean_valid_to(self) -> date | None:
        end = self.cleaned_data["valid_to"]
        if end and self.instance.pk:
            below = self.instance.get_children().filter(Q(valid_to=None) | Q(valid_to__gt=end))
            posts = self.instance.posts.filter(Q(valid_to=None) | Q(valid_to__gt=end))
            open_ones = [*map(str, below[:5]), *(f"{p.user} {p}" for p in posts[:5])]
            if open_ones:
                raise ValidationError(f"撤销前请先结束：{'、'.join(open_ones)}。")
        return end

    def save(self, commit: bool = True) -> Unit:
        unit = self.instance
        if "name" in self.changed_data:
            unit.initials = "".join(lazy_pinyin(unit.name, style=Style.FIRST_LETTER))[:60]
        if unit.pk is None:
            return self.cleaned_data["parent"].add_child(instance=unit)
        return super().save(commit)


def _kept(form: StaleSafeAdminForm, names: dict[str, str]) -> None:
    """Fields that are fixed once the record exists, each with what to do instead."""
    for name, instead in names.items():
        if name in form.fields and form.instance.pk is not None:
            form.fields[name].disabled = True
            form.fields[name].help_text = instead


_EARLIEST = timedelta(days=1)  # a post that ended yesterday gives nothing from this moment on


def _only_earlier(form: StaleSafeAdminForm, end: date | None) -> None:
    """An end may come nearer by one person's act; every other change of it needs two."""
    before = form.instance._loaded["valid_to"]
    if end == before:
        return
    if form.for_user is not None and form.for_user.pk == form.instance.user_id:
        form.add_error("valid_to", "不能给自己任免岗位，请由另一名管理员办理。")
    elif end is None or (before is not None and end > before):
        form.add_error("valid_to", "延长要两人办理：请在“授权申请”里提出，由另一人确认。")
    elif end < today() - _EARLIEST:
        form.add_error("valid_to", "最早填昨天：填昨天立即失去权限，填今天明天起失去权限。")


class PostForm(StaleSafeAdminForm):
    """A dated post: ended early by one person with a reason; everything that widens needs two."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instead = "不能改。换岗请填写离任日期，再提授权申请。"
        names = ("user", "unit", "role", "valid_from")
        _kept(self, dict.fromkeys(names, instead))
        self.fields["valid_to"].help_text = "提前结束一人即可，写明原因；延长请提授权申请。"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "valid_to" in given:
            _only_earlier(self, given["valid_to"])
        return given

    def save(self, commit: bool = True) -> Post:
        post = super().save(commit)
        for person in (post.user, *User.objects.filter(deputising__post=post).distinct()):
            renew(person)
        return post


class DeputyForm(StaleSafeAdminForm):
    """AB角: who acts in whose post, from when to when; ended early by one person with a reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instead = "不能改。请提前结束这次代行，再提授权申请。"
        _kept(self, dict.fromkeys(("post", "user", "valid_from"), instead))
        self.fields["valid_to"].help_text = "提前结束一人即可，写明原因；延长请提授权申请。"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "valid_to" in given:
            _only_earlier(self, given["valid_to"])
        return given

    def save(self, commit: bool = True) -> Deputy:
        deputy = super().save(commit)
        renew(deputy.user)
        return deputy


class CalendarYearForm(StaleSafeAdminForm):
    """A year whose holiday notice is known."""

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not 2000 <= year <= today().year + 2:
            raise ValidationError(f"年份应在 2000 与 {today().year + 2} 之间。")
        return year


class CalendarDayForm(StaleSafeAdminForm):
    """A public holiday or a make-up day of a known year."""

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if not CalendarYear.objects.filter(year=day.year).exists():
            raise ValidationError(f"请先在“工作日历年份”里录入 {day.year} 年。")
        return day

    def changes(self) -> CalendarChanges:
        """The days that get another rule by this form, once it is valid."""
        if "day" not in self.cleaned_data:
            return {}
        before = getattr(self.instance, "_loaded", {}).get("day")
        day, working = self.cleaned_data["day"], self.cleaned_data["working"]
        return real({before or day: None} | {day: working})

    def save(self, commit: bool = True) -> CalendarDay:
        """In the view's transaction: whoever counts by the calendar is told with it."""
        day = self.cleaned_data["day"]
        tell_of(
            self.for_user, self.changes(), self.reason or f"{day:%Y-%m-%d} {self.instance.name}"
        )
        return super().save(commit)

    class Meta:
        model = CalendarDay
        fields = ("day", "working", "name")
