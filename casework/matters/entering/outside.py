"""What leaves the house at the entry: told where to go, forwarded, refused, settled on the spot."""

from datetime import date
from typing import Any

from casework.matters import documents
from casework.matters.conflicts.standing import concerned_units, is_concerned
from casework.matters.counting.ledger import start
from casework.matters.effects.shape import Data
from casework.matters.lifecycle import Rule
from casework.matters.models import Document, Matter, MatterFile, Move
from casework.matters.states import SENT_TO_US, Ending, Klass, Path, State
from office.clock import today
from office.models import Unit

_KIND = Document.Kind
_BELOW = (Unit.Kind.COMMUNITY, Unit.Kind.VILLAGE)


def ended(matter: Matter, ending: Ending, on: date, data: Data) -> str:
    """The procedure of the matter is over; returns what a decision from above is called."""
    matter.ending, matter.closed_on = ending, on
    return str(data.get("told") or "")


def tell(matter: Matter, by: Any, on: date, data: Data) -> str:
    """告知去向: not ours and not of a body below us."""
    ended(matter, Ending.TOLD, on, data)
    return f"请向{data['body']}提出"


def forward(matter: Matter, by: Any, on: date, data: Data) -> str:
    """转送: the papers go to the competent body, no report back."""
    ended(matter, Ending.FORWARDED, on, data)
    return f"转{data['to_name']}"


def told_of_forward(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    """The petitioner learns where the papers went."""
    words = f"您反映的事项已转送{data['to_name']}，由其办理并答复您。"
    documents.leave(matter, _KIND.TOLD, move, on=on, by=by, summary=words)


def refuse(matter: Matter, by: Any, on: date, data: Data) -> str:
    """不予受理, decided by a second person."""
    return ended(matter, Ending.REFUSED, on, data)


def bar(matter: Matter, by: Any, on: date, data: Data) -> str:
    """不再受理 after a final review of the same facts and reasons (art. 36)."""
    told = ended(matter, Ending.BARRED, on, data)
    return f"与已三级终结的 {data['earlier']} 事实、理由相同{told}"


def keep_final_opinion(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    """The opinion of the final review and the comparison with it stay in the file."""
    words = f"与 {data['earlier']} 逐项比对：{data['comparison']}"
    documents.leave(
        matter, _KIND.REVIEW_OPINION, move, on=on, by=by, summary=words, paper=data["paper"]
    )


def final_review_is_proved(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """Barred only after a final review of this very thing, with its opinion at hand (practice §1)."""
    if data.get("new_facts"):
        return {"new_facts": "有新的事实或理由，就是新的事项：请受理，不能用“不再受理”。"}
    number = str(data["earlier"]).strip()
    earlier = Matter.objects.visible_to(by).filter(number=number).exclude(pk=matter.pk).first()
    if earlier is None:
        return {"earlier": f"没有找到编号 {number} 的事项，请核对已经复核过的那一件的编号。"}
    if earlier.ending != Ending.FINAL:
        return {
            "earlier": f"{number} 没有复核结论（三级终结），不能据此不再受理。"
            "只是过了 30 日没有申请复查、复核的，仍要受理。"
        }
    return proof_gap(matter, data, "paper")


def proof_gap(matter: Matter, data: Data, name: str) -> dict[str, str]:
    """What is wrong with a proof that comes with a move; {} when it is a standing file of the matter."""
    paper = data.get(name)
    if isinstance(paper, MatterFile) and paper.matter_id == matter.pk and not paper.withdrawn:
        return {}
    return {name: "请上传扫描件，或选择这件已有的材料。"}


def paper_is_there(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """The paper that the move rests on is a standing file of this matter."""
    return proof_gap(matter, data, "paper")


def assign_out(matter: Matter, by: Any, on: date, data: Data) -> str:
    """交办 to a community or a village for its own handling and a report."""
    matter.lead_unit, matter.officer = data["unit"], None
    return f"交{matter.lead_unit}办理并报结"


def clock_of_report(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    """The day by which the report is due, and word to the petitioner where the matter went."""
    due = data.get("due_on")
    start(matter, "report_back", on, move=move, due_on=due, article="交办时另定的期限")
    words = f"您反映的事项属于{matter.lead_unit}的职责，已交其办理并报告结果。"
    documents.leave(matter, _KIND.TOLD, move, on=on, by=by, summary=words)


def unit_is_below(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """A street assigns to communities and villages alone (practice §1, sideways)."""
    unit = data["unit"]
    if unit.kind == Unit.Kind.SECTION:
        return {"unit": f"{unit}是街道自己的科室：请先受理，再交办承办单位。"}
    if unit.kind not in _BELOW or not Unit.objects.at(today()).filter(pk=unit.pk).exists():
        return {
            "unit": f"街道不能交办{unit}，只能交办社区、村。请改用“告知去向”，或者“呈报区信访部门”。"
        }
    if is_concerned(unit, concerned_units(matter, today())):
        return {"unit": f"{unit}是这件事项被反映的单位，不能交给它办。"}
    return new_day_is_ahead(matter, rule, on, data, by)


def new_day_is_ahead(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """A day by which a report is due lies ahead."""
    due = data.get("due_on")
    if due is not None and due <= today():
        return {"due_on": "报结日期要在今天以后。"}
    if rule.name == "send_back" and data.get("again") and due is None:
        return {"due_on": "退回重报的，请另定报结日期。"}
    return ""


def report_in(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The report of the body below is in and accepted."""
    ended(matter, Ending.REPORTED, on, data)
    return f"{matter.lead_unit}报结"


def send_back(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The report is not accepted: once more, or the street takes the matter itself."""
    if data.get("again"):
        return f"退{matter.lead_unit}重报"
    matter.klass, matter.path, matter.accepted_on = Klass.CLAIM, Path.PETITION, on
    return f"街道自己办，由{matter.lead_unit}承办"


def clock_after_report(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    """A new day for the report, or the sixty days of the street."""
    if data.get("again"):
        start(
            matter,
            "report_back",
            on,
            move=move,
            due_on=data["due_on"],
            article="退回重报时另定的期限",
        )
    else:
        start(matter, "handle", on, move=move)
        words = f"您反映的事项由本街道按信访程序受理，由{matter.lead_unit}承办。"
        documents.leave(matter, _KIND.ACCEPTANCE, move, on=on, by=by, summary=words)


def where_report_goes(matter: Matter, on: date, data: Data) -> State:
    """Back to the body below, or into the street's own hands."""
    return State.ASSIGNED_OUT if data.get("again") else State.HANDLING


def objected(matter: Matter, by: Any, on: date, data: Data) -> str:
    """异议: the sender is told whose it is."""
    return f"应由{data['body']}办理"


def objection_in_time(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """Only what another office sent can be objected to, and only for five working days (art. 23 ¶3)."""
    if matter.channel not in SENT_TO_US:
        return "只有上级转送、交办来的可以提异议。直接来的不归我们管，请用“告知去向”。"
    clock = matter.clocks.filter(kind="objection").order_by("-pk").first()
    if clock is None or clock.status != clock.Status.RUNNING:
        return "这件已经提过异议，对方没有接受。请受理，或告知去向、呈报区信访部门。"
    if on > clock.due_on:
        return (
            f"提异议的期限到 {clock.due_on:%Y-%m-%d} 为止，已经过了（《信访工作条例》第二十三条）。"
            "请受理，或告知去向；确实归属不清的，呈报区信访部门协调。"
        )
    return ""


def objection_upheld(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The sender takes the matter back."""
    ended(matter, Ending.FORWARDED, on, data)
    return f"{matter.source or '来文机关'}同意，材料退回"


def keep_senders_word(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    """The sender's own paper, without which nothing goes back (art. 23 ¶3)."""
    documents.leave(
        matter, _KIND.OBJECTION_ANSWER, move, on=on, by=by, paper=data["paper"],
        body_name=matter.source or "来文机关", to_name=documents.issuing_body(on),
    )  # fmt: skip


def on_spot(matter: Matter, by: Any, on: date, data: Data) -> str:
    """当场办结: answered and confirmed while the petitioner is still there."""
    matter.klass = data["klass"]
    matter.path = data.get("path") or ""
    if data.get("category"):
        matter.category = data["category"]
    matter.accepted_on = matter.answered_on = on
    ended(matter, Ending.ON_SPOT, on, data)
    return "本人签字" if data["confirmed"] == "paper" else "本人当面确认"


def confirmed_on_paper(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """A signature is there to be seen; words are noted by whoever heard them."""
    if data["confirmed"] not in ("paper", "oral"):
        return {"confirmed": "请选择本人怎样确认的。"}
    return proof_gap(matter, data, "paper") if data["confirmed"] == "paper" else ""


def unclear(matter: Matter, by: Any, on: date, data: Data) -> str:
    """身份、地址不明: the written notice is excused (art. 23), what was tried is recorded."""
    ended(matter, Ending.UNCLEAR, on, data)
    return UNCLEAR[data["unclear"]]


UNCLEAR = {"name": "姓名不清", "address": "地址不清", "both": "姓名、地址都不清"}


def answered_in_public(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    """What nobody can be told in person may be told to everybody, without any person."""
    if data.get("summary"):
        row = documents.leave(matter, _KIND.REPLY, move, on=on, by=by, summary=data["summary"])
        row.publishable = True
        row.save()


def really_unclear(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """With a name and an address on record there must be a proof that they lead nowhere."""
    if data["unclear"] not in UNCLEAR:
        return {"unclear": "请选择哪一项不清。"}
    if data.get("paper"):
        return proof_gap(matter, data, "paper")
    if any(row.name and row.address for row in matter.petitioners.all()):
        return {
            "paper": "登记里有姓名和地址。确实查无此人、信件退回的，请上传凭据；否则应当书面告知。"
        }
    return ""
