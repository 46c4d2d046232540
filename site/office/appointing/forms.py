"""Forms of 授权申请: what is asked for, by kind, and the decision."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from office.appointing.asking import NAMED, Kind, Wish
from office.clock import today
from office.models import Post, Unit, User
from office.organisation_forms import UnitChoice
from office.roles import ROLES


def _day(label: str, help_text: str = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填日期。",
            "invalid": "请写成 2026-11-23 这样的日期。",
        },
    )


class PersonChoice(forms.ModelChoiceField):
    """People by name and login name."""

    def label_from_instance(self, user: Any) -> str:
        return f"{user.name}（{user.username}）" + ("" if user.is_active else "　已停用")


class PostChoice(forms.ModelChoiceField):
    """Posts with their person."""

    def label_from_instance(self, post: Any) -> str:
        end = f"，至 {post.valid_to}" if post.valid_to else ""
        return f"{post.user}　{post}{end}"


class GrantForm(forms.Form):
    """What all kinds share: the reason. `wish()` gives what is asked for."""

    kind = ""
    fields: Any
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="确认的人要看，例如：街道人事通知〔2026〕12 号。",
        error_messages={"required": "请写明理由，确认的人要看。"},
    )

    def __init__(self, *args: Any, asker: Any, **kwargs: Any) -> None:
        self.asker = asker
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def wish(self) -> Wish:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        facts.setdefault("user", getattr(facts.get("post"), "user", None))
        return Wish(kind=self.kind, **facts)

    def _in_order(self, given: dict[str, Any]) -> dict[str, Any]:
        start, end = given.get("valid_from"), given.get("valid_to")
        if start and start < today():
            self.add_error("valid_from", "任职日期不能早于今天：权限不能倒签。")
        if end and end < (start or today()):
            self.add_error("valid_to", "结束日期不能早于开始日期和今天。")
        return given

    def clean(self) -> dict[str, Any]:
        return self._in_order(super().clean() or self.cleaned_data)


def _people() -> Any:
    return User.objects.filter(is_active=True, emergency=None).order_by("name", "pk")


def _posts(on: date) -> Any:
    return Post.objects.on(on).select_related("user", "unit").order_by("unit__path", "user__name")


class PostGrantForm(GrantForm):
    """任命岗位: person, unit, role, dates."""

    kind = Kind.POST
    user = PersonChoice(User.objects.none(), label="人员", empty_label="请选择")
    unit = UnitChoice(Unit.objects.none(), label="单位", empty_label="请选择")
    role = forms.ChoiceField(label="角色")
    title = forms.CharField(
        label="职务", max_length=40, required=False, help_text="显示在姓名旁边，可以不填。"
    )
    valid_from = _day("任职日期", "最早从今天起。")
    valid_to = _day("离任日期", "不定期就留空。", required=False)

    def __init__(self, *args: Any, namer: bool, keeper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = _people()
        self.fields["unit"].queryset = Unit.objects.at(today())
        roles = [role for role in ROLES if (namer if role.key in NAMED else keeper)]
        self.fields["role"].choices = [
            ("", "请选择"), *((role.key, role.label) for role in roles),
        ]  # fmt: skip
        self.fields["valid_from"].initial = today()


class DeputyGrantForm(GrantForm):
    """代行（AB角）: whose post, who acts, from when to when."""

    kind = Kind.DEPUTY
    post = PostChoice(Post.objects.none(), label="岗位", empty_label="请选择")
    user = PersonChoice(User.objects.none(), label="代行人", empty_label="请选择")
    valid_from = _day("自", "最早从今天起。")
    valid_to = _day("至")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = _posts(today())
        self.fields["user"].queryset = _people()
        self.fields["valid_from"].initial = today()


class ExtendGrantForm(GrantForm):
    """延长任期: a post with an end, and its later one."""

    kind = Kind.EXTEND
    post = PostChoice(Post.objects.none(), label="岗位", empty_label="请选择")
    valid_to = _day("新的离任日期", "改为不定期就留空。", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = _posts(today()).exclude(valid_to=None)


class PasswordGrantForm(GrantForm):
    """激活账号: a new account, a forgotten password, an account that is opened again."""

    kind = Kind.PASSWORD
    user = PersonChoice(User.objects.none(), label="账号", empty_label="请选择")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(emergency=None).order_by("name", "pk")
        self.fields["reason"].help_text = "例如：新同事报到；本人当面说忘了密码。"


FORMS = {
    form.kind: form for form in (PostGrantForm, DeputyGrantForm, ExtendGrantForm, PasswordGrantForm)
}


class DecideForm(forms.Form):
    """The second person's answer."""

    agree = forms.ChoiceField(
        label="确认",
        choices=[("yes", "同意，立即生效"), ("no", "不同意")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择同意或不同意。"},
    )
    note = forms.CharField(
        label="意见",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不同意时必填，提出的人会看到。",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("agree") == "no" and not given.get("note", "").strip():
            self.add_error("note", ValidationError("不同意时请写明理由，提出的人会看到。"))
        return given
