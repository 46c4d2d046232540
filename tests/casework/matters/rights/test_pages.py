"""The pages of a request, as clerk, decider and everybody else meet them."""

from datetime import date

import pytest
from django.urls import reverse

from casework.matters.models import RightsRequest
from office.clock import today
from office.history import acting
from office.models import Look
from tests.casework.matters.counter import answered, arrive, sent, text
from tests.casework.matters.rights.desk import (
    NAME,
    PHONE,
    PNG,
    again,
    ask_for,
    at,
    checked,
    code_of,
    done,
    gathered,
    granted,
    joint,
    photo,
    submitted,
)
from tests.english import english_left

LIST, NEW = reverse("rights:list"), reverse("rights:new")


def test_a_request_goes_its_whole_way_from_counter_to_answer(cast, handled, login):
    clerk, decider = login(cast.registrar), login(cast.leader)
    new = {
        "rights": ["access", "copy", "erase"], "asked": "登记了我什么", "speaker": "self",
        "name": NAME, "phone": PHONE, "channel": "visit", "received_on": str(today()),
    }  # fmt: skip
    done(clerk.post(NEW, sent(**new)))
    asked = RightsRequest.objects.get()
    assert asked.number == f"QL{today().year}-0001"

    note = "看过身份证，末四位 1234"
    done(clerk.post(at(asked, "check"), sent(identity="card", identity_note=note)))
    code = sent(go="code", number=handled.number, code=code_of(handled))
    done(clerk.post(at(asked, "gather"), code))
    done(clerk.post(at(asked, "build"), sent(hidden="")))
    assert "望塘村3组12号" in text(clerk.get(at(asked, "build")))
    said = {
        "a_access": "granted", "a_copy": "granted", "a_erase": "refused",
        "r_erase": "保管期限没有满，依法不能删除。",
    }  # fmt: skip
    done(clerk.post(at(asked, "submit"), sent(**said)))

    page = text(decider.get(at(asked, "decide")))
    assert "望塘村3组12号" in page
    done(decider.post(at(asked, "decide"), sent(decision="approve", note="")))

    draft = clerk.get(at(asked, "reply")).context["form"].initial["reply"]
    assert "保管期限没有满" in draft
    done(clerk.post(at(asked, "reply"), sent(reply=draft)))
    letter = text(clerk.get(at(asked, "letter")))
    assert "可以依法向人民法院起诉（《个人信息保护法》第五十条）" in letter
    assert "12388" in letter
    given = {"given": "in_person", "answered_on": str(today()), "note": "本人签收"}
    done(clerk.post(at(asked, "answer"), sent(**given, receipt=photo())))

    asked = again(asked)
    assert (asked.stage, asked.due_on, asked.decided_by) == ("answered", None, cast.leader)
    names = list(asked.moves.values_list("name", flat=True))
    assert names == [
        "register", "check", "add", "build", "submit", "approve", "paper", "answer",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["record", "check", "gather", "build", "submit", "decide", "document", "history", "withdraw"],
)
def test_a_foreign_registrar_officer_and_auditor_find_no_request(name, cast, fresh, login):
    asked = gathered(cast.registrar, fresh)

    assert login(cast.registrar2).get(at(asked, name)).status_code == 404
    for other in (cast.officer, cast.auditor, cast.sysadmin, cast.editor, cast.custodian):
        response = login(other).get(at(asked, name))
        assert (response.status_code, response.get("Location")) == (302, "/admin/")
    absent = reverse(f"rights:{name}", args=[987654])
    assert login(cast.registrar2).get(absent).status_code == 404


def test_every_page_is_chinese_and_answers_its_clerk(cast, fresh, login):
    asked = gathered(cast.registrar, fresh, rights=("access", "correct"))
    client = login(cast.registrar)

    link = asked.links.get()
    pages = [at(asked, name) for name in ("record", "gather", "build", "submit", "correct")]
    pages += [at(asked, "files", link.pk), at(asked, "document"), at(asked, "history"), LIST, NEW]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert english_left(text(response)) == [], page


def test_a_home_panel_tells_clerk_and_decider_what_waits(cast, fresh, login):
    asked = gathered(cast.registrar, fresh)
    assert asked.number in text(login(cast.registrar).get("/admin/"))
    assert asked.number not in text(login(cast.leader).get("/admin/"))

    submitted(asked, cast.registrar)

    assert asked.number not in text(login(cast.registrar).get("/admin/"))
    for decider in (cast.leader, cast.officehead):
        assert asked.number in text(login(decider).get("/admin/"))


def test_an_office_head_who_prepared_the_request_is_sent_to_a_colleague(cast, fresh, login):
    asked = submitted(gathered(cast.officehead, fresh), cast.officehead)

    response = login(cast.officehead).get(at(asked, "decide"), follow=True)

    assert "申请人不能审批自己的申请" in text(response)
    post = login(cast.officehead).post(at(asked, "decide"), sent(decision="approve"), follow=True)
    assert "申请人不能审批自己的申请" in text(post)
    assert again(asked).stage == "gathered"


def test_a_head_opens_another_s_request_with_a_purpose_alone(cast, fresh, login):
    asked = gathered(cast.registrar, fresh)
    client = login(cast.officehead)

    assert NAME not in text(client.get(at(asked, "record")))
    assert done(client.get(at(asked, "document"))) == at(asked, "record")
    done(client.post(at(asked, "open"), sent(purpose="抽查办理质量")))
    assert NAME in text(client.get(at(asked, "record")))
    look = Look.objects.filter(kind="matters.rightsrequest", person=cast.officehead).get()
    assert (look.purpose, look.label) == ("抽查办理质量", asked.number)


def test_each_matter_is_looked_at_before_it_is_told(cast, handled, login):
    asked = granted(cast.registrar, cast.leader, handled)
    Look.objects.filter(kind="matters.matter")
    before = Look.objects.filter(kind="matters.matter", object_id=handled.pk).count()

    login(cast.leader).get(at(asked, "letter"))
    client = login(cast.officehead)
    done(client.post(at(asked, "open"), sent(purpose="复核答复")))
    assert client.get(at(asked, "document")).status_code == 200

    looks = Look.objects.filter(kind="matters.matter", object_id=handled.pk).order_by("pk")
    assert looks.count() == before + 1
    assert looks.last().person == cast.officehead
    assert looks.last().what == f"个人信息请求 {asked.number}"


def test_the_page_of_what_is_told_names_nobody_else(cast, street, rules, login):
    matter = joint(cast.registrar)
    asked = gathered(cast.registrar, matter)

    page = text(login(cast.registrar).get(at(asked, "document")))

    for mine in (NAME, PHONE, "望塘村3组12号"):
        assert mine in page
    for other in ("于大河", "0000 7777", "7777", "330102199001011234", "3组15号"):
        assert other not in page
    assert "〔他人〕" in page


def test_staff_notes_and_names_of_staff_are_not_told(cast, handled, login):
    answered(handled, cast.officer, "承小办已责成民宿补发，详见协议。")
    asked = gathered(cast.registrar, handled)

    document = login(cast.registrar).get(at(asked, "document")).context["document"]

    whole = str(document)
    assert "已责成民宿补发" in whole
    for hidden in ("承小办", "登小记", "先联系本人核对工时"):
        assert hidden not in whole
    [one] = document["matters"]
    assert [label for _, label in one["moves"]] == [
        "登记", "受理", "交承办单位办理", "听取您的陈述", "送达答复",
    ]  # fmt: skip


def test_the_person_is_told_which_posts_opened_the_file(cast, handled, login):
    login(cast.officer).get(reverse("wagtailsnippets_matters_matter:inspect", args=[handled.pk]))
    asked = gathered(cast.registrar, handled)

    [one] = login(cast.registrar).get(at(asked, "document")).context["document"]["matters"]

    assert any(post == "社会事务办 承办人" for _, post, _ in one["looks"])
    assert "承小办" not in str(one["looks"])


def test_a_matter_sealed_after_it_was_gathered_is_told_no_more(cast, fresh, handled, login):
    other = arrive(cast.registrar)[1][0]
    asked = gathered(cast.registrar, handled, other)
    with acting(None, "发现是检举控告"):
        row = type(other).objects.get(pk=other.pk)
        row.klass, row.sealed, row.state = "B", True, "sealed"
        row.save()

    client = login(cast.registrar)
    for page in ("record", "document", "build", "history"):
        body = text(client.get(at(asked, page)))
        assert other.number not in body, page
    assert handled.number in text(client.get(at(asked, "document")))


def test_a_wrong_code_keeps_what_was_typed_and_says_what_to_do(cast, fresh, login):
    asked = checked(ask_for(cast.registrar), cast.registrar)

    response = login(cast.registrar).post(
        at(asked, "gather"), sent(go="code", number=fresh.number, code="00000000")
    )

    assert response.status_code == 422
    assert "对不上" in text(response)
    assert f'value="{fresh.number}"' in text(response)
    assert Look.objects.filter(what__endswith="不符").count() == 1


def test_an_agent_s_authority_is_kept_and_opened_through_the_request_alone(cast, rules, login):
    asked = ask_for(cast.registrar, speaker="agent", agent="韦大山")
    client = login(cast.registrar)
    given = {"identity": "papers", "identity_note": "看过身份证和委托书"}
    assert client.post(at(asked, "check"), sent(**given)).status_code == 422
    done(client.post(at(asked, "check"), sent(**given, authority=photo("委托书.png"))))

    paper = asked.papers.get()
    assert client.get(at(asked, "paper", paper.pk)).content == PNG
    assert login(cast.registrar2).get(at(asked, "paper", paper.pk)).status_code == 404


def test_a_withdrawn_request_owes_nothing_any_more(cast, rules, login):
    asked = ask_for(cast.registrar)

    done(login(cast.registrar).post(at(asked, "withdraw"), sent(note="当面说不要了")))

    assert (again(asked).stage, again(asked).due_on) == ("withdrawn", None)
    assert asked.number in text(login(cast.registrar).get(f"{LIST}?tab=done"))


def test_the_clock_says_why_this_date(cast, rules, login):
    with acting(cast.registrar):
        asked = ask_for(cast.registrar)

    clock = login(cast.registrar).get(at(asked, "record")).context["clock"]

    assert clock.due_on == asked.due_on
    assert any("15 个工作日" in line for line in clock.lines)
    assert isinstance(clock.due_on, date)


def test_an_empty_desk_says_what_to_do(cast, rules, login):
    page = text(login(cast.registrar).get(LIST))

    assert "没有在办的个人信息请求" in page
    assert "登记请求" in page
    assert "没有在办" in text(login(cast.leader).get(LIST))


def test_the_person_is_told_what_each_of_their_fields_is_held_for(cast, fresh, login):
    asked = gathered(cast.registrar, fresh)

    [one] = login(cast.registrar).get(at(asked, "document")).context["document"]["matters"]

    assert {label: why for label, _, why in one["own"]}["联系电话"].startswith("联系、核实和送达")


def test_a_refusal_without_a_reason_and_an_unchecked_person_are_stopped(cast, fresh, login):
    asked = ask_for(cast.registrar, "access", "erase")
    said = {"a_access": "granted", "a_erase": "refused", "r_erase": ""}

    page = text(login(cast.registrar).post(at(asked, "submit"), sent(**said)))

    assert "身份还没有核实" in page
    assert "请写明理由（《个人信息保护法》第五十条）" in page
    assert again(asked).stage == "received"
    refusal = "身份核实不了：没有带证件，也报不出查询码。"
    said |= {"a_access": "refused", "r_access": refusal, "r_erase": refusal}
    done(login(cast.registrar).post(at(asked, "submit"), sent(**said)))
    assert again(asked).stage == "gathered"


def test_a_decider_sends_it_back_with_a_word_and_the_clerk_goes_on(cast, fresh, login):
    asked = submitted(gathered(cast.registrar, fresh), cast.registrar)
    leader = login(cast.leader)
    assert leader.post(at(asked, "decide"), sent(decision="return", note="")).status_code == 422

    done(leader.post(at(asked, "decide"), sent(decision="return", note="第二段还有别人的名字")))

    assert again(asked).stage == "checked"
    page = text(login(cast.registrar).get(at(asked, "record")))
    assert "第二段还有别人的名字" in page
    response = login(cast.leader).get(at(asked, "record"))
    assert response.status_code == 404  # not laid before deciders any more
