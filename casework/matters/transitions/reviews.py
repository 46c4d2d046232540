"""复查 and 复核: the street records them, supplies the file and obeys the outcome (art. 35–36)."""

from typing import Any

from casework.matters.lifecycle import Rule
from casework.matters.states import Ending, Path, State

_H, _N, _P, _V, _U, _F, _C = (
    State.HANDLING, State.ANSWERED, State.PERFORMING, State.REVIEWING, State.UPHELD,
    State.FINAL_REVIEW, State.CLOSED,
)  # fmt: skip
_ENDED = (_C, State.ARCHIVED)
_VERB = "matters.record_review"
_35, _36 = "《信访工作条例》第三十五条", "《信访工作条例》第三十六条"
_DECIDED = ("order", "served_on", "paper")


def _may_be_reviewed(matter: Any) -> bool:
    if matter.path != Path.PETITION:
        return False
    return matter.state not in _ENDED or matter.ending in (Ending.OPINION, Ending.REPLY)


def _may_be_reviewed_again(matter: Any) -> bool:
    return matter.state == _U or _may_be_reviewed(matter)


RULES = [
    Rule(
        "ask_review", "登记复查申请", (_N, _P, *_ENDED), _V, _VERB,
        needs=("body_name",), takes=("paper", "note"), gates=("was_an_opinion",), fits=_may_be_reviewed,
        ends=("review_ask",), starts=("review_decide",), document="review_receipt", article=_35,
        done="已登记复查申请",
        told="信访人向上一级机关申请复查：记下哪天提出、向谁提出。过了期限、已经办结的也登记，由上级决定收不收。",
    ),
    Rule(
        "review_upheld", "复查维持", (_V,), _U, _VERB,
        needs=_DECIDED, takes=("note",), gates=("decision_is_proved",), ends=("review_decide",),
        document="review_opinion", article=_35, done="已登记复查维持",
        told="上级维持原处理意见：记下决定和送达信访人的日期，从送达那天起可以申请复核。",
    ),
    Rule(
        "review_changed", "复查变更", (_V,), _U, _VERB,
        needs=_DECIDED, takes=("promises", "note"), gates=("decision_is_proved", "order_is_whole"),
        ends=("review_decide",), document="review_opinion", article=_35, done="已登记复查变更",
        told="上级直接改变了处理意见：记下决定。复查意见就是新的意见，信访人同样可以申请复核；"
        "要街道做的事作为承诺登记，逐项履行。",
    ),
    Rule(
        "review_revoked", "复查撤销", (_V,), _H, _VERB,
        needs=("order", "paper"), takes=("until", "note"), gates=("decision_is_proved",),
        drops=("*",), ends=("review_decide",), document="review_opinion", article=_35,
        done="复查撤销，重新办理",
        told="上级撤销、责令重新处理：开始新一轮办理。期限按上级写明的日期；没有写明的，按办理期限从头算。",
    ),
    Rule(
        "review_declined", "复查不予受理", (_V,), _N, _VERB,
        needs=("paper",), takes=("note",), also=(_P, _C), gates=("decision_is_proved",),
        ends=("review_decide",), article=_35, done="已登记复查不予受理", seldom=True,
        told="上级没有受理复查申请：留下它的文书，回到申请前的状态，申请期还没过的接着算。",
    ),
    Rule(
        "ask_final", "登记复核申请", (_U, *_ENDED), _F, _VERB,
        needs=("body_name",), takes=("paper", "note"), gates=("was_reviewed",),
        fits=_may_be_reviewed_again, ends=("final_ask",),
        starts=("final_decide",), document="review_receipt", article=_36, done="已登记复核申请",
        told="信访人向复查机关的上一级申请复核：记下哪天提出、向谁提出。逾期的也登记，由上级决定。",
    ),
    Rule(
        "final_hearing", "登记复核听证", (_F,), _F, _VERB,
        needs=("from_on", "to_on"), takes=("paper", "note"), article=_36, done="已扣除听证时间",
        seldom=True,
        told="复核机关举行听证的：听证所需时间不计入复核期限。只有复核这样扣除，办理和复查不停。",
    ),
    Rule(
        "final_declined", "复核不予受理", (_F,), _U, _VERB,
        needs=("paper",), takes=("note",), also=(_C,), gates=("decision_is_proved",),
        ends=("final_decide",), article=_36, done="已登记复核不予受理", seldom=True,
        told="复核机关没有受理申请：留下它的文书，回到申请前的状态，申请期还没过的接着算。",
    ),
    Rule(
        "final_upheld", "复核维持", (_F,), _C, _VERB,
        needs=_DECIDED, takes=("note",), also=(_P,), gates=("decision_is_proved",),
        ends=("final_decide",), document="review_opinion", article=_36, done="复核维持，三级终结",
        told="三级终结：信访程序到此结束。以同样的事实和理由再提出的，不再受理；解释和帮助继续。"
        "还有承诺没有兑现的，先履行完。",
    ),
    Rule(
        "final_changed", "复核变更", (_F,), _C, _VERB,
        needs=_DECIDED, takes=("promises", "note"), also=(_P,),
        gates=("decision_is_proved", "order_is_whole"), ends=("final_decide",),
        document="review_opinion", article=_36, done="复核变更，三级终结",
        told="复核机关直接改变了意见：按它办。要街道做的事作为承诺登记，全部兑现后终结。",
    ),
    Rule(
        "final_revoked", "复核撤销", (_F,), _H, _VERB,
        needs=("order", "paper"), takes=("until", "note"), gates=("decision_is_proved",),
        drops=("*",), ends=("final_decide",), document="review_opinion", article=_36,
        done="复核撤销，重新办理",
        told="复核机关撤销、责令重新处理：开始新一轮办理。期限按它写明的日期；没有写明的，按办理期限从头算。",
    ),
]  # fmt: skip
