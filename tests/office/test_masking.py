"""What may be shown of a person without opening the record."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.masking import MASKS, mask_address, mask_id, mask_name, mask_phone, mask_text

EXAMPLES = settings(deadline=None, database=None, derandomize=True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("韦小宝", "韦*"),
        ("韦", "韦*"),
        (" 韦小宝 ", "韦*"),
        ("欧阳娜", "欧阳*"),
        ("欧阳", "欧*"),
        ("司马相如", "司马*"),
        ("阿卜杜拉·买买提", "阿卜**"),
        ("澜庭苑业主委员会", "澜庭**"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_of_a_name_only_the_surname_is_shown(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("138-1234-1234", "138****1234"),
        ("0571-88881234", "057****1234"),
        ("88881234", "****34"),
        ("没有电话", "****"),
        ("", ""),
    ],
)
def test_of_a_phone_number_the_middle_is_hidden(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("110101190001011234", "110101**********34"),
        ("11010119000101123X", "110101**********3X"),
        ("110101900101123", "110101*******23"),
        ("E12345678", "*******78"),
        ("H1234567801", "*********01"),
        ("1234567", "********"),
        ("", ""),
    ],
)
def test_of_an_id_number_the_birthday_is_hidden_and_of_a_passport_nearly_all(number, shown):
    assert mask_id(number) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("云湖街道青檀社区澜湖路66号3幢1202室", "云湖街道青檀社区***"),
        ("望塘村西头第三家", "望塘村***"),
        ("云湖街道", "云湖街道***"),
        ("青檀社区3幢502室（望塘村口对面）", "青檀社区***"),
        ("青檀社区三栋二单元望塘村委会楼上", "青檀社区***"),
        ("澜湖路66号", "澜湖路***"),
        ("66号澜湖路", "***"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_of_an_address_nothing_below_the_community_is_shown(address, shown):
    assert mask_address(address) == shown


def test_of_a_text_only_the_length_is_told():
    assert mask_text("加班费没有发") == "（6字，打开后可见）"
    assert mask_text(" ") == ""


@EXAMPLES
@given(st.text(alphabet="0123456789", min_size=7, max_size=20))
def test_no_mask_lets_a_whole_number_through(number):
    for kind in ("phone", "id", "address", "text"):
        assert number not in MASKS[kind](number)


@EXAMPLES
@given(st.text(min_size=2, max_size=30))
def test_a_mask_never_shows_the_whole_and_never_fails(text):
    for mask in MASKS.values():
        shown = mask(text)
        assert shown == "" or "*" in shown or "可见" in shown
        if len(text.strip()) > 3:
            assert text.strip() not in shown
