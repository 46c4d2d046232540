"""From registration to acceptance, and every other way out of it (art. 22–24, 29–31; practice §1)."""

from casework.matters.lifecycle import Rule
from casework.matters.states import SENT_TO_US, State

_ACCEPT, _CLOSE, _FOLLOW = "matters.accept_matter", "matters.close_matter", "matters.follow_up"
_R, _A, _H, _P, _O, _X = (
    State.REGISTERED, State.ACCEPTED, State.HANDLING, State.ROUTED, State.ASSIGNED_OUT,
    State.OBJECTED,
)  # fmt: skip
#: what is owed from receipt on and is done with the first written word to the petitioner
_TOLD = ("notice", "routing")
#: a right that is not used when the matter goes another way
_UNUSED = ("objection",)
_ENDS = (*_TOLD, "sender")
_22, _23, _31 = (f"《信访工作条例》第{n}条" for n in ("二十二", "二十三", "三十一"))
_PATH = ("path", "body", "limit_text")
_PATH_TOO = ("last_day", "aid", "own_duty", "category")

RULES = [
    Rule(
        "accept", "受理", (_R,), _A, _ACCEPT,
        needs=("klass",), takes=("path", "category", "fast", "fits", "note"),
        gates=("way_is_ours", "fast_is_allowed"), starts=("by_class",), ends=_TOLD, drops=_UNUSED,
        document="acceptance", article=_23, done="已受理",
        told="归本街道办：制作受理告知书，写明途径、程序和期限。告知期限停止，从受理日起按所选途径计算："
        "信访程序 60 日，简易办理 10 个工作日，建议按内部期限。",
    ),
    Rule(
        "on_spot", "当场办结", (_R,), State.CLOSED, _ACCEPT,
        needs=("klass", "summary", "confirmed"), takes=("path", "category", "paper", "note"),
        gates=("way_is_ours", "confirmed_on_paper"), ends=_ENDS, document="reply", article=_23,
        done="已当场办结",
        told="当场答复就能了结的：答复、本人签字或当面确认，一次办完。留下答复，各项期限都停止。",
    ),
    Rule(
        "route", "导入法定途径", (_R,), _P, "matters.review_opinion",
        needs=_PATH, takes=_PATH_TOO, second=True, asks=_ACCEPT, also=(_A,),
        gates=("path_is_another",), ends=_TOLD, drops=_UNUSED, document="path_notice", article=_31,
        done="已导入法定途径",
        told="诉讼、仲裁、复议等另有法定途径的：法制审核后制作分类处理告知书，写明机关、时限和最后安全日。"
        "不是了结：开始按期跟踪，直到有结果。本街道自己负有职责的，留下来履行或答复。",
    ),
    Rule(
        "refuse", "不予受理", (_R,), State.CLOSED, "matters.decide_refusal",
        needs=("note", "remedy"), second=True, asks=_ACCEPT, ends=_ENDS, document="refusal",
        article=_23, done="不予受理", seldom=True,
        told="依法不该受理的：街道领导决定后制作不予受理告知书，写明理由和救济途径。告知期限停止。"
        "只是不归我们管的，不用这个，用“告知去向”。",
    ),
    Rule(
        "bar", "不再受理", (_R,), State.CLOSED, "matters.decide_refusal",
        needs=("note", "earlier", "comparison", "paper"), takes=("new_facts",), second=True,
        asks=_ACCEPT, gates=("final_review_is_proved",), ends=_ENDS, document="barred",
        article="《信访工作条例》第三十六条", done="不再受理", seldom=True,
        told="已经三级终结，又以同样的事实和理由提出的：附复核意见书，逐项比对，街道领导决定后制作"
        "不再受理告知书。有新的事实和理由就是新事项；只是过了 30 日没有申请复查的，不适用。",
    ),
    Rule(
        "tell", "告知去向", (_R,), State.CLOSED, _ACCEPT,
        needs=("body",), takes=("note",), ends=_ENDS, document="told", article=_23,
        done="已告知去向",
        told="不归本街道也不归下级管的：制作去向告知书，写明应向哪里提出。告知期限停止。不是“不予受理”。",
    ),
    Rule(
        "forward", "转送", (_R,), State.CLOSED, _ACCEPT,
        needs=("to_name",), takes=("note",), ends=_ENDS, document="forward", article=_22,
        done="已转送", seldom=True,
        told="材料转给有权处理的机关，不要求报结果：制作转送函，同时制作去向告知书给信访人。告知期限停止。",
    ),
    Rule(
        "assign_out", "交办下级", (_R,), _O, _ACCEPT,
        needs=("unit",), takes=("due_on", "note"), gates=("unit_is_below",),
        ends=_TOLD, drops=_UNUSED, document="assign_out", article=_23, done="已交办下级",
        seldom=True,
        told="属于社区、村职责的：制作交办函和去向告知书，开始计算报结期限。街道不能交办区里的局、派出所、"
        "法院：用“告知去向”，或“呈报区信访部门”。",
    ),
    Rule(
        "report_in", "报结", (_O,), State.CLOSED, _CLOSE,
        needs=("summary", "paper"), takes=("body_name", "note"), gates=("paper_is_there",),
        ends=("report_back", "sender"),
        document="closing", article=_22, done="已报结",
        told="下级的办结报告收到、审核可以：留下报告，报结期限停止，这件办结。",
    ),
    Rule(
        "send_back", "报告退回", (_O,), _H, _ACCEPT,
        needs=("note",), takes=("again", "due_on"), also=(_O,), gates=("new_day_is_ahead",),
        ends=("report_back",), document="return", article=_22, done="报告已退回",
        told="办结报告不能接受：退回重报并另定日期；或由街道接过来自己办，从接过来那天起 60 日。",
    ),
    Rule(
        "object", "提出异议", (_R,), _X, _ACCEPT,
        needs=("note", "body"), takes=("to_name",), gates=("objection_in_time",),
        ends=("objection",), document="objection", article=_23, done="已提出异议",
        fits=lambda matter: matter.channel in SENT_TO_US, seldom=True,
        told="转送、交办来的不归本街道：5 个工作日内写明理由提出异议，对方同意前材料不退。"
        "告知期限不停，从原来收到之日算。",
    ),
    Rule(
        "objection_upheld", "异议成立", (_X,), State.CLOSED, _ACCEPT,
        needs=("note", "paper"), gates=("paper_is_there",), ends=("sender",), document="told", article=_23,
        done="异议成立，材料退回",
        told="来文机关同意：退回材料，留下对方的书面答复，告知信访人去向。各项期限都停止。",
    ),
    Rule(
        "objection_refused", "异议未被接受", (_X,), _R, _ACCEPT,
        needs=("note",), article=_23, done="异议未被接受，继续办理",
        told="来文机关不同意：回到“已登记”，接着受理或另作处理。告知期限从原来收到之日算，一直没有停。",
    ),
    Rule(
        "unclear", "身份、地址不明", (_R,), State.CLOSED, _CLOSE,
        needs=("unclear", "note"), takes=("summary", "paper"), gates=("really_unclear",),
        article=_23, done="已按身份、地址不明办结", seldom=True,
        told="姓名或地址不清、联系不上的，可以不书面告知：记下试过哪些办法。内容能公开答复的，写上公开答复。",
    ),
    Rule(
        "leave_fast", "退出简易", (_A, _H), _H, "matters.ask_extension",
        needs=("note",), also=(_A,), gates=("works_on_it",), drops=("fast",), document="fast_left",
        article="《信访事项简易办理办法》（国信办发〔2022〕17号）", done="已退出简易办理",
        fits=lambda matter: matter.fast, seldom=True,
        told="不适合简易办理了：告知信访人，改按普通程序，期限从原来受理之日算 60 日，不重新起算。",
    ),
    Rule(
        "reroute", "改走法定途径", (_A, _H), _P, "matters.decide_rerouting",
        needs=("note", *_PATH), takes=_PATH_TOO, second=True, asks=_ACCEPT,
        gates=("path_is_another", "path_is_elsewhere"),
        drops=("handle", "fast", "duty", "suggestion", "accompany", "assignment"),
        document="path_notice", article=_31, done="已改走法定途径", seldom=True,
        told="受理以后才发现另有法定途径的：法制审核、街道领导决定后告知。原来的期限不再计算，开始跟踪。"
        "快到期才改的，审计员会看到。",
    ),
    Rule(
        "track", "跟踪记录", (_P,), _P, _FOLLOW,
        needs=("note",), ends=("accompany",), starts=("accompany",), article=_31, done="已记下跟踪情况",
        told="记下协调、调解、问到的进展。下一次跟踪的期限重新起算。",
    ),
    Rule(
        "path_outcome", "登记途径结果", (_P,), State.CLOSED, _CLOSE,
        needs=("result", "result_note", "paper"), takes=("note",),
        gates=("outcome_is_proved",), ends=("accompany", "path_last_day", "sender"), article=_31, done="已登记结果并办结",
        told="法定途径有了结果：登记结果和凭据，跟踪结束，这件办结。",
    ),
    Rule(
        "take_back", "收回受理", (_P,), _A, _ACCEPT,
        needs=("note",), drops=("accompany", "path_last_day"),
        document="acceptance", article=_31, done="已收回受理", seldom=True,
        told="那个机关不收、确实没有别的途径：由本街道按信访程序受理，制作受理告知书，从今天起 60 日；"
        "受理以后才改走的，原来的期限接着算。",
    ),
]  # fmt: skip
