"""Steps that are moves of the table, and those that a second person decides."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from casework.matters.approvals import ASK, ask, decide, not_yet
from casework.matters.attaching import attach
from casework.matters.cooperation.support import support_by
from casework.matters.entering.fast import CONDITIONS
from casework.matters.entering.splitting import Part, split
from casework.matters.legal import review
from casework.matters.models import Matter
from casework.matters.moving import move
from casework.matters.opinions import current, served
from casework.matters.outcomes.confirming import answer as confirm
from casework.matters.outcomes.parts import Said, say
from casework.matters.repeats.deciding import merge
from casework.matters.states import Outcome
from casework.matters.telling.papers import upload
from office.clock import today
from office.history import acting

if TYPE_CHECKING:
    from casework.matters.telling.story import Story

Act = Callable[["Story", Matter, dict[str, Any], dict[str, Any], Any], None]


def make_move(
    story: "Story", matter: Matter, name: str, row: dict, data: dict[str, Any], by: Any
) -> None:
    """A move of the table, or the request for one that a second person decides."""
    if name in ASK:
        reason = data.pop("note")
        decided = data.pop("decided_by", "")
        request = ask(matter, name, by=by, reason=reason, data=data)
        if decided:
            _decide(story, request, story.people[decided], "同意。")
        return
    if name in ("accept", "on_spot"):
        data |= {"klass": row["klass"], "path": row["path"] or ""}
        data["category"] = story.categories.get(row["category"])
    if data.get("fast"):
        data["fits"] = [key for key, _ in CONDITIONS]
    if name == "close":
        _four_parts(story, matter, data["note"])
    moved = move(matter, name, by=by, data=data)
    if name == "assign":
        _support(story, moved, row, by)


def _decide(story: "Story", request: Any, by: Any, note: str) -> None:
    """Agreed to, after the legal review where the rules ask for one."""
    if not_yet(request):
        reviewer = story.people["reviewer"]
        with acting(reviewer):
            review(request, by=reviewer, agrees=True, note="依据、理由和救济途径写得清楚，同意。")
    with acting(by):
        decide(request, by=by, approve=True, note=note)


def _decided(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    _decide(story, matter.approvals.get(decision=""), by, data["note"])


def _route(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    """Led to another path: asked for by the office head, decided by the legal reviewer."""
    reason, limit = data.pop("note"), data.pop("limit")
    given = data | {"path": row["path"], "limit_text": limit}
    request = ask(matter, "route", by=by, reason=reason, data=given)
    reviewer = story.people["reviewer"]
    with acting(reviewer):
        decide(request, by=reviewer, approve=True, note="途径和时限无误。")


def _hear(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    told = data.get("heard") or "电话听取陈述，诉求与来件一致，补充的情况已记入材料。"
    move(matter, "hear", by=by, data={"way": data.get("heard_way", "phone"), "note": told})


def _draft(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    given = {
        "outcome": data["outcome"],
        "claim": matter.unlocked("claim"),
        "facts": data.get("facts") or "已调阅材料、到现场核对，反映的情况见处理意见。",
        "basis": data.get("basis") or "依据见处理意见所引条文。",
        "body": data["text"],
        "all_answered": True,
        "performed": not data.get("promises"),
        "promises": data.get("promises") or [],
        "money": data.get("money", False),
    }
    move(matter, "draft", by=by, data=given)


def _review(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    draft = current(matter)
    who = story.people["reviewer" if draft is not None and draft.legal else "officehead"]
    with acting(who):
        move(matter, "review", by=who)


def _sign(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    """In the system; or on paper, entered by the office head and confirmed by the leader later."""
    if not data.get("paper_by"):
        with acting(story.people["leader"]):
            move(matter, "sign", by=story.people["leader"])
        return
    leader, head = story.people[data["paper_by"]], story.people["officehead"]
    with acting(head):
        scan = story.paper(matter, "呈批单（已签批）.pdf", head)
        given = {"leader": leader, "signed_on": today(), "paper": scan}
        move(matter, "sign_paper", by=head, data=given)
    if data.get("confirmed"):
        with acting(leader):
            confirm(matter.paper_signatures.get(answer=""), by=leader, signed=True)


#: how a paper came into the petitioner's hands, where the story does not say it
_IN_PERSON = {"way": "person", "place": "街道信访接待室"}


def _serve(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    """Handed over as the step says in `served`; `tried`: in vain before, and why."""
    told = data.get("served") or _IN_PERSON
    if tried := told.get("tried"):
        facts = {"way": "person", "place": told["place"], "note": tried}
        matter = move(matter, "try_serve", by=by, data=facts)
    move(matter, "serve", by=by, data=service_of(story, matter, told, by) | {"note": data["note"]})


def service_of(story: "Story", matter: Matter, told: dict, by: Any) -> dict[str, Any]:
    """What a service takes: way, place and witness as they were told, with the papers of the way."""
    found = {name: told[name] for name in ("way", "place", "witness") if name in told}
    found["proof"] = story.paper(matter, "送达回证.pdf", by)
    if told["way"] == "electronic":
        consent = story.paper(matter, "电子送达同意书.pdf", by)
        found |= {"consent": consent, "received": True}
    if told["way"] == "notice":
        found["no_name"] = True
    return found


def _answer(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    """The reply, and its service on the same day."""
    given = {name: data[name] for name in ("outcome", "note", "promises") if name in data}
    matter = move(matter, "answer", by=by, data=given | {"body": data["text"]})
    _serve(story, matter, row, data, by)


def _settle(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    """Both sides signed an agreement (art. 33)."""
    agreement = story.paper(matter, "调解协议书.pdf", by)
    given = {
        "kind": "mediated", "agreement": agreement, "words": data["text"], "consent": True,
        "note": data["note"],
    }  # fmt: skip
    move(matter, "settle", by=by, data=given)


def _keep(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    """What was promised for a day was done; the earliest promise that is still open."""
    data["promise"] = matter.promises.filter(kept_on=None).order_by("due_on", "pk").first()
    move(matter, "keep_promise", by=by, data=data)


def _merge(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    to = story.matter(data["to"])
    merge(matter, to, kind=data["kind"], reason=data["note"], by=by)


def _bar(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    data["earlier"] = story.matter(data["earlier"]).number
    make_move(story, matter, "bar", row, data, by)


def _split(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    """One letter, several claims: each becomes a matter whose own story is told later."""
    keys = [part["key"] for part in data["parts"]]
    parts = [Part(part["title"], part["claim"]) for part in data["parts"]]
    for key, new in zip(keys, split(matter, parts, by=by, title=row["title"]), strict=True):
        story.told[key] = new.pk


def _correct(story: "Story", matter: Matter, row: dict, data: dict[str, Any], by: Any) -> None:
    """The day of receipt was wrong: asked for by the registrar with a proof, decided by `by`."""
    asker = story.people[data["asked_by"]]
    proof = attach(matter, upload("收件凭据.jpg", "photo"), by=asker)
    day = timezone.localdate(story.now) - timedelta(days=data["to_days_ago"])
    with acting(asker):
        request = ask(
            matter, "received", by=asker, reason=data["evidence"], new_date=day, evidence=proof
        )
    decide(request, by=by, approve=True, note=data["note"])


def _four_parts(story: "Story", matter: Matter, words: str) -> None:
    """三到位一处理 by the officer, before the office head closes."""
    officer = matter.officer or story.people["officehead"]
    last = served(matter)
    shown = "solved" if last is not None and last.outcome == Outcome.SUPPORT else "explained"
    with acting(officer):
        proof = story.paper(matter, "办理情况.pdf", officer)
        parts = [
            Said(part, True, words, [proof]) if part == shown else Said(part, False)
            for part in ("solved", "explained", "helped", "lawful")
        ]
        say(matter, parts, by=officer)


def _support(story: "Story", matter: Matter, row: dict, by: Any) -> None:
    """The units that help from the assignment on."""
    for key in row["support_units"]:
        if story.units[key] != matter.lead_unit:
            support_by(matter, story.units[key], by=by, verb="matters.ask_cooperation")


#: steps that are more than one move, or whose data have to be looked up
ACTS: dict[str, Act] = {
    "decide": _decided,
    "route": _route,
    "hear_opinion": _hear,
    "draft_opinion": _draft,
    "review_opinion": _review,
    "sign_opinion": _sign,
    "serve_opinion": _serve,
    "answer": _answer,
    "settle": _settle,
    "keep_promise": _keep,
    "merge": _merge,
    "bar": _bar,
    "split": _split,
    "correct_received": _correct,
}
