"""PDF files: what they tell beside their pages, what they may start, and without it (pypdf)."""

import logging
from collections import Counter
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from office.metadata.apart.saying import Found, Refused
from office.metadata.photos import Unreadable, clean

_INFO = {
    "/Author": "作者", "/Title": "标题", "/Subject": "主题", "/Keywords": "关键词",
    "/Creator": "制作软件", "/Producer": "转换软件", "/CreationDate": "创建时间",
    "/ModDate": "修改时间", "/Company": "单位", "/Manager": "主管",
}  # fmt: skip
_XMP = (
    ("dc_creator", "作者（XMP）"),
    ("dc_title", "标题（XMP）"),
    ("xmp_creator_tool", "制作软件（XMP）"),
)
_NOTES = {"/Text", "/Popup", "/FileAttachment", "/Sound", "/Movie"}
_STARTS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/GoToR",
    "/RichMediaExecute",
}
_TELLING = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/AA", "/AF", "/Collection")
_MOST_OBJECTS = 200_000
logging.disable()


def look(data: bytes) -> Found:
    """What the file tells, and what may happen when it is opened."""
    reader, found = _opened(data), Found()
    try:
        _info(reader, found)
        _everything(reader, found)
    except Refused:
        raise
    except Exception as error:  # broken files make the library fail in any way
        raise Refused("PDF 已损坏，不能检查。请重新打印成 PDF。") from error
    return found


def cleaned(data: bytes) -> Found:
    """`look`, and the file without what it found. Raises Refused for what cannot be written anew."""
    found = look(data)
    try:
        once = _written(PdfReader(BytesIO(data)))
        # What was cut off is still in the first writing, without anything that leads there.
        found.cleaned = _written(PdfReader(BytesIO(once)))
    except Exception as error:
        raise Refused("PDF 不能清除。请用“打印成 PDF”另存一份。") from error
    return found


def _opened(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("PDF 加了密码，不能检查。请取消密码后再上传。")
    except Refused:
        raise
    except Exception as error:
        locked = isinstance(error, PyPdfError) and "crypt" in str(error).lower()
        raise Refused(
            "PDF 加了密码，不能检查。请取消密码后再上传。"
            if locked
            else "PDF 已损坏，不能检查。请重新打印成 PDF。"
        ) from error
    return reader


def _info(reader: PdfReader, found: Found) -> None:
    for name, value in (reader.metadata or {}).items():
        found.trace(_INFO.get(name, f"属性 {str(name).lstrip('/')}"), value)
    try:
        xmp = reader.xmp_metadata
    except Exception:  # an XMP that is none
        found.trace("XMP 元数据", "有（内容看不懂）")
        return
    if xmp is not None:
        found.trace("XMP 元数据", "有")
        for name, label in _XMP:
            value = getattr(xmp, name, None)
            for told in value.values() if isinstance(value, dict) else _listed(value):
                found.trace(label, told)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value or ""]


def _everything(reader: PdfReader, found: Found) -> None:
    """Walk over all that leads from the root, once."""
    writers: Counter[str] = Counter()
    pictures = 0
    for each in _objects(reader):
        _danger(each, found)
        if str(each.get("/Type", "")) == "/Filespec" or "/EF" in each:
            found.trace("附带的文件", each.get("/UF", each.get("/F", "（无名）")))
        if _is_note(each):
            writers[str(each.get("/T", "（无名）"))] += 1
        if str(each.get("/FT", "")) == "/Sig":
            found.trace("电子签名", "有（清除后签名失效）")
        own = str(each.get("/Subtype", "")) == "/Image" and "/Metadata" in each
        pictures += own or bool(_jpeg_traces(each))
    for writer, count in writers.most_common(20):
        found.trace("批注人", f"{writer}（{count} 处）")
    if pictures:
        found.trace("文内图片", f"{pictures} 张带有拍摄信息")


def _danger(each: DictionaryObject, found: Found) -> None:
    start = str(each.get("/S", ""))
    if start == "/Launch":
        found.refused = "PDF 打开时会启动别的程序，不能上传。请用“打印成 PDF”另存一份再上传。"
    if start == "/JavaScript" or "/JS" in each:
        found.warn("PDF 里有脚本（JavaScript），打开时如果弹出提示，请选“不运行”。")
    if start in ("/SubmitForm", "/ImportData"):
        found.warn("PDF 里的按钮会向外发送填写的内容，不要点。")


def _is_note(each: DictionaryObject) -> bool:
    """Whether this is a remark somebody made on a page, not a field or a link."""
    if str(each.get("/Subtype", "")) in _NOTES:
        return True
    return "/T" in each and str(each.get("/Type", "")) == "/Annot" and "/FT" not in each


def _objects(reader: PdfReader) -> list[DictionaryObject]:
    """All dictionaries that can be reached from the root."""
    found, seen, waiting = [], set(), [reader.trailer.get("/Root")]
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) in seen:
                continue
            seen.add((each.idnum, each.generation))
            if len(seen) > _MOST_OBJECTS:
                raise Refused("PDF 太大，不能检查。请拆成几份上传。")
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            found.append(each)
            waiting += list(each.values())
        elif isinstance(each, ArrayObject):
            waiting += list(each)
    return found


def _jpeg_traces(each: DictionaryObject) -> tuple[str, ...]:
    plain = _jpeg_of(each)
    try:
        return clean(plain, "image/jpeg")[1] if plain else ()
    except Unreadable:
        return ()


def _jpeg_of(each: DictionaryObject) -> bytes:
    """The bytes of a photo as the camera made it, b"" for all that is none."""
    coded = each.get("/Filter")
    coded = coded[0] if isinstance(coded, ArrayObject) and len(coded) == 1 else coded
    photo = isinstance(each, StreamObject) and str(coded) == "/DCTDecode"
    return bytes(each._data) if photo else b""  # type: ignore[attr-defined]


def _written(reader: PdfReader) -> bytes:
    if reader.is_encrypted:
        reader.decrypt("")
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    root = writer.root_object
    for name in (*_TELLING, "/OpenAction"):
        root.pop(name, None)
    names = _there(root, "/Names")
    if isinstance(names, DictionaryObject):
        for name in ("/JavaScript", "/EmbeddedFiles"):
            names.pop(name, None)
    waiting: list[Any] = list(writer._objects)
    while waiting:  # also what lies inside another object, as annotations of a page may
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            _strip(each)
            waiting += each.values()
        elif isinstance(each, ArrayObject):
            waiting += each
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _strip(each: DictionaryObject) -> None:
    for name in _TELLING:
        each.pop(name, None)
    for name in ("/A", "/PA", "/Next"):
        action = _there(each, name)
        if isinstance(action, ArrayObject):  # several that follow one another
            action[:] = [one for one in action if not _starts(one.get_object())]
        elif _starts(action):
            each.pop(name, None)
    if str(each.get("/Type", "")) == "/Annot" and "/FT" not in each and "/Parent" not in each:
        for name in ("/T", "/M", "/CreationDate", "/NM"):
            each.pop(name, None)
    _without_notes(_there(each, "/Annots"))
    if plain := _jpeg_of(each):
        try:
            each._data = clean(plain, "image/jpeg")[0]  # type: ignore[attr-defined]
        except Unreadable:
            return


def _starts(action: Any) -> bool:
    """Whether an action runs a script or a program, or sends or fetches something."""
    return isinstance(action, DictionaryObject) and (
        str(action.get("/S", "")) in _STARTS or "/JS" in action
    )


def _there(each: DictionaryObject, name: str) -> Any:
    """The value of an entry itself, wherever it lies; None without one."""
    value = each.get(name)
    return value.get_object() if isinstance(value, IndirectObject) else value


def _without_notes(listed: Any) -> None:
    if not isinstance(listed, ArrayObject):
        return
    for n in reversed(range(len(listed))):
        note = listed[n].get_object()
        if isinstance(note, DictionaryObject) and str(note.get("/Subtype")) in _NOTES:
            del listed[n]
