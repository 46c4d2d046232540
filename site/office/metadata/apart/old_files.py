"""Word, Excel and WPS files of old (compound files): what they tell; they cannot be cleaned (olefile)."""

import struct
from datetime import datetime
from io import BytesIO
from typing import Any

import olefile

from office.metadata.apart.saying import Found, Refused

_FACTS = {
    "author": "作者", "last_saved_by": "最后修改人", "company": "单位", "manager": "主管",
    "title": "标题", "subject": "主题", "keywords": "关键词", "comments": "备注",
    "template": "模板", "create_time": "创建时间", "last_saved_time": "修改时间",
    "last_printed": "打印时间", "category": "类别",
}  # fmt: skip
_BOOK = ("Workbook", "Book")
_SHEET, _MACRO_SHEET = 0x0085, 0x01  # BOUNDSHEET and its type of sheet
_MOST = 20_000  # records of a workbook's head


def look(data: bytes) -> Found:
    """What the file tells, and what may happen when it is opened."""
    found = Found()
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            _facts(file, found)
            streams = ["/".join(path) for path in file.listdir(streams=True, storages=True)]
            _dangers(file, streams, found)
    except Refused:
        raise
    except Exception as error:  # broken files make the library fail in any way
        raise Refused("文件已损坏，不能检查。请用 WPS 打开后另存为 .docx 或 .xlsx。") from error
    return found


def _facts(file: olefile.OleFileIO, found: Found) -> None:
    facts = file.get_metadata()
    page = (facts.codepage or 936) & 0xFFFF  # stored as a signed number
    for name, label in _FACTS.items():
        told = _words(getattr(facts, name, None), page)
        if told.lower() not in ("normal.dot", "normal.dotm"):
            found.trace(label, told)


def _words(value: Any, page: int) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.year > 1980 else ""
    if isinstance(value, bytes):
        for coding in ({65001: "utf-8", 1200: "utf-16-le"}.get(page, "gb18030"), "latin-1"):
            try:
                return value.decode(coding).strip("\x00 ")
            except UnicodeDecodeError:
                continue
    return str(value or "")


def _dangers(file: olefile.OleFileIO, streams: list[str], found: Found) -> None:
    if any("Ole10Native" in name or "Package" in name.split("/") for name in streams) or any(
        name.startswith(("ObjectPool/", "MBD")) for name in streams
    ):
        found.warn("文件里嵌着别的文件，打开后不要双击里面的图标。")
    for name in _BOOK:
        if name in streams and _macro_sheet(file.openstream(name).read()):
            found.refused = "文件里有宏表（Excel 4.0 宏），不能上传。请另存为不带宏的 .xlsx。"


def _macro_sheet(book: bytes) -> bool:
    """Whether one of the sheets holds macros of before 1995: records of kind and length."""
    at = 0
    for _ in range(_MOST):
        if at + 4 > len(book):
            break
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == _SHEET and size >= 6 and book[at + 4 + 5] == _MACRO_SHEET:
            return True
        if kind == 0x000A:  # end of the workbook's head
            break
        at += 4 + size
    return False
