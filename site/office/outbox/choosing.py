"""通知设置: what somebody is told of by which way, where mail goes, and when to be left alone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from office import registries
from office.editing import StaleSafe
from office.limits import limits
from office.models import NoticeChoice, User
from office.outbox.kinds import Channel, NoticeKind
from office.outbox.ways import mobile_of, ready

_HOURS = [("", "按单位的"), *((hour, f"{hour} 点") for hour in range(24))]


def choice_of(person: Any) -> NoticeChoice:
    """The person's row; one in hand, not stored, while they have chosen nothing."""
    return NoticeChoice.objects.filter(person=person).first() or NoticeChoice(person=person)


def kinds_for_people() -> list[NoticeKind]:
    return [kind for kind in registries.notices.values() if not kind.residents]


def ways_of(kind: NoticeKind) -> list[tuple[str, str]]:
    """The ways somebody may choose for a kind here, with their names."""
    return [
        (way.value, way.label)
        for way in Channel
        if way in kind.texts and ready(way) and not (kind.fixed and way == Channel.BELL)
    ]


class ChoiceForm(StaleSafe, forms.ModelForm):
    """One field a kind; the mail address of the account; quiet hours."""

    fields: Any

    email = forms.EmailField(
        label="邮箱",
        required=False,
        help_text="用单位的政务邮箱。邮件里只有编号和期限，没有信访人的信息。",
        error_messages={"invalid": "邮箱地址不完整，例如 name@unit.gov.cn。"},
    )

    class Meta:
        model = NoticeChoice
        fields = ("quiet_from", "quiet_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.fields.pop("email")
        here = limits("quiet_from", "quiet_until")
        for name in ("quiet_from", "quiet_until"):
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                choices=_HOURS,
                coerce=int,
                empty_value=None,
                required=False,
            )
        self.fields["quiet_until"].help_text = (
            f"单位的是 {here['quiet_from']} 点到 {here['quiet_until']} 点。免打扰时短信、邮件等到结束再发，"
            "站内通知照常；特别紧急的除外。"
        )
        for kind in kinds_for_people():
            if ways := ways_of(kind):
                chosen = self.instance.channels.get(kind.key, kind.chosen)
                self.fields[f"way-{kind.key}"] = forms.MultipleChoiceField(
                    label=kind.label,
                    choices=ways,
                    initial=list(chosen),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    help_text="站内通知一定会有。" if kind.fixed else "",
                )
        if ready(Channel.MAIL):
            own.initial = self.instance.person.email
            self.fields["email"] = own

    @property
    def mobile(self) -> str:
        return mobile_of(self.instance.person.phone)

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        given = [cleaned.get(name) is not None for name in ("quiet_from", "quiet_until")]
        if any(given) and not all(given):
            raise ValidationError("免打扰的开始和结束要一起选，或者都选“按单位的”。")
        if ready(Channel.MAIL) and not cleaned.get("email") and self._wants_mail(cleaned):
            self.add_error("email", "选了邮件，请填邮箱。")
        return cleaned

    def _wants_mail(self, cleaned: dict[str, Any]) -> bool:
        """Whether mail is newly chosen: whoever never chose it is not asked for an address."""
        chosen = self.instance.channels
        return any(
            Channel.MAIL in (value or []) and Channel.MAIL not in chosen.get(name[4:], ())
            for name, value in cleaned.items()
            if name.startswith("way-") and f"way-{name[4:]}" in self.changed_data
        )

    def _ways(self) -> dict[str, list[str]]:
        """Kind → ways: as they are ticked, and what is not offered now as it was."""
        found = {}
        for kind in kinds_for_people():
            ticked = self.cleaned_data.get(f"way-{kind.key}")
            if ticked is not None:
                offered = {way for way, _ in ways_of(kind)}
                before = set(self.instance.channels.get(kind.key, kind.chosen))
                found[kind.key] = sorted({*ticked, *(before - offered)})
        return found

    @transaction.atomic
    def save(self, commit: bool = True) -> NoticeChoice:
        self.instance.channels = {**self.instance.channels, **self._ways()}
        saved = super().save(commit)
        if "email" in self.fields:
            person = User.objects.get(pk=saved.person_id)
            person.email = self.cleaned_data["email"]
            person.save()
        return saved
