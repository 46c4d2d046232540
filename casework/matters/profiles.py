"""The rule profile in force and what it says: limits, required facts, acts, texts, settings.

Where a profile is silent, the national rule holds. What an approved profile says never changes, so
it is read once a process, under the digest of its tables; drafts are read anew each time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from casework.matters.clocks import Deadline, Limit, deadline
from casework.matters.models import Matter, RuleProfile
from casework.matters.rules import national, zhejiang
from casework.matters.rules.facts import HAS
from casework.matters.rules.tables import Rows, digest_of, write_rows
from casework.matters.rules.vocabulary import FIELDS, MARKS
from casework.matters.states import State
from office.calendar import exceptions
from office.history import acting
from office.separation import needs_second

#: (digest, part) → what an approved profile says; the same digest always stands for the same rows
_known: dict[tuple[str, str], Any] = {}
#: the way of a matter through the procedure: what is asked for "from" a state is asked for on all
#: later ones. Exits are no later stations: a withdrawn or refused matter owes no category.
_WAY = (
    (State.REGISTERED, State.OBJECTED, State.MERGED),
    (State.ACCEPTED, State.ROUTED, State.ASSIGNED_OUT),
    (State.HANDLING,),
    (State.DRAFTED,),
    (State.REVIEWED,),
    (State.SIGNED,),
    (State.ANSWERED, State.PERFORMING, State.REVIEWING, State.UPHELD, State.FINAL_REVIEW),
)
_STATION = {state: n for n, states in enumerate(_WAY) for state in states}


@dataclass(frozen=True)
class ActRule:
    """second: a second person decides; decider: key of their role; legal: legal review goes first."""

    second: bool
    decider: str
    legal: bool
    article: str

    @property
    def reviewer(self) -> str:
        """Who reviews an opinion: legal review, or the head of the petition office (practice §2)."""
        return "legal_reviewer" if self.legal else "office_head"


@dataclass(frozen=True)
class FieldRule:
    """A fact that a matter must (or, must=False, should) have from a state on."""

    field: str
    since: str
    must: bool
    article: str


@dataclass(frozen=True)
class WarnAt:
    """When a running limit is warned of: shares of it used up (0–1), and days that are left."""

    shares: tuple[float, ...]
    days: int


def profile_on(day: date) -> RuleProfile:
    """The profile in force on a day. Raises ValidationError when there is none."""
    found = RuleProfile.objects.on(day).first()
    if found is None:
        raise ValidationError(
            f"{day:%Y-%m-%d} 没有生效的规则方案，请信访办主任先在“规则方案”中设置。"
        )
    return found


def _said(profile: RuleProfile, part: str, read: Callable[[], Any]) -> Any:
    """What a profile says in a part: remembered once it was approved."""
    if not profile.digest:
        return read()
    known = (profile.digest, part)
    if known not in _known:
        _known[known] = read()
    return _known[known]


def limits_of(profile: RuleProfile) -> Mapping[str, Limit]:
    """The limits of a profile by kind; not to be changed by the caller."""

    def read() -> dict[str, Limit]:
        known = {kind: Limit(kind, *row[:3]) for kind, row in national.LIMITS.items()}
        return known | {
            row.kind: Limit(row.kind, row.days, row.unit, row.article)
            for row in profile.limits.all()
        }

    return _said(profile, "limits", read)


def deadline_of(matter: Matter, kind: str, start: date) -> Deadline:
    """A deadline of a matter under its pinned profile."""
    limits = limits_of(matter.profile)
    return deadline(kind, start, limits, exceptions(start, start + _reach(limits[kind])))


def _reach(limit: Limit) -> timedelta:
    """How far a limit can reach at most: no month is without working days."""
    return timedelta(days=2 * limit.days + 31)


def representative_limit(profile: RuleProfile, people_count: int) -> Limit:
    """How many may speak for so many people; a profile may set a lower step for small groups."""
    limits = limits_of(profile)
    few, fewer = limits.get("few_people"), limits.get("few_representatives")
    if few is not None and fewer is not None and people_count <= few.days:
        return fewer
    return limits["representatives"]


def act_rule(profile: RuleProfile, act: str) -> ActRule:
    """What an act takes under a profile. Raises KeyError for an act no profile knows.

    An act of two (office.separation) stays one whatever stands in a table.
    """

    def read() -> dict[str, ActRule]:
        known = {key: ActRule(*row[:4]) for key, row in national.ACTS.items()}
        known |= {
            row.act: ActRule(row.second, row.decider, row.legal, row.article)
            for row in profile.acts.all()
        }
        return {
            key: ActRule(rule.second or needs_second(key), rule.decider, rule.legal, rule.article)
            for key, rule in known.items()
        }

    return _said(profile, "acts", read)[act]


def field_rules(profile: RuleProfile) -> Mapping[str, FieldRule]:
    """The facts a profile asks for, by field."""

    def read() -> dict[str, FieldRule]:
        known = {key: FieldRule(key, *row[:3]) for key, row in national.FIELDS.items()}
        return known | {
            row.field: FieldRule(row.field, row.state, row.must, row.article)
            for row in profile.fields.all()
        }

    return _said(profile, "fields", read)


def required_from(profile: RuleProfile) -> dict[str, tuple[str, ...]]:
    """State → the facts without which no matter reaches it or a later one."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in field_rules(profile).values():
        if rule.must:
            found[rule.since] = (*found.get(rule.since, ()), rule.field)
    return found


def gaps_for(matter: Matter, target: str) -> dict[str, str]:
    """What the matter lacks to be in `target`: field → Chinese sentence; {} when nothing."""
    return {
        rule.field: f"{FIELDS[rule.field]}还没有填。从“{State(rule.since).label}”起必须有"
        f"（{rule.article}），请先在登记内容里补上。"
        for rule in _lacking(matter, target)
        if rule.must
    }


def advice_for(matter: Matter, target: str) -> dict[str, str]:
    """What the matter should have in `target` and lacks: field → Chinese sentence."""
    return {
        rule.field: f"{FIELDS[rule.field]}还没有填，建议补上（{rule.article}）。"
        for rule in _lacking(matter, target)
        if not rule.must
    }


def _lacking(matter: Matter, target: str) -> list[FieldRule]:
    if matter.sealed:  # of a sealed letter nothing need be known
        return []
    group = limits_of(matter.profile)["group"].days
    return [
        rule
        for rule in field_rules(matter.profile).values()
        if _asked(rule.since, target) and not HAS[rule.field](matter, group)
    ]


def _asked(since: str, target: str) -> bool:
    """Is what is asked for from one state on asked for in another?"""
    if since in _STATION and target in _STATION:
        return _STATION[State(since)] <= _STATION[State(target)]
    return since == target or (since, target) == (State.CLOSED, State.ARCHIVED)


def text_of(profile: RuleProfile, key: str) -> str:
    """A standing paragraph with the limits of the profile filled in. Raises KeyError when unknown."""

    def read() -> dict[str, str]:
        known = {name: row[0] for name, row in national.TEXTS.items()}
        return known | {row.key: row.text for row in profile.texts.all()}

    text, limits = _said(profile, "texts", read)[key], limits_of(profile)
    for mark, kind in MARKS.items():
        unit = "日" if limits[kind].unit == "day" else "个工作日"
        text = text.replace(mark, f"{limits[kind].days}{unit}")
    return text


def setting_of(profile: RuleProfile, key: str) -> str:
    """A way of counting: "served", "final_review"… (vocabulary.SETTINGS). KeyError when unknown."""

    def read() -> dict[str, str]:
        known = {name: row[0] for name, row in national.SETTINGS.items()}
        return known | {row.key: row.value for row in profile.settings.all()}

    return _said(profile, "settings", read)[key]


def warn_at(profile: RuleProfile) -> WarnAt:
    """When running limits are warned of."""
    return read_warnings(setting_of(profile, "warn_at"))


def read_warnings(text: str) -> WarnAt:
    """What "50%,80%,3日" says. Raises ValueError for anything that is no such list."""
    words = [word.strip() for word in text.replace("，", ",").split(",")]
    shares = tuple(sorted(int(word[:-1]) / 100 for word in words if word.endswith("%")))
    days = [int(word[:-1]) for word in words if word.endswith("日")]
    if len(shares) + len(days) != len(words) or len(days) > 1:
        raise ValueError(text)
    if any(not 0 < share < 1 for share in shares) or any(day < 1 for day in days):
        raise ValueError(text)
    return WarnAt(shares, days[0] if days else 0)


def make_national_profile() -> RuleProfile:
    """The national rules (《信访工作条例》, in force 2022-05-01), made once and in force."""
    found = RuleProfile.objects.filter(name=national.NAME).order_by("pk").first()
    if found is not None:
        return found
    rows = national.rows()
    with transaction.atomic(), acting(None, "写入国家规则"):
        profile = _written(national.NAME, national.SOURCE, national.NOTE, rows)
        profile.stage, profile.digest = RuleProfile.Stage.APPROVED, digest_of(rows)
        profile.valid_from = national.SINCE
        profile.save()
    return profile


def make_local_draft() -> RuleProfile:
    """The Zhejiang rules of 2016 as a draft, made once; in force only when a leader approves them."""
    found = RuleProfile.objects.filter(name=zhejiang.NAME).order_by("pk").first()
    if found is not None:
        return found
    with transaction.atomic(), acting(None, "写入地方规则草稿"):
        return _written(zhejiang.NAME, zhejiang.SOURCE, zhejiang.NOTE, zhejiang.rows())


def _written(name: str, source: str, note: str, rows: Rows) -> RuleProfile:
    profile = RuleProfile(name=name, source=source, note=note)
    profile.save()
    write_rows(profile, rows)
    return profile
