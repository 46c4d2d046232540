"""The rule profile in force and its limits."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q

from casework.matters.clocks import NATIONAL, Deadline, Limit, deadline
from casework.matters.models import Matter, RuleLimit, RuleProfile
from office.calendar import exceptions
from office.history import acting


def profile_on(day: date) -> RuleProfile:
    """The profile in force on a day. Raises ValidationError when there is none."""
    found = (
        RuleProfile.objects.filter(valid_from__lte=day)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day))
        .first()
    )
    if found is None:
        raise ValidationError(
            f"{day:%Y-%m-%d} 没有生效的规则方案，请信访办主任先在“规则方案”中设置。"
        )
    return found


def limits_of(profile: RuleProfile) -> dict[str, Limit]:
    """The limits of a profile by kind; where a local one is silent, the national rule holds."""
    national = {kind: Limit(kind, *values) for kind, values in NATIONAL.items()}
    return national | {
        row.kind: Limit(row.kind, row.days, row.unit, row.article) for row in profile.limits.all()
    }


def deadline_of(matter: Matter, kind: str, start: date) -> Deadline:
    """A deadline of a matter under its pinned profile."""
    limits = limits_of(matter.profile)
    return deadline(kind, start, limits, exceptions(start, start + _reach(limits[kind])))


def _reach(limit: Limit) -> timedelta:
    """How far a limit can reach at most: no month is without working days."""
    return timedelta(days=2 * limit.days + 31)


def make_national_profile() -> RuleProfile:
    """The national rules (《信访工作条例》, in force 2022-05-01), made once."""
    found = RuleProfile.objects.filter(name="国家规则（信访工作条例）").first()
    if found is not None:
        return found
    with acting(None, "写入国家规则"):
        profile = RuleProfile(
            name="国家规则（信访工作条例）",
            source="《信访工作条例》（2022年5月1日施行）",
            valid_from=date(2000, 1, 1),
        )
        profile.save()
        for kind, (days, unit, article) in NATIONAL.items():
            RuleLimit(profile=profile, kind=kind, days=days, unit=unit, article=article).save()
    return profile
