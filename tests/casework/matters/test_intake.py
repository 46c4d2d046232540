"""The one door in: what every arrival becomes, and what is never written down of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from casework.matters.intake import (
    SEALED_TITLE,
    Arrival,
    Person,
    digits_of,
    open_another,
    query_code,
    register,
)
from casework.matters.models import (
    Category,
    Custody,
    Item,
    Matter,
    Move,
    Petitioner,
    Recusal,
    RuleProfile,
)
from office import clock
from office.clock import today
from office.history import acting
from office.models import Change
from office.vault import keyed_hash
from tests.casework.matters.counter import arrive
from tests.casework.matters.trials import everything

DAY = timedelta(days=1)
WEI = Person(name="韦小梅", phone="19900001234", id_number="110101190001011234")


def told(by, **more):
    """What is said when an arrival is refused, field by field; nothing is left behind."""
    before = everything()
    with pytest.raises(ValidationError) as refused:
        arrive(by, **more)
    assert everything() == before
    return refused.value.message_dict


def test_an_arrival_becomes_an_item_its_matters_and_their_first_rows(cast, street, rules):
    row = Category(code="CJ", name="城建")
    row.save()
    item, [lamp, lid] = arrive(
        cast.registrar, channel="forwarded", category=row, community=street.community,
        grid=street.grid, place="澜湖路南口", people=[WEI, Person(name="尤小平", main=False)],
        people_count=7, representatives=2, source="区信访局", source_number="转〔2026〕3号",
        claims=[("路灯坏了三天", "晚上看不见路。"), ("井盖丢了", "有人摔倒。")],
    )  # fmt: skip

    assert [lamp.text("claim"), lid.text("claim")] == ["晚上看不见路。", "有人摔倒。"]
    for matter in (lamp, lid):
        assert (matter.state, matter.sealed, matter.complete) == ("registered", False, True)
        assert (matter.due_kind, matter.due_on) == ("notice", matter.received_on + 15 * DAY)
        assert (matter.category, matter.community, matter.grid) == (
            row, street.community, street.grid,
        )  # fmt: skip
        assert (matter.people_count, matter.representatives, matter.source) == (7, 2, "区信访局")
        assert matter.text("place") == "澜湖路南口"
        people = matter.petitioners.order_by("id")
        assert [(row.text("name"), row.main) for row in people] == [
            ("韦小梅", True), ("尤小平", False),
        ]  # fmt: skip
        assert matter.links.get().item == item
        assert matter.moves.get().name == "register"
        assert matter.history.count() == 1
    assert lamp.data_key != lid.data_key  # each file can be erased for itself
    assert len({lamp.number, lid.number}) == 2


def test_everything_of_an_arrival_is_by_the_registrar_in_their_post(cast, rules):
    """Also where nobody is said to be acting."""
    before = Change.objects.latest("id").pk
    register(Arrival("visit", today(), [("路灯坏了", "看不见")], [WEI]), by=cast.registrar)
    rows = Change.objects.filter(pk__gt=before)
    assert {row.kind for row in rows} == {
        "matters.item", "matters.matter", "matters.itemlink", "matters.petitioner", "matters.clock",
    }  # fmt: skip
    assert {row.actor for row in rows} == {cast.registrar}
    assert {row.post for row in rows} == {cast.registrar.posts.get()}
    assert {row.reason for row in rows} == {"登记来件", "登记"}
    move = Move.objects.get()
    assert (move.actor, move.post) == (cast.registrar, cast.registrar.posts.get())


def test_what_residents_hand_in_themselves_is_by_nobody_inside(cast, rules):
    with acting(cast.officer, "不该记在他名下"):
        item, [matter] = register(Arrival("online", today(), [("路灯坏了", "看不见")]), by=None)
    assert (item.registered_by, matter.registered_by, matter.moves.get().actor) == (None,) * 3
    assert matter.history.get().history_user is None


def test_an_arrival_of_yesterday_is_registered_today_with_todays_number(cast, rules):
    moment = datetime(2025, 12, 31, 15, 0, tzinfo=UTC)
    item, [matter] = register(
        Arrival("letter", date(2025, 12, 30), [("路灯坏了", "看不见")]),
        by=cast.registrar,
        at=moment,
    )
    assert (item.number, matter.number) == ("LJ2025-000001", "XF2025-000001")
    assert matter.registered_at == item.registered_at == moment
    assert matter.due_on == date(2026, 1, 14)


# What is refused


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"claims": []}, "title", "是什么事"),
        ({"claims": [("路灯坏了", ""), ("  ", "x")]}, "title", "是什么事"),
        ({"claims": [("长" * 121, "")]}, "title", "不超过 120"),
        ({"channel": "dream"}, "channel", "信访形式"),
        ({"klass": "X"}, "klass", "没有这个类别"),
        ({"klass": "C", "path": "C9"}, "path", "没有这个法定途径"),
        ({"source": "长" * 61}, "source", "不超过 60"),
        ({"source_number": "1" * 61}, "source_number", "不超过 60"),
        ({"people_count": 0}, "people_count", "至少为 1"),
        ({"representatives": 6}, "representatives", "不超过 5 人（《信访工作条例》第二十条）"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(cast, rules, more, field, sentence):
    errors = told(cast.registrar, **more)
    assert list(errors) == [field]
    assert sentence in errors[field][0]


def test_nothing_arrives_tomorrow(cast, rules):
    assert "晚于今天" in told(cast.registrar, received_on=today() + DAY)["received_on"][0]


@pytest.mark.parametrize(
    "title",
    ["韦小梅的加班费", "韦 小 梅加班费", "请回电19900001234", "请回电１９９００００１２３４",
     "199-0000-1234反映", "证件110101190001011234"],
)  # fmt: skip
def test_a_title_names_nobody(cast, rules, title):
    errors = told(cast.registrar, claims=[("路灯坏了", ""), (title, "x")], people=[WEI])
    assert list(errors) == ["title"]
    assert "标题里" in errors["title"][0]


@pytest.mark.parametrize("title", ["2025年12月加班费未付", "小区梅树倒伏", "12345工单催办"])
def test_a_title_may_hold_other_names_and_numbers(cast, rules, title):
    assert arrive(cast.registrar, claims=[(title, "x")], people=[WEI])[1][0].title == title


def test_without_rules_for_the_day_the_head_is_told_what_to_do(cast, db):
    with acting(None, "测试"):
        RuleProfile(
            name="旧规则",
            source="旧",
            valid_from=date(2000, 1, 1),
            valid_to=today(),
            stage="approved",
        ).save()
    arrive(cast.registrar, received_on=today())
    before = everything()
    with (
        clock.at(clock.now() + 2 * DAY),
        pytest.raises(ValidationError, match="没有生效的规则方案"),
    ):
        arrive(cast.registrar, received_on=today())
    assert everything() == before


# Letters that stay unopened


def test_of_a_sealed_letter_only_the_envelope_is_noted(cast, street, rules):
    item, [matter] = arrive(
        cast.registrar, klass="B", channel="letter", path="C6", place="望塘村村委会",
        community=street.village, grid=street.grid, people=[WEI], people_count=3,
        claims=[("望塘村干部收礼", "去年中秋……")], source="区信访局", source_number="转〔2026〕9号",
    )  # fmt: skip

    assert (matter.title, matter.state, matter.sealed) == (SEALED_TITLE, "sealed", True)
    assert (bytes(matter.claim), bytes(matter.place)) == (b"", b"")
    assert (matter.community, matter.grid, matter.category, matter.path) == (None, None, None, "")
    assert (matter.people_count, matter.petitioners.count()) == (1, 0)
    assert (matter.source, matter.source_number) == ("区信访局", "转〔2026〕9号")
    assert (item.sealed, item.number[:2], matter.number[:2]) == (True, "LM", "MJ")
    assert matter.moves.get().name == "receive_sealed"
    assert matter.due_kind == "hand_over"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM matters_historicalmatter")
        assert "望塘村干部" not in str(cursor.fetchall())


def test_a_sealed_letter_is_kept_by_the_custodians_and_until_then_by_its_registrar(cast, rules):
    matter = arrive(cast.registrar, klass="B", claims=[], people=[])[1][0]
    keepers = Custody.objects.filter(matter=matter, until=None)
    assert {row.user for row in keepers} == {cast.registrar, cast.custodian, cast.custodian2}

    theirs = arrive(cast.custodian, klass="B", claims=[], people=[])[1][0]
    keepers = Custody.objects.filter(matter=theirs).values_list("user", flat=True)
    assert sorted(keepers) == sorted([cast.custodian.pk, cast.custodian2.pk])


def test_a_limit_in_working_days_runs_for_a_sealed_letter(cast, rules):
    """Three working days after Friday 20 November 2026."""
    with clock.at(datetime(2026, 11, 20, 2, tzinfo=UTC)):
        matter = arrive(cast.registrar, klass="B", received_on=date(2026, 11, 20))[1][0]
    assert matter.due_on == date(2026, 11, 25)


# Further matters of an arrival


def test_an_arrival_opens_a_further_matter_and_keeps_its_number(cast, fresh):
    item = fresh.links.get().item
    further = Arrival("visit", fresh.received_on, [("井盖丢了", "有人摔倒。")], [WEI])
    [matter] = open_another(item, further, by=cast.registrar)

    assert [link.matter for link in item.links.order_by("id")] == [fresh, matter]
    assert Item.objects.count() == 1
    assert query_code(item) == query_code(matter.links.get().item)


def test_whoever_stepped_back_from_an_arrival_meets_none_of_its_further_matters(cast, fresh):
    with acting(None, "回避"):
        Recusal(matter=fresh, user=cast.officehead2, since=today()).save()
    further = Arrival("visit", fresh.received_on, [("井盖丢了", "有人摔倒。")])
    [matter] = open_another(fresh.links.get().item, further, by=cast.registrar)
    assert not Matter.objects.visible_to(cast.officehead2).filter(pk=matter.pk).exists()


@pytest.mark.parametrize("by", ["registrar2", "officer", "leader"])
def test_an_arrival_is_taken_further_by_its_registrar_or_the_head(cast, fresh, by):
    further = Arrival("visit", fresh.received_on, [("井盖丢了", "有人摔倒。")])
    before = everything()
    with pytest.raises(PermissionDenied):
        open_another(fresh.links.get().item, further, by=getattr(cast, by))
    assert everything() == before


def test_no_report_comes_in_through_the_side_door(cast, fresh, sealed):
    """Its title would be stored in plain, and the two would be seen to belong together."""
    report = Arrival("visit", today(), [("望塘村干部收礼", "去年中秋……")], klass="B")
    for item, arrival in (
        (fresh.links.get().item, report),
        (sealed.links.get().item, Arrival("visit", today(), [("路灯坏了", "x")])),
    ):
        before = everything()
        with pytest.raises(ValidationError, match="不另立事项"):
            open_another(item, arrival, by=cast.registrar)
        assert everything() == before


# Looking people up


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("199 0000 1234", "19900001234"),
        ("+86-199-0000-1234", "19900001234"),
        ("008619900001234", "19900001234"),
        ("１９９００００１２３４", "19900001234"),
        ("0571-88881234", "057188881234"),
        ("86881234", "86881234"),
        ("没有", ""),
    ],
)
def test_a_phone_number_is_the_same_however_it_was_typed(phone, digits):
    assert digits_of(phone) == digits


def test_people_are_found_by_hash_and_the_unnamed_by_none(cast, rules):
    matter = arrive(cast.registrar, people=[WEI, Person(kind="anonymous", main=False)])[1][0]
    assert Petitioner.objects.get(phone_hash=keyed_hash("phone", "19900001234")).main
    nobody = matter.petitioners.get(main=False)
    assert (nobody.name_hash, nobody.phone_hash, nobody.id_hash) == ("", "", "")
