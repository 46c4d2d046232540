"""Correcting what was registered: one history row, nobody's typing lost, nobody overwritten."""

from django.urls import reverse

from casework.matters.approvals import ask, decide
from office.history import acting
from tests.casework.matters.counter import sent, text


def edit(matter) -> str:
    return reverse("wagtailsnippets_matters_matter:edit", args=[matter.pk])


def loaded(client, matter) -> dict:
    """What the page of facts sends back when nothing is touched."""
    form = client.get(edit(matter)).context["form"]
    fields = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in fields.items()}


def test_a_correction_writes_one_history_row_and_keeps_what_was_left_empty(cast, fresh, login):
    client, person = login(cast.registrar), fresh.petitioners.get()
    rows = fresh.history.count()
    form = loaded(client, fresh) | {
        "title": "民宿保洁员加班费未付",
        f"p{person.pk}_phone": "19911112222",
    }
    assert "韦小梅" not in str(form)

    client.post(edit(fresh), sent(**form))

    fresh.refresh_from_db()
    person.refresh_from_db()
    assert fresh.title == "民宿保洁员加班费未付"
    assert (person.text("name"), person.text("phone")) == ("韦小梅", "19911112222")
    assert fresh.history.count() == rows + 1
    assert person.history.count() == 2


def test_saving_without_a_change_writes_nothing(cast, fresh, login):
    client = login(cast.registrar)
    rows = fresh.history.count(), fresh.petitioners.get().history.count()

    response = client.post(edit(fresh), sent(**loaded(client, fresh)), follow=True)

    assert "没有改动" in text(response)
    assert (fresh.history.count(), fresh.petitioners.get().history.count()) == rows


def test_the_second_of_two_people_is_told_what_the_first_changed_and_loses_nothing(
    cast, fresh, login
):
    first, second = login(cast.registrar), login(cast.officehead)
    mine, theirs = loaded(first, fresh), loaded(second, fresh)
    first.post(edit(fresh), sent(**mine | {"source": "区信访局"}))

    stale = sent(**theirs | {"title": "保洁员加班费四个月没发"})
    refused = second.post(edit(fresh), stale)

    page = text(refused)
    assert refused.status_code == 422
    assert "登小记" in page
    assert "区信访局" in page
    assert "保洁员加班费四个月没发" in page
    fresh.refresh_from_db()
    assert fresh.title == "民宿保洁员四个月加班费未付"
    again = {bound.html_name: bound.value() for bound in refused.context["form"]}
    second.post(edit(fresh), sent(**{n: "" if v is None else v for n, v in again.items()}))
    fresh.refresh_from_db()
    assert (fresh.title, fresh.source) == ("保洁员加班费四个月没发", "区信访局")


def test_two_people_correcting_the_same_phone_are_told_apart(cast, fresh, login):
    person = fresh.petitioners.get()
    field = f"p{person.pk}_phone"
    first, second = login(cast.registrar), login(cast.officehead)
    mine, theirs = loaded(first, fresh), loaded(second, fresh)
    first.post(edit(fresh), sent(**mine | {field: "19911112222"}))

    refused = second.post(edit(fresh), sent(**theirs | {field: "19933334444"}))

    assert "改了信访人的联系电话" in text(refused)
    assert "19933334444" in text(refused)
    assert "19911112222" not in text(refused)
    person.refresh_from_db()
    assert person.text("phone") == "19911112222"


def test_a_name_in_a_corrected_title_is_refused(cast, fresh, login):
    client = login(cast.registrar)

    refused = client.post(edit(fresh), sent(**loaded(client, fresh) | {"title": "韦小梅加班费"}))

    assert "标题里写了信访人的姓名" in text(refused)
    fresh.refresh_from_db()
    assert fresh.title == "民宿保洁员四个月加班费未付"


def test_a_second_petitioner_is_added_under_the_same_key(cast, fresh, login):
    client = login(cast.registrar)

    client.post(
        edit(fresh), sent(**loaded(client, fresh) | {"new_name": "佟小兰", "people_count": "2"})
    )

    names = [row.text("name") for row in fresh.petitioners.order_by("pk")]
    assert names == ["韦小梅", "佟小兰"]
    assert [row.main for row in fresh.petitioners.order_by("pk")] == [True, False]


def test_a_void_matter_says_why_nothing_can_be_corrected(cast, fresh, login):
    with acting(cast.officehead):
        request = ask(fresh, "void", by=cast.officehead, reason="重复登记")
    with acting(cast.officehead2):
        decide(request, by=cast.officehead2, approve=True)

    response = login(cast.registrar).get(edit(fresh), follow=True)

    assert "已作废，登记信息不再修改" in text(response)


def test_an_officer_corrects_no_registration(cast, handled, login):
    client = login(cast.officer)

    assert client.get(edit(handled)).url == "/admin/"
    assert client.post(edit(handled), sent(title="别的")).url == "/admin/"
    handled.refresh_from_db()
    assert handled.title == "民宿保洁员四个月加班费未付"
