"""Rights follow from dated posts: they begin and end with the day, for deputies too."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from office import clock
from office.clock import today
from office.history import acting
from office.models import Deputy, Post, User
from office.posts import (
    appoint,
    check_combination,
    forget_posts,
    holders,
    post_for,
    posts_of,
    renew,
    roles_between,
    sync_groups,
    unit_ids,
)
from office.roles import Reach

DAY = timedelta(days=1)


def again(user):
    """The same person as a new request meets them."""
    return User.objects.get(pk=user.pk)


def end(post, on):
    with acting(None, "离任"):
        row = Post.objects.get(pk=post.pk)
        row.valid_to = on
        row.save()


def deputise(post, user, since, until):
    with acting(None, "AB角"):
        row = Deputy(post=post, user=user, valid_from=since, valid_to=until)
        row.save()
    return row


def midday(on):
    return timezone.make_aware(datetime.combine(on, datetime.min.time().replace(hour=12)))


def enter(user, on, login):
    """The person as the first request of a day finds them."""
    client = login(again(user))
    request = RequestFactory().get("/admin/")
    request.session = client.session
    with clock.at(midday(on)):
        return get_user(request)


def test_a_post_gives_rights_from_its_first_day_to_its_last(cast):
    post = cast.officer.posts.get()
    end(post, today())

    assert posts_of(again(cast.officer), today()) == [post]
    assert posts_of(again(cast.officer), today() + DAY) == []
    assert posts_of(again(cast.officer), post.valid_from) == [post]
    assert posts_of(again(cast.officer), post.valid_from - DAY) == []


def test_the_morning_after_the_last_day_the_rights_are_gone(cast, login):
    end(cast.officer.posts.get(), today())

    person = enter(cast.officer, today(), login)
    assert person.has_perm("matters.answer_matter")
    person = enter(cast.officer, today() + DAY, login)
    assert not person.has_perm("matters.answer_matter")
    assert not person.has_perm("wagtailadmin.access_admin")
    assert person.groups.count() == 0


def test_a_post_that_begins_tomorrow_gives_nothing_today(cast, street, login):
    appoint(cast.editor, street.social, "officer", since=today() + DAY)

    assert not enter(cast.editor, today(), login).has_perm("matters.answer_matter")
    person = enter(cast.editor, today() + DAY, login)
    assert person.has_perm("matters.answer_matter")
    assert {group.name for group in person.groups.all()} == {"宣传员", "承办人"}


def test_a_deputy_has_the_rights_of_the_post_on_the_days_named_and_no_others(cast, street, login):
    post = cast.head.posts.get()
    deputise(post, cast.editor, today() + DAY, today() + 2 * DAY)

    assert [
        enter(cast.editor, today() + n * DAY, login).has_perm("matters.assign_officer")
        for n in range(4)
    ] == [False, True, True, False]
    held = [post in posts_of(again(cast.editor), today() + n * DAY) for n in range(4)]
    assert held == [False, True, True, False]
    with clock.at(midday(today() + DAY)):
        person = again(cast.editor)
        assert post_for(person, "matters.assign_officer") == post
        assert street.social.pk in unit_ids(person, Reach.UNIT)


def test_a_deputy_of_a_post_that_has_ended_has_nothing(cast):
    post = cast.head.posts.get()
    deputise(post, cast.editor, today(), today() + 9 * DAY)
    end(post, today())

    assert post in posts_of(again(cast.editor), today())
    assert post not in posts_of(again(cast.editor), today() + DAY)


def test_a_person_acts_in_their_own_post_before_one_they_deputise_for(cast, street):
    deputise(cast.head.posts.get(), cast.other_officer, today(), today())
    deputise(cast.other_officer.posts.get(), cast.head, today(), today())
    own = cast.other_officer.posts.get()

    assert posts_of(again(cast.head))[0] == cast.head.posts.get()
    person = again(cast.other_officer)
    assert posts_of(person)[0] == own
    assert post_for(person, "matters.answer_matter") == own
    assert post_for(person, "matters.assign_officer") == cast.head.posts.get()
    assert post_for(person, "matters.accept_matter") is None


def test_deputising_twice_for_a_post_counts_it_once(cast):
    post = cast.head.posts.get()
    deputise(post, cast.editor, today(), today())
    deputise(post, cast.editor, today() - DAY, today() + DAY)
    assert len(posts_of(again(cast.editor))) == 2


def test_a_change_of_posts_counts_at_once_also_for_the_person_of_a_request(cast, street):
    person = SimpleLazyObject(lambda: again(cast.editor))
    assert not person.has_perm("matters.answer_matter")
    assert unit_ids(person, Reach.UNIT) == []
    with acting(None, "兼任"):
        Post(user=person, unit=street.social, role="officer", valid_from=today()).save()
    assert len(posts_of(person)) == 1  # remembered for the request

    renew(person)
    assert len(posts_of(person)) == 2
    assert unit_ids(person, Reach.UNIT) == [street.social.pk]
    assert person.has_perm("matters.answer_matter")


def test_what_is_remembered_of_a_day_is_forgotten_with_it(cast, street):
    end(cast.officer.posts.get(), today())
    appoint(cast.officer, street.housing, "officer", since=today() + DAY)
    person = again(cast.officer)
    assert unit_ids(person, Reach.UNIT) == [street.social.pk]
    with clock.at(midday(today() + DAY)):
        assert unit_ids(person, Reach.UNIT) == [street.housing.pk]


def test_posts_are_read_once_a_request(cast, django_assert_num_queries):
    person = again(cast.head)
    with django_assert_num_queries(2):
        for _ in range(3):
            posts_of(person)
            unit_ids(person, Reach.UNIT)
    forget_posts(person)
    with django_assert_num_queries(1):
        posts_of(person)


def test_a_post_reaches_its_unit_and_all_below_it(cast, street):
    with acting(None, "建立测试岗位"):
        Post(user=cast.editor, unit=street.community, role="unit_head", valid_from=today()).save()
    found = unit_ids(again(cast.editor), Reach.UNIT)
    assert set(found) == {street.community.pk, street.grid.pk}


@pytest.mark.parametrize("alone", ["system_admin", "security_admin", "audit_admin", "auditor"])
def test_an_administrator_takes_no_second_post_and_nobody_else_an_administrators(
    cast, street, alone
):
    holder = {
        "system_admin": cast.sysadmin, "security_admin": cast.secadmin,
        "audit_admin": cast.auditadmin, "auditor": cast.auditor,
    }[alone]  # fmt: skip
    with pytest.raises(ValidationError, match="三员分立"):
        appoint(holder, street.social, "officer", since=today())
    with pytest.raises(ValidationError, match="三员分立"):
        appoint(cast.officer, street.street, alone, since=today())
    assert [post.role for post in posts_of(again(holder))] == [alone]
    assert holder.posts.count() == 1


def test_a_post_with_an_end_still_forbids_another_until_then(cast, street):
    end(cast.officer.posts.get(), today() + 30 * DAY)
    with pytest.raises(ValidationError, match="三员分立"):
        appoint(cast.officer, street.street, "auditor", since=today() + 30 * DAY)
    appoint(cast.officer, street.street, "auditor", since=today() + 31 * DAY)


def test_who_deputises_for_an_administrator_takes_no_casework_meanwhile(cast, street):
    deputise(cast.sysadmin.posts.get(), cast.auditadmin, today(), today() + 9 * DAY)
    post = Post(user=cast.auditadmin, unit=street.office, role="officer", valid_from=today())
    with pytest.raises(ValidationError, match="三员分立"):
        check_combination(post)
    assert roles_between(cast.auditadmin, today(), None) == {"audit_admin", "system_admin"}
    assert roles_between(cast.auditadmin, today() + 10 * DAY, None) == {"audit_admin"}
    before = today() - DAY
    assert roles_between(cast.auditadmin, before, before) == {"audit_admin"}


def test_holders_of_a_role_are_those_with_an_open_account_and_a_post_today(cast, street):
    deputise(cast.custodian.posts.get(), cast.editor, today(), today())
    assert set(holders("custodian", today())) == {cast.custodian, cast.custodian2}
    end(cast.custodian.posts.get(), today() - DAY)
    with acting(None, "停用"):
        again(cast.custodian2).deactivate()
    assert list(holders("custodian", today())) == []
    assert list(holders("custodian", date(2021, 1, 1))) == [cast.custodian]


def test_groups_are_those_of_the_day(cast, street):
    person = again(cast.editor)
    person.groups.clear()
    sync_groups(person, today())
    assert [group.name for group in person.groups.all()] == ["宣传员"]
    sync_groups(person, date(2019, 1, 1))
    assert (person.groups.count(), person.groups_on) == (0, date(2019, 1, 1))


def test_a_closed_account_has_no_rights_and_no_session(cast, login):
    assert enter(cast.officer, today(), login).is_authenticated
    client = login(cast.officer)
    with acting(None, "停用"):
        again(cast.officer).deactivate()

    assert not again(cast.officer).has_perm("matters.view_matter")
    assert client.get("/admin/").status_code == 302
