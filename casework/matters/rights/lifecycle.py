"""The life of a request as a table; `moving` alone writes a stage.

Who asks must be known before anything is looked for, and what is answered is decided by somebody
who did not prepare it (practice §2). A refusal is no stage of its own: it is an answer to one of the
rights used, needs a reason and tells of the remedy (PIPL art. 50), and passes the second person too.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.matters.rights.states import (
    NOT_WHOLLY,
    OPEN,
    SHOWN_BY,
    Answer,
    Identity,
    Right,
    Speaker,
    Stage,
)

LEAST_REASON = 6  # characters of a reason for not doing what was asked


@dataclass(frozen=True)
class Rule:
    """sources → target (None: stays where it is); label: verb of the button and of the history."""

    name: str
    label: str
    sources: tuple[Stage, ...]
    target: Stage | None
    done: str = ""


RULES = [
    Rule("check", "核实身份", (Stage.RECEIVED,), Stage.CHECKED, "身份已核实，可以核对事项"),
    Rule("submit", "提交审批", (Stage.RECEIVED, Stage.CHECKED), Stage.GATHERED, "已提交审批"),
    Rule("approve", "同意", (Stage.GATHERED,), Stage.DECIDED, "已同意，等经办人答复"),
    Rule("return", "退回", (Stage.GATHERED,), Stage.CHECKED, "已退回经办人"),
    Rule("answer", "答复", (Stage.DECIDED,), Stage.ANSWERED, "已答复"),
    Rule("withdraw", "撤回", OPEN, Stage.WITHDRAWN, "请求人已撤回"),
    Rule("take", "接手", OPEN, None, "已由您经办"),
]
BY_NAME = {rule.name: rule for rule in RULES}
LABELS = {rule.name: rule.label for rule in RULES} | {
    "register": "登记请求",
    "add": "添加事项",
    "drop": "移出事项",
    "build": "整理要提供的内容",
    "correct": "更正",
    "paper": "添加材料",
}


def wrong_identity(speaker: str, identity: str, note: str) -> dict[str, str]:
    """Why this does not prove who asks: field → sentence; {} when it does."""
    gaps = {}
    allowed = SHOWN_BY[Speaker(speaker)]
    if identity not in allowed:
        ways = "或".join(f"“{Identity(way).label}”" for way in allowed)
        gaps["identity"] = f"{Speaker(speaker).label}提出的，须{ways}。"
    if not note.strip():
        gaps["identity_note"] = "请写明看了什么，例如：身份证，照片与本人一致，号码末四位。"
    return gaps


@dataclass(frozen=True)
class Said:
    """How one right is to be answered, and why."""

    right: str
    answer: str
    reason: str


def wrong_answers(points: Iterable[Said], *, checked: bool, shown: bool) -> list[str]:
    """Why these answers cannot be laid before the decider; [] when they can.

    checked: the person's identity is established; shown: what is told of them was put together.
    """
    found = []
    for point in points:
        right = Right(point.right).label
        if point.answer not in Answer.values:
            found.append(f"“{right}”还没有写怎么处理。")
            continue
        whole = point.answer not in NOT_WHOLLY
        if not whole and len(point.reason.strip()) < LEAST_REASON:
            found.append(f"“{right}”没有全部照办，请写明理由（《个人信息保护法》第五十条）。")
        if point.answer != Answer.REFUSED and not checked:
            found.append(f"身份还没有核实，“{right}”只能不予照办。请先核实身份。")
        told = point.right in (Right.ACCESS, Right.COPY) and point.answer != Answer.REFUSED
        if told and checked and not shown:
            found.append(f"“{right}”要提供的内容还没有整理，请先整理并看过遮盖。")
        if point.right == Right.EXPLAIN and whole and not point.reason.strip():
            found.append("“解释说明”请写明怎么解释的。")
    return found


def outcome(answers: Iterable[str]) -> str:
    """All answers of a request in one: wholly, partly or refused; "" while one is open."""
    given = set(answers)
    if not given or "" in given:
        return ""
    return given.pop() if len(given) == 1 else Answer.PARTLY.value
