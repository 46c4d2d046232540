"""Correcting what was registered: one history row, nobody's typing lost, nobody overwritten."""

import pytest
from django.urls import reverse

from casework.matters.approvals import ask, decide
from office.clock import today
from office.history import acting
from office.models import Change, Look
from tests.casework.matters.counter import arrive, record, sent, text
from tests.casework.matters.opinions.making import DAY

CLAIM = "七月到十月的加班费一直没有发。"


def edit(matter) -> str:
    return reverse("wagtailsnippets_matters_matter:edit", args=[matter.pk])


def loaded(client, matter, url="") -> dict:
    """What the page of facts sends back when nothing is touched."""
    form = client.get(url or edit(matter)).context["form"]
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


def test_a_claim_left_empty_at_the_counter_is_added_while_completing(cast, rules, login):
    matter = arrive(cast.registrar, claims=[("电梯停了半个月", "")], complete=False)[1][0]
    url = reverse("matters:complete", args=[matter.pk])
    client = login(cast.registrar)
    assert "打开诉求" not in text(client.get(record(matter)))

    given = loaded(client, matter, url) | {"claim": "八十岁的老人下不了楼。", "later": "1"}
    client.post(url, sent(**given))

    matter.refresh_from_db()
    assert matter.text("claim") == "八十岁的老人下不了楼。"


def test_the_own_unfinished_claim_stands_in_its_field_and_the_look_is_written(cast, rules, login):
    matter = arrive(cast.registrar, complete=False)[1][0]
    client = login(cast.registrar)

    form = loaded(client, matter)

    assert form["claim"] == CLAIM
    look = Look.objects.get(person=cast.registrar)
    assert (look.what, look.purpose) == ("诉求与经过", "补全本人登记的事项")


def test_a_claim_nobody_opened_is_not_shown_and_stays_when_its_field_stays_empty(
    cast, fresh, login
):
    client = login(cast.registrar)
    page = text(client.get(edit(fresh)))
    assert "补充或改写诉求（留空保持不变）" in page
    assert CLAIM not in page

    client.post(edit(fresh), sent(**loaded(client, fresh) | {"source": "区信访局"}))
    fresh.refresh_from_db()
    assert fresh.text("claim") == CLAIM
    told = client.post(
        edit(fresh), sent(**loaded(client, fresh) | {"claim": "只要九月的。"}), follow=True
    )

    fresh.refresh_from_db()
    assert fresh.text("claim") == "只要九月的。"
    assert "已修改：诉求" in text(told)


def test_a_claim_that_was_only_read_does_not_undo_what_a_colleague_wrote(cast, rules, login):
    matter = arrive(cast.registrar, complete=False)[1][0]
    first, second = login(cast.officehead), login(cast.registrar)
    theirs = loaded(second, matter)
    first.post(edit(matter), sent(**loaded(first, matter) | {"claim": "只要九月的。"}))

    refused = second.post(edit(matter), sent(**theirs | {"source": "区信访局"}))
    again = {bound.html_name: bound.value() for bound in refused.context["form"]}
    second.post(edit(matter), sent(**{n: "" if v is None else v for n, v in again.items()}))

    matter.refresh_from_db()
    assert (matter.text("claim"), matter.source) == ("只要九月的。", "区信访局")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("加班费没发请打13800138000", "电话"),
        ("加班费没发 138 0013 8000", "电话"),
        ("补办330000195001010011的证", "证件号"),
    ],
)
def test_a_number_in_a_corrected_title_is_refused(title, kind, cast, fresh, login):
    client = login(cast.registrar)

    refused = client.post(edit(fresh), sent(**loaded(client, fresh) | {"title": title}))

    told = f"标题里有{kind}。标题同事都看得到，请写到信访人一栏。"
    assert told in text(refused)
    fresh.refresh_from_db()
    assert fresh.title == "民宿保洁员四个月加班费未付"


def test_a_phone_of_three_digits_is_refused_at_its_field(cast, fresh, login):
    client, person = login(cast.registrar), fresh.petitioners.get()
    field = f"p{person.pk}_phone"

    refused = client.post(edit(fresh), sent(**loaded(client, fresh) | {field: "110"}))

    assert refused.context["form"].errors[field] == [
        "电话至少 7 位数字，请再核对。没有电话就留空。"
    ]
    person.refresh_from_db()
    assert person.text("phone") == "19900001234"


def test_who_holds_the_paper_may_correct_to_a_number_that_looks_wrong(cast, fresh, login):
    client, person = login(cast.registrar), fresh.petitioners.get()
    field = f"p{person.pk}_id_number"
    typed = sent(**loaded(client, fresh) | {field: "110105194912310021"})

    refused = client.post(edit(fresh), typed)
    assert "最后一位对不上" in refused.context["form"].errors[field][0]

    client.post(edit(fresh), typed | sent(**{f"{field}_as_is": "on"}))
    person.refresh_from_db()
    assert person.text("id_number") == "110105194912310021"
    reason = Change.objects.filter(kind="matters.petitioner").latest("id").reason
    assert reason == "修改登记信息（证件号码：经办人声明原样如此）"


def test_the_senders_day_is_put_right_and_leads_when_it_comes_first(cast, rules, login):
    matter = arrive(cast.registrar, channel="hotline", sender_due=today() + 40 * DAY)[1][0]
    client, head, day = login(cast.registrar), login(cast.officehead), today() + 3 * DAY
    old = loaded(head, matter)
    client.post(edit(matter), sent(**loaded(client, matter) | {"sender_due": f"{day:%Y-%m-%d}"}))
    matter.refresh_from_db()
    assert (matter.due_kind, matter.due_on) == ("sender", day)
    clocks = matter.clocks.filter(kind="sender")
    assert sorted(clocks.values_list("status", "due_on")) == [
        ("dropped", today() + 40 * DAY), ("running", day),
    ]  # fmt: skip

    kept = loaded(head, matter)  # an old page that left the day alone brings the old one not back
    stale = {"sender_due": old["sender_due"], "initial-sender_due": old["sender_due"]}
    head.post(edit(matter), sent(**kept | stale | {"title": "保洁员加班费四个月没发"}))
    matter.refresh_from_db()
    assert (matter.title, matter.due_on) == ("保洁员加班费四个月没发", day)

    none = {"sender_due": "", "initial-sender_due": f"{day:%Y-%m-%d}"}
    assert "initial-sender_due" in text(client.get(edit(matter)))
    client.post(edit(matter), sent(**loaded(client, matter) | none))
    matter.refresh_from_db()
    assert matter.due_kind == "notice"
    assert not matter.clocks.filter(kind="sender", status="running").exists()
    assert loaded(client, matter)["sender_due"] == ""
