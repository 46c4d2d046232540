"""Looks made at a moment, and what the rules found in them: for the tests of the auditor's desk."""

from datetime import datetime
from zoneinfo import ZoneInfo

from office import clock
from office.history import acting
from office.looks import log_look
from office.models import Limit, LookFinding
from office.posts import posts_of
from tests.conftest import SINCE

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
DESK, PERSON, RECORD = "/admin/looks/audit/", "/admin/looks/person/", "/admin/looks/record/"


def look(who, record, at, **more):
    """A look of `who` at a record at a moment."""
    said = {"what": "信访人信息", "purpose": "核对情况"} | more
    what = said.pop("what")
    with clock.at(at), acting(who, address="10.1.2.3"):
        return log_look(who, record, what, post=posts_of(who)[0], **said)


def units(street, count):
    """So many records that can be looked at."""
    with acting(None, "测试"):
        return [
            street.street.add_child(name=f"第{n}科", kind="section", valid_from=SINCE)
            for n in range(count)
        ]


def set_limit(key, value):
    with acting(None, "测试"):
        row = Limit.objects.filter(key=key).first() or Limit(key=key)
        row.value = value
        row.save()


def found(rule=""):
    rows = LookFinding.objects.order_by("id")
    return list(rows.filter(rule=rule) if rule else rows)


def body(response):
    return response.content.decode()
