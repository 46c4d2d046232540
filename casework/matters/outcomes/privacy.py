"""The personal data of outcomes and closing records, field by field."""

from office.privacy import Kind, declare

_RESULT = "办理结果（《信访工作条例》第二十七条）"
_AFTER = "化解、缓和与回访"
_PAPER = "纸质签批与核对"
_KEPT = "归档"

declare("matters.fourpart", Kind.CONTENT, _RESULT, "words")
declare("matters.fourpart", Kind.WORK, _RESULT, "body")
declare("matters.fourpart", Kind.CODE, _RESULT, "document")
declare("matters.resolution", Kind.CONTENT, _AFTER, "words", "reason")
declare("matters.easing", Kind.CONTENT, _AFTER, "reason", "result")
declare("matters.followupcall", Kind.CONTENT, _AFTER, "words")
declare("matters.talk", Kind.CONTENT, "讲政策谈话", "policy", "help", "questions")
declare("matters.citedpage", Kind.CODE, "讲政策谈话", "kind", keep="长期")
declare("matters.citedpage", Kind.PUBLIC, "讲政策谈话", "title", "text", keep="长期")
declare("matters.papersignature", Kind.CODE, _PAPER, "what")
declare("matters.papersignature", Kind.CONTENT, _PAPER, "reason", "finding")
declare("matters.archivefile", Kind.CODE, _KEPT, "number", "retention", keep="长期")
declare("matters.archivefile", Kind.WORK, _KEPT, "box", keep="长期")
declare("matters.archivefile", Kind.CONTENT, _KEPT, "note")
declare("matters.archiveline", Kind.WORK, _KEPT, "title", keep="长期")
declare("matters.archiveline", Kind.WORK, _KEPT, "responsible", keep="长期")
declare("matters.archiveline", Kind.CODE, _KEPT, "number", keep="长期")
