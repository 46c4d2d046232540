"""History of people and units, of two at once, and of what is written in the admin."""

import threading
from datetime import date

import pytest
from django.contrib.auth.models import update_last_login
from django.db import connection, transaction

from casework.matters.models import Category
from office.history import StaleRecord, acting
from office.models import Unit, User
from office.posts import sync_groups
from tests.office.tracked import category, counts, last

SINCE = date(2020, 1, 1)


def test_a_login_and_the_day_of_the_groups_leave_no_history(street, writer):
    update_last_login(None, writer)
    sync_groups(writer, date(2026, 11, 22))

    stored = User.objects.get(pk=writer.pk)
    assert (stored.last_login is not None, stored.groups_on) == (True, date(2026, 11, 22))
    assert counts(writer) == (1, 1)
    assert stored.version == 1


def test_a_login_beside_a_change_of_name_does_not_make_it_stale(writer):
    mine = User.objects.get(pk=writer.pk)
    update_last_login(None, User.objects.get(pk=writer.pk))
    mine.name = "张三丰"
    mine.save()
    assert User.objects.get(pk=writer.pk).name == "张三丰"


def test_a_new_unit_under_a_section_is_no_change_of_the_section(street):
    before = counts(street.social)
    with acting(None, "设网格"):
        Unit.objects.get(pk=street.social.pk).add_child(name="二组", kind="grid", valid_from=SINCE)
    assert counts(street.social) == before


def test_a_new_password_is_logged_without_the_hash(writer):
    with acting(writer, "定期更换"):
        writer.set_password("Xin-mima-2026")
        writer.save()

    row, change = last(writer)
    assert change.shape.names() == ["password"]
    assert not hasattr(row, "password")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM office_historicaluser")
        assert writer.password not in str(cursor.fetchall())


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_wins_and_the_other_is_told():
    subject, start = category(), threading.Barrier(2)
    won, told = [], []

    def save(name):
        try:
            mine = Category.objects.get(pk=subject.pk)
            mine.name = name
            start.wait(10)
            with transaction.atomic():
                mine.save()
            won.append(name)
        except StaleRecord:
            told.append(name)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (len(won), len(told)) == (1, 1)
    assert Category.objects.get(pk=subject.pk).name == won[0]
    assert counts(subject) == (2, 2)


def test_what_a_person_writes_in_the_back_office_bears_their_name(cast, login):
    account = cast.officer
    answer = login(cast.secadmin).post(
        f"/admin/users/edit/{account.pk}/",
        {
            "username": account.username,
            "name": "承大办",
            "phone": "0571-88880000",
            "is_active": "on",
            "loaded_version": account.version,
            "change_reason": "名字登记错了",
        },
    )

    assert (answer.status_code, User.objects.get(pk=account.pk).name) == (302, "承大办")
    row, change = last(account)
    assert (row.history_user, change.actor) == (cast.secadmin, cast.secadmin)
    assert (row.history_change_reason, change.reason) == ("名字登记错了", "名字登记错了")
    assert change.post == cast.secadmin.posts.get()
    assert change.shape.names() == ["name", "phone"]
