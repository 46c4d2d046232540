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
declare("matters.matter", Kind.CODE, "保管与销毁", "retention", "destroyed_in")
declare("matters.matter", Kind.CONTENT, "保管与销毁", "hold_reason")
declare("matters.item", Kind.CODE, _WHAT, "number")
declare("matters.move", Kind.CONTENT, _WHAT, "note")
declare("matters.move", Kind.WORK, _WHAT, "summary")
declare("matters.move", Kind.CODE, _WHAT, "name")
declare("matters.opinion", Kind.CONTENT, "答复信访人", "body")
declare("matters.approval", Kind.CONTENT, "两人审批", "reason")
declare("matters.approval", Kind.WORK, "两人审批", "authority")
declare("matters.conflict", Kind.CONTENT, "回避（《信访工作条例》第二十八条）", "reason", "opinion")
declare("matters.conflict", Kind.WORK, "回避（《信访工作条例》第二十八条）", "authority")
declare("matters.concernedunit", Kind.CONTENT, _WHAT, "reason")
declare("matters.matterfile", Kind.CONTENT, "办理材料", "name")
declare("matters.matterfile", Kind.CODE, "办理材料", "path", "kind", "sha256", "received_sha256")
declare("matters.matterfile", Kind.WORK, "办理材料", "removed")
declare("matters.ledgerlayout", Kind.CODE, "台账版式", "name", "mapping", keep="长期")
declare("matters.importjob", Kind.WORK, "台账导入", "name", "sheet", "source", keep="三十天")
declare("matters.importjob", Kind.CONTENT, "台账导入", "problems", "found", keep="三十天")
declare("matters.importjob", Kind.CODE, "台账导入", "path", "sha256", "mapping", "options")
declare("matters.sealedaudit", Kind.WORK, "审计密件", "purpose", "note", keep="长期")
declare("matters.ruleprofile", Kind.CODE, "规则", "name", "source", keep="长期")
declare("matters.rulelimit", Kind.CODE, "规则", "kind", "article", keep="长期")
declare("matters.category", Kind.CODE, "内容分类", "code", "name", keep="长期")
_KEPT = "密件保管与转交（《信访工作条例》第三十条）"
declare("matters.custodian", Kind.STAFF, _KEPT, "reason", keep="长期")
declare("matters.disciplinebody", Kind.CODE, _KEPT, "name", keep="长期")
declare("matters.handover", Kind.PERSON, _KEPT, "receiver")
declare("matters.handover", Kind.CONTENT, _KEPT, "void_reason")
declare("matters.handover", Kind.CODE, _KEPT, "number", "path", "kind", "sha256")

_RIGHTS = "答复个人信息请求（《个人信息保护法》第五十条）"
declare(
    "matters.rightsrequest", Kind.PERSON, _RIGHTS, "name", "phone", "address", "agent", keep="三年"
)
declare(
    "matters.rightsrequest", Kind.CONTENT, _RIGHTS, "asked", "identity_note", "hidden", keep="三年"
)
declare(
    "matters.rightsrequest", Kind.CONTENT, _RIGHTS, "document", "reply", "given_note", keep="三年"
)
declare("matters.rightsrequest", Kind.CODE, _RIGHTS, "number", keep="三年")
declare("matters.rightspoint", Kind.CONTENT, _RIGHTS, "reason", keep="三年")
declare("matters.rightsmatter", Kind.CONTENT, _RIGHTS, "basis", keep="三年")
declare("matters.rightsmatter", Kind.CODE, _RIGHTS, "marks", "files", keep="三年")
declare("matters.rightspaper", Kind.CONTENT, _RIGHTS, "name", keep="三年")
declare("matters.rightspaper", Kind.CODE, _RIGHTS, "path", "sha256", keep="三年")
declare("matters.rightscorrection", Kind.CONTENT, _RIGHTS, "old", "new", "reason", keep="三年")
declare("matters.rightsmove", Kind.CONTENT, _RIGHTS, "note", keep="三年")
declare("matters.rightsmove", Kind.WORK, _RIGHTS, "summary", keep="三年")
declare("matters.rightsmove", Kind.CODE, _RIGHTS, "name", keep="三年")
