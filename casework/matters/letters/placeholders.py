"""What a template may ask for: each placeholder, what it gives, of which kinds, and an invented example.

A value is a sentence or ""; a list is one of rows whose parts are named (`ROWS`).
"""

from dataclasses import dataclass
from typing import Any

from casework.matters.letters.kinds import AMONG_OFFICES, TEMPLATES, WORDS, is_form
from casework.matters.models import BlankForm, Document

Kind = Document.Kind


@dataclass(frozen=True)
class Placeholder:
    """told: what it gives, for whoever edits a template; sample: invented; kinds: () for every one."""

    name: str
    told: str
    sample: Any
    kinds: tuple[str, ...] = ()

    @property
    def example(self) -> str:
        """The sample as one line."""
        if isinstance(self.sample, list):
            return "；".join("，".join(row.values()) for row in self.sample)
        return str(self.sample)


_LETTERS = tuple(WORDS)
_ANSWERS = (Kind.OPINION, Kind.REPLY)
_FORMS = tuple(BlankForm.values)
_PROOF = (BlankForm.PROOF,)
_TO_PEOPLE = (*(kind for kind in WORDS if kind not in AMONG_OFFICES), *_FORMS)
#: lists: name → parts of a row
ROWS: dict[str, tuple[str, ...]] = {
    "承诺": ("事项", "单位", "期限"),
    "材料": ("序号", "名称", "日期"),
}
PLACEHOLDERS: tuple[Placeholder, ...] = (
    Placeholder("标题", "文书的名称", "信访处理意见书"),
    Placeholder("发文主体", "拟稿时选的发文主体", "云湖街道办事处"),
    Placeholder("印章", "盖哪枚章，写在落款处", "（云湖街道办事处印章）"),
    Placeholder("联系电话", "发文主体的电话", "0000-8800110"),
    Placeholder("事项编号", "信访事项的编号", "XF2026-000128"),
    Placeholder("事项标题", "事情是什么，不写人", "反映拖欠装修工资"),
    Placeholder("收到日期", "收到来件的日期", "2026年11月2日"),
    Placeholder("成文日期", "签发的日期；表单是打印的日期", "2026年11月23日"),
    Placeholder(
        "文号", "签发时取号；草稿上写“（草稿，签发时编号）”", "云街信意〔2026〕12号", _LETTERS
    ),
    Placeholder("收文人", "信访人或者收文单位", "张三同志", _LETTERS),
    Placeholder("正文", "这件文书说了什么", "您反映的工资已经核对清楚，欠付 8600 元。", _LETTERS),
    Placeholder("依据", "依据的条款", "《信访工作条例》第三十二条", _LETTERS),
    Placeholder(
        "救济途径",
        "不服怎么办：期限、机关、最后一天",
        "对本处理意见不服的，可以自收到之日起30日内，请求上一级机关复查。",
        _LETTERS,
    ),
    Placeholder(
        "附言", "拟稿时补充的话，可以没有", "办理时间：工作日上午九点至下午五点。", _LETTERS
    ),
    Placeholder("更正说明", "更正哪一号文书、为什么；不是更正就没有", "", _LETTERS),
    Placeholder("签发人", "签发这件文书的人", "李四", _LETTERS),
    Placeholder("信访人", "主要信访人的姓名，多人的写“等 N 人”", "张三", _TO_PEOPLE),
    Placeholder("诉求", "信访人要求什么", "要求支付拖欠的装修工资 8600 元。", _ANSWERS),
    Placeholder("处理结果", "支持、解释说明或者不予支持", "支持", _ANSWERS),
    Placeholder(
        "事实和理由",
        "查明的事实和理由",
        "经核对考勤和转账记录，欠付 8600 元属实。",
        (Kind.OPINION,),
    ),
    Placeholder(
        "法律依据", "处理意见依据的法律", "《保障农民工工资支付条例》第三条。", (Kind.OPINION,)
    ),
    Placeholder("处理意见", "怎么处理", "由施工单位在本月底前付清。", (Kind.OPINION,)),
    Placeholder(
        "承诺",
        "逐条：承诺.事项、承诺.单位、承诺.期限",
        [{"事项": "督促付清工资", "单位": "社会事务办公室", "期限": "2026年11月30日"}],
        _ANSWERS,
    ),
    Placeholder("受理日期", "哪一天受理", "2026年11月5日", (Kind.ACCEPTANCE,)),
    Placeholder("办理说明", "规则方案里的受理告知", "您的信访事项已经受理。", (Kind.ACCEPTANCE,)),
    Placeholder(
        "办理期限",
        "最迟哪一天办结",
        "2027年1月4日",
        (Kind.ACCEPTANCE, Kind.EXTENSION, Kind.FAST_LEFT),
    ),
    Placeholder(
        "延期说明", "规则方案里的延期告知", "因情况复杂，经批准延长期限。", (Kind.EXTENSION,)
    ),
    Placeholder("途径", "应当走的法定途径", "劳动仲裁", (Kind.PATH_NOTICE,)),
    Placeholder("途径机关", "向哪个机关提出", "云湖区劳动人事争议仲裁委员会", (Kind.PATH_NOTICE,)),
    Placeholder("途径期限", "那个途径的时限", "自知道权利被侵害之日起一年", (Kind.PATH_NOTICE,)),
    Placeholder("最后安全日", "最迟哪天提出才不误期", "2027年3月1日", (Kind.PATH_NOTICE,)),
    Placeholder("法律援助", "哪里可以得到法律援助", "云湖区法律援助中心", (Kind.PATH_NOTICE,)),
    Placeholder(
        "途径说明", "规则方案里的分类处理说明", "信访不停止该途径的期限。", (Kind.PATH_NOTICE,)
    ),
    Placeholder("去向说明", "规则方案里的告知去向", "请向下列机关提出：", (Kind.TOLD,)),
    Placeholder("终结说明", "规则方案里的不再受理说明", "该事项已经复核终结。", (Kind.BARRED,)),
    Placeholder("承办单位", "主办单位", "社会事务办公室", _FORMS),
    Placeholder("承办人", "承办人姓名", "王五", _FORMS),
    Placeholder("信访人数", "共多少人", "1", _FORMS),
    Placeholder("信访人电话", "主要信访人的电话", "0000-8800999", _FORMS),
    Placeholder("信访人地址", "主要信访人的地址", "青檀社区", _FORMS),
    Placeholder("诉求全文", "登记的诉求和事实", "装修完工三个月，工资没有付清。", _FORMS),
    Placeholder(
        "材料",
        "逐份：材料.序号、材料.名称、材料.日期",
        [{"序号": "1", "名称": "考勤表照片", "日期": "2026年11月2日"}],
        (BlankForm.MATERIALS,),
    ),
    Placeholder("复查机关", "向哪个机关申请复查", "云湖区人民政府", (*_ANSWERS, *_FORMS)),
    Placeholder("申请复查期限", "几日内", "30日", (*_ANSWERS, *_FORMS)),
    Placeholder("送达文书", "送达的文书和文号", "延期告知书 云街信延〔2026〕3号", _PROOF),
    Placeholder("送达方式", "登记过的送达方式，没有登记就空着手填", "当面送达", _PROOF),
    Placeholder("送达时间", "登记过的日期和时刻", "2026年11月23日 14:30", _PROOF),
    Placeholder("送达地点", "登记过的地点", "青檀社区居委会", _PROOF),
    Placeholder("送达人", "登记的送达人", "王五", _PROOF),
    Placeholder("见证人", "登记的见证人", "赵六", _PROOF),
    Placeholder("代表人数上限", "最多推选几名代表", "5", (BlankForm.DELEGATES,)),
)


def of_kind(kind: str) -> list[Placeholder]:
    """The placeholders a template of this kind may use. Raises KeyError for no kind at all."""
    if kind not in TEMPLATES:
        raise KeyError(kind)
    return [one for one in PLACEHOLDERS if not one.kinds or kind in one.kinds]


def sample_of(kind: str) -> dict[str, Any]:
    """Invented data for a template of this kind: every placeholder has a value."""
    found = {one.name: one.sample for one in of_kind(kind)}
    found["标题"] = TEMPLATES[kind]
    if not is_form(kind):
        found["文号"] = f"云街信{WORDS[kind]}〔2026〕12号"
    return found
