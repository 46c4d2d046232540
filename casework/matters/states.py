"""States, classes and channels of a matter: the vocabulary of `domain.md` §1–§3, no rules."""

from django.db.models import TextChoices


class State(TextChoices):
    REGISTERED = "registered", "已登记"
    OBJECTED = "objected", "异议待回复"
    MERGED = "merged", "已并入，待告知"
    ACCEPTED = "accepted", "已受理"
    HANDLING = "handling", "办理中"
    DRAFTED = "drafted", "意见待审核"
    REVIEWED = "reviewed", "意见待签发"
    SIGNED = "signed", "待送达"
    ANSWERED = "answered", "已答复"
    PERFORMING = "performing", "履行中"
    REVIEWING = "reviewing", "复查中"
    UPHELD = "upheld", "复查维持"
    FINAL_REVIEW = "final_review", "复核中"
    ROUTED = "routed", "法定途径跟踪中"
    ASSIGNED_OUT = "assigned_out", "已交办下级"
    CLOSED = "closed", "已办结"
    ARCHIVED = "archived", "已归档"
    WITHDRAWN = "withdrawn", "已撤回"
    VOID = "void", "已作废"
    SEALED = "sealed", "密件待转交"
    HANDED_OVER = "handed_over", "密件已转交"


#: states in which nobody owes anything any more
ENDED = (State.CLOSED, State.ARCHIVED, State.WITHDRAWN, State.VOID, State.HANDED_OVER)
#: states in which a clock runs; such a matter has a due date
OPEN = tuple(state for state in State if state not in ENDED)
#: states of what only custodians see
UNDER_SEAL = (State.SEALED, State.HANDED_OVER)
#: states in which the street itself still works on an accepted matter
AT_WORK = (State.ACCEPTED, State.HANDLING, State.DRAFTED, State.REVIEWED, State.SIGNED)


class Ending(TextChoices):
    """How the procedure of a matter ended; it says nothing of whether the dispute is settled."""

    OPINION = "opinion", "处理意见办结"
    REPLY = "reply", "答复办结"
    ON_SPOT = "on_spot", "当场办结"
    SETTLED = "settled", "调解、和解办结"
    TOLD = "told", "告知去向"
    FORWARDED = "forwarded", "转送"
    REPORTED = "reported", "交办报结"
    REFUSED = "refused", "不予受理"
    BARRED = "barred", "不再受理"
    PATH = "path", "法定途径有结果"
    UNCLEAR = "unclear", "身份、地址不明"
    MERGED = "merged", "并入办理"
    NO_HEIRS = "no_heirs", "信访人死亡，无人承受"
    FINAL = "final", "三级终结"
    WITHDRAWN = "withdrawn", "信访人撤回"


class Channel(TextChoices):
    VISIT = "visit", "来访"
    LETTER = "letter", "来信"
    PHONE = "phone", "来电"
    ONLINE = "online", "网上信访"
    FORWARDED = "forwarded", "上级转送"
    HOTLINE = "hotline", "12345热线"
    OTHER = "other", "其他"


#: channels by which another office sent the matter: it may be objected to (art. 23 ¶3)
SENT_TO_US = (Channel.FORWARDED, Channel.HOTLINE)


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
    """Art. 32: what an opinion may decide; art. 33: mediation; art. 29: what a suggestion meets."""

    SUPPORT = "support", "支持诉求"
    EXPLAIN = "explain", "诉求有道理，但缺乏依据，向您解释"
    NOT_SUPPORTED = "not_supported", "不予支持"
    MEDIATED = "mediated", "调解或和解"
    ADOPTED = "adopted", "建议采纳"
    PARTLY = "partly", "建议部分采纳"
    NOT_ADOPTED = "not_adopted", "建议不采纳"


class PersonKind(TextChoices):
    PERSON = "person", "个人"
    ORGANISATION = "organisation", "单位"
    ANONYMOUS = "anonymous", "匿名"
