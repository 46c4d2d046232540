"""Forms of what became of a matter. What may be said is checked by the rules, not here."""

from collections.abc import Sequence
from typing import Any

from django import forms

from casework.matters.forms.acts import ActForm, day_field, long_text
from casework.matters.models import (
    Easing,
    FollowUp,
    FourPart,
    Matter,
    MatterFile,
    Petitioner,
    Resolution,
    Talk,
)
from casework.matters.outcomes.archiving import contents_of
from casework.matters.outcomes.following import FINAL
from casework.matters.outcomes.parts import Said
from casework.matters.outcomes.talking import Told
from office.models import User
from office.registries import CitablePage

_LAWFUL = FourPart.Part.LAWFUL
#: what each part asks for, in the words of the page
_HINTS = {
    FourPart.Part.SOLVED: "怎样解决的，解决到哪一步。例如：四个月加班费 9600 元已补发，收条附后。",
    FourPart.Part.EXPLAINED: "哪项诉求没有依据，怎样讲清的。讲道理，不是压服。",
    FourPart.Part.HELPED: "有什么困难，帮扶、救助了什么。例如：已办临时救助。",
    FourPart.Part.LAWFUL: "只写有权机关对行为的依法处理，不列人员名单，也不评价信访人。",
}


class FourPartsForm(forms.Form):
    """Four groups of fields: applies or not, how, which files prove it."""

    def __init__(
        self, data: Any, *, files: Sequence[tuple[int, str]], said: dict[str, Any], own: Any
    ) -> None:
        super().__init__(data)
        self.own = {file.pk: file for file in own}
        for part in FourPart.Part:
            self._add(part, files, said.get(part.value, {}))

    def _add(self, part: Any, files: Sequence[tuple[int, str]], was: dict[str, Any]) -> None:
        add, key = self.fields.__setitem__, part.value
        self.initial |= {f"{key}-{name}": value for name, value in was.items()}
        add(
            f"{key}-applies",
            forms.ChoiceField(
                label="是否适用", choices=[("yes", "适用"), ("no", "不适用")],
                widget=forms.RadioSelect,
                error_messages={"required": f"“{part.label}”：请选“适用”或“不适用”。"},
            ),
        )  # fmt: skip
        add(
            f"{key}-words",
            long_text("怎样落实的", 2, required=False, help_text=_HINTS[part]),
        )
        if part == _LAWFUL:
            add(f"{key}-body", forms.CharField(
                label="依法处理的机关", required=False, max_length=60,
                help_text="例如：云湖派出所。",
            ))  # fmt: skip
            add(f"{key}-document", forms.CharField(
                label="处理文书编号", required=False, max_length=60
            ))  # fmt: skip
        add(
            f"{key}-files",
            forms.TypedMultipleChoiceField(
                label="佐证材料（可选多份）", required=False, coerce=int, choices=files,
                widget=forms.CheckboxSelectMultiple,
                help_text="" if files else "本件还没有材料。请先在事项页上传，再来填。",
                error_messages={"invalid_choice": "请选本件里没有撤下的材料。"},
            ),
        )  # fmt: skip

    def groups(self) -> list[tuple[str, list[Any]]]:
        """(label of the part, its fields) in the order of the law."""
        return [
            (part.label, [self[name] for name in self.fields if name.startswith(f"{part.value}-")])
            for part in FourPart.Part
        ]

    def said(self) -> list[Said]:
        given = self.cleaned_data
        return [
            Said(
                part.value, given[f"{part.value}-applies"] == "yes", given[f"{part.value}-words"],
                [self.own[pk] for pk in given[f"{part.value}-files"] if pk in self.own],
                given.get(f"{part.value}-body", ""), given.get(f"{part.value}-document", ""),
            )
            for part in FourPart.Part
        ]  # fmt: skip


class _WithFile(forms.Form):
    """A file of the matter that is chosen, or a new one that is sent along."""

    existing = forms.TypedChoiceField(
        label="用本件已有的材料", coerce=int, required=False, empty_value=None
    )
    upload = forms.FileField(label="或者上传一份", required=False, help_text="20 MB 以内。")

    def __init__(
        self, data: Any, files: Any, *, choices: Sequence[tuple[int, str]], **more: Any
    ) -> None:
        super().__init__(data, files, **more)
        self.fields["existing"].choices = [("", "不用已有的"), *choices]


class ResolveForm(_WithFile):
    how = forms.ChoiceField(
        label="怎样化解的",
        choices=Resolution.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是怎样化解的。"},
    )
    on = day_field("化解日期", error_messages={"required": "请填写化解日期。"})
    words = long_text("情况", 3, required=False, help_text="双方怎么说的，还有没有尾巴。加密保存。")
    field_order = ("how", "on", "existing", "upload", "words")


class ReasonForm(forms.Form):
    reason = long_text("为什么撤销", 3, help_text="例如：协议没有履行，信访人又来了。")


class EaseForm(forms.Form):
    on = day_field("缓和日期", error_messages={"required": "请填写日期。"})
    reason = long_text(
        "缓和的情况和原因",
        3,
        help_text="做了什么工作，为什么还不算化解，还差什么。加密保存。",
        error_messages={"required": "请写明为什么只是缓和，还差什么没有解决。"},
    )
    next_on = day_field(
        "下次联系日",
        help_text="到这一天再联系；过了没联系，会显示红色。",
        error_messages={"required": "阶段性缓和要定下次联系的日期。"},
    )


class EndEasingForm(forms.Form):
    on = day_field("联系日期", error_messages={"required": "请填写日期。"})
    ended = forms.ChoiceField(
        label="现在怎样",
        choices=[
            (Easing.Ended.BACK.value, "矛盾反复：要重新处理"),
            (Easing.Ended.OVER.value, "平稳，不再需要联系（仍不算化解）"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择再次联系的结果。"},
    )
    result = long_text(
        "联系时的情况", 3, error_messages={"required": "请写明联系时的情况。"}
    )  # fmt: skip


class TalkForm(forms.Form):
    """What was explained. Pages are looked up by words and ticked."""

    on = day_field("谈话日期", error_messages={"required": "请填写谈话日期。"})
    way = forms.ChoiceField(
        label="谈话方式",
        choices=Talk.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择谈话方式。"},
    )
    policy = long_text(
        "讲了什么政策", 4, error_messages={"required": "请写明讲了什么政策。"}
    )  # fmt: skip
    help = long_text("给了什么帮助", 2, required=False, help_text="例如：帮他填好了仲裁申请书。")
    questions = long_text("信访人还有什么问题", 2, required=False)
    search = forms.CharField(
        label="引用公开的政策页面",
        required=False,
        max_length=40,
        help_text="输入标题里的字，点“查找页面”，再勾选给信访人看过的。只有发布了的版本可以引用。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    cited = forms.MultipleChoiceField(
        label="看过的页面", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, pages: Sequence[tuple[str, CitablePage]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["cited"].choices = [
            (key, f"{page.title}（{page.released_at:%Y-%m-%d} 发布）") for key, page in pages
        ]

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(given["on"], given["way"], given["policy"], given["help"], given["questions"])


class CallForm(forms.Form):
    """One try to reach the petitioner."""

    petitioner = forms.TypedChoiceField(
        label="回访哪一位", coerce=int, required=False, empty_value=None
    )
    on = day_field("回访日期", error_messages={"required": "请填写回访日期。"})
    result = forms.ChoiceField(
        label="结果",
        choices=[
            (result.value, result.label) for result in (*FINAL[:2], FollowUp.Result.NOT_REACHED)
        ]
        + [(FollowUp.Result.NOT_WANTED.value, FollowUp.Result.NOT_WANTED.label)],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择回访结果。"},
    )
    words = long_text(
        "信访人怎么说", 3, required=False, help_text="照他说的记，不用替他总结。加密保存。"
    )

    def __init__(self, data: Any, *, people: Sequence[Petitioner], **more: Any) -> None:
        super().__init__(data, **more)
        self.people = {row.pk: row for row in people}
        names = [(row.pk, row.text("name") or row.get_kind_display()) for row in people]
        self.fields["petitioner"].choices = names or [("", "没有登记联系人")]

    def clean_petitioner(self) -> Petitioner | None:
        return self.people.get(self.cleaned_data["petitioner"])


class GiveForm(forms.Form):
    to = forms.TypedChoiceField(label="由谁回访", coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any, *, people: Sequence[User], **more: Any) -> None:
        super().__init__(data, **more)
        self.people = {user.pk: user for user in people}
        names = [(user.pk, user.name) for user in people]
        self.fields["to"].choices = [("", "不指定，谁先办谁办"), *names]

    def clean_to(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])


class ArchiveForm(ActForm):
    """Where the file stands and how many pages each thing has."""

    box = forms.CharField(
        label="存放位置", required=False, max_length=40, help_text="例如：三号柜第2层。可以不填。"
    )
    note = long_text("备注", 2, required=False)

    def prepare(self) -> None:
        self.entries = [entry for entry in contents_of(self.matter) if entry.what != "move"]
        for n, entry in enumerate(self.entries, 1):
            number = f"　{entry.number}" if entry.number else ""
            self.fields[f"pages-{entry.key}"] = forms.IntegerField(
                label=f"{n}. {entry.title}{number}　{entry.on:%Y-%m-%d}",
                required=False, min_value=1, max_value=2000, initial=entry.pages,
                error_messages={"min_value": "页数从 1 起；不知道的留空。"},
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "note"] + ["note"])

    def counted(self) -> list[forms.BoundField]:
        """One field for each thing in the file, in its order."""
        return [self[f"pages-{entry.key}"] for entry in self.entries]

    def given(self) -> dict[str, Any]:
        pages = {
            name.removeprefix("pages-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("pages-")
        }
        return {"box": self.cleaned_data["box"], "note": self.cleaned_data["note"], "pages": pages}


class EnterPaperForm(_WithFile):
    """Who signed what on paper, and the scan of it."""

    what = forms.ChoiceField(
        label="签批了什么", error_messages={"required": "请选择签批的是什么。"}
    )  # fmt: skip
    leader = forms.TypedChoiceField(
        label="签批领导", coerce=int, error_messages={"required": "请选择是哪位领导签批的。"}
    )
    signed_on = day_field(
        "纸上的签批日期", error_messages={"required": "请填写纸上的签批日期。"}
    )  # fmt: skip
    drafter = forms.TypedChoiceField(
        label="拟稿人",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="呈批单上的拟稿人。拟稿人不能自己录入。",
    )
    field_order = ("what", "leader", "signed_on", "drafter", "existing", "upload")

    def __init__(
        self, data: Any, files: Any, *, whats: Sequence[tuple[str, str]],
        leaders: Sequence[User], staff: Sequence[User], **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, files, **more)
        self.fields["existing"].label = "签批件扫描件：用本件已有的"
        self.fields["what"].choices = [("", "请选择"), *whats]
        self.leaders = {user.pk: user for user in leaders}
        self.staff = {user.pk: user for user in staff}
        self.fields["leader"].choices = [("", "请选择"), *((u.pk, u.name) for u in leaders)]
        self.fields["drafter"].choices = [("", "不清楚"), *((u.pk, u.name) for u in staff)]

    def clean_leader(self) -> User | None:
        return self.leaders.get(self.cleaned_data["leader"])

    def clean_drafter(self) -> User | None:
        return self.staff.get(self.cleaned_data["drafter"])


class AnswerPaperForm(forms.Form):
    """属实 or 不属实 is the button; a denial needs its reason."""

    decision = forms.ChoiceField(
        choices=[("yes", "属实"), ("no", "不属实")],
        error_messages={"required": "请点“属实”或“不属实”。"},
    )
    reason = long_text(
        "哪里不属实", 2, required=False, help_text="只在不属实时填。例如：不是我签的；日期不对。"
    )


class FindingForm(forms.Form):
    finding = long_text(
        "查到了什么、怎样处理的",
        3,
        help_text="例如：扫描时拿错了呈批单，已补正确的一份。",
        error_messages={"required": "请写明查到了什么、怎样处理的。"},
    )


def file_choices(matter: Matter, files: Sequence[MatterFile]) -> list[tuple[int, str]]:
    """The files of a matter that can be relied upon, by name; the caller has written the look."""
    found = []
    for file in files:
        file.matter = matter
        found.append((file.pk, f"{file.text('name')}（第 {file.pk} 号）"))
    return found
