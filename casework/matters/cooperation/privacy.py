"""What co-operation on a matter holds, field by field."""

from office.privacy import Kind, declare

_TOGETHER = "协同办理信访事项"
_OVER = "督促办理信访事项（《信访工作条例》第四十条）"
_URGENT = "报告重大紧急信访事项（《信访工作条例》第二十五条）"
_DANGER = "防止眼前的人身危险"

declare("matters.supporttask", Kind.CONTENT, _TOGETHER, "what", "answer", "reason")
declare("matters.outsideletter", Kind.CONTENT, _TOGETHER, "what", "answer", "reason")
declare("matters.outsideletter", Kind.WORK, _TOGETHER, "body_name")
declare("matters.internalnote", Kind.CONTENT, _TOGETHER, "body", "struck_reason")
declare("matters.dutydispute", Kind.CONTENT, _TOGETHER, "reason", "view", "opinion")
declare("matters.dutydispute", Kind.WORK, _TOGETHER, "authority")
declare("matters.reminder", Kind.CONTENT, _OVER, "answer")
declare("matters.supervision", Kind.CONTENT, _OVER, "what", "suggestion", "reason")
declare("matters.supervisionanswer", Kind.CONTENT, _OVER, "body", "adoption_note", "verdict_note")
declare("matters.urgentreport", Kind.CONTENT, _URGENT, "facts")
declare("matters.urgentnotice", Kind.CONTENT, _URGENT, "who", "receipt")
declare("matters.urgentstep", Kind.CONTENT, _URGENT, "body")
declare("matters.danger", Kind.CONTENT, _DANGER, "reason", "end_reason")
declare("matters.dutyday", Kind.STAFF, "值班安排", "name", "phone", keep="任职期间")
