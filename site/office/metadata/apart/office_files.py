"""Word, Excel and PowerPoint files of today (a zip of XML): what they tell, and without it."""

import re
import zipfile
from collections import Counter
from io import BytesIO

from office.metadata.apart.saying import Found, Refused
from office.metadata.apart.xmlcut import Fate, cut, walk
from office.metadata.photos import Unreadable, clean

MOST_BYTES, MOST_PARTS = 200 * 1024 * 1024, 5000  # unpacked

_FACTS = {
    "creator": "作者", "lastModifiedBy": "最后修改人", "title": "标题", "subject": "主题",
    "keywords": "关键词", "description": "备注", "category": "类别", "created": "创建时间",
    "modified": "修改时间", "lastPrinted": "打印时间", "Company": "单位", "Manager": "主管",
    "Template": "模板",
}  # fmt: skip
_CHANGES = {"ins": "插入", "del": "删除", "moveFrom": "移动", "moveTo": "移动"}
_DROPPED_CHANGES = {"del", "moveFrom"} | {
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange",
    "tblGridChange", "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "delInstrText", "delText",
}  # fmt: skip
_COMMENT_MARKS = {"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"}
#: parts that are left out whole: (pattern, label)
_GONE = [
    (re.compile(r"docProps/thumbnail\.\w+$"), "内嵌缩略图"),
    (re.compile(r"docProps/custom\.xml$"), "自定义属性"),
    (re.compile(r"(word|xl|ppt)/(threaded)?comments.*\.(xml|bin)$", re.I), "批注"),
    (
        re.compile(r"(xl/persons/|word/people|ppt/commentAuthors|ppt/authors).*\.xml$", re.I),
        "批注人名单",
    ),
    (re.compile(r"xl/revisions/"), "共享修订记录"),
    (re.compile(r"customXml/"), "自定义数据"),
    (re.compile(r"xl/printerSettings/|.*/printerSettings\d*\.bin$"), "打印机信息"),
]
_PLAIN_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_PLAIN_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_TEXT_PART = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|glossary/document)\.xml$"
)
_RSID = re.compile(rb'\s[\w.]+:rsid\w*="[^"]*"')


def look(data: bytes) -> Found:
    """What the file tells, and what may happen when it is opened."""
    found = Found()
    with _opened(data) as archive:
        names = archive.namelist()
        for part in ("docProps/core.xml", "docProps/app.xml"):
            if part in names:
                _facts(archive.read(part), found)
        if "docProps/custom.xml" in names:
            _custom(archive.read("docProps/custom.xml"), found)
        for pattern, label in _GONE:
            if label != "自定义属性" and (count := sum(bool(pattern.match(n)) for n in names)):
                found.trace(label, f"有（{count} 处）")
        _changes(archive, names, found)
        _authors(archive, names, found)
        _pictures(archive, names, found)
        _dangers(archive, names, found)
    return found


def cleaned(data: bytes) -> Found:
    """`look`, and the file without what it found; tracked changes are taken as accepted."""
    found, out = look(data), BytesIO()
    with _opened(data) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        gone = {n for n in archive.namelist() if any(p.match(n) for p, _ in _GONE)}
        if any(n.startswith("xl/comments") for n in gone):  # the frames they were drawn in
            gone |= {n for n in archive.namelist() if n.startswith("xl/drawings/vmlDrawing")}
        for info in archive.infolist():
            if info.filename in gone or info.is_dir():
                continue
            plain = zipfile.ZipInfo(
                info.filename
            )  # without the moment and the system it was packed on
            plain.compress_type = info.compress_type
            target.writestr(plain, _part(info.filename, archive.read(info), gone))
    found.cleaned = out.getvalue()
    return found


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        sizes = [info.file_size for info in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused("文件已损坏，不能检查。请用 WPS 打开后另存一份。") from error
    if sum(sizes) > MOST_BYTES or len(sizes) > MOST_PARTS:
        raise Refused("文件展开后太大，不能检查。请删去大图，或者另存为 PDF。")
    return archive


def _part(name: str, data: bytes, gone: set[str]) -> bytes:
    """One part as it goes into the cleaned file."""
    if name == "docProps/core.xml":
        return _PLAIN_CORE
    if name == "docProps/app.xml":
        return _PLAIN_APP
    if name == "[Content_Types].xml":
        return cut(data, lambda tag, attrs, above: _named(attrs.get("PartName", ""), gone))
    if name.endswith(".rels"):
        return cut(data, lambda tag, attrs, above: _linked(name, attrs, gone))
    if name.startswith("word/") and name.endswith(".xml"):
        return _RSID.sub(b"", cut(data, _judge))
    if kind := _PICTURES.get(name.rpartition(".")[2].lower()):
        try:
            return clean(data, kind)[0]
        except Unreadable:
            return data
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return cut(
            data, lambda tag, attrs, above: Fate.DROP if tag == "legacyDrawing" else Fate.KEEP
        )
    return data


def _named(part: str, gone: set[str]) -> Fate:
    return Fate.DROP if part.lstrip("/") in gone else Fate.KEEP


def _linked(rels: str, attrs: dict[str, str], gone: set[str]) -> Fate:
    """A relation goes with the part it leads to."""
    target = attrs.get("Target", "")
    folder = rels.replace("_rels/", "").rpartition("/")[0]
    steps = [] if target.startswith("/") else [step for step in folder.split("/") if step]
    for step in target.lstrip("/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    away = attrs.get("Type", "").endswith("/attachedTemplate")
    return Fate.DROP if away or "/".join(steps) in gone else Fate.KEEP


def _judge(tag: str, attrs: dict[str, str], above: list[str]) -> Fate:
    """Word: deletions and marks go, what was inserted stays without its tags."""
    if tag in _COMMENT_MARKS or tag == "rsids" or tag == "docVars" or tag == "attachedTemplate":
        return Fate.DROP
    if tag in _DROPPED_CHANGES:
        return Fate.DROP
    if tag in ("ins", "moveTo"):
        return Fate.DROP if above and above[-1] in ("rPr", "trPr") else Fate.UNWRAP
    return Fate.KEEP


# What it tells


def _facts(xml: bytes, found: Found) -> None:
    current = [""]

    def seen(name: str, attrs: dict[str, str]) -> None:
        current[0] = name

    def text(said: str) -> None:
        label = _FACTS.get(current[0])
        if label and said.strip() and (label != "模板" or said.strip() != "Normal.dotm"):
            found.trace(label, said)

    walk(xml, seen, text)


def _custom(xml: bytes, found: Found) -> None:
    current = [""]

    def seen(name: str, attrs: dict[str, str]) -> None:
        if name == "property":
            current[0] = attrs.get("name", "")

    def text(said: str) -> None:
        if said.strip():
            found.trace("自定义属性", f"{current[0]}：{said}")

    walk(xml, seen, text)


def _changes(archive: zipfile.ZipFile, names: list[str], found: Found) -> None:
    who: Counter[str] = Counter()
    hidden = [0]

    def seen(name: str, attrs: dict[str, str]) -> None:
        if (name in _CHANGES or name.endswith("Change")) and "author" in attrs:
            who[attrs["author"]] += 1
        hidden[0] += name == "vanish" and attrs.get("val", "1") not in ("0", "false")

    for name in filter(_TEXT_PART.match, names):
        walk(archive.read(name), seen, _ignored)
    for author, count in who.most_common(20):
        found.trace("修订记录", f"{author}（{count} 处）")
    if hidden[0]:
        found.trace("隐藏文字", f"有（{hidden[0]} 处，清除时不改正文）")


def _authors(archive: zipfile.ZipFile, names: list[str], found: Found) -> None:
    """Who wrote comments, in any of the three kinds of files."""
    people: set[str] = set()
    inside = [False]

    def seen(name: str, attrs: dict[str, str]) -> None:
        inside[0] = name == "author"
        told = attrs.get("author") if name == "comment" else None
        told = told or (attrs.get("displayName") if name == "person" else None)
        told = told or (attrs.get("name") if name in ("cmAuthor", "author") else None)
        people.update([told] if told else [])

    def text(said: str) -> None:
        if inside[0] and said.strip():
            people.add(said.strip())

    for pattern in (_GONE[2][0], _GONE[3][0]):
        for name in names:
            if pattern.match(name) and name.endswith(".xml"):
                walk(archive.read(name), seen, text)
    for person in sorted(people)[:20]:
        found.trace("批注人", person)


def _pictures(archive: zipfile.ZipFile, names: list[str], found: Found) -> None:
    told: set[str] = set()
    for name in names:
        if kind := _PICTURES.get(name.rpartition(".")[2].lower()):
            try:
                told.update(clean(archive.read(name), kind)[1])
            except Unreadable:
                continue
    if told:
        found.trace("文内图片", "、".join(sorted(told)))


def _ignored(said: str) -> None:
    """Text between the tags does not matter here."""


# What may happen on opening it


def _dangers(archive: zipfile.ZipFile, names: list[str], found: Found) -> None:
    lower = [name.lower() for name in names]
    if any("/macrosheets/" in name for name in lower):
        found.refused = "文件里有宏表（Excel 4.0 宏），不能上传。请另存为不带宏的 .xlsx。"
    if any("/embeddings/" in name or "/activex/" in name for name in lower):
        found.warn("文件里嵌着别的文件或控件，打开后不要双击里面的图标。")

    def seen(name: str, attrs: dict[str, str]) -> None:
        kind = attrs.get("Type", "").rpartition("/")[2]
        if attrs.get("TargetMode") == "External" and kind in _OUTSIDE:
            found.warn(f"打开时会去网上取{_OUTSIDE[kind]}，不要点“更新链接”。")

    for name in names:
        if name.endswith(".rels"):
            walk(archive.read(name), seen, _ignored)


_OUTSIDE: dict[str, str] = {
    "attachedTemplate": "模板", "oleObject": "别的文件", "externalLink": "别的表格",
    "externalLinkPath": "别的表格", "frame": "网页", "subDocument": "别的文档",
}  # fmt: skip
