"""Accounts in the admin: added, corrected and closed by the security administrator, never deleted.

Rights are not given here: they follow from dated posts. Groups are made by `manage.py make_roles`
and are nobody's to edit.
"""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.functional import cached_property
from wagtail.admin.views import account, generic
from wagtail.admin.viewsets.model import ModelViewSet

from office.editing import KeptModelAddView, KeptModelEditView, StaleSafe, reason_field
from office.history_view import RecordHistoryView
from office.listing import Exported, Heard
from office.models import User
from office.posts import posts_of
from office.viewsets import MENU


class AccountForm(StaleSafe, SetPasswordMixin, forms.ModelForm):
    """Name, phone and password of an account; closing it asks for its open work first."""

    password1, password2 = SetPasswordMixin.create_password_fields(
        label1="登录密码", label2="再输一遍密码"
    )
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
        for name in ("password1", "password2"):
            self.fields[name].required = self.instance.pk is None
        if self.instance.pk is None:
            del self.fields["is_active"]
        else:
            self.fields["password1"].help_text = "不改密码就留空。"

    def clean(self) -> dict[str, Any] | None:
        self.validate_passwords()
        self.validate_password_for_user(self.instance)
        return super().clean()

    def clean_is_active(self) -> bool:
        active = self.cleaned_data["is_active"]
        if not active and self.instance.is_active:
            if self.instance == self.for_user:
                raise ValidationError("不能停用自己的账号，请由另一名管理员办理。")
            self.instance.refuse_while_work_is_open()
        return active

    def save(self, commit: bool = True) -> User:
        if password := self.cleaned_data.get("password1"):
            self.instance.set_password(password)
        return super().save(commit)


class AccountEditView(KeptModelEditView):
    """Editing an account; the form knows who edits."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}


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
    add_view_class = KeptModelAddView
    edit_view_class = AccountEditView
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
        return {"form": self.get_form(), "user": self.user, "posts": posts_of(self.user)}


class OwnAccountView(account.AccountView):
    """个人账号: name and posts, password, theme. No picture, no mail, no language."""

    page_title = "个人账号"

    def get_panels(self) -> list[Any]:
        return [panel(self.request, self.request.user, self._profile) for panel in _OWN]

    @cached_property
    def _profile(self) -> Any:
        return account.UserProfile.get_for_user(self.request.user)


_OWN = (PersonPanel, account.ChangePasswordPanel, account.ThemeSettingsPanel)


def own_account(request: HttpRequest) -> Any:
    """The view in place of Wagtail's, which asks for fields our accounts do not have."""
    return OwnAccountView.as_view()(request)
