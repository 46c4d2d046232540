"""Accounts in the admin: opened, corrected and closed by the security administrator, never deleted.

A new account has no password and no rights: its person sets the one with a code of two halves, the
others are asked for and confirmed by two (`office.appointing`). Groups are made by `manage.py
make_roles` and are nobody's to edit.
"""

import re
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from wagtail.admin.views import account, generic
from wagtail.admin.viewsets.model import ModelViewSet

from office.appointing.asking import Kind, Wish, ask
from office.appointing.wording import confirmed_holdings
from office.clock import now, today
from office.editing import KeptModelAddView, KeptModelEditView, StaleSafe, reason_field
from office.entering.attempts import locked_until
from office.entering.passwords import set_on
from office.entering.sessions import mark_ended
from office.history_view import RecordHistoryView
from office.identity import phone_problem
from office.listing import Exported, Heard
from office.models import User
from office.posts import posts_of
from office.viewsets import MENU


class AccountForm(StaleSafe, forms.ModelForm):
    """Name and phone of an account; closing it asks for its open work first. No password."""

    change_reason = reason_field()

    class Meta:
        model = User
        fields = ("username", "name", "phone", "is_active")
        labels = {"username": "登录名", "is_active": "账号启用"}
        help_texts = {
            "username": "字母、数字，例如姓名全拼。定下后不再修改。",
            "is_active": "离岗的账号停用，不删除；名下还有未办结的工作时不能停用。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.for_user = kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        self.fields["username"].disabled = self.instance.pk is not None
        if self.instance.pk is None:
            del self.fields["is_active"]
            self.fields["phone"].help_text = "建好后会自动申请激活，由另一位管理员确认。"
        elif not self.instance.is_active:
            active = self.fields["is_active"]
            active.disabled = True
            active.help_text = "已停用。重新启用要两人：请申请“激活账号”。"

    def clean_phone(self) -> str:
        """An office phone: a number that can be rung, or a short one of the house."""
        phone = self.cleaned_data["phone"]
        inside = re.fullmatch(r"\d{3,6}", phone.strip())
        if not inside and (problem := phone_problem(phone)):
            raise ValidationError(problem)
        return phone

    def clean_is_active(self) -> bool:
        active = self.cleaned_data["is_active"]
        if not active and self.instance.is_active:
            if self.instance == self.for_user:
                raise ValidationError("不能停用自己的账号，请由另一名管理员办理。")
            self.instance.refuse_while_work_is_open()
        return active

    def save(self, commit: bool = True) -> User:
        new = self.instance.pk is None
        if new:
            self.instance.set_unusable_password()
        user = super().save(commit)
        if new:
            ask(self.for_user, Wish(kind=Kind.PASSWORD, user=user), reason="新建账号")
        elif not user.is_active:
            mark_ended(user)
        return user


class AccountAddView(KeptModelAddView):
    """Opening an account; the request for its code is filed in the same act."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def get_success_url(self) -> str:
        return reverse("wagtailusers_users:edit", args=[self.object.pk])

    def get_success_message(self, instance: User) -> str:
        return f"{instance} 的账号已建，激活等另一位管理员确认。岗位请再提授权申请。"


class AccountEditView(KeptModelEditView):
    """Editing an account; above the form what it may, since when, and who confirmed it."""

    template_name = "office/account_edit.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            held=confirmed_holdings(self.object, today()),
            grants=self.object.grants.filter(state="asked").order_by("pk"),
            locked=locked_until(self.object.pk, now()),
            **kwargs,
        )


class AccountIndexView(Heard, Exported, generic.IndexView):
    """The list of accounts, with 导出."""

    export_key = "users"


class UserViewSet(ModelViewSet):
    """Accounts: list, add, edit, history; under 组织与日历."""

    model = User
    icon = "user"
    menu_label = "账号"
    menu_name = "accounts"
    menu_hook = MENU
    menu_order = 1
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = AccountIndexView
    add_view_class = AccountAddView
    edit_view_class = AccountEditView
    edit_template_name = "office/account_edit.html"
    history_view_class = RecordHistoryView
    history_template_name = "office/history.html"
    list_display = ("name", "username", "phone", "is_active", "last_login")
    list_filter = ("is_active",)
    list_per_page = 50
    search_fields = ("name", "username")
    ordering = ("username",)

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        return [url for url in super().get_urlpatterns() if url.name not in {"delete", "usage"}]


class GroupViewSet(ModelViewSet):
    """Wagtail needs the addresses; no role has a right on groups, so nobody gets in."""

    icon = "group"
    menu_label = "角色"
    add_to_settings_menu = False
    copy_view_enabled = False

    model = Group
    form_fields = ("name",)


class PersonPanel(account.BaseSettingsPanel):
    """Who I am here: said, not edited. The security administrator keeps accounts."""

    name = "person"
    title = "账号"
    order = 100
    template_name = "office/account_person.html"
    form_class = forms.Form

    def get_form(self) -> forms.Form:
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        return {
            "form": self.get_form(),
            "user": self.user,
            "posts": posts_of(self.user),
            "password_since": set_on(self.user),
        }


class OwnAccountView(account.AccountView):
    """个人账号: name and posts, ways to password and devices, theme. No picture, no mail."""

    page_title = "个人账号"

    def get_panels(self) -> list[Any]:
        return [panel(self.request, self.request.user, self._profile) for panel in _OWN]

    @cached_property
    def _profile(self) -> Any:
        return account.UserProfile.get_for_user(self.request.user)


_OWN = (PersonPanel, account.ThemeSettingsPanel)


def own_account(request: HttpRequest) -> Any:
    """The view in place of Wagtail's, which asks for fields our accounts do not have."""
    return OwnAccountView.as_view()(request)
