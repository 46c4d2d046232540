"""Work on an accepted matter: who leads it, who hands it back, when it takes longer (art. 31, 34)."""

from casework.matters.lifecycle import Rule
from casework.matters.states import State

_A, _H, _D, _R, _S = (
    State.ACCEPTED, State.HANDLING, State.DRAFTED, State.REVIEWED, State.SIGNED,
)  # fmt: skip
_ASSIGN = "matters.assign_matter"

RULES = [
    Rule(
        "assign", "交办", (_A,), _H, _ASSIGN,
        needs=("lead_unit",), takes=("officer", "note", "sub_limit"), gates=("sub_limit_is_ahead",),
        done="已交办",
        told="交给一个科室、社区或村主办，可以另定内部期限。法定期限从受理算，不因交办改变。",
    ),
    Rule(
        "name_officer", "指定承办人", (_H,), _H, "matters.assign_officer",
        needs=("officer",), takes=("note",), done="已指定承办人",
        told="定下由谁办。只有承办人自己能起草、答复；别的同事要先改派。",
    ),
    Rule(
        "reassign", "改交", (_H,), _H, _ASSIGN,
        needs=("lead_unit", "note"), takes=("officer", "sub_limit"), gates=("sub_limit_is_ahead",),
        drops=("assignment",), done="已改交", seldom=True,
        told="换一个单位主办。法定期限不停，内部期限重新起算。",
    ),
    Rule(
        "return", "退回", (_H,), _A, "matters.return_matter",
        needs=("note",), drops=("assignment",), document="return", done="已退回信访办",
        told="不归本单位的：写清应当归谁，退回信访办重新交办。期限不停。",
    ),
    Rule(
        "extend", "延长期限", (_A, _H, _D, _R, _S), _H, "matters.decide_extension",
        needs=("note", "days"), second=True, asks="matters.ask_extension",
        also=(_A, _D, _R, _S), gates=("extension_is_left",), drops=("assignment",),
        document="extension",
        article="《信访工作条例》第三十四条", done="已延长办理期限", seldom=True,
        told="情况复杂的，经街道领导批准可以延长，合计不超过上限；申请人自己不能批准。"
        "同意后制作延期告知书，把理由告诉信访人；交办时定的内部期限不再计算。",
    ),
]  # fmt: skip
