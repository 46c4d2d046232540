"""Numbers of papers and telephones, as people write them at the counter."""

import pytest

from office.history import acting
from office.identity import id_hint, id_number_problem, phone_keys, phone_problem, plain_id
from office.models import Limit


@pytest.fixture
def in_hangzhou(db):
    with acting(None, "本地区号"):
        Limit(key="area_code", value=571).save()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", ""),
        ("11010519491231002X", ""),
        ("１１０１０５ 19491231 002ｘ", ""),
        ("110105-19491231-002X", ""),
        ("110105491231002", ""),  # the old kind
        ("110105491331002", "出生日期"),
        ("110105194912310021", "最后一位对不上"),
        ("110105194913310025", "出生日期"),
        ("110105209912310027", "出生日期"),  # not born yet
        ("1101051949123100", "18 位，这里有 16 位"),
        ("1101051949123100211", "18 位，这里有 19 位"),
        ("110105********002X", "遮住"),
        ("1.10105E+17", "后几位已经丢失"),
        ("E12345678", ""),  # passport
        ("H1234567801", ""),  # 港澳居民来往内地通行证
        ("830000199201300022", ""),  # 台湾居民居住证: the same check digit
        ("91350100M000100Y43", ""),  # 统一社会信用代码
        ("军字第0012345号", ""),
    ],
)
def test_a_registrar_is_told_what_is_wrong_with_an_id_number(number, said):
    problem = id_number_problem(number)
    assert said in problem if said else problem == ""


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        ("11010519491231002X", False),
        ("91350100M000100Y43", False),
        ("", False),
        ("E12345678", True),
        ("91350100M000100Y40", True),
    ],
)
def test_another_certificate_passes_with_a_hint(number, hint):
    assert id_number_problem(number) == ""
    assert bool(id_hint(number)) is hint


def test_the_old_number_of_a_person_is_compared_as_the_new_one():
    assert plain_id("110105491231002") == plain_id("110105 1949 1231 002x") == "11010519491231002X"


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "19900001234",
        "199 0000 1234",
        "１９９－００００－１２３４",
        "+86 199 0000 1234",
        "008619900001234",
        "0591-87654321",
        "(0591)87654321",
        "（0591）8765 4321",
        "+86 591 8765 4321",
        "010-62345678转801",
        "0574-87654321 ext. 12",
        "86543210",  # no area code set: nothing to hold it against
        "400-800-1234",
        "95588",
        "96110",
        "12345",
        "+852 2345 6789",
        "00852 23456789",
        "+1 650 253 0000",
        "19900001234、0591-87654321",
        "19900001234；19900005678",
        "19900001234/19900005678",
        "19900001234 19900005678",
        "儿子19900001234（晚上打）",
        "家里：0591-87654321，手机：19900001234",
    ],
)
def test_a_number_that_can_be_rung_passes_however_it_is_written(phone, db):
    assert phone_problem(phone) == ""


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("110", "至少 7 位"),
        ("199", "至少 7 位"),
        ("没有电话", ""),
        ("1990000123", "手机号是 11 位，这里有 10 位"),
        ("199000012345", "手机号是 11 位，这里有 12 位"),
        ("12000000000", "没有这样的号码"),
        ("0591-876543", "没有这样的号码"),
        ("0999-9-87654321", "没有这样的号码"),
        ("+852 2345", "没有这样的号码"),
        ("199****1234", "遮住"),
        ("19900001234、1990000123", "这里有 10 位"),
    ],
)
def test_a_number_nobody_can_ring_is_told_with_what_to_do(phone, said, db):
    problem = phone_problem(phone)
    assert said in problem if said else problem == ""


def test_a_local_number_is_held_to_the_area_code_of_the_office(in_hangzhou):
    assert phone_problem("86543210") == ""
    assert "没有这样的号码" in phone_problem("6543210")  # eight digits there


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("199 0000 1234", ["19900001234"]),
        ("+86-199-0000-1234", ["19900001234"]),
        ("0571-88881234", ["057188881234"]),
        ("（0571）8888 1234", ["057188881234"]),
        ("+86 571 8888 1234", ["057188881234"]),
        ("88881234", ["057188881234"]),
        ("0571-88881234转801", ["057188881234801"]),
        ("00852 2345 6789", ["+85223456789"]),
        ("+1 650 253 0000", ["+16502530000"]),  # no mobile of ours
        ("19900001234、88881234", ["19900001234", "057188881234"]),
        ("没有", []),
    ],
)
def test_a_telephone_is_the_same_however_it_was_typed(in_hangzhou, written, keys):
    assert phone_keys(written) == keys
