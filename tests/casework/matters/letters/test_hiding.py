"""Templates: what the signer would not see, and what Word would fetch, start or change by itself."""

import zipfile
from io import BytesIO

import pytest
from docx import Document as WordFile

from casework.matters.letters import checking
from tests.casework.matters.letters.test_templates import HEAD, docx, refusal, with_parts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RUN = "<w:r><w:t>看不到的话</w:t></w:r>"


def within(xml, data=None):
    """The file with `xml` at the end of its first paragraph."""
    data = data or docx(HEAD)
    with zipfile.ZipFile(BytesIO(data)) as file:
        body = file.read("word/document.xml").decode()
    return with_parts(data, {"word/document.xml": body.replace("</w:p>", f"{xml}</w:p>", 1)})


def linked(kind, mode="", prefix="", target="a.bin"):
    """The file with one more relation of its settings."""
    name = f"{prefix}:" if prefix else ""
    space = f"xmlns:{prefix}" if prefix else "xmlns"
    link = (
        f'<{name}Relationships {space}="{PACKAGE}"><{name}Relationship Id="r1" '
        f'Type="{R}/{kind}" Target="{target}"{mode}/></{name}Relationships>'
    )
    return with_parts(docx(HEAD), {"word/_rels/settings.xml.rels": link})


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:hyperlink>{RUN}</w:hyperlink>",
        f"<w:sdt><w:sdtContent>{RUN}</w:sdtContent></w:sdt>",
        f'<w:smartTag w:element="x">{RUN}</w:smartTag>',
        f'<w:fldSimple w:instr="PAGE">{RUN}</w:fldSimple>',
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    ],
)
def test_words_the_signer_would_not_see_are_refused(xml):
    assert "签发的人看不到" in refusal(within(xml))


def test_tracked_changes_are_refused():
    assert "修订" in refusal(within(f'<w:ins w:id="1" w:author="x">{RUN}</w:ins>'))


@pytest.mark.parametrize("part", ["footnotes", "endnotes", "comments"])
def test_footnotes_and_comments_are_refused_whatever_they_say(part):
    xml = f'<w:{part} xmlns:w="{W}"><w:p><w:r><w:t>{{{{ 正文 }}}}</w:t></w:r></w:p></w:{part}>'
    assert "签发的人看不到" in refusal(with_parts(docx(HEAD), {f"word/{part}.xml": xml}))


def test_another_header_on_the_first_page_is_refused():
    word = WordFile(BytesIO(docx(HEAD)))
    word.sections[0].different_first_page_header_footer = True
    word.sections[0].first_page_header.paragraphs[0].text = "第一页才有的话"
    out = BytesIO()
    word.save(out)
    assert "签发的人看不到" in refusal(out.getvalue())


def test_page_numbers_may_stand_anywhere():
    number = "<w:r><w:t>1</w:t></w:r>"
    for xml in (
        f'<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT ">{number}</w:fldSimple>',
        f"<w:sdt><w:sdtContent>{number}</w:sdtContent></w:sdt>",
    ):
        checking.check("opinion", within(xml))


@pytest.mark.parametrize(
    "parts", [("DDEAUTO c:",), ("INCLUDE", "PICTURE a.png"), ("QUOTE 别的话",), ("DATE",)]
)
def test_fields_that_fetch_start_or_change_are_refused(parts):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    said = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in parts)
    xml = mark.format("begin") + said + mark.format("end")
    assert "自动变化的域" in refusal(within(xml))


@pytest.mark.parametrize(
    ("kind", "mode", "prefix", "target"),
    [
        ("attachedTemplate", ' TargetMode="External"', "", "http://127.0.0.1/a.dotm"),
        ("attachedTemplate", ' TargetMode="External"', "x", "http://127.0.0.1/a.dotm"),
        ("attachedTemplate", ' TargetMode="Exter&#110;al"', "", "http://127.0.0.1/a.dotm"),
        ("image", ' TargetMode="External"', "", "http://127.0.0.1/hyperlink"),
    ],
)
def test_what_is_fetched_from_elsewhere_is_refused(kind, mode, prefix, target):
    assert "外部" in refusal(linked(kind, mode, prefix, target))


@pytest.mark.parametrize("kind", ["oleObject", "package", "control", "aFChunk"])
def test_what_is_embedded_is_refused(kind):
    assert "嵌入" in refusal(linked(kind))
