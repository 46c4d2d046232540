"""Files as people bring them, each telling more than its content: made by hand, part by part."""

import zipfile
from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def noise() -> Image.Image:
    return Image.effect_noise((120, 80), 60).convert("RGB")


def photo(
    kind: str = "JPEG", told: str = "柏舟的手机", turned: int = 6, place: bool = True
) -> bytes:
    """A picture whose EXIF gives a camera, an orientation and a place."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = told, turned
    if place:
        exif[0x8825] = {1: "N", 2: (30.0, 16.0, 12.0), 3: "E", 4: (120.0, 9.0, 3.0)}
    out = BytesIO()
    more = {"comment": told.encode()} if kind == "JPEG" else {}
    noise().save(out, kind, exif=exif, **more)
    return out.getvalue()


def archive(parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def core(author: str, editor: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{editor}</cp:lastModifiedBy>"
        "</cp:coreProperties>"
    )


def relations(*targets: tuple[str, str], external: str = "") -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{_REL}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if target == external else "/>")
        for n, (kind, target) in enumerate(targets)
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{rows}</Relationships>"
    )


BODY = (
    f'<w:document {_W} xmlns:x="urn:x"><w:body>'
    '<w:p w:rsidR="00A1B2C3"><w:r><w:t>原告诉求如下。</w:t></w:r>'
    '<w:ins w:id="1" w:author="柏舟" w:date="2026-11-01T00:00:00Z"><w:r><w:t>新加一句。</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="柏舟"><w:r><w:delText>删掉的一句。</w:delText></w:r></w:del>'
    '<w:commentRangeStart w:id="0"/><w:r><w:rPr><w:b/><w:rPrChange w:id="3" w:author="柏舟">'
    '<w:rPr/></w:rPrChange></w:rPr><w:t>末句 &amp; 落款。</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r></w:p></w:body></w:document>'
)


def letter(body: str = BODY, **more: str | bytes) -> bytes:
    """A .docx with an author, a company, a remark, changes, a thumbnail and a photo."""
    return archive(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
                'relationships+xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
                f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
                f'<Override PartName="/word/comments.xml" ContentType="{_TYPE}.comments+xml"/>'
                '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.'
                'openxmlformats-officedocument.custom-properties+xml"/></Types>'
            ),
            "_rels/.rels": relations(
                ("officeDocument", "word/document.xml"),
                ("custom-properties", "docProps/custom.xml"),
                ("metadata/thumbnail", "docProps/thumbnail.jpeg"),
            ),
            "docProps/core.xml": core("韦小梅", "柏舟"),
            "docProps/app.xml": "<Properties><Company>恒轮轮胎厂</Company></Properties>",
            "docProps/custom.xml": '<Properties><property name="密级"><x>内部</x></property></Properties>',
            "docProps/thumbnail.jpeg": photo(),
            "word/document.xml": body,
            "word/_rels/document.xml.rels": relations(("comments", "comments.xml")),
            "word/comments.xml": (
                f'<w:comments {_W}><w:comment w:id="0" w:author="单小负"><w:p><w:r><w:t>这句不妥'
                "</w:t></w:r></w:p></w:comment></w:comments>"
            ),
            "word/media/image1.jpeg": photo(),
            **more,
        }
    )


def paper(**more: str) -> bytes:
    """A PDF with an author, an attachment, a remark, a photo with EXIF; `script`, `launch` on top."""
    scan = BytesIO()
    noise().save(scan, "PDF")
    writer = PdfWriter(clone_from=PdfReader(scan))
    writer.add_metadata({"/Author": "韦小梅", "/Company": "恒轮轮胎厂"})
    writer.add_attachment("工资单.txt", "柏舟的工资".encode())
    note = Text(text="这页不妥", rect=(10, 10, 40, 40))
    note[NameObject("/T")] = TextStringObject("单小负")
    writer.add_annotation(0, note)
    for kind, what in more.items():
        act = {"script": ("/JavaScript", "/JS"), "launch": ("/Launch", "/F")}[kind]
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject(act[0]), NameObject(act[1]): TextStringObject(what)}
        )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
