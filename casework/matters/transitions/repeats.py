"""A repeat joins the matter it repeats, and leaves it again (practice §1, domain §2.7)."""

from casework.matters.lifecycle import Rule
from casework.matters.states import Ending, State

_LINK = "matters.link_repeat"
_ART = "《信访工作条例》第二十三条"

RULES = [
    Rule(
        "merge", "并入", (State.REGISTERED,), State.MERGED, _LINK,
        needs=("to", "note"), takes=("kind",), gates=("can_join",), article=_ART,
        done="已并入，等书面告知", seldom=True,
        told="和还在办的一件是同一件事：并到那一件里一起办。不停任何期限，回执照旧有效；"
        "还要书面告知信访人并到哪一件，告知以后这一件才算办完。并错了可以分出来。",
    ),
    Rule(
        "tell_merged", "告知并案办理", (State.MERGED,), State.CLOSED, _LINK,
        takes=("summary", "note"), gates=("still_joined",),
        ends=("notice", "routing", "sender"), drops=("objection",), document="repeat_notice", article=_ART,
        done="已告知并案办理",
        told="制作并案告知：告诉信访人这件事并到哪一件、由谁办、什么时候答复。告知期限停止，"
        "以后的答复都在那一件里给。",
    ),
    Rule(
        "unmerge", "分出", (State.MERGED, State.CLOSED), State.REGISTERED, _LINK,
        needs=("note",), gates=("was_joined",), article=_ART, done="已分出，回到“已登记”",
        fits=lambda matter: matter.state == State.MERGED or matter.ending == Ending.MERGED,
        seldom=True,
        told="不是同一件事，或者发现了新的事实：回到“已登记”，期限从原来收到之日接着算，就像没有并过。",
    ),
]  # fmt: skip
