"""粘贴工单文字: a registrar pastes a sheet, checks the filled form and registers it."""

import html
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.matters.entering.splitting import Part, split
from casework.matters.forms.extras import pairs_of, text_of
from casework.matters.forms.pasting import day_of_limit
from casework.matters.models import Item, Matter
from office.clock import today
from office.history import acting
from office.models import Change, KeptForm
from tests.casework.matters import sheets
from tests.casework.matters.counter import arrive, record, sent, text
from tests.english import english_left

pytestmark = pytest.mark.usefixtures("that_day")


ADD = reverse("wagtailsnippets_matters_matter:add")
PASTE = reverse("matters:paste")
MARK = "由粘贴文字填入，请核对。"


def fields(response) -> dict[str, str]:
    """What a browser would send of the filled form."""
    form = response.context["form"]
    bound = [*form, *(field for claim in form.claims for field in claim)]
    found = {field.html_name: field.value() for field in bound}
    token = re.search(r'name="form_token" value="([^"]+)"', text(response))[1]
    return {
        **{name: str(value) for name, value in found.items() if value not in (None, "", False)},
        "claims": "1",
        "form_token": token,
        "go": "receipt",
    }


def test_a_registrar_pastes_a_sheet_checks_it_and_registers_it(cast, street, rules, login):
    client = login(cast.registrar)

    filled = client.post(PASTE, sent(text=sheets.WEB))

    page = text(filled)
    assert filled.status_code == 200
    assert page.count(MARK) >= 10
    assert "来文时限：<b>2026-11-25 18:00</b>" in page
    assert f'action="{ADD}"' in page
    assert not Matter.objects.exists()
    client.post(ADD, fields(filled))
    matter = Matter.objects.get()
    assert matter.title == "小区电梯停运半个月无人维修"
    assert (matter.channel, matter.source) == ("hotline", "12345热线电话")
    assert matter.source_number == "YH20261120004731"
    assert matter.community == street.community
    assert matter.text("place") == "青檀社区湖滨路18号3栋"
    assert matter.petitioners.get().text("phone") == "13900012233"
    page = text(client.get(record(matter)))
    assert "其他登记内容" in page


def test_the_sender_s_limit_is_kept_in_the_record(cast, rules, login):
    client = login(cast.registrar)

    client.post(ADD, fields(client.post(PASTE, sent(text=sheets.LETTER))))

    matter = Matter.objects.get()
    assert '["来文时限", "2026年12月15日前"]' in matter.text("extra")
    assert '["联系人", "李科长"]' in matter.text("extra")
    assert matter.people_count == 12


def test_pasting_writes_nothing(cast, rules, login):
    client = login(cast.registrar)
    before = Change.objects.count()

    client.post(PASTE, sent(text=sheets.WEB))

    assert (Item.objects.count(), KeptForm.objects.count()) == (0, 0)
    assert Change.objects.count() == before


def test_two_sheets_pasted_one_after_the_other_are_two_matters(cast, rules, login):
    """The page of the first one is left by the back button: its token must not swallow the second."""
    client = login(cast.registrar)
    paste = sent(text=sheets.WEB)
    client.post(ADD, fields(client.post(PASTE, paste)))

    client.post(ADD, fields(client.post(PASTE, paste | {"text": sheets.BRACKETS})))

    assert Matter.objects.count() == 2


def test_the_second_sheet_of_a_paste_stays_on_the_page_until_it_is_seen_to(cast, rules, login):
    client = login(cast.registrar)
    filled = client.post(PASTE, sent(text=sheets.TWO))
    assert "粘贴的文字里有 2 张工单" in text(filled)
    form = fields(filled)

    refused = client.post(ADD, form)
    second = client.post(PASTE, form | {"go": "next"})

    assert refused.status_code == 422
    assert "请先点“在新窗口打开下一张”" in text(refused)
    assert "YH20261120004732" in text(refused)
    assert second.context["form"]["name"].value() == "于先生"
    client.post(ADD, form | {"more_done": "on"})
    client.post(ADD, fields(second))
    assert Matter.objects.count() == 2


def test_what_was_filled_stays_marked_after_a_refusal_and_another_claim(cast, rules, login):
    client = login(cast.registrar)
    form = fields(client.post(PASTE, sent(text=sheets.BRACKETS)))

    refused = client.post(ADD, form | {"people_count": "0"})
    another = client.post(ADD, form | {"go": "another"})

    for page in (text(refused), text(another)):
        assert page.count(MARK) == text(client.post(PASTE, sent(text=sheets.BRACKETS))).count(MARK)
        assert "郑大勇" in page
        assert "2026年11月27日" in page


def test_a_sheet_that_is_a_report_is_not_filled_in_but_pointed_to_the_sealed_way(
    cast, rules, login
):
    response = login(cast.registrar).post(PASTE, sent(text=sheets.REPORT))

    page = text(response)
    assert response.status_code == 422
    assert "这张工单写明是检举控告，内容不能录入" in page
    assert reverse("matters:sealed") in page
    assert "某村干部侵占补偿款" in page


def test_a_sheet_that_only_speaks_of_a_report_is_filled_in_with_a_warning(cast, rules, login):
    page = text(login(cast.registrar).post(PASTE, sent(text="诉求内容：举报夜市油烟扰民")))

    assert "文字里有“举报、检举、控告”的字样" in page
    assert "照常登记" in page


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [(" \n ", "请先粘贴工单文字。"), ("长" * 20_001, "一次最多 20000 个字")],
)
def test_too_little_and_too_much_are_refused_in_words(pasted, sentence, cast, rules, login):
    response = login(cast.registrar).post(PASTE, sent(text=pasted))

    assert response.status_code == 422
    assert sentence in text(response)
    assert pasted.strip() in text(response)


def test_a_number_that_came_before_is_told_to_those_who_may_see_that_matter(
    cast, street, rules, login
):
    before = arrive(cast.registrar, source_number="2026112000088", source="12345热线")[1][0]
    theirs, sealed = sheets.BRACKETS, {"klass": "B", "claims": [], "people": []}
    arrive(cast.registrar2, source_number="2026112000099", channel="letter", **sealed)

    assert before.number in text(login(cast.registrar).post(PASTE, sent(text=theirs)))
    other = sheets.BRACKETS.replace("088", "099")
    assert "已经登记过" not in text(login(cast.registrar2).post(PASTE, sent(text=other)))


def test_only_those_who_register_paste(cast, rules, login):
    for who in ("officer", "leader", "auditor", "editor", "custodian"):
        assert login(getattr(cast, who)).get(PASTE).status_code in (302, 403)


def test_reception_leads_to_the_box_and_both_pages_are_chinese(cast, rules, login):
    client = login(cast.registrar)

    assert PASTE in text(client.get(ADD))
    assert english_left(text(client.get(PASTE))) == []
    page = re.sub("YH[0-9]+", "", html.unescape(text(client.post(PASTE, sent(text=sheets.WEB)))))
    assert english_left(page) == []


def test_other_content_goes_through_its_lines_unchanged():
    pairs = [
        ("派单意见", "请核实：\n一、查明\n二、答复"),
        ("来文时限", "2026-11-25 18:00"),
        ("备注", "急"),
    ]

    assert pairs_of(text_of(pairs)) == pairs
    assert pairs_of("没有名称的一行\n备注：急\n又一行") == [
        ("其他", "没有名称的一行"),
        ("备注", "急\n又一行"),
    ]


def test_a_day_of_receipt_is_filled_in_only_when_the_sheet_has_one(cast, rules, login):
    form = login(cast.registrar).post(PASTE, sent(text=sheets.LETTER)).context["form"]

    assert form["received_on"].value() == today()


def test_a_paste_of_thousands_of_lines_that_each_begin_a_sheet_is_read_from_the_first_on(
    cast, rules, login
):
    whole = "".join(f"编号：{number}\n" for number in range(10_001, 12_500))

    response = login(cast.registrar).post(PASTE, sent(text=whole[:20_000]))

    assert response.status_code == 200
    assert "粘贴的文字里有 21 张以上的工单" in text(response)
    assert response.context["form"]["source_number"].value() == "10001"
    assert response.context["form"]["more"].value().startswith("编号：10002")


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2026-11-25 18:00", date(2026, 11, 25)),
        ("12月15日前", date(2026, 12, 15)),
        ("1月8日之前", date(2027, 1, 8)),
        ("5个工作日", None),
        ("尽快", None),
    ],
)
def test_a_limit_that_names_a_day_is_proposed_and_others_are_left_to_the_registrar(told, day):
    assert day_of_limit(told, date(2026, 11, 20)) == day


def test_the_sender_s_last_day_leads_when_it_comes_first_and_goes_along_into_the_parts(
    cast, rules, login
):
    client = login(cast.registrar)
    filled = client.post(PASTE, sent(text=sheets.WEB))
    due = today() + timedelta(days=4)
    client.post(ADD, fields(filled) | {"sender_due": f"{due:%Y-%m-%d}"})
    matter = Matter.objects.get()
    assert (matter.due_kind, matter.due_on) == ("sender", due)
    assert matter.clocks.get(kind="notice").due_on == matter.received_on + timedelta(days=15)
    with acting(cast.registrar):
        [part] = split(matter, [Part("电梯维保合同", "请公布维保合同。")], by=cast.registrar)
    assert part.clocks.get(kind="sender").due_on == due
