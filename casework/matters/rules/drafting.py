"""Drafting a profile: a copy of another one, changed row by row, laid before a leader.

Each change is one transaction with its own reason; a draft is the office's, so any head may go on
with it, and whoever wrote in it approves nothing of it (`approving`).
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.models import RuleProfile
from casework.matters.profiles import read_warnings
from casework.matters.rules.tables import Part, rows_of, write_rows
from casework.matters.rules.vocabulary import ACTS, MARKS, limit_unit
from office.clock import now, today
from office.history import StaleRecord, because
from office.roles import ROLES
from office.separation import needs_second

VERB = "matters.draft_profile"
_STAGE = RuleProfile.Stage
MOVED_ON = "这份草稿刚才被同事改过，请重新看过再提交。"
#: what a draft says of itself
HEAD = ("name", "source", "note", "valid_from")


def locked(profile: RuleProfile, stage: str, by: Any, verb: str = VERB) -> RuleProfile:
    """The profile as it now stands, locked. Raises PermissionDenied, or ValidationError when it is
    no longer in `stage`: what was approved is never changed, it is replaced by a new edition.
    """
    if not by.has_perm(verb):
        raise PermissionDenied
    found = RuleProfile.objects.select_for_update().get(pk=profile.pk)
    if found.stage == stage:
        return found
    if found.stage == _STAGE.APPROVED:
        raise ValidationError(
            f"“{found}”已经批准，不能再改。要更正，请从它“起草修订版”，批准后替代它。"
        )
    raise ValidationError(f"“{found}”现在是“{found.get_stage_display()}”，请刷新页面查看。")


def draft_from(source: RuleProfile, *, by: Any, name: str = "", note: str = "") -> RuleProfile:
    """A draft that says what `source` says. Under the same name it is the next edition of it.

    Raises PermissionDenied, ValidationError while another draft of that name is being written.
    """
    if not by.has_perm(VERB):
        raise PermissionDenied
    name = name.strip() or source.name
    with transaction.atomic(), because("起草规则方案"):
        same = RuleProfile.objects.select_for_update().filter(name=name)
        if same.filter(stage__in=(_STAGE.DRAFT, _STAGE.WAITING)).exists():
            raise ValidationError(
                {"name": f"“{name}”已有一份没有批准的草稿，请先改完那一份，或者换一个名称。"}
            )
        editions = same.values_list("edition", flat=True)
        draft = RuleProfile(
            name=name,
            source=source.source,
            note=note.strip(),
            edition=max(editions, default=0) + 1,
            replaces=source if source.stage == _STAGE.APPROVED else None,
            drafted_by=by,
        )
        draft.save()
        write_rows(draft, rows_of(source))
    return draft


def describe(profile: RuleProfile, *, by: Any, version: int, **values: Any) -> RuleProfile:
    """Change name, source, note or first day of a draft. values: some of HEAD."""
    with transaction.atomic(), because("修改规则方案"):
        draft = locked(profile, _STAGE.DRAFT, by)
        for field in HEAD:
            if field in values:
                value = values[field]
                setattr(draft, field, value.strip() if isinstance(value, str) else value)
        draft.full_clean(exclude=["replaces", "drafted_by", "decided_by"])
        _save(draft, version)
    return draft


def change_row(
    profile: RuleProfile, part: Part, key: str, *, by: Any, version: int, **values: Any
) -> Any:
    """Change one row of a draft, or write one that a profile may leave out (version 0).

    Raises ValidationError (field → sentence); KeyError for a key no profile knows.
    """
    label = part.labels[key]
    with transaction.atomic(), because(f"修改规则：{label}"):
        draft = locked(profile, _STAGE.DRAFT, by)
        row = getattr(draft, part.name).filter(**{part.key: key}).first()
        if row is None:
            row = part.model(profile=draft, **{part.key: key})
        for name, value in values.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        if wrong := _wrong(part, key, row):
            raise ValidationError(wrong)
        row.full_clean()
        _save(row, version)
    return row


def _save(record: Any, version: int) -> None:
    """Write it unless somebody else did since it was shown in `version`."""
    if record.pk is not None and record.version != version:
        raise ValidationError(MOVED_ON)
    try:
        record.save()
    except StaleRecord as error:
        raise ValidationError(MOVED_ON) from error


def _wrong(part: Part, key: str, row: Any) -> dict[str, str]:
    """What a row cannot say: field → sentence."""
    if part.name == "limits" and row.unit not in limit_unit(key):
        return {"unit": "这一项不按这个单位计算，请重新选择。"}
    if part.name == "limits" and row.days is not None and row.days < 1:
        return {"days": "数值至少为 1。"}
    if part.name == "acts":
        return _wrong_act(key, row)
    if part.name == "settings" and key == "warn_at":
        try:
            read_warnings(row.value)
        except ValueError:
            return {"value": "请照“50%,80%,3日”的样子写：比例在 0 到 100 之间，天数最多一个。"}
    if part.name == "texts" and (open_mark := _unknown_mark(row.text)):
        return {"text": f"没有“{open_mark}”这个期限，能用的有：{'、'.join(MARKS)}。"}
    return {}


def _wrong_act(key: str, row: Any) -> dict[str, str]:
    if needs_second(key) and not row.second:
        return {
            "second": f"“{ACTS[key].label}”必须由第二个人审批（职责分离），方案可以加严，不能取消。"
        }
    if row.decider not in deciders_of(key):
        return {"decider": "这个角色没有决定这件事的权限，请另选。"}
    return {}


def deciders_of(act: str) -> list[str]:
    """Keys of the roles whose verb it is to decide an act."""
    return [role.key for role in ROLES if ACTS[act].verb in role.verbs]


def _unknown_mark(text: str) -> str:
    """The first 【…】 in a text that stands for no limit."""
    for piece in text.split("【")[1:]:
        mark = f"【{piece.split('】')[0]}】"
        if mark not in MARKS:
            return mark
    return ""


def submit(profile: RuleProfile, *, by: Any) -> RuleProfile:
    """Lay a draft before the leaders. Raises ValidationError when it cannot be approved as it is."""
    with transaction.atomic(), because("规则方案送审"):
        draft = locked(profile, _STAGE.DRAFT, by)
        if why := wrong_day(draft):
            raise ValidationError(why)
        draft.stage, draft.drafted_by, draft.submitted_at = _STAGE.WAITING, by, now()
        draft.decision_note = ""
        draft.save()
    return draft


def take_back(profile: RuleProfile, *, by: Any) -> RuleProfile:
    """Go on with a draft that was laid before the leaders."""
    with transaction.atomic(), because("规则方案撤回修改"):
        draft = locked(profile, _STAGE.WAITING, by)
        draft.stage = _STAGE.DRAFT
        draft.save()
    return draft


def drop(profile: RuleProfile, *, by: Any) -> RuleProfile:
    """Put a draft aside; it stays readable."""
    with transaction.atomic(), because("规则方案草稿不再使用"):
        draft = locked(profile, _STAGE.DRAFT, by)
        draft.stage = _STAGE.DROPPED
        draft.save()
    return draft


def wrong_day(draft: RuleProfile) -> str:
    """Why a draft cannot begin on its day, so that two profiles never hold at once; "" when it can."""
    day = draft.valid_from
    if day is None:
        return "请先在“名称、依据和施行日期”里填写施行日期。"
    begun = RuleProfile.objects.approved().filter(valid_from__lte=today()).first()
    if begun is not None and begun.valid_from is not None and begun.valid_from >= day:
        return (
            f"“{begun}”从 {begun.valid_from:%Y-%m-%d} 起施行，同一天不能有两个方案。"
            "请把施行日期改到这一天以后。"
        )
    return ""
