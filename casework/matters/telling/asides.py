"""Steps beside the table of moves: help, pressure, danger, visits, talks, calls, outcomes."""

from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING, Any

from casework.matters.attaching import attach_proof
from casework.matters.conflicts import asking, deciding
from casework.matters.conflicts.units import concern
from casework.matters.cooperation import letters, notes, supervising, support
from casework.matters.cooperation.danger import raise_danger
from casework.matters.letters import bodies, opening, signing
from casework.matters.models import Matter
from casework.matters.outcomes import settling, talking
from casework.matters.outcomes.following import call
from casework.matters.repeats.joining import choose
from casework.matters.repeats.visiting import Visit, note_visit
from casework.matters.serving import papers
from casework.matters.telling.moves import service_of
from casework.matters.telling.papers import upload
from office.clock import today
from office.history import acting

if TYPE_CHECKING:
    from casework.matters.telling.story import Story

Aside = Callable[["Story", Matter, dict[str, Any], Any], None]


def _ask_support(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    support.ask(matter, data["unit"], what=data["note"], due_on=data["due_on"], by=by)


def _answer_support(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    support.answer(_task(matter, by), text=data["note"], by=by)


def _return_support(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    support.give_back(_task(matter, by), reason=data["note"], by=by)


def _task(matter: Matter, by: Any) -> Any:
    """What was asked of the unit of a person and waits."""
    task = next(
        row for row in matter.support_tasks.filter(stage="asked") if support.may_answer(by, row)
    )
    task.matter = matter
    return task


def _remind(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    supervising.remind(matter, text=data["text_chosen"], by=by)


def _reply(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    row = matter.reminders.filter(answered_at=None).latest("pk")
    supervising.reply(row, text=data["note"], by=by)


def _supervise(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    order = supervising.Order(
        ground=data["ground"], measure=data.get("measure", "letter"), what=data["note"],
        suggestion=data.get("suggestion", ""), due_on=data.get("due_on"),
    )  # fmt: skip
    supervising.supervise(matter, order, by=by)


def _answer_supervision(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    row = matter.supervisions.latest("pk")
    adoption = (
        {"adoption": "adopted", "adoption_note": data["adopted"]} if "adopted" in data else {}
    )
    supervising.answer(row, text=data["note"], by=by, **adoption)


def _judge(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    supervising.judge(matter.supervisions.latest("pk"), accept=True, note=data["note"], by=by)


def _danger(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    raise_danger(matter, reason=data["note"], by=by, until=data["until"])


def _visit(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    visit = Visit(
        on=today(), began=time(9, 10), ended=time(10, 30), people=data["people"],
        representatives=data["speakers"], place=data["place"], note=data["note"],
    )  # fmt: skip
    note_visit(matter, visit, by=by)


def _choose(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    """All who are named in the registration speak for the others, by a paper they signed."""
    chosen = dict.fromkeys(matter.petitioners.values_list("pk", flat=True), True)
    choose(matter, chosen, how="letter", paper=data["paper"], note=data["note"], by=by)


def _talk(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    cited = (
        [key for key, _ in talking.citable(data.get("cites", ""))][:1] if "cites" in data else []
    )
    told = talking.Told(
        on=today(), way=data["way"], policy=data["note"], help=data.get("help", ""),
        questions=data.get("questions", ""),
    )  # fmt: skip
    talking.note_talk(matter, told, by=by, cited=cited)


def _ease(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    settling.ease(matter, by=by, on=today(), reason=data["note"], next_on=data["next_on"])


def _resolve(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    proof = attach_proof(matter, upload(data["evidence"]), by=by)
    settling.resolve(
        matter, by=by, on=today(), how=data["how"], evidence=proof, words=data["note"]
    )  # fmt: skip


def _call(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    row = matter.follow_ups.filter(result="").order_by("due_on").first()
    who = matter.petitioners.filter(main=True).first()
    call(row, by=by, on=today(), result=data["result"], words=data["note"], petitioner=who)


def _declare(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    asking.declare(matter, by=by, reason=data["note"])


def _ask_recusal(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    asking.say(matter, data["person"], kind="asked", reason=data["note"], by=by)


def _decide_recusal(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    row = matter.conflicts.get(decision="")
    deciding.decide(row, by=by, approve=data["agrees"], note=data["note"])
    if row.kind == "asked":
        row.refresh_from_db()
        deciding.tell(row, by=by, on=today(), how="spoken")


def _concern(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    concern(
        matter, data["unit"], source="petitioner", reason=data["note"], by=by, support=True
    )  # fmt: skip


def _hand_out(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    """A letter is printed, signed by the head of the office and served."""
    head = story.people["officehead"]
    document = matter.documents.filter(kind=data["kind"]).latest("pk")
    document.matter = matter
    letter = signing.prepare(document, bodies.in_use().earliest("pk"), by=by)
    with acting(head):
        opening.open_record(head, matter, f"签发{document.get_kind_display()}")
        signing.freeze(letter, by=head)
    given = service_of(story, matter, data["served"], by) | {"note": data["note"]}
    papers.record(document, by=by, on=today(), data=given)


def _letter(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    wish = letters.Wish(
        kind=data.get("kind", "support"), body_name=str(data["unit"]), what=data["note"],
        way=data.get("way", "network"), sent_on=today(), due_on=data["due_on"],
    )  # fmt: skip
    letters.send(matter, wish, by=by)


def _answer_letter(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    row = matter.outside_letters.filter(stage="sent").earliest("pk")
    row.matter = matter
    letters.enter_answer(row, on=today(), text=data["note"], paper=data["paper"], by=by)


def _note(story: "Story", matter: Matter, data: dict[str, Any], by: Any) -> None:
    notes.write(matter, kind=data.get("kind", "fact"), text=data["note"], by=by)


ASIDES: dict[str, Aside] = {
    "ask_support": _ask_support,
    "answer_support": _answer_support,
    "return_support": _return_support,
    "remind": _remind,
    "reply_reminder": _reply,
    "supervise": _supervise,
    "answer_supervision": _answer_supervision,
    "judge_supervision": _judge,
    "danger": _danger,
    "visit": _visit,
    "choose": _choose,
    "talk": _talk,
    "ease": _ease,
    "resolve": _resolve,
    "call": _call,
    "declare": _declare,
    "ask_recusal": _ask_recusal,
    "decide_recusal": _decide_recusal,
    "concern": _concern,
    "letter": _letter,
    "hand_out": _hand_out,
    "answer_letter": _answer_letter,
    "note": _note,
}
