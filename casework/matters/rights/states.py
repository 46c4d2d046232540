"""Vocabulary of a request about one's own personal data (个人信息保护法 arts 44–50), no rules."""

from django.db.models import TextChoices


class Stage(TextChoices):
    RECEIVED = "received", "已登记"
    CHECKED = "checked", "身份已核实"
    GATHERED = "gathered", "待审批"
    DECIDED = "decided", "已审批"
    ANSWERED = "answered", "已答复"
    WITHDRAWN = "withdrawn", "已撤回"


#: stages in which the office still owes something; such a request has a running limit
OPEN = (Stage.RECEIVED, Stage.CHECKED, Stage.GATHERED, Stage.DECIDED)


class Right(TextChoices):
    """What is asked for; each is answered for itself."""

    ACCESS = "access", "查阅"
    COPY = "copy", "复制"
    CORRECT = "correct", "更正、补充"
    ERASE = "erase", "删除"
    EXPLAIN = "explain", "解释说明"


#: right → its article
ARTICLES = {
    Right.ACCESS: "第四十五条",
    Right.COPY: "第四十五条",
    Right.CORRECT: "第四十六条",
    Right.ERASE: "第四十七条",
    Right.EXPLAIN: "第四十八条",
}


class Answer(TextChoices):
    GRANTED = "granted", "提供、照办"
    PARTLY = "partly", "部分照办"
    REFUSED = "refused", "不予照办"


#: answers that need a reason and tell of the remedy (art. 50)
NOT_WHOLLY = (Answer.PARTLY, Answer.REFUSED)


class Speaker(TextChoices):
    """Who asks for the person concerned."""

    SELF = "self", "本人"
    AGENT = "agent", "受托人（有授权委托书）"
    GUARDIAN = "guardian", "监护人"
    HEIR = "heir", "已故者的近亲属（第四十九条）"


class Identity(TextChoices):
    """How it was checked who asks."""

    CARD = "card", "当面看过证件"
    CODE = "code", "报出编号和查询码"
    PAPERS = "papers", "看过证件和授权委托书"
    KINSHIP = "kinship", "看过证件和监护、亲属关系证明"


#: who may show what: an agent is never believed for a query code alone
SHOWN_BY = {
    Speaker.SELF: (Identity.CARD, Identity.CODE),
    Speaker.AGENT: (Identity.PAPERS,),
    Speaker.GUARDIAN: (Identity.KINSHIP,),
    Speaker.HEIR: (Identity.KINSHIP,),
}


class Mark(TextChoices):
    """What agrees between the person who asks and a petitioner of a matter."""

    CODE = "code", "查询码"
    NAME = "name", "姓名"
    PHONE = "phone", "电话"


def marks_in_words(marks: str) -> str:
    """What agreed, as it is stored: "code,name" → 查询码、姓名."""
    return "、".join(Mark(mark).label for mark in marks.split(",") if mark)


class Given(TextChoices):
    """How the answer reached the person."""

    IN_PERSON = "in_person", "当面交付，本人签收"
    POST = "post", "邮寄"
    SPOKEN = "spoken", "口头答复并记录"


class Paper(TextChoices):
    """What a stored paper is."""

    AUTHORITY = "authority", "授权委托书或关系证明"
    EVIDENCE = "evidence", "更正的凭据"
    RECEIPT = "receipt", "签收或邮寄凭证"


class Field(TextChoices):
    """What of a petitioner's own data can be corrected."""

    NAME = "name", "姓名或单位名称"
    PHONE = "phone", "联系电话"
    ID_NUMBER = "id_number", "证件号码"
    ADDRESS = "address", "联系地址"
    CONTACT_NOTE = "contact_note", "联系方式嘱咐"
    RECEIVED = "received_on", "收到日期"


class Done(TextChoices):
    """What became of a wished correction."""

    OPEN = "", "未办"
    WRITTEN = "written", "已更正"
    NOTED = "noted", "已在案卷注明"
    ASKED = "asked", "已提交两人审批"
    REFUSED = "refused", "不予更正"
