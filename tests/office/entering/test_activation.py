"""Nobody alone can become somebody else: a code in two halves, a password only its person knows."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from office import clock
from office.appointing import asking
from office.appointing.asking import Wish
from office.clock import now
from office.entering import activation
from office.history import acting
from office.models import Activation, SignIn, User
from tests.conftest import PASSWORD
from tests.english import english_left

PAGE, FRESH = "/admin/activate/", "Xin-mima-2026-yh"


def again(user):
    return User.objects.get(pk=user.pk)


def code_of(cast, person=None):
    """A confirmed code of a person, no half taken."""
    wish = Wish(kind="password", user=person or cast.officer)
    request = asking.ask(cast.secadmin, wish, reason="本人说忘了密码")
    asking.decide(request.pk, by=cast.sysadmin, agree=True)
    return request.activations.get()


def halves_of(cast, code):
    return [activation.take_half(code.pk, by=person) for person in (cast.secadmin, cast.sysadmin)]


def send(client, halves, username="officer", password=FRESH, again=None):
    values = {
        "username": username, "first": halves[0], "second": halves[1], "password1": password,
        "password2": password if again is None else again,
    }  # fmt: skip
    return client.post(PAGE, values)


def test_two_halves_together_let_a_person_set_a_password_of_their_own(cast, client, login):
    old_session = login(cast.officer)
    code = code_of(cast)
    halves = halves_of(cast, code)
    assert send(client, halves).url == "/admin/login/"
    assert again(cast.officer).check_password(FRESH)
    assert old_session.get("/admin/").status_code == 302
    assert not client.login(username="officer", password=PASSWORD)
    assert SignIn.objects.filter(what="activated", account=cast.officer).exists()


def test_the_old_password_is_good_until_the_code_is_used(cast, client):
    halves_of(cast, code_of(cast))
    assert client.login(username="officer", password=PASSWORD)


def test_one_half_opens_nothing_nor_do_both_halves_of_one_person(cast, client):
    code = code_of(cast)
    mine = activation.take_half(code.pk, by=cast.secadmin)
    for halves in ([mine, mine], [mine, ""], [mine, "AAAA-AAAA"], ["AAAA-AAAA", mine]):
        assert send(client, halves).status_code == 200
    assert again(cast.officer).check_password(PASSWORD)


def test_each_half_is_shown_once_to_its_own_person_and_kept_as_a_hash(cast, login):
    code = code_of(cast)
    security, system = login(cast.secadmin), login(cast.sysadmin)
    address = f"/admin/grants/{code.request_id}/"
    assert "您的一半还没领取" in security.get("/admin/").content.decode()
    page = security.post(address, {"act": "half"})
    shown = page.content.decode().split("<h2>")[1].split("</h2>")[0]
    code.refresh_from_db()
    assert len(activation.cleaned(shown)) == 8
    assert activation.cleaned(shown) not in code.first
    assert "no-store" in page.headers["Cache-Control"]
    once_more = security.post(address, {"act": "half"}).content.decode()
    assert "已经领取过" in once_more
    assert shown not in once_more + security.get(address).content.decode()
    assert "后半" in system.post(address, {"act": "half"}).content.decode()
    assert SignIn.objects.filter(what="half", account=cast.officer).count() == 2
    assert english_left(once_more, allowed=["officer"]) == []


def test_nobody_else_takes_a_half_not_even_the_person(cast):
    code = code_of(cast)
    for who, person in vars(cast).items():
        if who not in ("secadmin", "sysadmin"):
            with pytest.raises(PermissionDenied):
                activation.take_half(code.pk, by=person)


def test_a_code_works_once(cast, client):
    halves = halves_of(cast, code_of(cast))
    send(client, halves)
    assert send(client, halves, password="Zweites-2026-yh").status_code == 200
    assert again(cast.officer).check_password(FRESH)


def test_a_code_expires_after_a_day(cast, client):
    code = code_of(cast)
    halves = halves_of(cast, code)
    with clock.at(now() + timedelta(hours=25)):
        assert "激活码" in send(client, halves).content.decode()
        with pytest.raises(ValidationError, match="已过期"):
            activation.take_half(code.pk, by=cast.secadmin)
    assert again(cast.officer).check_password(PASSWORD)


def test_five_mistakes_kill_a_code(cast, client):
    code = code_of(cast)
    halves = halves_of(cast, code)
    for _ in range(5):
        send(client, ["AAAA-AAAA", "BBBB-BBBB"])
    assert send(client, halves).status_code == 200
    assert again(cast.officer).check_password(PASSWORD)


def test_a_new_code_makes_the_earlier_one_worthless(cast, client):
    halves = halves_of(cast, code_of(cast))
    code_of(cast)
    assert send(client, halves).status_code == 200
    assert again(cast.officer).check_password(PASSWORD)


def test_the_page_answers_the_same_for_every_mistake(cast, client):
    code = code_of(cast)
    halves = halves_of(cast, code)
    answers = set()
    for username, typed in (
        ("officer", ["AAAA-AAAA", "BBBB-BBBB"]), ("nobody-here", halves), ("grid", halves),
        ("officer", [halves[0], "BBBB-BBBB"]),
    ):  # fmt: skip
        page = send(client, typed, username).content.decode()
        answers.add(page.split("desk-note--seal")[1].split("</div>")[0])
        assert (
            english_left(page, allowed=["officer", "nobody-here", "grid", "nobody", "here", "abcd"])
            == []
        )
    assert len(answers) == 1


def test_a_weak_password_is_refused_only_after_a_right_code_and_uses_nothing_up(cast, client):
    halves = halves_of(cast, code_of(cast))
    page = send(client, halves, password="officer-aaa").content.decode()
    assert "至少三种" in page
    guessing = send(client, ["AAAA-AAAA", "BBBB-BBBB"], password=PASSWORD).content.decode()
    assert "最近 5 次" not in guessing  # it would say that this is the password
    assert "最近 5 次" in send(client, halves, password=PASSWORD).content.decode()
    assert send(client, halves).status_code == 302


def test_halves_are_typed_as_people_type(cast, client):
    first, second = halves_of(cast, code_of(cast))
    typed = [f" {first[:4].lower()} {first[4:].lower()} ", activation.in_groups(second)]
    assert send(client, typed).status_code == 302


def test_a_person_is_told_at_the_next_login_by_whom_and_when(cast, client):
    send(client, halves_of(cast, code_of(cast)))
    values = {"username": "officer", "password": FRESH}
    page = client.post("/admin/login/", values, follow=True).content.decode()
    assert "由安小全申请、系小统确认重置" in page
    client.logout()
    page = client.post("/admin/login/", values, follow=True).content.decode()
    assert "确认重置" not in page


def test_a_locked_account_is_free_with_its_new_password(cast, client):
    for _ in range(5):
        client.login(username="officer", password="Falsch-2026")
    send(client, halves_of(cast, code_of(cast)))
    assert client.login(username="officer", password=FRESH)


def test_a_closed_account_opens_with_its_code_alone(cast, client):
    with acting(cast.secadmin, "离岗"):
        again(cast.grid).deactivate()
    code = code_of(cast, again(cast.grid))
    assert again(cast.grid).is_active
    assert not client.login(username="grid", password=PASSWORD)
    assert send(client, halves_of(cast, code), "grid").status_code == 302
    assert client.login(username="grid", password=FRESH)


def test_the_first_administrators_get_codes_and_no_password(db, capsys, client):
    call_command(
        "first_administrators",
        sysadmin="甲一",
        secadmin="乙二",
        auditadmin="丙三",
        street="云湖街道",
    )
    said = capsys.readouterr().out
    assert "密码 " not in said
    line = next(line for line in said.splitlines() if "乙二" in line)
    first, second = line.split("前半 ")[1].split("  后半 ")
    assert not User.objects.get(username="secadmin").has_usable_password()
    assert send(client, [first, second], "secadmin").status_code == 302
    assert client.login(username="secadmin", password=FRESH)
    assert Activation.objects.filter(used_at=None).count() == 2
    with pytest.raises(CommandError, match="已经有账号"):
        call_command("first_administrators", sysadmin="x", secadmin="y", auditadmin="z")
