"""查找: by name, phone and words of the text, logged before anything is shown."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.matters.intake import Person
from casework.matters.models import Matter, Recusal
from office.clock import today
from office.history import acting
from office.models import Limit, Look
from office.search import index_changes
from office.vault import keyed_hash
from tests.casework.matters.counter import accepted, answered, arrive, assigned, sent, text
from tests.english import english_left

FIND = reverse("matters:find")
NOBODY = "没有找到您能看到的事项。"


def asked(way: str, words: str, **more) -> dict:
    facts = {"way": way, "words": words, "reason": "ask", "note": "本人到窗口问进展"}
    return sent(**{**facts, **more})


def numbers(response) -> list[str]:
    return [matter.number for matter in response.context["found"].matters]


def found(client, way: str, words: str, **more) -> list[str]:
    response = client.post(FIND, asked(way, words, **more))
    assert response.status_code == 200, text(response)
    return numbers(response)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("name", "韦小梅"),
        ("name", " 韦 小梅　"),
        ("phone", "19900001234"),
        ("phone", "１９９ ０００１ 234".replace("０００１ 234", "０００0-1234")),
        ("phone", "+86 199-0000-1234"),
    ],
)
def test_an_officer_finds_a_petitioner_however_name_and_phone_are_typed(
    way, words, cast, handled, login
):
    assert found(login(cast.officer), way, words) == [handled.number]


def test_a_name_with_a_dot_is_the_same_name_with_every_kind_of_dot(cast, rules, login):
    matter = arrive(cast.registrar, people=[Person(name="阿依·古丽")])[1][0]

    for dot in "·•・‧･":
        assert found(login(cast.registrar), "name", f"阿依{dot}古丽") == [matter.number]


def test_part_of_a_name_finds_nothing(cast, handled, login):
    client = login(cast.officer)

    assert found(client, "name", "小梅") == []
    assert found(client, "phone", "0000123") == []


def test_words_of_the_claim_the_place_and_the_answer_are_found(cast, street, handled, login):
    with acting(cast.officer):
        answered(handled, cast.officer, "已责成民宿补发工资。")
        other = arrive(cast.registrar, claims=[("路灯不亮", "村口三盏。")], place="望塘村祠堂旁")[1]
    index_changes()
    client = login(cast.officehead)

    assert found(client, "text", "一直没有发") == [handled.number]
    assert found(client, "text", "加班费 七月") == [handled.number]
    assert found(client, "text", "补发工资") == [handled.number]
    assert found(client, "text", "祠堂旁") == [other[0].number]
    assert found(client, "text", "祠堂边") == []
    assert found(client, "text", "韦小梅") == []


def test_what_is_hidden_from_a_person_is_not_there(cast, street, handled, login):
    foreign = arrive(cast.registrar)[1][0]
    assigned(accepted(foreign, cast.officehead), cast.officehead, street.housing)
    index_changes()

    for way, words in (("name", "韦小梅"), ("phone", "19900001234"), ("text", "加班费")):
        assert found(login(cast.officer), way, words) == [handled.number]
        assert found(login(cast.other_officer), way, words) == [foreign.number]
        assert found(login(cast.officehead), way, words) == [foreign.number, handled.number]


def test_a_registrar_finds_own_entries_and_the_queue_alone(cast, street, rules, login):
    own = arrive(cast.registrar)[1][0]
    waiting = arrive(cast.registrar2)[1][0]
    gone = assigned(
        accepted(arrive(cast.registrar2)[1][0], cast.officehead), cast.officehead, street.social
    )

    assert found(login(cast.registrar), "name", "韦小梅") == [waiting.number, own.number]
    assert gone.number not in found(login(cast.registrar), "phone", "19900001234")


def test_whoever_stepped_back_finds_nothing_of_the_matter(cast, handled, login):
    index_changes()
    with acting(cast.officehead):
        Recusal(matter=handled, user=cast.officer, since=today() - timedelta(days=1)).save()

    for way, words in (("name", "韦小梅"), ("text", "加班费")):
        assert found(login(cast.officer), way, words) == []


def seal(matter) -> None:
    """A matter that turns out to be a report: sealed after it was registered."""
    with acting(None, "发现是检举控告"):
        row = Matter.objects.get(pk=matter.pk)
        row.klass, row.sealed, row.state = "B", True, "sealed"
        row.save()


def unseal(matter) -> None:
    with acting(None, "启封"):
        row = Matter.objects.get(pk=matter.pk)
        row.klass, row.sealed, row.state = "C", False, "handling"
        row.save()


def test_a_matter_that_is_sealed_later_is_found_no_more_and_again_when_unsealed(
    cast, handled, login
):
    index_changes()
    client = login(cast.officehead)
    ways = (("name", "韦小梅"), ("phone", "19900001234"), ("text", "加班费"))

    seal(handled)
    assert [found(client, *way) for way in ways] == [[], [], []]
    index_changes()
    assert [found(client, *way) for way in ways] == [[], [], []]
    unseal(handled)
    index_changes()
    assert [found(client, *way) for way in ways] == [[handled.number]] * 3


def test_somebody_unknown_hidden_and_sealed_are_told_alike_in_as_many_queries(
    cast, street, handled, login
):
    said = {"claims": [("院墙纠纷", "隔壁占了滴水檐沟。")]}
    foreign = arrive(cast.registrar, people=[Person(name="于大河", phone="19900007777")], **said)[
        1
    ][0]
    assigned(accepted(foreign, cast.officehead), cast.officehead, street.housing)
    said = {"claims": [("补偿款", "村里账目对不上。")]}
    secret = arrive(cast.registrar, people=[Person(name="柏小舟", phone="19900008888")], **said)[1][
        0
    ]
    assigned(accepted(secret, cast.officehead), cast.officehead, street.social)
    seal(secret)
    index_changes()
    client = login(cast.officer)

    def answer(way: str, words: str) -> tuple[int, str]:
        with CaptureQueriesContext(connection) as caught:
            page = text(client.post(FIND, asked(way, words)))
        assert NOBODY in page
        return len(caught), page[page.index(NOBODY) :]

    answer("name", "无名氏")
    for way, unknown, hidden, sealed in (
        ("name", "无此人", "于大河", "柏小舟"),
        ("phone", "19911112222", "19900007777", "19900008888"),
        ("text", "没有这话", "滴水檐沟", "账目对不"),
    ):
        assert answer(way, unknown) == answer(way, hidden) == answer(way, sealed)


def test_every_search_is_logged_without_the_name(cast, handled, login):
    client = login(cast.officer)

    found(client, "name", "韦小梅")
    found(client, "phone", "19900001234")
    found(client, "name", "无此人")

    looks = list(Look.objects.filter(label="查找信访事项").order_by("id"))
    assert [look.person for look in looks] == [cast.officer] * 3
    assert looks[0].what.startswith("按姓名查找：韦*（标记")
    assert looks[0].what.endswith("，1 件")
    assert looks[1].what.startswith("按电话查找：199****1234（标记")
    assert looks[2].what.endswith("，0 件")
    assert looks[0].purpose == "来人来电询问进展：本人到窗口问进展"
    assert looks[0].post.role == "officer"
    for look in looks:
        for secret in ("小梅", "19900001234", "此人"):
            assert secret not in f"{look.what}{look.purpose}{look.label}"


def test_the_same_search_bears_the_same_mark(cast, handled, login):
    for who in (cast.officer, cast.head):
        found(login(who), "name", "韦小梅")
    found(login(cast.head), "name", "韦大梅")

    marks = [look.what.split("标记")[1][:8] for look in Look.objects.order_by("id")]
    assert marks[0] == marks[1] != marks[2]


def test_an_auditor_reads_the_searches(cast, handled, login):
    found(login(cast.officer), "name", "韦小梅")

    page = text(login(cast.auditor).get(reverse("office_looks")))

    assert "查找信访事项" in page
    assert "按姓名查找：韦*" in page


def test_for_one_s_own_task_no_purpose_is_typed(cast, street, handled, login):
    with acting(cast.officehead):
        assigned_to = arrive(cast.registrar)[1][0]
    own = assigned(
        accepted(assigned_to, cast.officehead), cast.officehead, street.social, cast.officer
    )

    found(login(cast.officer), "name", "韦小梅", reason=f"task:{own.pk}", note="")

    assert Look.objects.filter(purpose=f"办理 {own.number}", label="查找信访事项").exists()


def test_somebody_else_s_task_is_no_purpose(cast, handled, login):
    response = login(cast.head).post(FIND, asked("name", "韦小梅", reason=f"task:{handled.pk}"))

    assert response.status_code == 422
    assert not Look.objects.exists()


def test_a_registrar_looks_whether_somebody_came_before_from_the_counter(cast, rules, login):
    before = arrive(cast.registrar)[1][0]
    typed = sent(go="repeats", name="韦小梅", phone="199 0000 1234", channel="visit")

    response = login(cast.registrar).post(FIND, typed)

    assert numbers(response) == [before.number]
    assert Look.objects.get().purpose == "登记来件，核对是否来过"
    add = text(login(cast.registrar).get(reverse("wagtailsnippets_matters_matter:add")))
    assert f'formaction="{FIND}"' in add


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": "韦"}, "请写全名，至少 2 个字"),
        ({"way": "phone", "words": "1234"}, "至少 7 位数字"),
        ({"way": "text", "words": "灯"}, "请至少写 2 个字"),
        ({"words": ""}, "请写要找的姓名、电话或字"),
        ({"reason": ""}, "请选择为什么找"),
        ({"note": "找人"}, "请写明为办什么事要找"),
        ({"way": "face"}, "face"),
    ],
)
def test_a_refusal_says_what_to_write_and_logs_nothing(wrong, sentence, cast, handled, login):
    response = login(cast.officer).post(FIND, asked("name", "韦小梅") | wrong)

    assert response.status_code == 422
    assert sentence in text(response)
    assert not Look.objects.exists()


def test_many_matters_come_page_by_page(cast, rules, login):
    arrive(cast.registrar, claims=[(f"第{n}件事", "楼道停车") for n in range(60)])
    index_changes()
    client = login(cast.registrar)

    for way, words in (("name", "韦小梅"), ("text", "楼道停车")):
        first = client.post(FIND, asked(way, words))
        second = client.post(FIND, asked(way, words, after=first.context["found"].after))
        assert (len(numbers(first)), len(numbers(second))) == (50, 10)
        assert len({*numbers(first), *numbers(second)}) == 60
        assert "再往前找" in text(first)
        assert "再往前找" not in text(second)
    assert Look.objects.count() == 4


def test_what_was_received_last_comes_first_whenever_it_was_entered(cast, rules, login):
    [new] = arrive(cast.registrar, claims=[("楼上漏水", "楼道停车")])[1]
    week_ago = today() - timedelta(days=7)
    [old] = arrive(cast.registrar, received_on=week_ago, claims=[("院墙", "楼道停车")])[1]
    index_changes()

    for way, words in (("name", "韦小梅"), ("text", "楼道停车")):
        page = login(cast.registrar).post(FIND, asked(way, words))
        assert numbers(page) == [new.number, old.number]


def test_a_row_shows_the_petitioner_masked_and_nothing_of_the_claim(cast, handled, login):
    index_changes()
    page = text(login(cast.officer).post(FIND, asked("text", "一直没有发")))

    assert "韦*" in page
    assert "韦小梅" not in page
    assert "加班费一直没有发" not in page
    assert handled.title in page


def test_nothing_can_be_looked_for_by_an_address(cast, handled, login):
    page = text(login(cast.officer).get(FIND, {"way": "name", "words": "韦小梅", "reason": "ask"}))

    assert "desk-table" not in page
    assert not Look.objects.exists()


def test_only_those_with_the_right_find_people(cast, handled, login):
    for who in ("auditor", "custodian", "editor", "reviewer", "sysadmin", "auditadmin"):
        response = login(getattr(cast, who)).post(FIND, asked("name", "韦小梅"))
        assert response.status_code in (302, 403)
    menu = text(login(cast.officer).get("/admin/"))
    assert FIND in menu
    assert FIND not in text(login(cast.auditor).get("/admin/"))


def test_the_page_is_chinese(cast, handled, login):
    client = login(cast.officer)

    assert english_left(text(client.get(FIND))) == []
    assert english_left(text(client.post(FIND, asked("name", "韦小梅")))) == []


def test_a_phone_hashed_in_the_old_way_is_still_found(cast, fresh, login):
    """Two numbers of one field were once hashed as one row of digits, a local one without its area."""
    with acting(None, "旧数据"):
        Limit(key="area_code", value=571).save()
    for stored, asked in (
        ("1990000123488881234", "19900001234、88881234"),
        ("88881234", "0571-8888 1234"),
        ("0085223456789", "00852 2345 6789"),
    ):
        with acting(cast.registrar):
            person = fresh.petitioners.get()
            person.phone_hash = keyed_hash("phone", stored)
            person.save()
        assert found(login(cast.registrar), "phone", asked) == [fresh.number], asked
