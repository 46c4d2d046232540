"""What a forwarding letter says in its sentences: 现将×××反映…转送你单位，请于…前办结. Pure."""

import re
import unicodedata
from dataclasses import dataclass

_HANDED = re.compile(
    r"现?将(?P<what>[^。]{4,1500}?)(?:转送|转交|交办|转办|批转|移送|转去|转|交)(?:给|至|由)?"
    r"(?:你|贵)(?:们|单位|街道|办|局|镇|乡|处|委|社区|村)"
)
_WHO = re.compile(
    r"^(?:信访人|来信人|来访人|来电人|反映人|申请人)?[：:]?(?P<name>[\u4e00-\u9fff·]{2,8}?)"
    r"(?:等(?P<count>\d{1,4})(?:人|名|户))?(?:同志|先生|女士)?(?:[（(][^）)]{0,120}[）)])?(?:的)?"
    r"(?:来信|来访|来电|网上信访|走访)?(?:，)?(?:反映|提出|投诉|要求|咨询|诉称|关于)(?P<about>.+)$",
    re.S,
)
_INSIDE = re.compile(r"^[^（(，,。]{2,24}[（(](?P<told>[^）)]{4,120})[）)]")
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_HOME = re.compile(r"(?:家住|现住|住址|地址|住)[：:在为]?(?P<place>[^，,；;。：:]{4,80})")
_NOBODY = re.compile(
    r"群众|市民|业主|村民|居民|职工|员工|网民|网友|有人|部分|有关|家长|商户|匿名|收到"
)
_TAIL = re.compile(
    r"(?:一案|一事|的?(?:信访事项|信访件|信访材料|来信|来访|有关问题|相关问题|问题|材料|诉求|情况|事项|举报件))"
    r"[^，,]{0,10}$"
)
_NUMBER = re.compile(
    r"(?:第\s*)?[\u4e00-\u9fffA-Za-z]{1,12}\s*[〔\[［（(【]\s*(?:19|20)\d\d\s*[〕\]］）)】]\s*(?:第\s*)?[A-Za-z]?\d{1,8}\s*号"
)
_LIMIT = re.compile(
    r"(?:于|在|自)(?P<when>[^，,。；;：:\n]{2,24}?)(?P<end>之前|以前|前|以内|之内|内)"
    r"[^。；;\n]{0,16}?(?:办结|办理|答复|回复|反馈|报送|报告|报我|报区|上报|处理|处置|完成|书面)"
)
_BODY = re.compile(
    r"^(?P<who>[\u4e00-\u9fff0-9]{2,24}(?:信访局|信访办|信访办公室|联席办|联席会议办公室|热线办|热线中心|"
    r"热线|服务中心|受理中心|指挥中心|委员会|管委会|人民政府|督查室|局|办公室))"
    r"(?P<paper>.{0,30}?(?:转送单|转办单|交办单|转送函|交办函|转办函|交办通知|转送通知|通知单|工单|受理单|承办单|派遣单|函|单)?)$"
)
_PAPER = re.compile(
    r"(?:转送|转办|交办|承办|受理|派遣|处理|工)(?:单|函|通知书?|件)|登记表|工单详情"
)


@dataclass(frozen=True)
class Letter:
    """What a letter says of a matter; "" and 0 for what it does not."""

    name: str = ""
    id_number: str = ""
    address: str = ""
    count: int = 0
    about: str = ""
    whole: str = ""


def letter_in(text: str) -> Letter | None:
    """The sentence that hands a matter over, taken apart; None when there is none."""
    joined = _in_one_line(text)
    found = _HANDED.search(joined)
    if found is None:
        return None
    what = found["what"].strip(" ，,")
    who = _WHO.match(what)
    if who is None:
        return Letter(about=what, whole=what)
    about, count = who["about"].strip(" ，,：:"), int(who["count"] or 0)
    if _NOBODY.search(who["name"]):
        return Letter(count=count, about=about, whole=what)
    inside = _INSIDE.match(what)
    told = unicodedata.normalize("NFKC", inside["told"]) if inside else ""
    number, home = _ID_NUMBER.search(told), _HOME.search(told)
    return Letter(
        name=who["name"],
        id_number=number[0] if number else "",
        address=home["place"].strip() if home else "",
        count=count,
        about=about,
        whole=what,
    )


def _in_one_line(text: str) -> str:
    return "".join(line.strip() for line in text.split("\n"))


def in_short(about: str) -> str:
    """What a letter is about, without “的信访事项” and the like at its end."""
    return _TAIL.sub("", about).strip(' ，,。“”「」"')


def number_in_letter(line: str) -> str:
    """The 文号 in a line, "" when there is none."""
    found = _NUMBER.search(line)
    return found[0].strip() if found else ""


def limit_in(text: str) -> str:
    """The day a sentence sets: "于12月15日前将办理结果报我局" → 12月15日前."""
    found = _LIMIT.search(_in_one_line(text))
    return f"{found['when'].strip()}{found['end']}" if found else ""


def sender_in(line: str) -> str:
    """The office a heading names: 云湖区信访局信访事项转送单 → 云湖区信访局; "" for other lines."""
    found = _BODY.match(line.strip("【】[] 　"))
    return found["who"] if found else ""


def is_heading(line: str) -> bool:
    """Whether a line is what a form is called and nothing else."""
    line = line.strip()
    return len(line) <= 40 and not re.search(r"[，。；：:]", line) and bool(_PAPER.search(line))
