"""How a matter ends, and how it comes back."""

from casework.matters.lifecycle import Rule
from casework.matters.states import OPEN, UNDER_SEAL, State

_C, _N, _U, _H = State.CLOSED, State.ANSWERED, State.UPHELD, State.HANDLING
_CLOSE, _WISH = "matters.close_matter", "matters.record_wish"
#: what a petitioner may still give up; a merged arrival goes with the matter it joined
_RUNNING = tuple(state for state in OPEN if state not in (*UNDER_SEAL, State.MERGED))
#: where somebody still works for the petitioner
_ALIVE = tuple(state for state in _RUNNING if state != State.OBJECTED)

RULES = [
    Rule(
        "close", "办结", (_N, _U, State.SIGNED), _C, _CLOSE,
        takes=("note",), gates=("answer_is_served", "window_is_over", "promises_are_kept", "four_parts"),
        article="《信访工作条例》第三十四条", done="已办结", by_itself=True,
        told="复查（复核）期满没有人申请、承诺都兑现了，办结归档前的最后一步。办结不等于化解，化解另记。",
    ),
    Rule(
        "void", "作废", (State.REGISTERED, State.ACCEPTED, _H), State.VOID,
        "matters.decide_void", needs=("note",), second=True, asks="matters.ask_void",
        done="已作废，编号保留",
    ),
    Rule(
        "reopen", "恢复办理", (_C, State.ARCHIVED), _H, "matters.decide_reopen",
        needs=("note",), second=True, asks="matters.ask_reopen",
        also=(State.ACCEPTED, State.REGISTERED), done="已恢复办理", seldom=True,
        told="办结以后发现有新情况、办错了，或上级要求的：街道领导决定后开始新一轮办理，重新计算期限。",
    ),
    Rule(
        "withdraw", "撤回信访", _RUNNING, State.WITHDRAWN, _WISH,
        needs=("note", "paper"), gates=("wish_is_signed",), drops=("*",), document="withdrawal",
        done="已撤回", seldom=True,
        told="只有信访人本人能撤回：留下签了字的撤回申请书。各项期限停止；反悔期内可以恢复，期限照旧。",
    ),
    Rule(
        "undo_withdraw", "撤回后恢复", (State.WITHDRAWN,), _H, _WISH,
        needs=("note",), also=tuple(state for state in _RUNNING if state != _H),
        gates=("regret_in_time",), ends=("withdrawn",), done="已恢复",
        told="信访人反悔的：回到撤回前的状态，各项期限照旧，中间的日子照算。",
    ),
    Rule(
        "heirs", "承受人继续", _ALIVE, _H, _WISH,
        needs=("name", "proof", "note"), takes=("phone", "address"),
        also=tuple(state for state in _ALIVE if state != _H), gates=("proof_is_here",),
        done="已记下承受人", seldom=True,
        told="信访人去世，继承人愿意继续的：换成承受人，期限不停，以后告知和送达给他（她）。",
    ),
    Rule(
        "no_heirs", "无人承受，办结", _ALIVE, _C, _CLOSE,
        needs=("note", "proof"), gates=("proof_is_here",), document="closing",
        done="已办结：信访人死亡，无人承受", seldom=True,
        told="信访人去世，没有人愿意继续的：留下凭据，这件办结。",
    ),
]  # fmt: skip
