"""Forms of the organisation: units, posts, deputies, the work calendar."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from pypinyin import Style, lazy_pinyin

from office.clock import today
from office.editing import StaleSafeAdminForm
from office.models import CalendarDay, CalendarYear, Deputy, Post, Unit, User
from office.posts import renew, roles_between
from office.roles import combination_refused


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


def _refuse_combination(form: Any, user: User, role: str, given: dict[str, Any]) -> None:
    start, end = given["valid_from"], given.get("valid_to")
    leave_out = form.instance if form.instance.pk else None
    keys = roles_between(user, start, end, leave_out) | {role}
    if refused := combination_refused(keys):
        form.add_error("user", f"{user.name}：{refused}请先结束原来的岗位或代行。")


class PostForm(StaleSafeAdminForm):
    """A dated post: its person, unit and role stay; a change of work is a new post."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name")
            self.fields["unit"] = UnitChoice(Unit.objects.at(today()), label="单位")
        instead = "不能改。换岗请填写离任日期，另建一个岗位。"
        _kept(self, {"user": instead, "unit": instead, "role": instead})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("user") and given.get("role") and given.get("valid_from"):
            if given["user"] == self.for_user:
                self.add_error("user", "不能给自己任免岗位，请由另一名管理员办理。")
            else:
                _refuse_combination(self, given["user"], given["role"], given)
            if "valid_from" in self.changed_data and given["valid_from"] < today():
                self.add_error("valid_from", "任职日期不能早于今天：权限不能倒签。")
        return given

    def save(self, commit: bool = True) -> Post:
        post = super().save(commit)
        for person in (post.user, *User.objects.filter(deputising__post=post).distinct()):
            renew(person)
        return post


class DeputyForm(StaleSafeAdminForm):
    """AB角: who acts in whose post, from when to when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            rows = Post.objects.on(today()).select_related("user", "unit")
            self.fields["post"].queryset = rows.order_by("unit__path", "user__name")
            self.fields["post"].label_from_instance = lambda post: f"{post.user}　{post}"
            self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name")
        instead = "不能改。请提前结束这次代行，另建一次。"
        _kept(self, {"post": instead, "user": instead})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("user") and given.get("post") and given.get("valid_from"):
            if given["user"] == self.for_user:
                self.add_error("user", "不能让自己代行，请由另一名管理员办理。")
            else:
                _refuse_combination(self, given["user"], given["post"].role, given)
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

    class Meta:
        model = CalendarDay
        fields = ("day", "working", "name")
