"""Addresses of pages as residents read them out over the telephone."""

import pytest

from cms.addresses import LONGEST, address_of, follows, is_address, is_machine_made


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("关于延期交房问题的通知", "guan-yu-yan-qi-jiao-fang-wen-ti-de-tong-zhi"),
        ("澜庭苑进展通报（第3期）", "lan-ting-yuan-jin-zhan-tong-bao-di-3-qi"),
        ("重大事项，重新公示", "zhong-da-shi-xiang-chong-xin-gong-shi"),
        ("绿色出行 Green Week 2026", "lv-se-chu-xing-green-week-2026"),
        ("12345热线怎么打", "12345-re-xian-zen-me-da"),
        ("！！！", "page"),
    ],
)
def test_a_resident_can_read_an_address_out_loud(title, address):
    assert address_of(title) == address


def test_a_long_title_gives_an_address_cut_between_two_syllables():
    address = address_of("云湖街道关于进一步做好汛期地质灾害隐患排查和群众转移避险工作的紧急通知")
    assert len(address) <= LONGEST
    assert address == "yun-hu-jie-dao-guan-yu-jin-yi-bu-zuo-hao-xun-qi-di-zhi-zai"


def test_one_endless_word_is_cut_all_the_same():
    assert address_of("a" * 90) == "a" * LONGEST


@pytest.mark.parametrize("slug", ["u516cu544a", "gonggao", "GongGao".lower()])
def test_an_address_made_by_a_machine_that_knows_no_pinyin_is_told(slug):
    assert is_machine_made(slug, "公告")


def test_an_editor_s_own_address_is_not_taken_for_a_machine_s():
    assert not is_machine_made("notice-2026", "公告")
    assert not is_machine_made("notice", "Notice")


@pytest.mark.parametrize(
    ("slug", "good"),
    [("notice-2026", True), ("公告", False), ("Notice", False), ("a--b", False), ("", False)],
)
def test_an_address_has_small_letters_digits_and_single_hyphens(slug, good):
    assert is_address(slug) is good


def test_a_numbered_address_still_follows_its_title():
    assert follows("gong-gao", "公告")
    assert follows("gong-gao-2", "公告")
    assert not follows("tong-zhi", "公告")
