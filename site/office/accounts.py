"""Accounts in the admin: added, corrected and closed by the security administrator, never deleted.

Rights are not given here: they follow from dated posts. Groups are made by `manage.py make_roles`
and are nobody's to edit.
"""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.contrib.auth.models import Group
from wagtail.admin.viewsets.model import ModelViewSet

from office.history_view import RecordHistoryView
from office.models import User


class AccountForm(SetPasswordMixin, forms.ModelForm):
    """Name, phone and password of an account; closing it asks for its open work first."""

    password1, password2 = SetPasswordMixin.create_password_fields(
        label1="登录密码", label2="再输一遍密码"
    )

    class Meta:
        model = User
        fields = ("username", "name", "phone", "is_active")
        labels = {"username": "登录名", "is_active": "账号启用"}
        help_texts = {
            "username": "字母、数字，例如姓名全拼。定下后不再修改。",
            "is_active": "离岗的账号停用，不删除；名下还有未办结的工作时不能停用。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        self.fields["username"].disabled = self.instance.pk is not None
        for name in ("password1", "password2"):
            self.fields[name].required = self.instance.pk is None

    def clean(self) -> dict[str, Any] | None:
        self.validate_passwords()
        self.validate_password_for_user(self.instance)
        return super().clean()

    def save(self, commit: bool = True) -> User:
        if password := self.cleaned_data.get("password1"):
            self.instance.set_password(password)
        return super().save(commit)

    def clean_is_active(self) -> bool:
        active = self.cleaned_data["is_active"]
        if self.instance.pk and not active:
            self.instance.refuse_while_work_is_open()
        return active


class UserViewSet(ModelViewSet):
    """Accounts: list, add, edit, history."""

    model = User
    icon = "user"
    menu_label = "账号"
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    history_view_class = RecordHistoryView
    history_template_name = "office/history.html"
    list_display = ("name", "username", "phone", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("name", "username")
    ordering = ("username",)

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountForm


class GroupViewSet(ModelViewSet):
    """Wagtail needs the addresses; no role has a right on groups, so nobody gets in."""

    icon = "group"
    menu_label = "角色"
    add_to_settings_menu = False
    copy_view_enabled = False

    model = Group
    form_fields = ("name",)
