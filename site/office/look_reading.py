"""What is told of the look ledger, and to whom: findings and notes to auditors, posts to residents."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.timezone import localdate

from office.audit import leave_out_hidden, leave_out_sealed
from office.clock import now
from office.keyset import Branch, Search
from office.look_rules import BY_KEY
from office.models import Look, LookFinding, LookNote
from office.posts import post_for
from office.separation import Act, Part, refused
from office.vault import new_data_key

VERB = "office.view_look"
OPEN, NOTED = "open", "noted"
_AUDITOR, _NO_POST = "auditor", "岗位没有记下"


def rule_label(finding: LookFinding) -> str:
    rule = BY_KEY.get(finding.rule)
    return rule.label if rule else finding.rule


def search_findings(reader: Any, asked: Mapping[str, Any]) -> Search:
    """The findings that fit, but for records that are sealed today or that the reader stepped back from."""
    found = Search(LookFinding)
    leave_out_sealed(found, "kind", "object_id")
    leave_out_hidden(found, "kind", "object_id", reader)
    ways = []
    if rule := asked.get("rule"):
        ways.append([Branch(("rule",), (rule,))])
        found.require("rule = %s", rule)
    if person := asked.get("person"):
        ways.append([Branch(("person_id",), (person,))])
        found.require("person_id = %s", person)
    found.narrowest(*ways)
    if state := asked.get("state"):
        notes = connection.ops.quote_name(LookNote._meta.db_table)
        sign = {OPEN: "NOT IN", NOTED: "IN"}[state]
        found.require(f"id {sign} (SELECT finding_id FROM {notes})")
    found.between(asked.get("since"), asked.get("until"))
    return found


def looks_behind(finding: LookFinding) -> Search:
    """The looks a finding is about, as far as their records are not sealed today."""
    found = Search(Look)
    found.require("NOT sealed")
    leave_out_sealed(found, "kind", "object_id")
    if finding.person_id:
        found.branches = [Branch(("person_id",), (finding.person_id,))]
    else:
        found.branches = [Branch(("kind", "object_id"), (finding.kind, finding.object_id))]
    found.require("id BETWEEN %s AND %s", finding.first, finding.last)
    if finding.rule == "outside":
        found.require("outside")
    if finding.rule == "clear":
        found.require("id = %s", finding.first)
    return found


# What an auditor says of it


def why_not_note(finding: LookFinding, by: Any) -> str:
    """Why this person does not look into a finding; "" when they do. Nobody looks into their own."""
    concerned = [finding.person_id] if finding.person_id else []
    if refused(Act.OTHER, by, {Part.CONCERNED: concerned}):
        return "这条提示说的是您自己的查看，请由另一位有权限的同事核查。"
    return ""


def note(finding: LookFinding, said: str, *, by: Any) -> LookNote:
    """Write down that a finding was looked into, and what came of it. It stays as it is written.

    Raises ValidationError without words, PermissionDenied without the right or about one's own looks.
    """
    post = post_for(by, VERB)
    if post is None or not by.is_active or why_not_note(finding, by):
        raise PermissionDenied
    if not said.strip():
        raise ValidationError(
            {"said": "请写核查了什么、结果怎样，例如：问过本人，是应信访人要求核对地址。"}
        )
    key = new_data_key()
    row = LookNote(finding=finding, at=now(), person=by, post=post)
    with transaction.atomic():
        key.save()
        row.data_key = key
        row.put("said", said.strip())
        row.save(force_insert=True)
    return row


# "Who opened my file": for the petitioner who asks (PIPL 44-45)

_NUMBERED = re.compile(r"^(下载)?材料\d+$")


@dataclass(frozen=True)
class LooksOfDay:
    """What one post opened of a record on a day, however often.

    post: unit and title, never a name; purpose: "" when it was in somebody's own words, which may
    speak of others.
    """

    day: date
    post: str
    what: str
    purpose: str


def looks_of(kind: str, ids: Iterable[int]) -> list[LooksOfDay]:
    """Who opened these records, newest day first, by posts: for the person whose file it is.

    kind: "matters.matter". All looks count, of the sealed too; only those of an auditor whose
    reading of a sealed record is itself kept secret are left out. Lists that went out as files are
    not told here: the ledger keeps which list it was, not which rows.
    """
    rows = (
        Look.objects.filter(kind=kind, object_id__in=list(ids))
        .exclude(sealed=True, post__role=_AUDITOR)
        .select_related("post__unit")
        .order_by("-id")
    )
    told = (
        LooksOfDay(
            localdate(look.at),
            str(look.post) if look.post else _NO_POST,
            _NUMBERED.sub(r"\1材料", look.what),
            "" if look.typed else look.purpose,
        )
        for look in rows
    )
    return sorted(dict.fromkeys(told), key=lambda one: (-one.day.toordinal(), one.post, one.what))
