"""Other people out of a text, however their names and numbers were typed."""

import pytest

from casework.matters.rights.redacting import People, Redactor, parts_of

PEOPLE = People(
    own=("韦小梅", "19900001234"),
    others=("于大河", "19900007777", "小梅", "望塘村3组15号"),
    staff=("承小办",),
    words=("隔壁老陈",),
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("于大河也在场", "〔他人〕也在场"),
        ("于 大　河也在场", "〔他人〕也在场"),
        ("电话 199-0000-7777", "电话 〔他人〕"),
        ("电话１９９ ００００ ７７７７", "电话〔他人〕"),
        ("韦小梅 19900001234 本人", "韦小梅 19900001234 本人"),
        ("他家在望塘村3组15号", "他家在〔他人〕"),
        ("另一个电话 13812341234", "另一个电话 〔号码〕"),
        ("身份证 33010219900101123X。", "身份证 〔号码〕。"),
        ("由承小办答复", "由〔工作人员〕答复"),
        ("隔壁老陈说的", "〔已遮盖〕说的"),
        ("2026年11月2日补发3200元", "2026年11月2日补发3200元"),
        ("编号 202611020001 的单子", "编号 202611020001 的单子"),
        ("", ""),
    ],
)
def test_a_clerk_reads_what_the_rule_left(said, told):
    assert Redactor(PEOPLE)(said) == told


def test_ones_own_name_stays_though_another_is_part_of_it():
    redact = Redactor(PEOPLE)

    assert redact("韦小梅和小梅") == "韦小梅和〔他人〕"
    assert redact.count == 1


def test_a_word_the_clerk_blackens_goes_before_what_is_ones_own():
    assert Redactor(People(own=("韦小梅",), words=("韦小梅",)))("韦小梅") == "〔已遮盖〕"


def test_an_address_with_the_same_text_as_ones_own_stays():
    assert Redactor(People(own=("望塘村",), others=("望塘村",)))("住望塘村") == "住望塘村"


def test_one_sign_alone_blackens_nothing():
    assert Redactor(People(others=("河",)))("河边") == "河边"


def test_several_numbers_in_one_field_are_looked_for_apart():
    assert parts_of(["19900001234、0571-87654321"]) == (
        "19900001234、0571-87654321", "19900001234", "0571-87654321",
    )  # fmt: skip
