"""From the hearing of the petitioner to the service of an opinion, and its promises (art. 31–34)."""

from typing import Any

from casework.matters.lifecycle import Rule
from casework.matters.states import Ending, Path, State

_A, _H, _D, _R, _S, _N, _P, _C = (
    State.ACCEPTED, State.HANDLING, State.DRAFTED, State.REVIEWED, State.SIGNED, State.ANSWERED,
    State.PERFORMING, State.CLOSED,
)  # fmt: skip
_ANSWER, _REVIEW, _SIGN = "matters.answer_matter", "matters.review_opinion", "matters.sign_opinion"
_SERVE, _PAPER, _WISH = "matters.serve_opinion", "matters.enter_paper", "matters.record_wish"
_31, _32, _33, _34 = (f"《信访工作条例》第三十{n}条" for n in "一二三四")
#: a superior looks at the answer, or it is given anew; what was promised is owed all the same
_REVIEWED = (State.REVIEWING, State.UPHELD, State.FINAL_REVIEW)
#: where a promise is kept while something else goes on
_BESIDE = (*_REVIEWED, _H, _D, _R, _S)
#: what is owed until the petitioner holds the answer
_OWED = ("handle", "fast", "duty", "accompany", "suggestion", "sender", "assignment")


def _by_opinion(matter: object) -> bool:
    """Any claim: what the street has to do itself is refused by an opinion, done by a reply."""
    return bool(getattr(matter, "path", ""))


def _by_reply(matter: object) -> bool:
    return getattr(matter, "path", "") != Path.PETITION or getattr(matter, "fast", False)


def _still_ones_own(matter: Any) -> bool:
    """A draft nobody reviewed yet, or a reply the petitioner does not hold yet."""
    replies = matter.opinions.filter(formal=False, dropped=False, answered_on=None)
    return matter.state == _D or replies.filter(round=matter.round).exists()


RULES = [
    Rule(
        "hear", "听取陈述", (_H,), _H, _ANSWER,
        needs=("way", "note"), takes=("file",), article=_31, done="已记下陈述", fits=_by_opinion,
        told="起草意见前要听取信访人陈述，打电话也可以。记下谁听的、哪天、怎么听的、说了什么。期限不停。",
    ),
    Rule(
        "not_reached", "没联系上", (_H,), _H, _ANSWER,
        needs=("way", "note"), article=_31, done="已记下", seldom=True, fits=_by_opinion,
        told="联系不上信访人的，每次都记下：哪天、打的哪个号、结果怎样。记满次数也可以起草意见。",
    ),
    Rule(
        "draft", "起草意见", (_H,), _D, _ANSWER,
        needs=("outcome", "claim", "facts", "basis", "body", "all_answered"),
        takes=("promises", "performed", "money"), gates=("was_heard", "draft_is_whole"),
        ends=("assignment",), article=_32, done="意见已提交审核", fits=_by_opinion,
        told="写明诉求、事实和理由、依据、处理意见，逐项回应。不予支持、集体访、涉及钱款的由法制审核，"
        "其他由信访办主任审核。办理期限不停，到送达为止。",
    ),
    Rule(
        "recall_draft", "收回修改", (_D, _S), _H, _ANSWER,
        takes=("note",), gates=("is_not_signed",), article=_32, done="已收回修改", seldom=True,
        fits=_still_ones_own,
        told="自己发现意见稿或者还没送达的答复有问题：收回来改，再重新提交。领导签发了的，由领导退回。",
    ),
    Rule(
        "review", "审核同意", (_D,), _R, _REVIEW,
        takes=("note", "seen"), gates=("right_reviewer",), article=_32, done="已审核，待签发",
        told="看依据对不对、诉求是否逐项回应、承诺做不做得到。同意后报领导签发。起草人自己不能审核。",
    ),
    Rule(
        "review_paper", "录入书面审核", (_D,), _R, _PAPER,
        needs=("counsel", "paper"), takes=("note",),
        gates=("not_by_its_author", "no_reviewer_here"), article=_32,
        done="已录入书面审核，待签发", seldom=True,
        told="外聘法律顾问在纸上审核、签了字的：录入扫描件和顾问姓名。起草人自己不能录入。",
    ),
    Rule(
        "redraft", "退回修改", (_D,), _H, _REVIEW,
        needs=("note",), gates=("not_by_its_author",), article=_32, done="已退回修改",
        told="写明哪里要改。承办人改好后重新提交。办理期限不停。",
    ),
    Rule(
        "sign", "签发", (_R,), _S, _SIGN,
        takes=("note", "seen"), gates=("not_by_its_author", "signer_decides"), article=_32,
        done="已签发，待送达",
        told="以街道名义出具信访处理意见书。签发后由承办人送达；信访程序的，送达之日起信访人可以申请复查。",
    ),
    Rule(
        "sign_paper", "录入纸质签批", (_R,), _S, _PAPER,
        needs=("leader", "signed_on", "paper"), takes=("note",),
        gates=("paper_is_sound", "signer_decides"), article=_32, done="已录入纸质签批，待送达",
        seldom=True,
        told="领导在呈批单上签了字的：录入扫描件、签批人和日期。起草人自己不能录入；领导每月核对。",
    ),
    Rule(
        "unsign", "不予签发", (_R, _S), _H, _SIGN,
        needs=("note",), article=_32, done="已退回修改",
        told="意见、答复不妥：写明理由，退回承办人修改。还没送达的，签发、答复以后也可以撤回。",
    ),
    Rule(
        "serve", "送达", (_S,), _N, _SERVE,
        needs=("way",),
        takes=("time", "place", "note", "witness", "witness_user", "consent", "proof", "received")
        + ("no_name", "sent_on"),
        also=(_P, _C), gates=("service_is_proved",), starts=("review_ask", "rating"),
        article="《信访工作条例》第三十五条", done="已送达",
        told="记下怎样送达、哪天收到、凭据。期限停止；信访程序的，从这一天起信访人可以申请复查；"
        "有承诺的转入履行，逐项计算期限。",
    ),
    Rule(
        "try_serve", "未送达", (_S,), _S, _SERVE,
        needs=("way", "note"), takes=("time", "place", "proof"), gates=("try_is_told",),
        article="《信访工作条例》第三十五条", done="已记下未送达", seldom=True,
        told="送过、没送到：记下时间、地点、原因。期限不停。送不到的可以留置或公告送达。",
    ),
    Rule(
        "answer", "答复", (_H,), _S, _ANSWER,
        needs=("outcome", "body"), takes=("promises", "note"),
        gates=("answered_directly",), ends=("assignment",), document="reply",
        article=_34, done="已作出答复，待送达", fits=_by_reply,
        told="答复建议、简易办理和履行职责的事项：写明结果和理由。接着送达，期限到送达为止。"
        "信访程序的事项、不予支持本街道职责的，不用这个，要出具处理意见。",
    ),
    Rule(
        "settle", "调解、和解办结", (_H,), _C, _ANSWER,
        needs=("kind", "agreement", "words", "consent"), gates=("agreed_by_both",),
        ends=_OWED, article=_33, done="已调解、和解办结", seldom=True,
        told="双方自愿、写成协议、签了字的：留下协议书，这件办结。期限内双方可以共同申请司法确认。",
    ),
    Rule(
        "confirm_court", "登记司法确认", (_C,), _C, _ANSWER,
        needs=("court", "ruling"), gates=("not_confirmed_yet",), article=_33, done="已登记司法确认",
        fits=lambda matter: matter.ending == Ending.SETTLED, seldom=True,
        told="法院确认了调解、和解协议的：登记法院、日期，留下裁定书。",
    ),
    Rule(
        "keep_promise", "登记兑现", (_P, *_BESIDE), _P, _ANSWER,
        needs=("promise", "proof"), takes=("note",), also=(_N, _C, *_BESIDE),
        gates=("promise_is_open",), article=_32, done="已登记兑现",
        fits=lambda matter: matter.promises.filter(kept_on=None, dropped=False).exists(),
        told="承诺的事做到了：逐项登记哪天兑现、附凭据。全部兑现后，等复查期满再办结。",
    ),
    Rule(
        "broken", "反映未兑现", (_P, _N, State.UPHELD), _H, _WISH,
        needs=("note",), takes=("promise",), gates=("promise_is_due",), drops=("*",),
        article="《信访工作条例》第四十条", done="已恢复办理",
        told="承诺的日子过了，信访人说没有做到：记下来就恢复办理，不要任何人批准。重新计算办理期限。",
    ),
]  # fmt: skip
