"""Profiles for tests, made with the shapes the office uses: drafts, and rules in force from a day."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from casework.matters.models import RuleProfile
from casework.matters.rules import national
from casework.matters.rules.tables import Rows, digest_of, write_rows
from office.history import acting


def rows_with(**limits: Any) -> Rows:
    """The national rows with some limits replaced: kind=(number, unit)."""
    rows = national.rows()
    for row in rows["limits"]:
        if row["kind"] in limits:
            row["days"], row["unit"] = limits[row["kind"]]
            row["article"] = "试行第一条"
    return rows


def drafted(
    name: str = "试行方案", by: Any = None, since: date | None = None, **limits: Any
) -> Any:
    """A draft of somebody (None: the system)."""
    with transaction.atomic(), acting(by, "测试"):
        profile = RuleProfile(name=name, source="本地", drafted_by=by, valid_from=since)
        profile.save()
        write_rows(profile, rows_with(**limits))
    return profile


def in_force(name: str, since: date, until: date | None = None, **limits: Any) -> Any:
    """A profile that holds from a day on; what held before ends the day before."""
    profile = drafted(name, since=since, **limits)
    with transaction.atomic(), acting(None, "测试"):
        for before in RuleProfile.objects.approved().filter(valid_to=None):
            before.valid_to = since - timedelta(days=1)
            before.save()
        profile.valid_to, profile.stage = until, RuleProfile.Stage.APPROVED
        profile.digest = digest_of(rows_with(**limits))
        profile.save()
    return profile
