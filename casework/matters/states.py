"""States, classes and channels of a matter: the vocabulary of `domain.md` §1–§3, no rules."""

from django.db.models import TextChoices


class State(TextChoices):
    REGISTERED = "registered", "已登记"
    ACCEPTED = "accepted", "已受理"
    HANDLING = "handling", "办理中"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"
    VOID = "void", "已作废"
    SEALED = "sealed", "密件待转交"
    HANDED_OVER = "handed_over", "密件已转交"


#: states in which somebody still owes something; such a matter has a due date
OPEN = (State.REGISTERED, State.ACCEPTED, State.HANDLING, State.ANSWERED, State.SEALED)
#: states of what only custodians see
UNDER_SEAL = (State.SEALED, State.HANDED_OVER)


class Channel(TextChoices):
    VISIT = "visit", "来访"
    LETTER = "letter", "来信"
    PHONE = "phone", "来电"
    ONLINE = "online", "网上信访"
    FORWARDED = "forwarded", "上级转送"
    HOTLINE = "hotline", "12345热线"
    OTHER = "other", "其他"


class Klass(TextChoices):
    """Art. 29–31: which class a matter belongs to decides its path and clocks."""

    SUGGESTION = "A", "建议意见类"
    REPORT = "B", "检举控告类"
    CLAIM = "C", "申诉求决类"


class Path(TextChoices):
    """《信访工作条例》 art. 31 (1)–(6): the six ways of a claim."""

    COURT = "C1", "诉讼（涉法涉诉）"
    ARBITRATION = "C2", "仲裁"
    PARTY = "C3", "党员申诉、申请复审"
    ADMINISTRATIVE = "C4", "行政复议、裁决、确认、许可等"
    DUTY = "C5", "履行法定职责"
    PETITION = "C6", "信访程序"


class Outcome(TextChoices):
    """Art. 32: what an opinion may decide; mediation by art. 33."""

    SUPPORT = "support", "支持诉求"
    EXPLAIN = "explain", "诉求有道理，但缺乏依据，向您解释"
    NOT_SUPPORTED = "not_supported", "不予支持"
    MEDIATED = "mediated", "调解或和解"


class PersonKind(TextChoices):
    PERSON = "person", "个人"
    ORGANISATION = "organisation", "单位"
    ANONYMOUS = "anonymous", "匿名"
