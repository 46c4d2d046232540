"""Who sees which matters: one rule, asked in two ways, over everything that can hide or show one."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from casework.matters.approvals import ask, decide
from casework.matters.attaching import attach
from casework.matters.models import Custody, HandOver, Matter, Recusal, SupportUnit
from casework.matters.moving import move
from office import clock
from office.clock import now, today
from office.history import acting
from office.looks import log_look
from office.models import Change, Deputy, Look, Post, User
from office.posts import renew
from tests.casework.matters.counter import accepted, answered, arrive, assigned
from tests.casework.matters.handing import handed_over
from tests.office.test_attachments import upload

DAY = timedelta(days=1)


def again(user):
    """The same person as a new request meets them."""
    return User.objects.get(pk=user.pk)


def seen(user):
    """Names of the matters a person sees, asked in both ways; they must agree, row by row."""
    person = again(user)
    whole = sorted(Matter.objects.visible_to(person).values_list("pk", flat=True))
    assert len(whole) == len(set(whole))
    branches = Matter.objects.branches_for(person)
    parts = {pk for branch in branches for pk in branch.values_list("pk", flat=True)}
    assert parts == set(whole), person
    return set(whole)


def until(days):
    """The last day of something, counted from today; None when it has none."""
    return None if days is None else today() + days * DAY


def led(cast, unit, by=None):
    """A matter that a unit leads."""
    matter = accepted(arrive(by or cast.registrar)[1][0], cast.officehead)
    return assigned(matter, cast.officehead, unit)


def supported(cast, street):
    """Led by one section, supported by another: now, until today, once."""
    made = {}
    for name, days in (("supported", None), ("supported until today", 0), ("supported once", -1)):
        made[name] = matter = led(cast, street.housing)
        facts = {"unit": street.social, "since": today() - 9 * DAY, "until": until(days)}
        with acting(None, "协办"):
            SupportUnit(matter=matter, **facts).save()
    return made


def stepped_back(cast, street):
    """Led by the officer's own section, and somebody stays out of it."""
    made = {}
    for name, who, days in (
        ("stepped back", cast.officer, None),
        ("stepped back until tomorrow", cast.officer, 1),
        ("stepped back until today", cast.officer, 0),
        ("stepped back once", cast.officer, -1),
        ("head stepped back", cast.officehead, None),
    ):
        made[name] = matter = led(cast, street.social)
        with acting(None, "回避"):
            Recusal(matter=matter, user=who, since=today() - 9 * DAY, until=until(days)).save()
    return made


def letters(cast):
    """Sealed letters: waiting, handed over, with a keeper who stays out, come in online."""
    made = {
        name: arrive(by, klass="B", claims=[], people=[])[1][0]
        for name, by in (
            ("sealed", cast.registrar),
            ("handed over", cast.registrar),
            ("sealed, keeper stepped back", cast.registrar),
            ("sealed, online", None),
        )
    }
    handed_over(made["handed over"], cast.custodian)
    matter = made["sealed, keeper stepped back"]
    with acting(None, "回避"):
        Recusal(matter=matter, user=cast.custodian2, since=today()).save()
    return made


@pytest.fixture
def world(cast, street, rules):
    """Matters of every kind of visibility, by a name that says it."""
    void = arrive(cast.registrar)[1][0]
    request = ask(void, "void", by=cast.registrar, reason="重复登记")
    made = {
        "fresh": arrive(cast.registrar)[1][0],
        "fresh of another": arrive(cast.registrar2)[1][0],
        "by nobody": arrive(None)[1][0],
        "accepted": accepted(arrive(cast.registrar2)[1][0], cast.officehead),
        "social": led(cast, street.social),
        "housing": led(cast, street.housing, cast.registrar2),
        "community": led(cast, street.community),
        "answered": answered(led(cast, street.social), cast.officer),
        "void": decide(request, by=cast.leader, approve=True),
        **supported(cast, street),
        **stepped_back(cast, street),
        **letters(cast),
    }
    keys = {matter.pk: name for name, matter in made.items()}
    return SimpleNamespace(made=made, keys=keys, street=street)


def names(world, user):
    return {world.keys[pk] for pk in seen(user)}


SEALED = {"sealed", "handed over", "sealed, keeper stepped back", "sealed, online"}


def test_everybody_sees_their_own_and_nothing_else(cast, world):
    """One table over the whole cast."""
    opened = set(world.made) - SEALED
    of_social = {
        "social", "supported", "supported until today", "head stepped back", "answered",
        "stepped back", "stepped back until tomorrow", "stepped back until today",
        "stepped back once",
    }  # fmt: skip
    of_housing = {"housing", "supported", "supported until today", "supported once"}
    waiting = {"fresh", "fresh of another", "by nobody"}
    by_second = {"accepted", "housing"}
    expected = {
        "registrar": (opened - by_second) | waiting | {"sealed", "sealed, keeper stepped back"},
        "registrar2": waiting | by_second,
        "officer": of_social
        - {"stepped back", "stepped back until tomorrow", "stepped back until today"},
        "head": of_social,
        "other_officer": of_housing,
        "officehead": opened - {"head stepped back"},
        "officehead2": opened,
        "leader": opened,
        "auditor": opened,
        "custodian": SEALED,
        "custodian2": SEALED - {"sealed, keeper stepped back"},
    }
    assert {name: names(world, person) for name, person in vars(cast).items()} == {
        name: expected.get(name, set()) for name in vars(cast)
    }


def test_who_has_no_account_sees_nothing(fresh):
    assert not Matter.objects.visible_to(AnonymousUser()).exists()
    assert Matter.objects.branches_for(AnonymousUser()) == []


def test_a_closed_account_sees_nothing_at_once(cast, fresh):
    assert seen(cast.officehead) == {fresh.pk}
    with acting(None, "停用"):
        again(cast.officehead).deactivate()
    assert seen(cast.officehead) == set()


def test_an_ended_post_shows_nothing_on_the_day_after(cast, handled):
    with acting(None, "离任"):
        post = cast.officer.posts.get()
        post.valid_to = today()
        post.save()
    assert seen(cast.officer) == {handled.pk}
    with clock.at(now() + DAY):
        assert seen(cast.officer) == set()


def test_a_deputy_sees_what_the_post_shows_on_those_days_alone(cast, world):
    with acting(None, "AB角"):
        Deputy(
            post=cast.other_officer.posts.get(), user=cast.grid,
            valid_from=today() + DAY, valid_to=today() + DAY,
        ).save()  # fmt: skip
    assert seen(cast.grid) == set()
    with clock.at(now() + DAY):
        assert names(world, cast.grid) == {
            "housing", "supported", "supported until today", "supported once",
        }  # fmt: skip
    with clock.at(now() + 2 * DAY):
        assert seen(cast.grid) == set()


def test_a_deputy_who_stepped_back_sees_it_through_no_post(cast, handled):
    with acting(None, "AB角"):
        Deputy(
            post=cast.head.posts.get(), user=cast.officer, valid_from=today(), valid_to=today()
        ).save()
        assert seen(cast.officer) == {handled.pk}
        Recusal(matter=handled, user=cast.officer, since=today()).save()
    renew(cast.officer)
    assert seen(cast.officer) == set()


def test_a_post_over_the_street_shows_the_sections_and_communities_below(cast, world):
    with acting(None, "兼任"):
        post = Post(user=cast.editor, unit=world.street.street, role="officer", valid_from=today())
        post.save()
    renew(cast.editor)
    assert names(world, cast.editor) >= {"social", "housing", "community"}
    assert not names(world, cast.editor) & (SEALED | {"fresh", "accepted", "void"})


def test_keeping_something_that_is_not_sealed_shows_nothing(cast, handled):
    with acting(None, "误填"):
        Custody(matter=handled, user=cast.custodian, since=today()).save()
    assert seen(cast.custodian) == set()


def test_a_custodian_who_entered_the_letter_keeps_it_after_handing_it_over(cast, rules):
    theirs = arrive(cast.custodian, klass="B", claims=[], people=[])[1][0]
    ours = arrive(cast.registrar, klass="B", claims=[], people=[])[1][0]
    for matter in (theirs, ours):
        handed_over(matter, cast.custodian)

    assert seen(cast.custodian) == {theirs.pk, ours.pk}
    assert seen(cast.registrar) == set()


def test_a_custody_that_has_ended_shows_nothing(cast, sealed):
    assert seen(cast.custodian) == {sealed.pk}
    with acting(None, "换人"):
        for row in Custody.objects.filter(user=cast.custodian):
            row.until = today()
            row.save()
    assert seen(cast.custodian) == set()


def test_who_is_no_custodian_any_more_sees_nothing_though_custody_is_still_noted(
    cast, street, sealed
):
    with acting(None, "换岗"):
        post = cast.custodian.posts.get()
        post.valid_to = today() - DAY
        post.save()
        Post(user=cast.custodian, unit=street.social, role="officer", valid_from=today()).save()
    renew(cast.custodian)
    assert Custody.objects.filter(user=cast.custodian, until=None).exists()
    assert seen(cast.custodian) == set()


def test_a_sealed_letter_is_hidden_from_a_unit_even_if_one_was_entered(cast, street, sealed):
    with acting(None, "误填"):
        sealed.lead_unit = street.social
        sealed.save()
        SupportUnit(matter=sealed, unit=street.housing, since=today()).save()
    for person in (cast.officer, cast.head, cast.other_officer):
        assert seen(person) == set()


def test_stepping_back_hides_a_matter_at_once_at_every_door(cast, handled):
    matter = handled
    assert matter.pk in seen(cast.head)
    with acting(cast.officehead):
        request = ask(matter, "void", by=cast.officehead, reason="试")
        Recusal(matter=matter, user=cast.head, since=today()).save()

    absent = Matter(pk=matter.pk + 10_000)
    assert matter.pk not in seen(cast.head)
    for hidden in (matter, absent):
        with pytest.raises(Matter.DoesNotExist) as told:
            move(hidden, "hear", by=cast.head, data={"way": "phone", "note": "x"})
        assert str(told.value) == "Matter matching query does not exist."
        with pytest.raises(Matter.DoesNotExist):
            ask(hidden, "void", by=cast.head, reason="x")
    with pytest.raises((Matter.DoesNotExist, PermissionDenied)):
        attach(matter, upload(b"x"), by=cast.head)
    with acting(None, "回避"):
        Recusal(matter=matter, user=cast.leader, since=today()).save()
    with pytest.raises(Matter.DoesNotExist):
        decide(request, by=cast.leader, approve=True)
    request.refresh_from_db()
    assert (request.decision, matter.files.count()) == ("", 0)


def test_whoever_does_not_see_a_matter_can_do_nothing_to_it(cast, world):
    """Nothing but "there is no such matter", whatever the verb and whatever the state."""
    for person in vars(cast).values():
        mine = seen(person)
        for name in ("fresh", "social", "housing", "void", "sealed"):
            matter = world.made[name]
            if matter.pk in mine:
                continue
            with pytest.raises(Matter.DoesNotExist):
                move(matter, "accept", by=person, data={"klass": "A"})
            with pytest.raises(Matter.DoesNotExist):
                ask(matter, "void", by=person, reason="x")


def test_support_reads_and_decides_nothing(cast, world):
    matter = world.made["supported"]
    assert matter.pk in seen(cast.officer)
    for name, data in (
        ("hear", {"way": "phone", "note": "x"}),
        ("answer", {"outcome": "support", "body": "x"}),
        ("return", {"note": "x"}),
        ("name_officer", {"officer": cast.officer}),
    ):
        for person in (cast.officer, cast.head):
            with pytest.raises(PermissionDenied):
                move(matter, name, by=person, data=data)
    attach(matter, upload("协办单位的情况说明".encode()), by=cast.officer)


def test_the_log_knows_which_changes_and_looks_are_of_something_sealed(cast, world):
    sealed = {name: world.made[name] for name in SEALED}
    numbers = {matter.number for matter in sealed.values()}
    items = {link.item.number for matter in sealed.values() for link in matter.links.all()}
    items |= set(HandOver.objects.values_list("number", flat=True))
    rows = Change.objects.filter(label__in=numbers | items)
    assert rows.count() >= 3 * len(SEALED)
    assert set(rows.values_list("sealed", flat=True)) == {True}
    assert not Change.objects.filter(sealed=True).exclude(label__in=numbers | items).exists()

    log_look(cast.custodian, sealed["sealed"], "路径", purpose="核对转交")
    log_look(cast.officer, world.made["social"], "诉求", purpose="承办本事项")
    assert [look.sealed for look in Look.objects.order_by("id")] == [True, False]


def test_open_and_overdue_are_counted_by_the_last_day(cast, world):
    rows = Matter.objects.visible_to(again(cast.officehead2))
    assert rows.filter(state="void").open().count() == 0
    matter = world.made["social"]
    assert rows.overdue(matter.due_on).filter(pk=matter.pk).count() == 0
    assert rows.overdue(matter.due_on + DAY).filter(pk=matter.pk).count() == 1


def test_an_auditor_who_stepped_back_reads_nothing_of_it_in_the_change_log(cast, handled, login):
    auditor = login(cast.auditor)
    assert handled.number in auditor.get("/admin/audit/").content.decode()
    with acting(None, "回避"):
        Recusal(matter=handled, user=cast.auditor, since=today()).save()
    for query in ("", f"?record={handled.number}"):
        page = auditor.get(f"/admin/audit/{query}")
        assert [row for row in page.context["table"].rows if handled.number in str(row)] == []
        assert f">{handled.number}<" not in page.content.decode()
