"""Templates: the shipped ones are sound, a broken one is refused with its paragraph, editions stay."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as WordFile

from casework.matters.letters import checking, editions
from casework.matters.letters.kinds import NOT_OURS, TEMPLATES, WORDS
from casework.matters.letters.placeholders import of_kind, sample_of
from casework.matters.letters.rendering import filled
from casework.matters.letters.shipping import word_of
from casework.matters.models import Document, LetterTemplate
from office.history import acting
from tests.casework.matters.counter import sent, text
from tests.casework.matters.letters.making import words

HEAD = "{{ 发文主体 }}"


def docx(*lines):
    """A .docx as an office would write it, a paragraph a line."""
    word = WordFile()
    for line in lines:
        word.add_paragraph(line)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def with_parts(data, changed):
    """The file with parts added or replaced: name → content."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def refusal(data, kind="opinion"):
    """What an office is told about a template that is not taken."""
    with pytest.raises(ValidationError) as told:
        checking.check(kind, data)
    return "".join(told.value.messages)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_shipped_template_is_sound_and_fills(kind):
    data = editions.shipped(kind)
    assert checking.check(kind, data) == []
    said = words(filled(data, sample_of(kind)))
    assert TEMPLATES[kind] in said
    assert "{{" not in said
    assert "{%" not in said


@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_shipped_files_are_what_the_lines_say(kind):
    """`manage.py make_letter_templates` was run after the last change of the lines."""
    shipped, made = (
        checking.lines_of(checking.opened(data)) for data in (editions.shipped(kind), word_of(kind))
    )
    assert shipped == made


def test_every_kind_of_document_is_a_letter_or_somebody_elses_paper():
    assert set(WORDS) | NOT_OURS == set(Document.Kind.values)
    assert len(set(WORDS.values())) == len(WORDS)


def test_every_placeholder_has_an_example_and_says_what_it_gives():
    for kind in TEMPLATES:
        for one in of_kind(kind):
            assert one.told
            assert one.name == "更正说明" or one.example, one.name


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("尊敬的{{ 信访人姓名 }}：", "没有“信访人姓名”这个占位符"),
        ("{{ 信访人 ", "占位符没有写完整"),
        ("{% if 附言 %}", "没有成对"),
        ("{% for 条 in 承诺 %}{{ 条.金额 }}{% endfor %}", "没有“金额”这一栏"),
        ("{% for 条 in 附言 %}{{ 条 }}{% endfor %}", "只能逐条列出"),
        ("{% include '/etc/passwd' %}", "不支持"),
        ("{% macro x() %}{% endmacro %}", "不支持"),
        ("{% set 附言 = 1 %}", "不支持"),
        ("{{ 附言|upper }}", "不支持"),
        ("{{ 附言.__class__.__mro__ }}", "不支持"),
        ("{{ 附言.长度 }}", "前面应当是"),
        ("{% for 条 in 承诺 recursive %}{% endfor %}", "不支持"),
        ("{% for 条 in 承诺 %}{% for 条 in 承诺 %}{% endfor %}{% endfor %}", "不支持"),
        ("{% if 信访人 == '张三' %}你{% endif %}", "不支持"),
        ("{% for 条 in 承诺 if 条.事项 %}{% endfor %}", "不支持"),
        ("{{ 附言() }}", "不支持"),
        ("{{ 附言[0] }}", "不支持"),
        ("{{ 'a' * 999999999 }}", "不支持"),
        ("{{ range(9) }}", "不支持"),
        ("{% 胡写 %}", "不认识这个标签"),
    ],
)
def test_a_broken_template_is_refused_with_the_paragraph_that_is_wrong(line, said):
    told = refusal(docx(HEAD, "第二段没有问题。", line))
    assert said in told
    assert "第 3 段" in told


def test_what_is_wrong_in_a_table_or_a_header_is_found_too():
    word = WordFile()
    word.sections[0].header.paragraphs[0].text = "{{ 页眉 }}"
    word.add_table(rows=1, cols=1).rows[0].cells[0].text = "{{ 格子 }}"
    out = BytesIO()
    word.save(out)
    told = refusal(out.getvalue())
    assert "页眉第 1 段“{{ 页眉 }}”：没有“页眉”这个占位符" in told
    assert "没有“格子”这个占位符" in told


def hidden(data, said):
    """The file with a text box, of which no paragraph of the body tells."""
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    with zipfile.ZipFile(BytesIO(data)) as file:
        body = file.read("word/document.xml").decode()
    return with_parts(data, {"word/document.xml": body.replace("</w:p>", f"{box}</w:p>", 1)})


@pytest.mark.parametrize(
    "said",
    ["{{ 没有的 }}", "{{ 'a' * 999999999 }}", "{{ 附言.__class__ }}", "{% include 'x' %}", "{{"],
)
def test_what_hides_in_a_text_box_or_in_the_properties_is_refused_too(said):
    assert "文本框" in refusal(hidden(docx(HEAD), said))
    word = WordFile()
    word.core_properties.subject = said
    out = BytesIO()
    word.save(out)
    assert "文档属性" in refusal(out.getvalue())


def test_a_condition_that_begins_in_a_table_and_ends_outside_is_refused():
    word = WordFile()
    word.add_table(rows=1, cols=1).rows[0].cells[0].text = "{% if 附言 %}"
    word.add_paragraph("{% endif %}")
    out = BytesIO()
    word.save(out)
    assert "不能一个在表格里" in refusal(out.getvalue())


def test_a_placeholder_of_another_kind_is_refused():
    assert "没有“诉求”这个占位符" in refusal(docx("{{ 诉求 }}"), "acceptance")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", ".docx"),
        (b"", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
        (docx(HEAD)[:2000], "docx"),
        (docx(HEAD) + b"\0" * checking.LARGEST, "MB"),
    ],
)
def test_what_is_no_word_file_is_refused(data, said):
    assert said in refusal(data)


def test_macros_are_refused():
    assert "宏" in refusal(with_parts(docx(HEAD), {"word/vbaProject.bin": "x"}))


def test_a_file_that_unpacks_to_far_more_is_refused():
    out = BytesIO()
    plain = zipfile.ZipFile(BytesIO(docx(HEAD)))
    with plain as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/media/image1.png", b"\0" * 30_000_000)
    assert out.tell() < checking.LARGEST
    assert "展开后太大" in refusal(out.getvalue())


def test_a_template_that_forgets_what_the_law_asks_is_taken_with_a_hint():
    [hint] = checking.check("opinion", docx(HEAD, "{{ 诉求 }}"))
    assert "救济途径" in hint


def test_values_are_text_and_never_placeholders_or_markup():
    values = sample_of("acceptance") | {"正文": "{{ 联系电话 }}<w:br/>&amp;\x07第二段\n第三段"}
    said = words(filled(docx("{{ 正文 }}"), values))
    assert "{{ 联系电话 }}<w:br/>&amp; 第二段\n第三段" in said


def added(by, data, kind="opinion", why="换新的电话"):
    with acting(by):
        return editions.add(kind, data, why=why, by=by)


def test_a_new_edition_holds_from_then_on_and_the_old_one_stays(cast):
    first, second = docx(HEAD, "一"), docx(HEAD, "二")
    assert [added(cast.officehead, one).edition for one in (first, second)] == [2, 3]
    assert bytes(editions.in_force("opinion").content) == second
    assert [row.edition for row in editions.of_kind("opinion")] == [3, 2, 1]
    assert bytes(LetterTemplate.objects.get(edition=1).content) == editions.shipped("opinion")


def test_an_edition_says_why_and_is_not_the_same_once_more(cast):
    data = docx(HEAD)
    for why, field in ((" ", "why"),):
        with pytest.raises(ValidationError) as told:
            added(cast.officehead, data, why=why)
        assert field in told.value.message_dict
    added(cast.officehead, data)
    with pytest.raises(ValidationError, match="完全一样"):
        added(cast.officehead, data)


def test_only_the_head_of_the_office_changes_templates(cast, login):
    url = reverse("matters:letter_template", args=["opinion"])
    for person in (cast.registrar, cast.officer, cast.leader, cast.auditor, cast.sysadmin):
        with pytest.raises(PermissionDenied):
            added(person, docx(HEAD))
        assert login(person).post(url, sent(upload=file(docx(HEAD)), why="x")).status_code in (
            302,
            403,
        )
    assert not LetterTemplate.objects.exists()


def file(data, name="意见书.docx"):
    return SimpleUploadedFile(name, data)


def test_the_head_uploads_a_template_on_the_page_and_reads_what_is_wrong(cast, login):
    client, url = login(cast.officehead), reverse("matters:letter_template", args=["opinion"])
    page = text(client.get(url))
    assert "{{ 处理意见 }}" in page
    assert "由施工单位在本月底前付清。" in page
    broken = client.post(url, sent(upload=file(docx("{{ 胡写 }}")), why="试"))
    assert broken.status_code == 422
    assert "第 1 段" in text(broken)
    done = client.post(url, sent(upload=file(docx(HEAD, "{{ 诉求 }}")), why="更简短"))
    assert done.status_code == 302, text(done)
    page = text(client.get(url))
    assert "更简短" in page
    assert "模板里没有用到" in page  # the hint, as a message
    assert "第 2 版" in text(client.get(reverse("matters:letter_templates")))
    got = client.get(reverse("matters:letter_template_file", args=["opinion"]) + "?edition=1")
    assert got.content == editions.shipped("opinion")


def test_a_template_is_tried_with_invented_data_before_it_holds(cast, login):
    client, url = login(cast.officehead), reverse("matters:letter_template", args=["opinion"])
    shown = text(client.post(url, sent(upload=file(docx("致{{ 收文人 }}")), act="preview")))
    assert "致张三同志" in shown
    assert "虚构的样例" in shown
    refused = client.post(url, sent(upload=file(docx("{{ 胡写 }}")), act="preview"))
    assert "没有“胡写”这个占位符" in text(refused)
    assert not LetterTemplate.objects.exists()


def test_an_unknown_kind_or_edition_is_not_there(cast, login):
    client = login(cast.officehead)
    assert client.get(reverse("matters:letter_template", args=["settlement"])).status_code == 404
    url = reverse("matters:letter_template_file", args=["opinion"])
    for edition in ("9", "x", "99999999999999999999", "²"):
        assert client.get(f"{url}?edition={edition}").status_code == 404


def test_the_head_sets_nameplates_whose_numbers_cannot_be_mixed_up(cast, login):
    client, url = login(cast.officehead), reverse("matters:issuing_body_new")
    given = {"name": "云湖街道办事处", "seal": "云湖街道办事处印章", "superior": "云湖区人民政府"}
    assert client.post(url, sent(**given, code="云街信", active="on")).status_code == 302
    for code in ("云街信", "云街信访", "云", "YJX", ""):
        assert client.post(url, sent(**given, code=code, active="on")).status_code == 422, code
    assert client.post(url, sent(**given, code="云工委信", active="on")).status_code == 302
