"""The answer in words: a draft from what was decided, and what it must say whatever is edited.

The sentence about other bodies stands in every answer, whether there is anything or not: it tells
nobody that a sealed matter exists, and everybody where to ask (《信访工作条例》 art. 30).
"""

from collections.abc import Iterable, Sequence

from casework.matters.models import RightsCorrection, RightsPoint, RightsRequest
from casework.matters.rights.states import ARTICLES, NOT_WHOLLY, Answer, Done, Right, Speaker

LAW = "《个人信息保护法》"
ELSEWHERE = (
    "依法由纪检监察机关等其他机关受理、转交的来信来访，不在本答复范围，本单位不作说明；"
    "请直接向该机关询问（纪检监察举报电话 12388）。"
)
REMEDY = (
    f"您的请求中没有照办的部分，理由已经写明。不服的，可以依法向人民法院起诉（{LAW}第五十条）；"
    "也可以再到窗口说明情况，补充材料后重新提出。"
)
_KEPT = (
    "信访材料是依法登记、归档的档案，保管期限没有满（《信访工作条例》第二十一条、《档案法》），"
    f"依{LAW}第四十七条第二款不能删除。我们只保存、保护这些信息，依法办理之外不作他用；期满按程序销毁。"
)
_EXPLAINED = (
    "我们因办理信访事项依法登记您的姓名、联系方式和诉求（《个人信息保护法》第十三条第三项、第三十四条），"
    "加密保存；办这件事的岗位才能打开，每次打开都有记录；不公开，不提供给与办理无关的单位和个人。"
)
_REASONS = {
    (Right.ERASE, Answer.REFUSED): _KEPT,
    (Right.ERASE, Answer.PARTLY): _KEPT,
    (Right.EXPLAIN, Answer.GRANTED): _EXPLAINED,
}
_CALLED = {
    Speaker.SELF: "{name}：",
    Speaker.AGENT: "{agent}（{name}的受托人）：",
    Speaker.GUARDIAN: "{agent}（{name}的监护人）：",
    Speaker.HEIR: "{agent}（{name}的近亲属）：",
}


def usual_answer(right: str) -> str:
    """How such a request is usually answered: a proposal, never a decision."""
    return Answer.REFUSED if right == Right.ERASE else Answer.GRANTED


def usual_reason(right: str, answer: str) -> str:
    """The reason an office usually gives; "" where it has to find its own."""
    return _REASONS.get((Right(right), Answer(answer)), "")


def draft(
    request: RightsRequest, points: Iterable[RightsPoint], corrections: Sequence[RightsCorrection]
) -> str:
    """A first text of the answer; the clerk edits it. The request must be open to the reader."""
    names = {"name": request.text("name"), "agent": request.text("agent")}
    received = (
        f"{request.received_on.year}年{request.received_on.month}月{request.received_on.day}日"
    )
    lines = [
        _CALLED[Speaker(request.speaker)].format(**names),
        f"您{received}提出的个人信息请求（{request.number}）收到，现答复如下：",
    ]
    for n, point in enumerate(points, 1):
        lines.append(f"{n}. {_of_point(point)}")
        if point.right == Right.CORRECT:
            lines += [f"　　{_of_correction(row)}" for row in corrections]
    return "\n".join(lines)


def _of_point(point: RightsPoint) -> str:
    right = f"{point.get_right_display()}（{LAW}{ARTICLES[Right(point.right)]}）"
    granted = {
        Right.ACCESS: "已把本单位登记的您本人的信息整理出来，随本答复给您看。",
        Right.COPY: "已复制一份交给您，请妥善保管。",
        Right.CORRECT: "已核实，办理如下。",
        Right.ERASE: "已照办。",
        Right.EXPLAIN: "说明如下。",
    }
    told = {
        Answer.GRANTED: granted[Right(point.right)],
        Answer.PARTLY: "部分照办。",
        Answer.REFUSED: "不予照办。",
    }
    reason = point.text("reason")
    why = f"理由：{reason}" if point.answer in NOT_WHOLLY else reason
    return f"{right}：{told[Answer(point.answer)]}{why}"


def _of_correction(row: RightsCorrection) -> str:
    new = row.text("new")
    if row.done == Done.REFUSED:
        return f"{row.get_field_display()}改为“{new}”：不予更正。理由：{row.text('reason')}"
    if row.done == Done.ASKED:
        return f"{row.get_field_display()}改为“{new}”：按规定由两人审批，结果另行告诉您。"
    if row.done == Done.NOTED:
        return f"{row.get_field_display()}：事项已办结，已在案卷里注明应为“{new}”。"
    return f"{row.get_field_display()}：“{row.text('old') or '（空）'}”已改为“{new}”。"


def must_say(points: Iterable[RightsPoint], corrections: Iterable[RightsCorrection]) -> list[str]:
    """The sentences below every answer, which nobody edits."""
    short = any(point.answer in NOT_WHOLLY for point in points)
    short = short or any(row.done == Done.REFUSED for row in corrections)
    return [*([REMEDY] if short else []), ELSEWHERE]
