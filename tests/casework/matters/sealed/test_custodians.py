"""A leader names who keeps what is sealed; what it is and about whom, the leader never learns."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from casework.matters.models import Custodian, Custody, DisciplineBody, Matter
from casework.matters.sealed.bodies import make_bodies
from casework.matters.sealed.envelope import Envelope
from casework.matters.sealed.holding import keepers
from casework.matters.sealed.keeping import end_custodian, name_custodian, replace_custodian
from office.clock import today
from office.history import acting
from office.models import Change
from office.posts import appoint
from tests.casework.matters.counter import arrive, record, sent, text
from tests.casework.matters.handing import handed_over

PAGE, NAME = reverse("matters:custodians"), reverse("matters:custodian_name")


def seen(user):
    return set(Matter.objects.visible_to(user).values_list("pk", flat=True))


def name(cast, *people):
    with acting(cast.leader):
        return [name_custodian(user, by=cast.leader, reason="分工") for user in people]


def letter(cast, **outside):
    return arrive(cast.registrar, klass="B", envelope=Envelope(**outside))[1][0]


@pytest.fixture
def third(cast):
    """One more colleague with a custodian's post."""
    with acting(cast.secadmin):
        appoint(cast.grid, cast.officer.posts.get().unit, "custodian", since=today())
    return cast.grid


def test_until_a_leader_names_anybody_all_who_hold_the_post_keep(cast, rules):
    assert keepers(today()) == [cast.custodian, cast.custodian2]
    name(cast, cast.custodian2)
    assert keepers(today()) == [cast.custodian2]
    assert seen(cast.custodian) == set()
    new = letter(cast)
    assert seen(cast.custodian2) == {new.pk}
    assert seen(cast.custodian) == set()


def test_naming_gives_nobody_the_right_their_post_does_not(cast, rules, login):
    with pytest.raises(ValidationError) as refused:
        name(cast, cast.officer)
    assert "安全管理员提出、系统管理员确认" in "".join(refused.value.messages)

    page = login(cast.leader).post(NAME, sent(user=str(cast.officer.pk), reason="分工"))
    assert page.status_code == 422
    assert not Custodian.objects.exists()


def test_a_leader_names_two_and_sees_since_when_and_how_many_wait_in_the_street(cast, rules, login):
    client = login(cast.leader)
    assert "请指定两位" in text(client.get(PAGE))
    client.post(NAME, sent(user=str(cast.custodian.pk), reason="机要员"))
    one = text(client.get(PAGE))
    assert "要 2 位" in one
    client.post(NAME, sent(user=str(cast.custodian2.pk), reason="分管副主任"))
    first = letter(cast, about_leader=True)
    handed_over(letter(cast), cast.custodian)

    page = text(client.get(PAGE))
    assert "要 2 位" not in page
    assert "待转交 <b>1</b> 件，已转交 <b>1</b> 件" in page
    assert "分管副主任" in page
    assert first.number not in page
    assert client.get(record(first)).status_code == 404


def test_one_act_hands_all_that_one_keeps_to_another_with_both_names(cast, rules, third):
    [row, _] = name(cast, cast.custodian, cast.custodian2)
    letters, gone = [letter(cast), letter(cast)], handed_over(letter(cast), cast.custodian)
    with acting(cast.leader):
        replace_custodian(row, third, by=cast.leader, reason="岗位调整")

    assert seen(cast.custodian) == set()
    assert seen(third) == {*(one.pk for one in letters), gone.pk}
    assert seen(cast.custodian2) == seen(third)
    for one in letters:
        assert one.moves.get(name="custody").summary == "密小管 → 网小格"
    assert keepers(today()) == [cast.custodian2, third]
    changes = Change.objects.filter(reason="岗位调整", kind="matters.custody")
    assert set(changes.values_list("sealed", flat=True)) == {True}


def test_what_concerns_the_successor_stays_where_it_was(cast, rules, third):
    [row, _] = name(cast, cast.custodian, cast.custodian2)
    theirs, other = letter(cast, named=[third, cast.custodian2]), letter(cast)
    with acting(cast.leader):
        replace_custodian(row, third, by=cast.leader, reason="岗位调整")

    assert seen(third) == {other.pk}
    assert seen(cast.custodian) == {theirs.pk}  # else it would be in nobody's hands


def test_one_who_ends_leaves_the_letters_to_the_other(cast, rules):
    [row, _] = name(cast, cast.custodian, cast.custodian2)
    ours, only = letter(cast), letter(cast, named=[cast.custodian2])
    with acting(cast.leader):
        end_custodian(row, by=cast.leader, reason="调离")

    assert seen(cast.custodian2) == {ours.pk}
    assert seen(cast.custodian) == {only.pk}
    assert keepers(today()) == [cast.custodian2]


def test_the_last_one_cannot_just_end(cast, rules, login):
    [row] = name(cast, cast.custodian)
    page = login(cast.leader).post(
        reverse("matters:custodian_end", args=[row.pk]), sent(reason="调离")
    )

    assert page.status_code == 422
    assert "最后一位保管人" in text(page)
    assert keepers(today()) == [cast.custodian]


def test_a_leader_replaces_one_on_the_page(cast, rules, third, login):
    [row, _] = name(cast, cast.custodian, cast.custodian2)
    one = letter(cast)
    url = reverse("matters:custodian_replace", args=[row.pk])
    client = login(cast.leader)
    assert "网小格" in text(client.get(url))
    client.post(url, sent(user=str(third.pk), reason="岗位调整"))

    assert seen(third) == {one.pk}
    assert client.get(url).status_code == 404  # no longer one
    assert "以前的保管人" in text(client.get(PAGE))


def test_whom_nobody_can_name_is_told_what_to_do_first(cast, rules, login):
    name(cast, cast.custodian, cast.custodian2)

    assert "请安全管理员提出、系统管理员确认授予" in text(login(cast.leader).get(NAME))


def test_a_custodian_who_lost_the_post_is_marked_and_keeps_nothing_new(cast, rules, login):
    name(cast, cast.custodian, cast.custodian2)
    with acting(cast.secadmin, "调岗"):
        post = cast.custodian2.posts.get()
        post.valid_from, post.valid_to = post.valid_from, post.valid_from
        post.save()

    page = text(login(cast.leader).get(PAGE))
    assert "已没有岗位" in page
    assert "要 2 位" in page
    new = letter(cast)
    assert not Custody.objects.filter(matter=new, user=cast.custodian2).exists()


@pytest.mark.parametrize("who", ["custodian", "officehead", "registrar", "auditor", "secadmin"])
def test_nobody_but_a_leader_names(who, cast, rules, login):
    client = login(getattr(cast, who))
    for url in (PAGE, NAME, reverse("matters:body_add")):
        assert client.get(url).status_code == client.post(url, sent()).status_code == 302


def test_a_leader_keeps_the_receiving_bodies(cast, rules, login):
    client, [street, _] = login(cast.leader), make_bodies()
    url = reverse("matters:body", args=[street.pk])
    fields = {"name": "云湖街道纪检监察工委", "level": "street", "reason": "机构更名"}
    assert client.post(url, sent(**fields)).status_code == 302
    twice = client.post(reverse("matters:body_add"), sent(**fields))
    assert twice.status_code == 422
    assert client.post(url, sent(**{**fields, "ended": "on", "reason": ""})).status_code == 422
    client.post(
        reverse("matters:body_add"), sent(name="市纪委监委", level="district", reason="增设")
    )

    assert DisciplineBody.objects.get(pk=street.pk).name == "云湖街道纪检监察工委"
    assert DisciplineBody.objects.count() == 3
    assert Change.objects.filter(kind="matters.disciplinebody", reason="机构更名").exists()
