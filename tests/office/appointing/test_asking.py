"""Rights are asked for by one and confirmed by another, and by nobody for themselves."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from office.appointing import asking
from office.appointing.asking import Wish
from office.clock import today
from office.history import acting
from office.models import Change, Deputy, GrantRequest, Leave, Post, User
from office.posts import renew
from office.separation import Level
from tests.conftest import make_person

DAY = timedelta(days=1)


def again(user):
    return User.objects.get(pk=user.pk)


def officer_of(user, unit, **values):
    return Wish(kind="post", user=user, unit=unit, role="officer", **values)


def deputy(post, user, days=3):
    return Wish(
        kind="deputy", user=user, post=post, valid_from=today(), valid_to=today() + days * DAY
    )


def on_leave(user):
    with acting(None, "请假"):
        Leave(person=user, valid_from=today(), valid_to=today()).save()


def test_a_right_begins_only_when_the_second_person_has_confirmed_it(cast, street):
    request = asking.ask(cast.secadmin, officer_of(cast.grid, street.housing), reason="分工调整")
    assert not again(cast.grid).has_perm("matters.answer_matter")
    assert cast.grid.posts.count() == 1

    asking.decide(request.pk, by=cast.sysadmin, agree=True)
    assert again(cast.grid).has_perm("matters.answer_matter")
    post = Post.objects.get(user=cast.grid, role="officer")
    assert (post.valid_from, post.unit) == (today(), street.housing)
    request.refresh_from_db()
    assert (request.state, request.decided_by, request.made_post) == (
        "granted",
        cast.sysadmin,
        post,
    )
    change = Change.objects.filter(kind="office.post").latest("pk")
    assert (change.actor, "分工调整" in change.reason) == (cast.sysadmin, True)
    assert str(change.post) == "云湖街道 系统管理员"


def test_who_asked_does_not_confirm_nor_does_anybody_else_without_the_right(cast, street):
    request = asking.ask(cast.secadmin, officer_of(cast.grid, street.housing), reason="分工调整")
    for who, person in vars(cast).items():
        if who != "sysadmin":
            with pytest.raises(ValidationError):
                asking.decide(request.pk, by=person, agree=True)
    assert cast.grid.posts.count() == 1
    assert asking.waiting_for(cast.sysadmin) == [request]
    assert asking.waiting_for(cast.secadmin) == []


def test_only_the_security_administrator_asks(cast, street):
    wish = officer_of(cast.grid, street.housing)
    may = {who for who, one in vars(cast).items() if not asking.why_not_ask(one, wish)}
    assert may == {"secadmin"}


def test_nobody_asks_or_confirms_for_themselves(cast, street):
    with pytest.raises(ValidationError, match="不能给自己"):
        asking.ask(cast.secadmin, officer_of(cast.secadmin, street.housing), reason="自己")
    second = make_person("sysadmin2", "系小二", "system_admin", street.street)
    wish = Wish(kind="deputy", user=second, post=cast.sysadmin.posts.get(), valid_to=today() + DAY)
    request = asking.ask(cast.secadmin, wish, reason="休假代行")
    for person in (second, cast.sysadmin):  # the deputy, and whose post it is
        with pytest.raises(ValidationError, match="不能给自己"):
            asking.decide(request.pk, by=person, agree=True)


def test_with_no_administrator_left_a_leader_decides_and_is_named(cast, street):
    on_leave(cast.sysadmin)
    request = asking.ask(cast.secadmin, officer_of(cast.grid, street.housing), reason="分工调整")
    deciders = asking.deciders(request)
    assert (deciders.level, deciders.people) == (Level.LEADER, (cast.leader,))
    assert "街小领" in deciders.told
    with pytest.raises(ValidationError, match="没有确认这项授权的权限"):
        asking.decide(request.pk, by=cast.officehead, agree=True)
    asking.decide(request.pk, by=cast.leader, agree=True)
    assert again(cast.grid).has_perm("matters.answer_matter")


def test_with_nobody_left_at_all_the_request_waits_and_unlocks_nothing(cast, street):
    on_leave(cast.sysadmin)
    on_leave(cast.leader)
    request = asking.ask(cast.secadmin, officer_of(cast.grid, street.housing), reason="分工调整")
    assert asking.deciders(request).level == Level.DISTRICT
    for person in vars(cast).values():
        with pytest.raises(ValidationError):
            asking.decide(request.pk, by=person, agree=True)


def test_a_security_administrators_own_password_is_asked_for_by_a_leader(cast):
    wish = Wish(kind="password", user=cast.secadmin)
    may = {who for who, one in vars(cast).items() if not asking.why_not_ask(one, wish)}
    assert may == {"leader"}
    request = asking.ask(cast.leader, wish, reason="忘了密码")
    assert asking.waiting_for(cast.sysadmin) == [request]


def test_a_custodian_is_named_by_a_leader_and_confirmed_by_the_system_administrator(cast, street):
    wish = Wish(kind="post", user=cast.registrar, unit=street.office, role="custodian")
    with pytest.raises(ValidationError, match="由街道领导指定"):
        asking.ask(cast.secadmin, wish, reason="增加保管人")
    post = cast.custodian.posts.get()
    with pytest.raises(ValidationError, match="由街道领导指定"):
        asking.ask(cast.secadmin, deputy(post, cast.registrar), reason="代行")
    request = asking.ask(cast.leader, wish, reason="增加保管人")
    with pytest.raises(ValidationError, match="不能审批自己"):
        asking.decide(request.pk, by=cast.leader, agree=True)
    asking.decide(request.pk, by=cast.sysadmin, agree=True)
    assert again(cast.registrar).has_perm("matters.hand_over_sealed")
    with pytest.raises(ValidationError):  # and a leader names custodians alone
        asking.ask(cast.leader, officer_of(cast.grid, street.housing), reason="x")


@pytest.mark.parametrize("alone", ["system_admin", "security_admin", "audit_admin", "auditor"])
def test_no_door_gives_an_administrator_a_second_role(cast, street, alone):
    holder = {
        "system_admin": cast.sysadmin, "security_admin": cast.secadmin,
        "audit_admin": cast.auditadmin, "auditor": cast.auditor,
    }[alone]  # fmt: skip
    asker = cast.leader if holder == cast.secadmin else cast.secadmin
    if asker == cast.leader:
        on_leave(cast.secadmin)
    wishes = [
        officer_of(holder, street.housing),
        Wish(kind="post", user=cast.officer, unit=street.street, role=alone),
        deputy(holder.posts.get(), cast.officer),
        deputy(cast.officer.posts.get(), holder),
    ]
    for wish in wishes:
        with pytest.raises(ValidationError):
            asking.ask(asker, wish, reason="试一试")
        assert "三员分立" in asking.why_not_grant(wish)
    assert not GrantRequest.objects.exists()


def test_what_became_forbidden_meanwhile_is_not_confirmed(cast, street):
    first = asking.ask(cast.secadmin, officer_of(cast.grid, street.housing), reason="分工")
    wish = Wish(kind="post", user=cast.grid, unit=street.street, role="auditor")
    post = cast.grid.posts.get()
    with acting(cast.secadmin, "调离"):
        post.valid_to = today() - DAY
        post.save()
    second = asking.ask(cast.secadmin, wish, reason="转岗审计")
    asking.decide(first.pk, by=cast.sysadmin, agree=True)
    with pytest.raises(ValidationError, match="三员分立"):
        asking.decide(second.pk, by=cast.sysadmin, agree=True)
    second.refresh_from_db()
    assert second.state == "asked"
    assert {p.role for p in cast.grid.posts.all()} == {"grid", "officer"}


def test_a_right_is_in_force_from_today_at_the_earliest(cast, street):
    wish = officer_of(cast.grid, street.housing, valid_from=today() - DAY)
    with pytest.raises(ValidationError, match="权限不能倒签"):
        asking.ask(cast.secadmin, wish, reason="分工调整")
    request = asking.ask(
        cast.secadmin, officer_of(cast.grid, street.housing, valid_from=today()), reason="分工"
    )
    request.valid_from = today() - 5 * DAY  # it was asked for five days ago
    with acting(None):
        request.save()
    asking.decide(request.pk, by=cast.sysadmin, agree=True)
    assert Post.objects.get(user=cast.grid, role="officer").valid_from == today()


def test_a_deputy_acts_between_two_days_once_two_people_agree(cast, street):
    post = cast.officehead.posts.get()
    with pytest.raises(ValidationError, match="代行人不能是本人"):
        asking.ask(cast.secadmin, deputy(post, cast.officehead), reason="代行")
    request = asking.ask(cast.secadmin, deputy(post, cast.registrar), reason="主任休假")
    asking.decide(request.pk, by=cast.sysadmin, agree=True)
    row = Deputy.objects.get()
    assert (row.user, row.valid_from, row.valid_to) == (cast.registrar, today(), today() + 3 * DAY)
    assert again(cast.registrar).has_perm("matters.accept_matter")


def test_a_longer_term_needs_two_and_gives_back_what_was_to_end(cast, street):
    post = cast.officer.posts.get()
    with acting(cast.secadmin, "借调到期"):
        post.valid_to = today()
        post.save()
    wish = Wish(kind="extend", user=cast.officer, post=post, valid_to=today())
    with pytest.raises(ValidationError, match="晚于原来"):
        asking.ask(cast.secadmin, wish, reason="延长")
    wish = Wish(kind="extend", user=cast.officer, post=post, valid_to=today() + 30 * DAY)
    request = asking.ask(cast.secadmin, wish, reason="借调延长")
    assert Post.objects.get(pk=post.pk).valid_to == today()
    asking.decide(request.pk, by=cast.sysadmin, agree=True)
    assert Post.objects.get(pk=post.pk).valid_to == today() + 30 * DAY


def test_a_refusal_needs_a_reason_and_writes_nothing(cast, street):
    request = asking.ask(cast.secadmin, officer_of(cast.grid, street.housing), reason="分工调整")
    with pytest.raises(ValidationError, match="请写明理由"):
        asking.decide(request.pk, by=cast.sysadmin, agree=False)
    asking.decide(request.pk, by=cast.sysadmin, agree=False, note="单位不对")
    assert cast.grid.posts.count() == 1
    with pytest.raises(ValidationError, match="已经办理"):
        asking.decide(request.pk, by=cast.sysadmin, agree=True)


def test_what_is_asked_twice_is_asked_once_and_may_be_taken_back(cast, street):
    wish = officer_of(cast.grid, street.housing)
    request = asking.ask(cast.secadmin, wish, reason="分工调整")
    with pytest.raises(ValidationError, match="还在等确认"):
        asking.ask(cast.secadmin, wish, reason="分工调整")
    with pytest.raises(ValidationError, match="只有提出的人"):
        asking.withdraw(request.pk, by=cast.sysadmin)
    asking.withdraw(request.pk, by=cast.secadmin)
    with pytest.raises(ValidationError, match="已经撤回"):
        asking.decide(request.pk, by=cast.sysadmin, agree=True)
    assert asking.ask(cast.secadmin, wish, reason="再提").pk != request.pk


def test_a_closed_account_gets_no_post(cast, street):
    with acting(cast.secadmin, "离岗"):
        again(cast.grid).deactivate()
    with pytest.raises(ValidationError, match="已停用"):
        asking.ask(cast.secadmin, officer_of(again(cast.grid), street.housing), reason="分工")


def test_who_is_on_leave_asks_and_confirms_nothing(cast, street):
    request = asking.ask(cast.secadmin, officer_of(cast.grid, street.housing), reason="分工调整")
    on_leave(cast.sysadmin)
    renew(cast.sysadmin)
    assert "没有确认" in asking.why_not_decide(request, again(cast.sysadmin))
