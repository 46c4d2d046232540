"""At the counter: registered in one short form, completed later, a receipt at once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from casework.matters.approvals import ask, decide
from casework.matters.intake import query_code
from casework.matters.models import Category, Item, Matter, Move, Petitioner
from office.clock import now, today
from office.forms import owner_mark
from office.history import acting
from office.models import KeptForm, Look
from tests.casework.matters.counter import LIST, accepted, arrive, assigned, record, sent, text
from tests.english import english_left

ADD = reverse("wagtailsnippets_matters_matter:add")
SEALED = reverse("matters:sealed")


def told(**more) -> dict:
    """What a woman says at the counter, as the form sends it."""
    facts = {
        "channel": "visit",
        "received_on": f"{today():%Y-%m-%d}",
        "claims": "1",
        "c0-title": "电梯停了半个月没人修",
        "c0-claim": "三号楼电梯停了十五天，八十岁的老人下不了楼。",
        "name": "钟阿婆",
        "phone": "19900005678",
        "people_count": "1",
        "go": "receipt",
    }
    return sent(**{**facts, **more})


def test_a_woman_leaves_the_counter_with_a_receipt(cast, street, rules, login):
    client = login(cast.registrar)

    response = client.post(ADD, told(community=street.community.pk), follow=True)

    matter, item = Matter.objects.get(), Item.objects.get()
    assert (matter.title, matter.state, matter.complete) == (
        "电梯停了半个月没人修",
        "registered",
        True,
    )
    assert matter.community == street.community
    assert matter.text("claim").startswith("三号楼电梯")
    assert matter.petitioners.get().text("phone") == "19900005678"
    page = text(response)
    code, due = query_code(item), today() + timedelta(days=15)
    for printed in (
        item.number,
        matter.number,
        f"{code[:4]} {code[4:]}",
        f"{due.month}月{due.day}日",
    ):
        assert printed in page
    assert "钟阿婆" not in page
    assert "最迟哪天告诉您这件事管不管、谁来办" in page


def test_a_double_click_registers_once(cast, rules, login):
    form = told()
    first, second = login(cast.registrar).post(ADD, form), login(cast.registrar).post(ADD, form)

    assert Matter.objects.count() == 1
    assert first.url == second.url


def test_a_letter_with_two_claims_opens_two_matters_under_one_receipt(cast, rules, login):
    claims = {"claims": "2", "c1-title": "楼道里停满电动车", "c1-claim": ""}

    page = text(login(cast.registrar).post(ADD, told(**claims), follow=True))

    assert Item.objects.count() == 1
    assert [matter.number in page for matter in Matter.objects.all()] == [True, True]
    assert Petitioner.objects.count() == 2


def test_one_more_claim_comes_without_scripts_and_keeps_what_was_typed(cast, rules, login):
    response = login(cast.registrar).post(ADD, told(go="another", phone="199"))

    page = text(response)
    assert response.status_code == 200
    assert Matter.objects.count() == 0
    assert "必填" in page
    assert "还有" not in page.split("mt-form")[0]
    for kept in ("电梯停了半个月没人修", "八十岁的老人", "钟阿婆", "199", 'name="c1-title"'):
        assert kept in page


def test_an_eleventh_claim_is_refused_in_words(cast, rules, login):
    response = login(cast.registrar).post(ADD, told(go="another", claims="10"))

    assert "一次最多登记 10 件" in text(response)
    assert 'name="c10-title"' not in text(response)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"c0-title": ""}, "请用一句话写清是什么事"),
        ({"c0-title": "钟阿婆要求修电梯"}, "标题里写了信访人的姓名"),
        ({"c0-title": "电梯坏了请打13800138000"}, "标题里有电话。标题同事都看得到"),
        ({"phone": "110"}, "电话至少 7 位数字"),
        ({"received_on": "2999-01-01"}, "日期不能晚于今天"),
        ({"received_on": "前天"}, "日期请写成"),
        ({"people_count": "0"}, "人数至少为 1"),
        ({"channel": "pigeon"}, "pigeon"),
        ({"form_token": ""}, "表单缺少校验信息"),
    ],
)
def test_a_refusal_names_the_field_and_keeps_the_typing(wrong, sentence, cast, rules, login):
    response = login(cast.registrar).post(ADD, told(**wrong))

    page = text(response)
    assert response.status_code == 422
    assert Matter.objects.count() == 0
    assert sentence in page
    assert "还有 1 处要改" in page
    assert "八十岁的老人" in page
    assert "钟阿婆" in page


def test_a_name_in_the_second_title_is_told_at_the_second_claim(cast, rules, login):
    wrong = told(claims="2", **{"c1-title": "钟阿婆家楼上漏水", "c1-claim": ""})

    page = text(login(cast.registrar).post(ADD, wrong))

    assert 'href="#id_c1-title"' in page
    assert 'href="#id_c0-title"' not in page


def test_a_number_in_the_second_title_is_told_at_the_second_claim(cast, rules, login):
    wrong = told(claims="2", **{"c1-title": "楼上漏水 19911112222", "c1-claim": ""})

    page = text(login(cast.registrar).post(ADD, wrong))

    assert 'href="#id_c1-title"' in page
    assert 'href="#id_c0-title"' not in page


def test_the_cursor_waits_in_the_title_and_in_the_new_one_after_one_more(cast, rules, login):
    client = login(cast.registrar)

    def waiting(response) -> list[str]:
        inputs = re.findall(r"<input[^>]*>", text(response))
        return [re.search('name="([^"]+)"', tag)[1] for tag in inputs if " autofocus" in tag]

    assert waiting(client.get(ADD)) == ["c0-title"]
    assert waiting(client.post(ADD, told(go="another"))) == ["c1-title"]
    assert waiting(client.post(ADD, told(**{"c0-title": ""}))) == []


def test_whoever_gives_no_name_is_registered_all_the_same(cast, rules, login):
    login(cast.registrar).post(ADD, told(name="", phone=""))

    assert Matter.objects.get().petitioners.get().kind == "anonymous"


def test_what_is_left_for_later_waits_in_the_queue_of_its_registrar(cast, rules, login):
    client = login(cast.registrar)
    client.post(ADD, told(go="later"))
    matter = Matter.objects.get()

    assert matter.complete is False
    assert matter.title in text(client.get("/admin/"))
    queue = text(client.get(reverse(LIST) + "?incomplete=on"))
    assert matter.number in queue
    assert "待补全" in queue
    assert reverse("matters:complete", args=[matter.pk]) in text(client.get(record(matter)))


def completion(matter, **more) -> dict:
    facts = {
        "title": matter.title, "channel": matter.channel, "people_count": "1",
        "representatives": "0", "loaded_version": str(matter.version), "seen": "999999999",
    }  # fmt: skip
    return sent(**{**facts, **more})


@pytest.fixture
def category(db):
    with acting(None):
        row = Category(code="WY03", name="电梯与共用设施")
        row.save()
    return row


def test_completing_fills_the_gaps_and_takes_the_matter_out_of_the_queue(
    cast, street, category, login, rules
):
    matter = arrive(cast.registrar, complete=False)[1][0]
    person = matter.petitioners.get()
    given = {
        f"p{person.pk}_id_number": "330000195001010016", f"p{person.pk}_name": "",
        "category": category.pk, "community": street.community.pk, "grid": street.grid.pk,
        "klass": "C", "path": "C6",
    }  # fmt: skip

    login(cast.registrar).post(
        reverse("matters:complete", args=[matter.pk]), completion(matter, **given)
    )

    matter.refresh_from_db()
    person.refresh_from_db()
    assert (matter.complete, matter.category, matter.grid) == (True, category, street.grid)
    assert (matter.klass, matter.path) == ("C", "C6")
    assert person.text("id_number") == "330000195001010016"
    assert person.text("name") == "韦小梅"
    assert Move.objects.filter(matter=matter).latest("id").name == "complete"


def test_completion_asks_for_a_category_unless_it_is_put_off_again(cast, rules, login):
    matter = arrive(cast.registrar, complete=False)[1][0]
    url = reverse("matters:complete", args=[matter.pk])
    client = login(cast.registrar)

    refused = client.post(url, completion(matter, source="区信访局"))
    assert refused.status_code == 422
    assert "请选择内容分类" in text(refused)
    client.post(url, completion(matter, source="区信访局", later="1"))

    matter.refresh_from_db()
    assert (matter.complete, matter.source) == (False, "区信访局")


def test_a_grid_of_another_community_is_refused(cast, street, category, rules, login):
    matter = arrive(cast.registrar, complete=False)[1][0]
    wrong = {"category": category.pk, "community": street.village.pk, "grid": street.grid.pk}

    response = login(cast.registrar).post(
        reverse("matters:complete", args=[matter.pk]), completion(matter, **wrong)
    )

    assert "第1网格不在望塘村" in text(response)
    matter.refresh_from_db()
    assert matter.complete is False


def test_a_colleague_completes_nothing_twice(cast, fresh, login):
    response = login(cast.registrar).get(reverse("matters:complete", args=[fresh.pk]), follow=True)

    assert "已经补全过了" in text(response)


def test_a_sealed_letter_has_no_field_for_its_content_and_stores_none(cast, rules, login):
    client = login(cast.registrar)
    page = text(client.get(SEALED))
    assert "<textarea" not in page
    assert 'name="name"' not in page

    outside = {"carrier": "envelope", "pieces": "1"}
    smuggled = told(title="某村干部", claim="内容", name="举报人", **outside)
    receipt = text(client.post(SEALED, smuggled, follow=True))

    matter = Matter.objects.get()
    assert matter.sealed
    assert (matter.text("claim"), matter.petitioners.count()) == ("", 0)
    assert matter.title == "密件（不开封转交）"
    assert matter.number in receipt
    assert "原封转交纪检监察机关" in receipt
    assert text(login(cast.officehead).get(reverse(LIST) + "?tab=all")).count("MJ20") == 0


def test_only_those_who_register_reach_the_counter(cast, rules, login):
    for who in ("officer", "head", "leader", "auditor", "custodian", "reviewer", "editor"):
        client = login(getattr(cast, who))
        for url in (ADD,) if who == "custodian" else (ADD, SEALED):
            assert client.get(url).url == "/admin/"
            assert client.post(url, told()).url == "/admin/"
    assert Matter.objects.count() == 0


def test_a_form_sent_after_the_session_ended_is_kept_and_sent_again(cast, rules, login, client):
    late = client.post(ADD, told(form_owner=owner_mark(cast.registrar)))
    assert late.url.startswith("/admin/login/")
    assert Matter.objects.count() == 0
    kept = KeptForm.objects.get()
    again = login(cast.registrar)
    page = text(again.get(reverse("office_kept_form", args=[kept.ref])))
    assert "继续提交" in page

    again.post(kept.path, told())

    assert Matter.objects.get().title == "电梯停了半个月没人修"


def test_another_matter_of_the_same_letter_joins_its_receipt(cast, fresh, login):
    client = login(cast.registrar)

    receipt = client.post(
        reverse("matters:another", args=[fresh.pk]),
        sent(title="宿舍没有热水", claim="两个月了"),
        follow=True,
    )

    other = Matter.objects.exclude(pk=fresh.pk).get()
    assert other.links.get().item == fresh.links.get().item
    assert other.petitioners.get().text("name") == "韦小梅"
    assert other.data_key != fresh.data_key
    assert fresh.number in text(receipt)
    assert other.number in text(receipt)
    assert other.number in text(client.get(record(fresh)))


def test_a_void_matter_and_one_from_a_ledger_open_no_other(cast, fresh, rules, login):
    void = arrive(cast.registrar)[1][0]
    with acting(cast.officehead):
        request = ask(void, "void", by=cast.officehead, reason="重复登记")
    with acting(cast.officehead2):
        decide(request, by=cast.officehead2, approve=True)
    with acting(None):
        old = Matter(
            number="XF2020-000009", title="旧台账里的一件", channel="letter", state="closed",
            received_on=today(), registered_at=now(), profile=fresh.profile, from_ledger=True,
            registered_by=cast.registrar, data_key=fresh.data_key,
        )  # fmt: skip
        old.save()
    client = login(cast.officehead)

    for matter, told in ((void, "已作废"), (old, "由台账导入")):
        url = reverse("matters:another", args=[matter.pk])
        form = sent(title="宿舍没有热水", claim="")
        assert told in text(client.get(url, follow=True))
        assert told in text(client.post(url, form, follow=True))
    assert Matter.objects.count() == 3


def test_the_receipt_is_for_those_who_register_and_each_printing_is_a_look(
    cast, street, handled, login
):
    url = reverse("matters:receipt", args=[handled.links.get().item_id])
    code = query_code(handled.links.get().item)

    for who in ("officer", "head", "leader", "auditor", "other_officer"):
        assert login(getattr(cast, who)).get(url).status_code == 404, who
    assert code[:4] in text(login(cast.registrar).get(url))
    assert Look.objects.get(person=cast.registrar).what == "回执（含查询码）"


def test_the_receipt_prints_without_scripts_on_one_page(cast, fresh, login):
    page = text(
        login(cast.registrar).get(reverse("matters:receipt", args=[fresh.links.get().item_id]))
    )

    assert "data-print hidden" in page
    assert "wagtailadmin/js" not in page
    assert english_left(page) == []


def test_nothing_at_the_counter_is_english(cast, street, rules, login):
    matter = arrive(cast.registrar, complete=False)[1][0]
    assigned(
        accepted(arrive(cast.registrar)[1][0], cast.officehead), cast.officehead, street.social
    )
    client = login(cast.registrar)
    pages = [
        ADD, SEALED, reverse("wagtailsnippets_matters_matter:edit", args=[matter.pk]), reverse("matters:complete", args=[matter.pk]),
        reverse("matters:another", args=[matter.pk]),
    ]  # fmt: skip

    assert [english_left(text(client.get(url))) for url in pages] == [[]] * len(pages)
    assert english_left(text(client.post(ADD, told(**{"c0-title": "", "channel": ""})))) == []
