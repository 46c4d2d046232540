"""Hearing the petitioner, drafting, reviewing and signing an opinion (art. 31–32, practice §1–§2)."""

from datetime import date
from typing import Any

from casework.matters import documents
from casework.matters.conflicts.standing import parts_of
from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule
from casework.matters.models import Hearing, Matter, Move, Opinion, PaperSignature, Review
from casework.matters.opinions import (
    current,
    heard,
    is_formal,
    needs_legal,
    parts,
    reply_waits,
    tries,
    tries_needed,
    unserved,
)
from casework.matters.outcomes.signers import why_not
from casework.matters.packing import pack
from casework.matters.profiles import act_rule, text_of
from casework.matters.recording import as_of
from casework.matters.sealed.keys import key_for
from casework.matters.states import Outcome, Path, State
from office.clock import now
from office.history import because
from office.models import Unit
from office.posts import posts_of
from office.separation import Act, Part, holding, refused

_ANSWER = "matters.answer_matter"
REVIEW = "matters.review_opinion"
_TEXTS = ("claim", "facts", "basis", "body")


def _hear(matter: Matter, by: Any, on: date, data: Data, reached: bool = True) -> str:
    row = Hearing(
        matter=matter, round=matter.round, on=on, at=now(),
        way=data["way"], reached=reached, by=by, file=data.get("file"),
    )  # fmt: skip
    row.put("note", data["note"])
    row.save(force_insert=True)
    if reached:
        return row.get_way_display()
    return f"{row.get_way_display()}，第 {tries(matter)} 次"


def _not_reached(matter: Matter, by: Any, on: date, data: Data) -> str:
    return _hear(matter, by, on, data, reached=False)


def _draft(matter: Matter, by: Any, on: date, data: Data) -> str:
    row = current(matter) or Opinion(
        pk=key_for(matter.sealed), matter=matter, round=matter.round, formal=True
    )
    row.outcome, row.author, row.drafted_on = data["outcome"], by, on
    row.money = bool(data.get("money"))
    row.legal = needs_legal(matter, row.outcome, row.money)
    for name in _TEXTS:
        row.put(name, str(data.get(name) or "").strip())
    rows = data.get("promises") if row.outcome == Outcome.SUPPORT else ()
    # as texts whatever they are: what is promised says who gets what
    _, texts = pack({"promises": [dict(one) for one in rows or ()]})
    row.put("promised", texts)
    with because("起草意见", **as_of(by, _ANSWER)):
        row.save()
    return f"{row.get_outcome_display()}，{'须法制审核' if row.legal else '由信访办主任审核'}"


def _write_review(matter: Matter, by: Any, on: date, data: Data, agrees: bool) -> None:
    draft = current(matter)
    if draft is None:
        return
    row = Review(
        matter=matter, opinion=draft, legal=draft.legal, agrees=agrees,
        by=by, on=on, at=now(), counsel=str(data.get("counsel") or "").strip(),
        paper=data.get("paper"),
    )  # fmt: skip
    row.put("note", str(data.get("note") or "").strip())
    row.save(force_insert=True)


def _review(matter: Matter, by: Any, on: date, data: Data) -> str:
    _write_review(matter, by, on, data, agrees=True)
    counsel = str(data.get("counsel") or "").strip()
    return f"外聘法律顾问书面审核：{counsel}" if counsel else "审核同意"


def _redraft(matter: Matter, by: Any, on: date, data: Data) -> str:
    _write_review(matter, by, on, data, agrees=False)
    return "退回修改"


def drop_reply(matter: Matter, by: Any, verb: str) -> None:
    """Take a reply back that is not served yet."""
    row = unserved(matter)
    row.dropped = True
    with because("收回答复", **as_of(by, verb)):
        row.save()


def _unsign(matter: Matter, by: Any, on: date, data: Data) -> str:
    if reply_waits(matter):
        drop_reply(matter, by, "matters.sign_opinion")
        return "退回修改"
    draft = current(matter)
    if draft is not None and draft.signed_on is not None:
        draft.signed_by, draft.signed_on = None, None
        with because("不予签发", **as_of(by, "matters.sign_opinion")):
            draft.save()
        return "撤回签发，退回修改"
    return "不予签发，退回修改"


def _sign(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The leader signs; on paper `leader` did, and whoever enters the scan is somebody else."""
    draft, leader = current(matter), data.get("leader") or by
    draft.signed_by, draft.signed_on = leader, data.get("signed_on") or on
    with because("签发意见", **as_of(by, "matters.sign_opinion")):
        draft.save()
    told = f"{leader} 签发" if leader.pk != by.pk else "签发"
    return f"{told}（纸质签批，待本人核对）" if leader.pk != by.pk else told


def _after_signing(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """The opinion is a document from now on; a signature on paper waits to be confirmed."""
    draft = current(matter)
    kind, article, remedy = (
        ("opinion", "二", "remedy_opinion")
        if matter.path == Path.PETITION
        else ("reply", "一", "remedy_duty")
    )
    documents.leave(
        matter, kind, row, on=draft.signed_on, by=draft.author, signed_by=draft.signed_by,
        summary=draft.unlocked("body"), basis=f"《信访工作条例》第三十{article}条",
        remedy=text_of(matter.profile, remedy), paper=data.get("paper"),
    )  # fmt: skip
    if not data.get("leader"):
        return
    PaperSignature(
        pk=key_for(matter.sealed), matter=matter, what="sign", leader=data["leader"],
        signed_on=data["signed_on"], scan=data["paper"], drafter=draft.author, entered_by=by,
        entered_at=now(),
    ).save()  # fmt: skip


def _stays(matter: Matter, on: date, data: Data) -> State:
    return State(matter.state)


def _was_heard(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """Art. 31(6): the petitioner is heard before the opinion; by phone is enough (practice §1)."""
    if not is_formal(matter) or heard(matter):
        return ""
    done, needed = tries(matter), tries_needed()
    if done >= needed:
        return ""
    told = f"已经记了 {done} 次没联系上，" if done else ""
    return (
        "起草意见前要听取信访人陈述（《信访工作条例》第三十一条），打电话也可以：请先点“听取陈述”记下来。"
        f"{told}联系不上的，点“没联系上”，记满 {needed} 次也可以起草。"
    )


def _draft_is_whole(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> dict[str, str]:
    """Art. 32: supporting, explaining or not supporting; what supports says what will be done."""
    outcome, promises = data.get("outcome"), list(data.get("promises") or ())
    if outcome not in (Outcome.SUPPORT, Outcome.EXPLAIN, Outcome.NOT_SUPPORTED):
        return {"outcome": "处理意见只能是支持、解释说明或不予支持（《信访工作条例》第三十二条）。"}
    if outcome == Outcome.SUPPORT and not promises and not data.get("performed"):
        return {
            "promises": "支持诉求的，写明做什么、哪个单位做、最迟哪天；已经全部落实的，勾选“已经全部落实”。"
        }
    if outcome != Outcome.SUPPORT and promises:
        return {"promises": "只有支持诉求的意见才写承诺，请删去，或改选“支持诉求”。"}
    return wrong_promises(promises, on)


def wrong_promises(promises: list[Data], on: date) -> dict[str, str]:
    """What is wrong with promises: field → sentence."""
    for number, one in enumerate(promises, 1):
        if not str(one.get("what") or "").strip() or not one.get("due_on") or not one.get("unit"):
            return {"promises": f"第 {number} 项承诺要写全：做什么、哪个单位做、最迟哪天。"}
        if one["due_on"] < on:
            return {"promises": f"第 {number} 项承诺的日期已经过了，请另定日期。"}
        if not Unit.objects.at(on).filter(pk=one["unit"].pk).exists():
            return {"promises": f"第 {number} 项承诺的单位已经撤销，请另选。"}
    return {}


def _right_reviewer(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """Author ≠ reviewer; what needs legal review is reviewed by a legal reviewer alone."""
    draft = current(matter)
    if draft is None:
        return "还没有意见稿，请刷新页面。"
    if why := refused(Act.REVIEW, by, parts(draft)) or _another_text(draft, data):
        return why
    if not draft.legal or "legal_reviewer" in {post.role for post in posts_of(by)}:
        return ""
    if names := _names(reviewers(draft, on)):
        return f"这份意见须法制审核，请由{names}审核。"
    return "这份意见须法制审核，现在没有法制审核人：请外聘法律顾问书面审核，点“录入书面审核”。"


def _no_reviewer_here(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """The paper of an outside counsel stands in for a reviewer of the street, not beside one."""
    draft = current(matter)
    names = _names(reviewers(draft, on)) if draft is not None else ""
    if not names:
        return ""
    return (
        f"这份意见请由{names}在系统里审核；街道里没有人可以审核时，才录入外聘法律顾问的书面审核。"
    )


def _names(people: list[Any]) -> str:
    return "、".join(user.name for user in people)


def reviewers(draft: Opinion, on: date) -> list[Any]:
    """Who can review a draft on a day: by law where it has to be; no author, nobody who steps back."""
    out = {**parts_of(draft.matter), **parts(draft)}
    able = [user for user in holding(REVIEW, on) if not refused(Act.REVIEW, user, out)]
    if not draft.legal:
        return able
    return [user for user in able if "legal_reviewer" in {post.role for post in posts_of(user, on)}]


def _not_by_its_author(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    draft = current(matter)
    if draft is None:
        return "还没有意见稿，请刷新页面。"
    act = Act.SIGN if rule.verb == "matters.sign_opinion" else Act.REVIEW
    return refused(act, by, parts(draft)) or _another_text(draft, data)


def _another_text(draft: Opinion, data: Data) -> str:
    """Whether the draft was changed since the page with it was opened."""
    if data.get("seen") in (None, draft.version):
        return ""
    return "意见稿在您打开以后改过，请重新看过再提交。"


def _paper_is_sound(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> dict[str, str]:
    """A leader signed on paper: who, when, on which scan; the drafter enters nothing (practice §2)."""
    draft = current(matter)
    wrote = parts(draft)[Part.AUTHOR] if draft else ()
    if by.pk in wrote:
        return {"paper": "拟稿人不能录入自己意见的签批件，请交别的同事录入。"}
    if data["leader"].pk in wrote:
        return {"leader": refused(Act.SIGN, data["leader"], parts(draft))}
    found = why_not(
        matter, data["leader"], data["signed_on"], data["paper"], by,
        drafter=draft.author if draft else None,
    )  # fmt: skip
    return {"paper" if name == "scan" else name: told for name, told in found.items()}


def _signer_decides(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """A profile may keep the signature of such an opinion for one role."""
    draft = current(matter)
    if draft is None:
        return "还没有意见稿，请刷新页面。"
    act = "not_support" if draft.outcome == Outcome.NOT_SUPPORTED else "opinion"
    role = act_rule(matter.profile, act).decider
    signer = data.get("leader") or by
    if not role or role in {post.role for post in posts_of(signer, on)}:
        return ""
    return "按规则方案，这份意见不由您签发，请报有签发权的领导。"


EFFECTS: dict[str, Effect] = {
    "hear": _hear,
    "not_reached": _not_reached,
    "draft": _draft,
    "review": _review,
    "review_paper": _review,
    "redraft": _redraft,
    "unsign": _unsign,
    "sign": _sign,
    "sign_paper": _sign,
}
AFTER: dict[str, After] = {"sign": _after_signing, "sign_paper": _after_signing}
TURNS: dict[str, Turn] = {"hear": _stays, "not_reached": _stays}
GATES: dict[str, Gate] = {
    "was_heard": _was_heard,
    "draft_is_whole": _draft_is_whole,
    "right_reviewer": _right_reviewer,
    "not_by_its_author": _not_by_its_author,
    "no_reviewer_here": _no_reviewer_here,
    "paper_is_sound": _paper_is_sound,
    "signer_decides": _signer_decides,
}
