"""The personal data of petition matters, field by field."""

from office.privacy import Kind, declare

_WHO = "联系、核实和送达（《信访工作条例》第十九条）"
_WHAT = "办理信访事项"

declare("matters.petitioner", Kind.PERSON, _WHO, "name", "phone", "id_number", "address")
declare("matters.petitioner", Kind.CONTENT, _WHO, "contact_note")
declare("matters.petitioner", Kind.SECRET, "判重与精确查找", "name_hash", "phone_hash", "id_hash")
declare("matters.matter", Kind.CONTENT, _WHAT, "claim", "extra")
declare("matters.matter", Kind.PERSON, _WHAT, "place")
declare("matters.matter", Kind.WORK, _WHAT, "title")
declare("matters.matter", Kind.CODE, _WHAT, "number", "due_kind", "source", "source_number")
declare("matters.matter", Kind.SECRET, "台账重复导入的识别", "source_key")
declare("matters.item", Kind.CODE, _WHAT, "number")
declare("matters.move", Kind.CONTENT, _WHAT, "note")
declare("matters.move", Kind.WORK, _WHAT, "summary")
declare("matters.move", Kind.CODE, _WHAT, "name")
declare("matters.opinion", Kind.CONTENT, "答复信访人", "body")
declare("matters.approval", Kind.CONTENT, "两人审批", "reason")
declare("matters.matterfile", Kind.CONTENT, "办理材料", "name")
declare("matters.matterfile", Kind.CODE, "办理材料", "path", "kind", "sha256")
declare("matters.ledgerlayout", Kind.CODE, "台账版式", "name", "mapping", keep="长期")
declare("matters.importjob", Kind.WORK, "台账导入", "name", "sheet", "source", keep="三十天")
declare("matters.importjob", Kind.CONTENT, "台账导入", "problems", "found", keep="三十天")
declare("matters.importjob", Kind.CODE, "台账导入", "path", "sha256", "mapping", "options")
declare("matters.ruleprofile", Kind.CODE, "规则", "name", "source", keep="长期")
declare("matters.rulelimit", Kind.CODE, "规则", "kind", "article", keep="长期")
declare("matters.category", Kind.CODE, "内容分类", "code", "name", keep="长期")
