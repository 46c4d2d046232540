"""The templates the product brings, as lines; `manage.py make_letter_templates` writes them as .docx.

Plain words, one thought a paragraph, headings that a screen reader finds. Where art. 32 of the
《信访工作条例》 says what an opinion contains, the headings say it in that order.

A line: "# …" a heading of a part, "| a | b" a row of a table, everything else a paragraph.
"""

from io import BytesIO
from typing import Any

from docx import Document as WordFile
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from casework.matters.letters.kinds import TEMPLATES, is_form
from casework.matters.models import BlankForm, Document

Kind, Form = Document.Kind, BlankForm
_RED = RGBColor(0xC0, 0, 0)
_SONG, _KAI = "宋体", "仿宋"
_LEADING = 1.75  # height of a line: the same whatever font a machine has
_KEPT = 4  # lines of the body that stay with what stands under it
_MATTER = "您反映的“{{ 事项标题 }}”一事（编号{{ 事项编号 }}，{{ 收到日期 }}收到）"
_ABOUT = "关于信访事项“{{ 事项标题 }}”（编号{{ 事项编号 }}，{{ 收到日期 }}收到）："
_REMEDY = ("{%p if 救济途径 %}", "# 不服怎么办", "{{ 救济途径 }}", "{%p endif %}")
_BASIS = ("{%p if 依据 %}", "依据：{{ 依据 }}。", "{%p endif %}")
_PROMISES = (
    "{%p if 承诺 %}", "# 我们承诺办的事", "{%p for 条 in 承诺 %}",
    "{{ 条.事项 }}，由{{ 条.单位 }}在{{ 条.期限 }}前办成。", "{%p endfor %}", "{%p endif %}",
)  # fmt: skip
_BETWEEN = (_ABOUT, "{{ 正文 }}", *_BASIS)
_TO_PEOPLE = (f"{_MATTER}，现将有关情况告知如下：", "{{ 正文 }}", *_BASIS, *_REMEDY)

#: kind of letter → what stands between the receiver and the date
LETTERS: dict[str, tuple[str, ...]] = {
    Kind.OPINION: (
        f"{_MATTER}，我们已经调查核实，现作出处理意见：",
        "# 一、您的诉求",
        "{{ 诉求 }}",
        "# 二、查明的事实和理由",
        "{{ 事实和理由 }}",
        "# 三、处理意见和依据",
        "{{ 处理意见 }}",
        "依据：{{ 法律依据 }}",
        "# 四、处理结果",
        "{{ 处理结果 }}。",
        *_PROMISES,
        *_REMEDY,
    ),
    Kind.REPLY: (
        f"{_MATTER}，现答复如下：",
        "{%p if 诉求 %}",
        "# 您的诉求",
        "{{ 诉求 }}",
        "{%p endif %}",
        "# 答复",
        "{{ 正文 }}",
        "{%p if 处理结果 %}",
        "办理结果：{{ 处理结果 }}。",
        "{%p endif %}",
        *_BASIS,
        *_PROMISES,
        *_REMEDY,
    ),
    Kind.ACCEPTANCE: (
        f"{_MATTER}，我们于{{{{ 受理日期 }}}}决定受理。",
        "{%p if 办理说明 %}",
        "{{ 办理说明 }}",
        "{%p endif %}",
        "{%p if 办理期限 %}",
        "最迟在{{ 办理期限 }}给您书面答复。",
        "{%p endif %}",
        "{%p if 正文 %}",
        "说明：{{ 正文 }}。",
        "{%p endif %}",
        *_BASIS,
    ),
    Kind.EXTENSION: (
        f"{_MATTER}，{{{{ 延期说明 }}}}",
        "{{ 正文 }}",
        "{%p if 办理期限 %}",
        "延长以后，最迟在{{ 办理期限 }}给您书面答复。",
        "{%p endif %}",
        *_BASIS,
    ),
    Kind.REFUSAL: (f"{_MATTER}，经审查，决定不予受理。", "# 理由", "{{ 正文 }}", *_BASIS, *_REMEDY),
    Kind.BARRED: (
        f"{_MATTER}，经审查，不再受理。",
        "{{ 终结说明 }}",
        "# 理由",
        "{{ 正文 }}",
        *_BASIS,
        *_REMEDY,
    ),
    Kind.PATH_NOTICE: (
        f"{_MATTER}，应当通过{{{{ 途径 }}}}解决。",
        "向哪里提出：{{ 途径机关 }}。",
        "多长时间内提出：{{ 途径期限 }}。",
        "{%p if 最后安全日 %}",
        "最迟不要晚于{{ 最后安全日 }}。",
        "{%p endif %}",
        "{{ 途径说明 }}",
        "{%p if 法律援助 %}",
        "法律援助：{{ 法律援助 }}。",
        "{%p endif %}",
        *_BASIS,
        *_REMEDY,
    ),
    Kind.TOLD: (f"{_MATTER}，{{{{ 去向说明 }}}}", "{{ 正文 }}", *_BASIS),
    Kind.FAST_LEFT: (
        f"{_MATTER}，原按简易办理，现改按普通程序办理。",
        "{{ 正文 }}",
        "{%p if 办理期限 %}",
        "最迟在{{ 办理期限 }}给您书面答复。",
        "{%p endif %}",
        *_BASIS,
    ),
    Kind.REPEAT_NOTICE: _TO_PEOPLE,
    Kind.FORWARD: (
        _ABOUT,
        "该事项属于你单位职权范围，现转送你单位，请依法办理并告知信访人。",
        "{{ 正文 }}",
        *_BASIS,
    ),
    Kind.ASSIGN_OUT: (_ABOUT, "现交你单位办理，请按期报送办理结果。", "{{ 正文 }}", *_BASIS),
    Kind.OBJECTION: (
        _ABOUT,
        "经审查，我单位对转送有异议，现说明理由，请予核实：",
        "{{ 正文 }}",
        *_BASIS,
    ),
    Kind.REPORT_UP: (_ABOUT, "现将有关情况报告如下：", "{{ 正文 }}", *_BASIS),
    Kind.RETURN: (_ABOUT, "报送的办理结果现予退回，请补充办理：", "{{ 正文 }}", *_BASIS),
    Kind.SUPERVISION: (_ABOUT, "现予督办，请按期反馈：", "{{ 正文 }}", *_BASIS),
    Kind.SUPERVISION_ANSWER: (_ABOUT, "现将督办事项办理情况反馈如下：", "{{ 正文 }}", *_BASIS),
    Kind.CLOSING: (_ABOUT, "该事项已经办结，现报告如下：", "{{ 正文 }}", *_BASIS),
    Kind.COOPERATION: (_ABOUT, "为办理该事项，请予协助：", "{{ 正文 }}", *_BASIS),
    Kind.APPROVAL_SHEET: (*_BETWEEN, "| 拟办意见 | ", "| 领导批示 | "),
    Kind.URGENT: (_ABOUT, "现将重大紧急情况报告如下：", "{{ 正文 }}", *_BASIS),
}

_FACTS = (
    "| 事项编号 | {{ 事项编号 }}", "| 信访人 | {{ 信访人 }}（共 {{ 信访人数 }} 人）",
    "| 联系电话 | {{ 信访人电话 }}", "| 联系地址 | {{ 信访人地址 }}",
)  # fmt: skip
_BY_HAND = "签名：＿＿＿＿＿　日期：＿＿＿年＿＿月＿＿日"
_ASK = "# 理由（请写明）"
#: paper form → its lines
FORMS: dict[str, tuple[str, ...]] = {
    Form.REGISTRATION: (
        *_FACTS, "| 收到日期 | {{ 收到日期 }}", "| 事项 | {{ 事项标题 }}", "| 诉求和事实 | {{ 诉求全文 }}",
        "| 承办单位 | {{ 承办单位 }}　{{ 承办人 }}", "以上登记内容我已看过，属实。", _BY_HAND,
    ),
    Form.TALK: (
        *_FACTS, "| 时间、地点 | ", "| 接谈人 | ", "# 谈话内容", "问：", "答：", "问：", "答：",
        "以上笔录我已看过（已向我宣读），和我说的一致。", _BY_HAND, "接谈人签名：＿＿＿＿＿＿＿＿",
    ),
    Form.MATERIALS: (
        "{{ 信访人 }}就“{{ 事项标题 }}”（编号{{ 事项编号 }}）提交的材料如下，共一式两份，一份交提交人。",
        "{%p for 份 in 材料 %}", "{{ 份.序号 }}. {{ 份.名称 }}（{{ 份.日期 }}）", "{%p endfor %}",
        "提交人" + _BY_HAND, "接收人" + _BY_HAND,
    ),
    Form.ADDRESS: (
        *_FACTS, "# 一、送达地址", "我确认文书可以送到：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿",
        "不要寄到、不要打到：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿", "# 二、电子送达（可以不同意）",
        "□ 同意用电子方式送达，号码或邮箱：＿＿＿＿＿＿＿＿＿＿　　□ 不同意",
        "同意以后，要等我确认“已收到”才算送达；我可以随时改回纸质送达。", _BY_HAND,
    ),
    Form.PROOF: (
        "| 受送达人 | {{ 信访人 }}", "| 事项 | {{ 事项标题 }}（{{ 事项编号 }}）",
        "| 文书名称、文号 | {{ 送达文书 }}",
        "| 送达方式 | {% if 送达方式 %}{{ 送达方式 }}{% else %}□ 当面　□ 邮寄　□ 电子　□ 留置　□ 公告{% endif %}",
        "| 送达时间、地点 | {{ 送达时间 }}　{{ 送达地点 }}", "| 收件人签名、日期 | ",
        "| 拒收的理由和经过 | ", "| 送达人签名 | {{ 送达人 }}", "| 见证人签名（留置送达时，不能是送达人） | {{ 见证人 }}",
    ),
    Form.DELEGATES: (
        "我们就“{{ 事项标题 }}”（编号{{ 事项编号 }}）共同信访，共 {{ 信访人数 }} 人，推选下列代表（不超过 "
        "{{ 代表人数上限 }} 人）：", "| 代表姓名 | 联系电话", "|  | ", "|  | ", "|  | ", "|  | ", "|  | ",
        "推选人签名（全体）：", "日期：＿＿＿＿年＿＿月＿＿日",
    ),
    Form.AGENT: (
        "委托人：{{ 信访人 }}　　联系电话：{{ 信访人电话 }}", "受托人：＿＿＿＿＿＿＿＿　　联系电话：＿＿＿＿＿＿＿＿＿＿",
        "委托人就“{{ 事项标题 }}”（编号{{ 事项编号 }}）委托受托人代为办理下列事务：",
        "□ 提交材料　□ 陈述情况　□ 代收文书　□ 申请复查复核　□ 达成调解协议", "委托期限：＿＿＿＿＿＿＿＿＿＿",
        "委托人" + _BY_HAND, "受托人" + _BY_HAND,
    ),
    Form.RECUSAL: (
        *_FACTS, "我申请＿＿＿＿＿＿＿＿回避。", _ASK, "", "", _BY_HAND,
        "说明：决定作出以前，被申请人停止办理；决定由机关书面告知您。",
    ),
    Form.WITHDRAWAL: (
        *_FACTS, "我自愿撤回“{{ 事项标题 }}”的信访请求。", _ASK, "", "", _BY_HAND,
        "说明：没有人可以强迫您撤回。反悔的，请在规定的期间内告诉我们。",
    ),
    Form.REVIEW: (
        "致：{{ 复查机关 }}", *_FACTS, "我对下列处理（复查）意见不服，申请复查（复核）：",
        "文号：＿＿＿＿＿＿＿＿＿＿＿＿　　收到日期：＿＿＿＿年＿＿月＿＿日", "# 我的请求", "", _ASK, "", "", _BY_HAND,
        "说明：自收到处理意见之日起{{ 申请复查期限 }}内提出；附处理意见书。",
    ),
    Form.RIGHTS: (
        "{{ 信访人 }}：", "# 您的权利", "1. 提出信访不收费，不会因此受到打击报复。",
        "2. 要求和您的事有利害关系的工作人员回避。", "3. 查询办理进展，要求书面答复。",
        "4. 对处理意见不服，自收到之日起{{ 申请复查期限 }}内向{{ 复查机关 }}申请复查。", "5. 查阅、更正自己的个人信息。",
        "# 您的义务", "1. 如实说明情况，对材料的真实性负责。",
        "2. 依法、有序地反映，多人反映同一件事的推选代表。", "3. 留下有效的联系方式，改变时告诉我们。",
        "本告知单我已看过，听懂了。", _BY_HAND,
    ),
    Form.MEDIATION: (
        *_FACTS, "对方：＿＿＿＿＿＿＿＿＿＿　　联系电话：＿＿＿＿＿＿＿＿＿＿", "我自愿申请就“{{ 事项标题 }}”进行调解。",
        "# 我的请求", "", _ASK, "", _BY_HAND, "说明：调解自愿，随时可以终止；调解不收费，不影响您走其他途径。",
    ),
    Form.CONFIRMATION: (
        "致：＿＿＿＿＿＿＿＿人民法院", "申请人：{{ 信访人 }}　　联系电话：{{ 信访人电话 }}",
        "申请人：＿＿＿＿＿＿＿＿　　联系电话：＿＿＿＿＿＿＿＿", "我们就“{{ 事项标题 }}”于＿＿＿＿年＿＿月＿＿日达成调解协议，"
        "共同申请确认其效力。协议是双方真实意思，不损害他人利益。", "申请人（双方）" + _BY_HAND,
    ),
    Form.APPROVAL: (
        "| 事项 | {{ 事项标题 }}（{{ 事项编号 }}）", "| 承办 | {{ 承办单位 }}　{{ 承办人 }}", "| 呈批内容 | ",
        "| 拟办意见 | ", "| 审核意见 | ", "| 领导批示 | ", "拟稿人：＿＿＿＿＿＿＿＿（拟稿人不录入本件）",
    ),
    Form.PUBLISHING: (
        "| 拟发布的内容 | ", "| 发布位置、期限 | ", "| 是否已去除个人信息 | □ 是　核对人：",
        "| 初审 | ", "| 复审 | ", "| 终审 | ", "来源事项：{{ 事项编号 }}",
    ),
    Form.RATING: (
        "您的事项（编号{{ 事项编号 }}）办理完了，请您评一评。不用写名字，投进意见箱就行。", "# 对信访部门",
        "□ 满意　□ 基本满意　□ 不满意", "# 对承办单位（{{ 承办单位 }}）", "□ 满意　□ 基本满意　□ 不满意",
        "# 想说的话", "", "",
    ),
}  # fmt: skip


def word_of(kind: str) -> bytes:
    """The template of a kind as a .docx. Raises KeyError for no kind."""
    word = WordFile()
    _page(word)
    if is_form(kind):
        _line(word, "{{ 发文主体 }}", size=14, align=ALIGN.CENTER)
        _line(word, "{{ 标题 }}", size=20, bold=True, align=ALIGN.CENTER, level=1)
        _body(word, FORMS[kind])
    else:
        _head(word)
        _body(word, LETTERS[kind])
        _foot(word)
    word.core_properties.author = "民声台"
    word.core_properties.title = TEMPLATES[kind]
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _head(word: Any) -> None:
    _line(word, "{{ 发文主体 }}", size=28, bold=True, align=ALIGN.CENTER, colour=_RED)
    _line(word, "{{ 文号 }}", size=14, align=ALIGN.CENTER)
    _line(word, "{{ 标题 }}", size=22, bold=True, align=ALIGN.CENTER, level=1)
    _line(word, "{%p if 收文人 %}")
    _line(word, "{{ 收文人 }}：")
    _line(word, "{%p endif %}")


def _foot(word: Any) -> None:
    """What stands under every letter; it never stands on a page of its own."""
    for name in ("更正说明", "附言"):
        for line in (f"{{%p if {name} %}}", f"{{{{ {name} }}}}", "{%p endif %}"):
            _line(word, line, indent=True, follow=True)
    _line(word, "", follow=True)
    _line(word, "{{ 发文主体 }}", align=ALIGN.RIGHT, follow=True)
    _line(word, "{{ 印章 }}", size=11, align=ALIGN.RIGHT, follow=True)
    _line(word, "{{ 成文日期 }}", align=ALIGN.RIGHT, follow=True)
    for line in ("{%p if 联系电话 %}", "联系电话：{{ 联系电话 }}", "{%p endif %}"):
        _line(word, line, size=12)


def _body(word: Any, lines: tuple[str, ...]) -> None:
    rows: list[list[str]] = []
    for n, line in enumerate((*lines, None), 1):
        if line is not None and line.startswith("|"):
            rows.append([cell.strip() for cell in line[1:].split("|")])
            continue
        if rows:
            _table(word, rows)
            rows = []
        if line is not None:
            heading, last = line.startswith("# "), n > len(lines) - _KEPT
            text = line.removeprefix("# ")
            _line(word, text, bold=heading, indent=True, follow=heading or last, level=2 * heading)


def _table(word: Any, rows: list[list[str]]) -> None:
    table = word.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    for row in rows:
        line = table.add_row()
        line.height = Mm(10 if any(row[1:]) else 14)
        for cell, text in zip(line.cells, row, strict=True):
            cell.paragraphs[0].paragraph_format.space_after = Pt(4)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _run(cell.paragraphs[0], text, 14)
    for column, width in zip(table.columns, (Mm(42), Mm(116)), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    _line(word, "", size=8)


def _page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    section.left_margin = section.right_margin = Mm(26)
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _KAI)
    for language in word.styles.element.iter(qn("w:lang")):  # else signs are set as in Japanese
        language.set(qn("w:eastAsia"), "zh-CN")


def _line(
    word: Any,
    text: str,
    *,
    size: int = 16,
    bold: bool = False,
    align: Any = None,
    colour: Any = None,
    indent: bool = False,
    follow: bool = False,
    level: int = 0,
) -> None:
    """One paragraph. follow: it stays on the page of the next one; level: of a heading, 1 the title."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = follow
    form = paragraph.paragraph_format
    form.alignment, form.line_spacing, form.space_after = align, Pt(size * _LEADING), Pt(0)
    if indent:
        form.first_line_indent = Pt(2 * size)
    if level:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        paragraph._p.get_or_add_pPr().append(outline)
    _run(paragraph, text, size, bold, colour)


def _run(paragraph: Any, text: str, size: int, bold: bool = False, colour: Any = None) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    if bold:
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _SONG)
    if colour is not None:
        run.font.color.rgb = colour
