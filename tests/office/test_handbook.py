"""帮助: everybody reads the handbook inside the back office, at the page of their own post."""

import re

import pytest

from office import handbook
from office.roles import ROLES

HELP = "/admin/help/"


def test_everybody_finds_help_in_the_menu(cast, login):
    for who in vars(cast).values():
        assert HELP in login(who).get("/admin/").content.decode()


def test_help_opens_at_the_page_of_one_s_own_post(cast, login):
    for who, words in (
        (cast.registrar, "半分钟接下一位"),
        (cast.page_reviewer, "写稿与发布"),
        (cast.auditadmin, "账号、日历与运行"),
        (cast.grid, "人人要知道的三件事"),
    ):
        response = login(who).get(HELP)
        assert words in response.context["chapter"].body + response.context["chapter"].title


def test_every_page_of_the_handbook_is_in_the_index_and_opens(cast, login):
    client = login(cast.officer)
    index = client.get(HELP).content.decode()
    names = {path.stem for path in handbook.FOLDER.glob("*.md")}
    assert names == set(handbook.chapters())
    assert set(handbook.PAGES) <= {role.key for role in ROLES}
    for address in set(re.findall(r'href="(\?page=[^"]+)"', index)):
        assert client.get(HELP + address).status_code == 200
    assert len(set(re.findall(r'href="(\?page=[^"]+)"', index))) == len(names)


def test_links_between_pages_of_the_handbook_stay_inside_the_help(cast, login):
    page = login(cast.grid).get(HELP + "?page=README").content.decode()
    assert ".md" not in page
    assert "<table" in page


def test_a_line_broken_in_the_file_leaves_no_gap_in_the_text(tmp_path):
    file = tmp_path / "x.md"
    file.write_text("# 标题\n\n交给\n来人。\n", encoding="utf-8")
    assert "交给来人。" in handbook._chapter(file).body


def test_a_page_that_is_not_in_the_handbook_is_missing(cast, login):
    for name in ("no-such", "../README", ""):
        assert login(cast.grid).get(HELP, {"page": name}).status_code == 404


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "![x](http://a.b/c.png)"])
def test_a_handbook_page_brings_no_markup_and_no_picture_of_its_own(tmp_path, text):
    file = tmp_path / "x.md"
    file.write_text(f"# 标题\n\n{text}\n", encoding="utf-8")
    body = handbook._chapter(file).body
    assert "<script" not in body
    assert "<img" not in body
