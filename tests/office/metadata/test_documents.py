"""Letters, ledgers and scans: what they tell beside their content is shown, and taken out."""

import zipfile
from io import BytesIO
from xml.parsers import expat

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from office.metadata import CannotClean, Examined, asking, cleaned, examined, traces
from tests.office.metadata.samples import (
    EXCEL,
    PDF,
    WORD,
    archive,
    core,
    letter,
    paper,
    parts_of,
    relations,
)


def told(data, kind):
    return {(trace.label, trace.text) for trace in traces(data, kind)}


def test_a_letter_tells_its_author_company_remarks_and_changes():
    assert {
        ("作者", "韦小梅"),
        ("最后修改人", "柏舟"),
        ("单位", "恒轮轮胎厂"),
        ("自定义属性", "密级：内部"),
        ("批注人", "单小负"),
        ("修订记录", "柏舟（3 处）"),
        ("内嵌缩略图", "有（1 处）"),
    } <= told(letter(), WORD)


def test_a_cleaned_letter_reads_as_if_all_changes_were_accepted():
    parts = parts_of(cleaned(letter(), WORD).data)
    body = parts["word/document.xml"].decode()

    assert "原告诉求如下。" in body
    assert "新加一句。" in body
    assert "末句 &amp; 落款。" in body
    assert "<w:b/>" in body
    for gone in ("删掉的一句", "柏舟", "rsid", "w:ins", "w:del", "comment", "rPrChange"):
        assert gone not in body
    assert 'xmlns:x="urn:x"' in body  # what Word insists on is left as it was


def test_nothing_of_a_cleaned_letter_names_anybody_and_no_part_is_missed():
    data = cleaned(letter(), WORD).data
    parts = parts_of(data)

    whole = b"".join(parts.values())
    for name in ("韦小梅", "柏舟", "单小负", "恒轮", "内部"):
        assert name.encode() not in whole
    assert "word/comments.xml" not in parts
    for part in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        for gone in (b"comments", b"custom", b"thumbnail"):
            assert gone not in parts[part]
    assert examined(data, WORD) == Examined()


def test_a_letter_is_not_changed_beyond_its_traces():
    plain = archive(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document xmlns:w='x'/>"}
    )

    assert parts_of(cleaned(plain, WORD).data) == parts_of(plain)
    assert cleaned(plain, WORD).removed == ()


def test_a_workbook_loses_who_commented_and_keeps_its_cells():
    book = archive(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "docProps/core.xml": core("韦小梅", "柏舟"),
            "xl/worksheets/sheet1.xml": '<worksheet xmlns:r="r"><c><v>7</v></c><legacyDrawing r:id="r1"/></worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("comments", "../comments1.xml"), ("vmlDrawing", "../drawings/vmlDrawing1.vml")
            ),
            "xl/comments1.xml": "<comments><authors><author>单小负</author></authors></comments>",
            "xl/drawings/vmlDrawing1.vml": "<xml>单小负</xml>",
        }
    )

    assert ("批注人", "单小负") in told(book, EXCEL)
    parts = parts_of(cleaned(book, EXCEL).data)
    assert b"<v>7</v>" in parts["xl/worksheets/sheet1.xml"]
    assert "单小负".encode() not in b"".join(parts.values())
    assert b"Relationship " not in parts["xl/worksheets/_rels/sheet1.xml.rels"]


def test_a_scan_tells_its_author_attachment_and_remarks():
    assert {
        ("作者", "韦小梅"),
        ("单位", "恒轮轮胎厂"),
        ("附带的文件", "工资单.txt"),
        ("批注人", "单小负（1 处）"),
    } <= told(paper(), PDF)


def test_a_cleaned_scan_keeps_its_page_and_nothing_else():
    done = cleaned(paper(script="app.alert(1)"), PDF)
    reader = PdfReader(BytesIO(done.data))

    assert len(reader.pages) == 1
    assert len(reader.pages[0].images) == 1
    assert examined(done.data, PDF) == Examined()
    assert "作者" in done.removed
    raw = done.data
    for name in ("韦小梅", "单小负", "工资单", "恒轮"):
        assert name.encode() not in raw
        assert name.encode("utf-16-be") not in raw
    assert b"JavaScript" not in raw
    assert b"EmbeddedFile" not in raw


def linked(*actions: str) -> bytes:
    """A page with a link that leads to its own page, and on to what `actions` run."""
    scan = BytesIO()
    writer = PdfWriter(clone_from=PdfReader(BytesIO(paper())))
    later = ArrayObject(
        DictionaryObject(
            {NameObject("/S"): NameObject(name), NameObject("/JS"): TextStringObject("app.alert()")}
        )
        for name in actions
    )
    first = {NameObject("/S"): NameObject("/GoTo"), NameObject("/Next"): later}
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/T"): TextStringObject("Dan Xiaofu"),
            NameObject("/A"): DictionaryObject(first),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([link])  # inside the page, not beside it
    writer.write(scan)
    return scan.getvalue()


def test_a_cleaned_scan_runs_nothing_wherever_a_script_was_put():
    told = linked("/JavaScript", "/Rendition")
    assert b"JavaScript" in told

    done = cleaned(told, PDF).data

    assert not examined(done, PDF).warnings
    for name in (b"JavaScript", b"app.alert", b"Dan Xiaofu"):
        assert name not in done


# What may happen when it is opened


def test_a_scan_that_starts_a_program_is_refused_and_one_with_a_script_warned_of():
    assert "不能上传" in examined(paper(launch="cmd.exe"), PDF).refused
    scripted = examined(paper(script="app.alert(1)"), PDF)
    assert not scripted.refused
    assert any("脚本" in warning for warning in scripted.warnings)


def test_a_letter_that_fetches_its_template_from_elsewhere_is_warned_of():
    rels = relations(
        ("attachedTemplate", "http://x.example/t.dotm"), external="http://x.example/t.dotm"
    )
    told = examined(letter(**{"word/_rels/settings.xml.rels": rels}), WORD)

    assert any("模板" in warning for warning in told.warnings)
    cleaned_parts = parts_of(cleaned(letter(**{"word/_rels/settings.xml.rels": rels}), WORD).data)
    assert b"x.example" not in cleaned_parts["word/_rels/settings.xml.rels"]


def test_a_workbook_with_sheets_of_macros_is_refused():
    book = archive({"[Content_Types].xml": "<Types/>", "xl/macrosheets/sheet1.xml": "<x/>"})

    assert "宏表" in examined(book, EXCEL).refused


# Hostile files cost one child process


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for n in range(5):
            file.writestr(f"word/media/{n}.bin", bytes(60 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (bomb(), WORD),
        (letter(body="<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"), WORD),
        (letter(body="<x>" * 100_000), WORD),
        (b"PK\x03\x04" + bytes(500), WORD),
        (b"%PDF-1.7\n" + b"1 0 obj <</A 1 0 R>> endobj\n" * 50, PDF),
        (b"%PDF-1.4\n%%EOF\n" + b"0" * 300, PDF),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "application/x-ole-storage"),
    ],
    ids=["bomb", "entities", "deep", "no zip", "loop", "empty", "no streams"],
)
def test_a_hostile_or_broken_file_is_told_of_and_not_lost(data, kind):
    found = examined(data, kind)

    assert found.told
    assert not found.refused
    with pytest.raises(CannotClean, match="请"):
        cleaned(data, kind)


def test_a_child_that_takes_too_long_is_stopped():
    assert asking.ask("look", "office", letter(), seconds=0.001).failed


def test_the_child_is_given_no_environment(monkeypatch):
    """What stands in the environment of the server (keys, passwords) is nothing to a stranger's file."""
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")

    assert asking.ask("look", "office", letter()).traces


def test_an_old_document_shows_what_it_tells_and_says_how_it_can_be_cleaned():
    with pytest.raises(CannotClean, match="另存为 .docx"):
        cleaned(b"", "application/x-ole-storage")


def test_every_part_of_a_cleaned_letter_is_still_xml():
    for name, part in parts_of(cleaned(letter(), WORD).data).items():
        if name.endswith((".xml", ".rels")):
            expat.ParserCreate().Parse(part, True)
