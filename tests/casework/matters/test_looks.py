"""No look, no text: on every page a look is in the ledger before anything personal is shown."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from casework.matters.approvals import ask
from casework.matters.attaching import attach
from casework.matters.ledgers import jobs
from casework.matters.models import Matter, Petitioner
from casework.matters.opening import (
    PEOPLE,
    TEXTS,
    file_label,
    is_outside,
    log_download,
    open_for,
    open_until,
    right_post,
)
from casework.matters.purposes import PURPOSES, USUAL
from casework.matters.recusals import recuse
from office import private_files
from office.clock import now, today
from office.forms import owner_mark
from office.history import acting
from office.http import ActingUser
from office.look_reading import looks_of
from office.looks import log_look
from office.models import Deputy, KeptForm, Look
from office.posts import appoint, forget_posts
from office.showing import NotLooked, unshown
from tests.casework.matters.counter import accepted, arrive, assigned, record, sent, text
from tests.casework.matters.ledgers.conftest import workbook
from tests.conftest import SINCE
from tests.doors.test_doors import keys as keys

# A page that forgets


def ask_for(show, user):
    """A request of the back office that is answered by `show()`."""
    request = RequestFactory().get("/admin/forgetful/")
    request.user, request.session = user, SessionStore()
    return ActingUser(lambda request: HttpResponse(show()))(request)


@pytest.fixture
def matter(cast, street, rules):
    """A matter of another section, with a file and a request that waits."""
    made = arrive(cast.registrar)[1][0]
    with acting(cast.registrar):
        attach(made, SimpleUploadedFile("工时表.txt", "七月 31 小时".encode()), by=cast.registrar)
        ask(made, "void", by=cast.registrar, reason="和另一件是同一回事")
    return made


def test_a_page_that_opens_any_field_without_a_look_breaks_instead_of_showing(cast, matter):
    person, file = matter.petitioners.get(), matter.files.get()
    approval = matter.approvals.get()
    forgotten = [
        lambda: matter.text("claim"),
        lambda: person.text("name"),
        lambda: person.text("phone"),
        lambda: person.text("address"),
        lambda: file.text("name"),
        lambda: approval.text("reason"),
        lambda: private_files.load(file.path, matter.data_key),
        lambda: list(private_files.read(file.path, matter.data_key)),
    ]
    for show in forgotten:
        with pytest.raises(NotLooked):
            ask_for(show, cast.auditor)
    assert ask_for(lambda: matter.masked("claim"), cast.auditor).status_code == 200


def test_a_template_that_opens_a_field_without_a_look_breaks_too(cast, matter):
    page = Template("<p>{{ claim }}</p>")
    with pytest.raises(NotLooked):
        ask_for(lambda: page.render(Context({"claim": lambda: matter.text("claim")})), cast.leader)


def test_a_look_at_who_came_does_not_open_what_they_said(cast, matter):
    def show(what, of, field):
        open_for(cast.leader, matter, what, "接访前了解情况")
        return of.text(field)

    person = matter.petitioners.get()
    assert "韦小梅" in text(ask_for(lambda: show(PEOPLE, person, "name"), cast.leader))
    assert "加班费" in text(ask_for(lambda: show(TEXTS, matter, "claim"), cast.leader))
    other = arrive(cast.registrar)[1][0]
    with pytest.raises(NotLooked):
        ask_for(
            lambda: (open_for(cast.leader, other, PEOPLE, "接访"), other.text("claim")), cast.leader
        )


def test_who_fetched_a_file_has_not_opened_who_came_nor_what_they_said(cast, matter):
    file = matter.files.get()
    open_for(cast.leader, matter, file_label(file), "接访前了解情况")
    log_download(cast.leader, matter, file, now())

    def show(of, field):
        open_until(cast.leader, matter, now())
        return of.text(field)

    assert ask_for(lambda: show(file, "name"), cast.leader).status_code == 200
    for of, field in ((matter.petitioners.get(), "name"), (matter, "claim")):
        with pytest.raises(NotLooked):
            ask_for(lambda of=of, field=field: show(of, field), cast.leader)


def test_a_look_at_one_matter_opens_no_other(cast, matter):
    other = arrive(cast.registrar)[1][0]

    def show():
        open_for(cast.leader, matter, TEXTS, "接访前了解情况")
        return other.text("claim")

    with pytest.raises(NotLooked):
        ask_for(show, cast.leader)


def test_a_look_of_a_quarter_of_an_hour_ago_opens_nothing_any_more(cast, matter):
    open_for(cast.leader, matter, TEXTS, "接访前了解情况")
    moment = now()

    def show(later):
        return TEXTS in open_until(cast.leader, matter, moment + later) and matter.text("claim")

    assert "加班费" in text(ask_for(lambda: show(timedelta(minutes=14)), cast.leader))
    assert text(ask_for(lambda: show(timedelta(minutes=16)), cast.leader)) == "False"


def test_what_the_program_reads_for_itself_needs_no_look(cast, matter):
    def show():
        with unshown():
            return len(matter.text("claim"))

    assert ask_for(show, cast.registrar).status_code == 200
    assert ask_for(lambda: len(matter.unlocked("claim")), cast.registrar).status_code == 200
    assert not Look.objects.exists()


# Which post, which purpose


def test_a_look_names_the_post_by_which_the_matter_is_open(cast, street, rules, matter):
    with acting(None, "兼任"):
        appoint(cast.officer, street.housing, "officer", since=SINCE)
    forget_posts(cast.officer)
    led = assigned(accepted(matter, cast.officehead), cast.officehead, street.housing)
    assert right_post(cast.officer, led).unit == street.housing
    open_for(cast.officer, led, TEXTS, "核对情况")
    assert Look.objects.get(person=cast.officer).post.unit == street.housing


def test_a_deputys_look_names_the_post_they_act_in(cast, street, handled):
    with acting(cast.secadmin, "代行"):
        post = cast.officehead.posts.get()
        Deputy(post=post, user=cast.grid, valid_from=today(), valid_to=today()).save()
    forget_posts(cast.grid)
    open_for(cast.grid, handled, TEXTS, "督办前了解进展")
    assert Look.objects.get(person=cast.grid).post == post


def test_a_decision_and_a_receipt_name_the_post_that_decides_and_that_registers(
    cast, matter, login
):
    login(cast.officehead).get(
        reverse("matters:decide", args=[matter.pk, matter.approvals.get().pk])
    )
    login(cast.registrar).get(reverse("matters:receipt", args=[matter.links.get().item_id]))
    rows = Look.objects.exclude(act="search").order_by("id")  # that one looked for repeats
    assert [(look.post.role, look.act, look.typed) for look in rows] == [
        ("office_head", "open", False), ("registrar", "print", False),
    ]  # fmt: skip


def test_a_usual_purpose_is_one_press_and_a_typed_one_is_kept_as_typed(cast, matter, login):
    client = login(cast.leader)
    page = text(client.get(record(matter)))
    for purpose in USUAL["leader"]:
        assert f'name="purpose" value="{purpose}"' in page
    where = reverse("matters:open", args=[matter.pk])
    client.post(where, sent(what=TEXTS, purpose=["", "接访前了解情况"]))
    client.post(where, sent(what=PEOPLE, purpose="李老三来问他家的事"))
    assert list(Look.objects.order_by("id").values_list("purpose", "typed")) == [
        ("接访前了解情况", False),
        ("李老三来问他家的事", True),
    ]
    assert "李老三" not in str(looks_of("matters.matter", [matter.pk]))


def test_every_usual_purpose_is_long_enough_to_be_accepted():
    assert all(4 <= len(purpose) <= 200 for purpose in PURPOSES)


def test_only_a_look_that_nothing_asks_for_counts_as_outside(cast, street, handled, matter):
    assert not is_outside(cast.officer, handled)  # in charge
    assert not is_outside(cast.head, handled)  # heads the lead unit
    assert not is_outside(cast.registrar, handled)  # entered it
    assert not is_outside(cast.officehead, matter)  # waits for acceptance
    assert not is_outside(cast.leader, matter)  # a request waits for a decision
    assert is_outside(cast.leader, handled)
    assert is_outside(cast.auditor, handled)


# Files, ledgers, kept forms


def test_each_download_of_a_file_is_a_look_of_its_own(cast, matter, login):
    file, client = matter.files.get(), login(cast.auditor)
    page = reverse("matters:file", args=[matter.pk, file.pk])
    where = reverse("matters:content", args=[matter.pk, file.pk])
    assert client.get(f"{where}?download=1").url == page
    client.post(page, sent(purpose="审计抽查"))
    for _ in range(2):
        client.get(f"{where}?download=1")
    assert [(look.act, look.what, look.purpose) for look in Look.objects.order_by("id")] == [
        ("file", f"材料{file.pk}", "审计抽查"),
        ("download", f"下载材料{file.pk}", "审计抽查"),
        ("download", f"下载材料{file.pk}", "审计抽查"),
    ]


def test_a_colleague_who_opens_an_import_has_looked_at_its_rows(cast, rules, login):
    row = ["", "2026-11-20", "路灯不亮", "夜里看不见路", "石小泉", "19900007788", "", "", ""]
    with acting(cast.officehead):
        job = jobs.create(workbook([row]), "台账.xlsx", by=cast.officehead, source="区热线")
    brought = Look.objects.get(kind="matters.importjob")
    assert (brought.person, brought.act, brought.post.role) == (
        cast.officehead, "ledger", "office_head",
    )  # fmt: skip
    client = login(cast.officehead)
    for _ in range(3):
        assert client.get(reverse("ledgers:job", args=[job.pk])).status_code == 200
    assert Look.objects.filter(kind="matters.importjob").count() == 1, (
        "it holds a quarter of an hour"
    )


def test_a_form_kept_over_the_login_is_opened_by_a_look(cast, street, client, login):
    form = {"form_owner": owner_mark(cast.registrar), "form_token": str(uuid.uuid4())}
    client.post(reverse("wagtailsnippets_matters_matter:add"), form | {"name": "石小泉"})
    kept = KeptForm.objects.get()

    page = text(login(cast.registrar).get(reverse("office_kept_form", args=[kept.pk])))

    assert "石小泉" in page
    look = Look.objects.get()
    assert (look.person, look.label, look.typed) == (cast.registrar, "登录超时前的表单", False)


def test_pasting_a_sheet_opens_nothing_that_is_kept(cast, matter, login):
    page = login(cast.registrar).post(
        reverse("matters:paste"), sent(text="工单编号：12345\n来电人：韦小梅\n电话：19900001234")
    )
    assert page.status_code == 200
    assert not Look.objects.exists()


# Who opened this matter


def test_auditor_and_office_head_read_who_opened_a_matter_and_nobody_else_does(
    cast, handled, login
):
    log_look(cast.head, handled, TEXTS, purpose="督办前了解进展", post=cast.head.posts.get())
    where = reverse("matters:looks", args=[handled.pk])
    readers = set()
    for name, who in vars(cast).items():
        answer = login(who).get(where)
        if answer.status_code == 200:
            readers.add(name)
            assert "单小负" in text(answer)
    assert readers == {"auditor", "officehead", "officehead2"}
    assert where in text(login(cast.auditor).get(record(handled)))
    assert where not in text(login(cast.officer).get(record(handled)))


def test_a_matter_nobody_opened_says_so(cast, handled, login):
    page = text(login(cast.auditor).get(reverse("matters:looks", args=[handled.pk])))
    assert "还没有人打开过" in page


def test_an_auditor_who_stepped_back_reads_no_look_at_that_matter_on_any_page(cast, handled, login):
    log_look(cast.head, handled, TEXTS, purpose="只有这一件才有的目的")
    client = login(cast.auditor)
    pages = (
        "/admin/looks/",
        f"/admin/looks/person/?person={cast.head.pk}",
        f"/admin/looks/record/?record={handled.number}",
        reverse("matters:looks", args=[handled.pk]),
    )
    assert all("只有这一件才有的目的" in text(client.get(page)) for page in pages)

    with acting(cast.auditor):
        recuse(handled, cast.auditor, kind="declared", reason="亲戚", by=cast.auditor)

    assert not any("只有这一件才有的目的" in text(client.get(page)) for page in pages)


def test_looks_at_a_matter_that_is_sealed_by_now_are_on_no_page(cast, handled, login):
    log_look(cast.head, handled, TEXTS, purpose="只有这一件才有的目的")
    with acting(None, "改为密件"):
        row = Matter.objects.get(pk=handled.pk)
        row.sealed = True
        row.save()
    client = login(cast.auditor)
    for page in ("/admin/looks/", f"/admin/looks/person/?person={cast.head.pk}"):
        assert "只有这一件才有的目的" not in text(client.get(page))


def test_nothing_of_a_person_is_in_the_ledger_itself(cast, matter, login):
    client = login(cast.leader)
    client.post(
        reverse("matters:find"), sent(way="name", words="韦小梅", reason="ask", note="来人问进展")
    )
    client.post(
        reverse("matters:open", args=[matter.pk]), sent(what=PEOPLE, purpose="接访前了解情况")
    )
    told = " ".join(
        f"{look.label} {look.what} {look.purpose}" for look in Look.objects.order_by("id")
    )
    assert Petitioner.objects.get(matter=matter).unlocked("name") not in told
    assert "19900001234" not in told
