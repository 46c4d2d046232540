"""The guided choice: what an arrival can be, in the words of the articles, and what follows (art. 29–31)."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.matters.clocks import Limit
from casework.matters.lifecycle import accepted_clock
from casework.matters.states import Klass


@dataclass(frozen=True)
class Way:
    """One class or path. told: when it is this one; article: what the rule says; follows: what
    choosing it brings about, besides the notice that all other paths have; here: whether it is chosen by accepting, else by an act of its own.
    """

    code: str
    label: str
    told: str
    article: str
    follows: str
    here: bool = False

    @property
    def klass(self) -> str:
        return self.code[:1]

    @property
    def path(self) -> str:
        return self.code if self.klass == Klass.CLAIM else ""


WAYS = (
    Way(
        "A", "建议意见", "提建议、表意见，不为自己要什么。",
        "第二十九条：认真研究论证；科学合理、可行的，应当采纳或者部分采纳，并予以回复。",
        "受理告知书。研究后答复：采纳、部分采纳，还是不采纳和为什么；不出处理意见书，不复查。", here=True,
    ),
    Way(
        "C6", "申诉求决：信访程序", "有具体诉求，又不属于诉讼、仲裁等五种法定途径。",
        "第三十一条第六项：听取信访人陈述事实和理由，并调查核实，出具信访处理意见书。",
        "受理告知书。告知期限停止，开始计算办理期限；可以延期一次或几次，合计不超过 30 日。", here=True,
    ),
    Way(
        "C1", "诉讼（涉法涉诉）", "已经在、或者应当由法院、检察院、公安机关依诉讼程序处理。",
        "第三十一条第一项：按照法律法规规定的程序处理。", "",
    ),
    Way(
        "C2", "仲裁", "拖欠工资等劳动争议、承包地争议等，依法先仲裁。",
        "第三十一条第二项：应当通过仲裁解决的，导入相应程序处理。", "告知书写上法律援助电话。",
    ),
    Way(
        "C3", "党员申诉、申请复审", "党员对处分等不服。",
        "第三十一条第三项：可以通过党员申诉、申请复审等解决的，导入相应程序处理。", "",
    ),
    Way(
        "C4", "行政复议、裁决、确认、许可等", "对行政行为不服，或者要求裁决、确认、办证。",
        "第三十一条第四项：可以通过行政复议、裁决、确认、许可、处罚等程序解决的，导入相应程序处理。",
        "本街道自己该办的，留下来办。",
    ),
    Way(
        "C5", "履行法定职责", "要求依法查处违法，或者保护人身、财产。",
        "第三十一条第五项：依法履行或者答复。",
        "是本街道的职责：留下来履行或答复，计算履职期限。",
    ),
)  # fmt: skip
#: ways that are chosen by accepting, and ways that are led elsewhere
HERE = tuple(way for way in WAYS if way.here)
LED = tuple(way for way in WAYS if not way.here)


def limit_of(way: Way, limits: Mapping[str, Limit], fast: bool = False) -> Limit:
    """The limit that this way starts."""
    return limits[accepted_clock(way.klass, way.path, fast)]


def way_of(code: str) -> tuple[str, str]:
    """(class, path) of a chosen way: "A" → ("A", ""), "C6" → ("C", "C6")."""
    return (code[:1], code if code.startswith("C") else "")


#: (name of the act, whether it is asked for): what else an arrival may need, in the order of the page
ELSE = (
    ("on_spot", False), ("tell", False), ("forward", False), ("assign_out", False),
    ("object", False), ("unclear", False), ("refuse", True), ("bar", True),
)  # fmt: skip
