"""The personal data of petition matters, field by field."""

from casework.matters.cooperation import privacy as cooperation  # noqa: F401 - likewise
from casework.matters.outcomes import privacy as outcomes  # noqa: F401 - declares its own fields
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
declare("matters.clock", Kind.CODE, _WHAT, "kind", "subject")
declare("matters.clockline", Kind.CODE, _WHAT, "unit", "article", "calendar")
declare("matters.recount", Kind.CODE, "期限重算", "days", keep="长期")
declare("matters.recount", Kind.STAFF, "期限重算", "reason", keep="长期")
declare(
    "matters.opinion", Kind.CONTENT, "答复信访人", "body", "claim", "facts", "basis", "promised"
)
declare("matters.hearing", Kind.CONTENT, "听取陈述（《信访工作条例》第三十一条）", "note")
declare("matters.review", Kind.CONTENT, "审核处理意见", "note")
declare("matters.review", Kind.STAFF, "审核处理意见", "counsel")
declare("matters.service", Kind.PERSON, "送达（证明哪一天收到）", "place", "witness")
declare("matters.service", Kind.CONTENT, "送达（证明哪一天收到）", "note")
declare("matters.promise", Kind.CONTENT, "兑现对信访人的承诺", "what")
declare(
    "matters.superiorreview",
    Kind.CONTENT,
    "复查、复核（《信访工作条例》第三十五、三十六条）",
    "order",
)
declare(
    "matters.superiorreview", Kind.WORK, "复查、复核（《信访工作条例》第三十五、三十六条）", "body"
)
declare("matters.settlement", Kind.CONTENT, "调解、和解（《信访工作条例》第三十三条）", "words")
declare("matters.settlement", Kind.WORK, "调解、和解（《信访工作条例》第三十三条）", "court")
declare("matters.document", Kind.CONTENT, _WHAT, "summary")
declare("matters.document", Kind.WORK, _WHAT, "body_name", "to_name", "basis", "remedy")
declare("matters.document", Kind.CODE, _WHAT, "number")
declare("matters.statutorypath", Kind.CONTENT, _WHAT, "result_note")
declare("matters.statutorypath", Kind.WORK, _WHAT, "body", "limit_text", "aid")
declare("matters.lateentry", Kind.CONTENT, "补登的审计", "reason")
declare("matters.approval", Kind.CONTENT, "两人审批", "reason", "texts")
declare("matters.approval", Kind.CODE, "两人审批", "terms")
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
declare("matters.ruleprofile", Kind.CODE, "规则", "name", "source", "digest", keep="长期")
declare("matters.ruleprofile", Kind.WORK, "规则", "note", "decision_note", keep="长期")
declare("matters.rulelimit", Kind.CODE, "规则", "kind", "article", keep="长期")
declare("matters.rulefield", Kind.CODE, "规则", "field", "article", keep="长期")
declare("matters.ruleact", Kind.CODE, "规则", "act", "article", keep="长期")
declare("matters.ruletext", Kind.WORK, "规则", "text", keep="长期")
declare("matters.ruletext", Kind.CODE, "规则", "key", "article", keep="长期")
declare("matters.rulesetting", Kind.CODE, "规则", "key", "value", "article", keep="长期")
declare("matters.category", Kind.CODE, "内容分类", "code", "name", keep="长期")
_KEPT = "密件保管与转交（《信访工作条例》第三十条）"
declare("matters.custodian", Kind.STAFF, _KEPT, "reason", keep="长期")
declare("matters.disciplinebody", Kind.CODE, _KEPT, "name", keep="长期")
declare("matters.handover", Kind.PERSON, _KEPT, "receiver")
declare("matters.handover", Kind.CONTENT, _KEPT, "void_reason")
declare("matters.handover", Kind.CODE, _KEPT, "number", "path", "kind", "sha256")

_LETTERS = "文书的印发（《信访工作条例》第三十二条）"
declare("matters.letter", Kind.CONTENT, _LETTERS, "remark", "reason")
declare("matters.letter", Kind.CODE, _LETTERS, "series")
declare("matters.letter", Kind.WORK, _LETTERS, "authority")
declare("matters.lettertemplate", Kind.CODE, "文书模板", "content", "sha256", keep="长期")
declare("matters.lettertemplate", Kind.WORK, "文书模板", "why", keep="长期")
declare(
    "matters.issuingbody",
    Kind.CODE,
    "发文主体",
    "name",
    "code",
    "seal",
    "superior",
    "phone",
    keep="长期",
)

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

_REPEATS = "判重与并案（重复信访的认定）"
declare("matters.matterlink", Kind.CONTENT, _REPEATS, "reason", "undone_reason")
declare("matters.notrepeat", Kind.CONTENT, _REPEATS, "reason")
declare("matters.groupvisit", Kind.CONTENT, "集体访的接待", "place", "note")
declare("matters.talkoffer", Kind.CONTENT, "约访", "note")
_STANDING = "常设授权（谁可以当场受理、办结）"
declare("matters.standingauthorisation", Kind.CODE, _STANDING, "number", keep="长期")
declare(
    "matters.standingauthorisation", Kind.STAFF, _STANDING, "reason", "revoke_reason", keep="长期"
)
declare("matters.handoverofwork", Kind.CODE, "工作交接", "number", keep="长期")
declare("matters.handoverofwork", Kind.STAFF, "工作交接", "note", keep="长期")
declare("matters.workline", Kind.WORK, "工作交接", "why", keep="长期")
declare("matters.workline", Kind.CODE, "工作交接", "kind", keep="长期")
