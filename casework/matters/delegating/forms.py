"""Forms of standing authorisations and of handing work over."""

from datetime import date
from typing import Any

from django import forms

from casework.matters.delegating.authorising import ROLES, Wish
from casework.matters.forms.acts import day_field, long_text
from casework.matters.forms.choices import category_choices
from casework.matters.models import Category, HandOverOfWork, StandingAuthorisation
from office.models import Post, User
from office.roles import BY_KEY

_ALL = "role:"


class AuthoriseForm(forms.Form):
    """Who may do what, about which subjects, for how many people, until when, and why."""

    act = forms.ChoiceField(
        label="授权办理",
        choices=StandingAuthorisation.Act.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择授权办理什么。"},
    )
    holder = forms.ChoiceField(
        label="授权给谁", error_messages={"required": "请选一位同事，或者一个岗位。"}
    )
    categories = forms.MultipleChoiceField(
        label="哪些分类",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个分类：常设授权只管选定的分类。"},
    )
    most_people = forms.IntegerField(
        label="每件最多几人", min_value=1, initial=1, help_text="群体事项（五人以上）不能授权。"
    )
    valid_from = day_field("自", error_messages={"required": "请填写日期。"})
    valid_to = day_field(
        "至", help_text="最长一年，到期自动失效。", error_messages={"required": "请填写日期。"}
    )
    reason = long_text(
        "理由", 2, max_length=300, help_text="例如：集市日窗口人多，简单的事当场受理。",
        error_messages={"required": "请写明为什么授权。"},
    )  # fmt: skip

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
        posts = Post.objects.on(today).filter(role__in=ROLES, user__is_active=True)
        self.people = {post.user_id: post.user for post in posts.select_related("user")}
        roles = [(f"{_ALL}{role}", f"全体{BY_KEY[role].label}") for role in ROLES]
        names = [(str(pk), user.name) for pk, user in sorted(self.people.items())]
        self.fields["holder"].choices = [("", "请选择"), *names, *roles]
        self.fields["categories"].choices = [
            (str(pk), f"{name}（全部）" if name == top else f"　　{name}")
            for top, group in category_choices()[1:]
            for pk, name in group
        ]

    def wish(self) -> Wish:
        given = self.cleaned_data
        holder = given["holder"]
        role = holder.removeprefix(_ALL) if holder.startswith(_ALL) else ""
        return Wish(
            act=given["act"],
            categories=list(Category.objects.filter(pk__in=given["categories"], active=True)),
            most_people=given["most_people"],
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            reason=given["reason"],
            person=None if role else self.people[int(holder)],
            role=role,
        )


class RevokeForm(forms.Form):
    reason = long_text(
        "收回的理由", 2, max_length=300, error_messages={"required": "请写明为什么收回。"}
    )


class WhoForm(forms.Form):
    """From whom to whom; sent by GET, so that the preview has an address."""

    giver = forms.ChoiceField(label="从谁手上", error_messages={"required": "请选移交人。"})
    taker = forms.ChoiceField(label="交给谁", error_messages={"required": "请选接手人。"})

    def __init__(self, data: Any, *, givers: list[User], takers: list[User]) -> None:
        super().__init__(data)
        self.fields["giver"].choices = [("", "请选择"), *((str(u.pk), u.name) for u in givers)]
        self.fields["taker"].choices = [("", "请选择"), *((str(u.pk), u.name) for u in takers)]


class HandOverForm(forms.Form):
    why = forms.ChoiceField(
        label="事由",
        choices=HandOverOfWork.Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择事由。"},
    )
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="写工作安排，不写病情和家事。"
    )
