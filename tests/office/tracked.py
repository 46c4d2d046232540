"""A person, a tracked record, and what its history holds: for the tests of history."""

from casework.matters.models import Category
from office.history import acting
from office.models import Change, User


def person(username="zhangsan", name="张小三"):
    with acting(None, "建立账号"):
        user = User(username=username, name=name)
        user.set_password("Ceshi-2026-yunhu")
        user.save()
    return user


def category(code="CJ", name="城建"):
    with acting(None, "建立分类"):
        row = Category(code=code, name=name)
        row.save()
    return row


def counts(record):
    kind = record._meta.label_lower
    changes = Change.objects.filter(kind=kind, object_id=record.pk)
    return record.history.count(), changes.count()


def last(record):
    """The newest history row of a record and its change."""
    row = record.history.order_by("-history_id").first()
    return row, Change.objects.get(kind=record._meta.label_lower, history_id=row.history_id)
