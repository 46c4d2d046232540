"""Forms of coming in: logging in, setting a password with a code, changing one's own, unlocking."""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordMixin
from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

from office.clock import now
from office.entering.attempts import wait_of
from office.http import address_of
from office.limits import limit
from office.models import User


class LoginForm(WagtailLoginForm):
    """登录: one answer for everything that is not right; an address that hurries is told to wait."""

    def clean(self) -> dict[str, Any]:
        if wait := wait_of(address_of(self.request), now()):
            raise ValidationError(f"从这里输错的次数太多，请过 {wait} 秒再试。填好的登录名不用改。")
        return super().clean()

    def get_invalid_login_error(self) -> ValidationError:
        failures, minutes = limit("lock_failures"), limit("lock_minutes")
        return ValidationError(
            "登录名或密码不对，或者账号现在不能登录。请核对大小写后再试。"
            f"连续输错 {failures} 次，账号锁定 {minutes} 分钟；急用请联系安全管理员。",
            code="invalid_login",
        )


_AUTOCOMPLETE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class ActivateForm(SetPasswordMixin, forms.Form):
    """设置密码: who, both halves of the code, and a password of one's own."""

    username = forms.CharField(label="登录名", max_length=150)
    first = forms.CharField(
        label="激活码前半（向申请人要）",
        max_length=20,
        widget=forms.TextInput(attrs=_AUTOCOMPLETE),
        help_text="八位，例如 ABCD-2345；大小写、横线都不要紧。",
    )
    second = forms.CharField(
        label="激活码后半（向确认人要）", max_length=20, widget=forms.TextInput(attrs=_AUTOCOMPLETE)
    )
    password1, password2 = SetPasswordMixin.create_password_fields(
        label1="新密码", label2="再输一遍新密码"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = "至少 10 位，大写、小写、数字、符号中有三种。"

    def clean(self) -> dict[str, Any] | None:
        self.validate_passwords()
        return super().clean()

    def judge_password(self, user: User) -> bool:
        """Only once the code was right: what is said of the password says something of the person."""
        self.validate_password_for_user(user)
        return not self.errors


class OwnPasswordForm(PasswordChangeForm):
    """更换密码: the old one, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "old_password": "现在的密码",
            "new_password1": "新密码",
            "new_password2": "再输一遍新密码",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["new_password1"].help_text = (
            "至少 10 位，大写、小写、数字、符号中有三种；"
            f"不能与最近 {limit('barred_passwords')} 次的相同。"
        )


class UnlockForm(forms.Form):
    """解除锁定: why."""

    reason = forms.CharField(
        label="原因",
        max_length=200,
        help_text="例如：本人来电核实，输错了大小写。",
        error_messages={"required": "请写明原因。"},
    )
