"""Why people open personal data, in the words they choose from; others are typed.

Words chosen from here name nobody, so they may be told to a petitioner who asks who opened their
file (PIPL art. 45); what somebody typed may speak of others and is not.
"""

from typing import Any

from office.posts import posts_of

_ASKED, _CHECK = "答复信访人的询问", "联系信访人核对情况"
_BEFORE, _OPINION = "受理前了解诉求", "审核答复意见"
_PROGRESS = "督办前了解进展"

#: role → what its people usually open a matter for, the most usual first
USUAL = {
    "registrar": (_CHECK, _ASKED),
    "officer": ("协助承办单位办理", _CHECK),
    "unit_head": ("指定承办人前了解诉求", _OPINION, _CHECK),
    "office_head": (_BEFORE, "交办前了解诉求", _OPINION, _PROGRESS, _ASKED),
    "leader": ("接访前了解情况", "审批前了解情况", _PROGRESS),
    "legal_reviewer": (_OPINION,),
    "custodian": ("转交前核对",),
    "auditor": ("审计抽查", "核实反映的情况"),
}
PURPOSES = frozenset(purpose for usual in USUAL.values() for purpose in usual)


def usual_for(user: Any) -> list[str]:
    """What to offer this person, by the posts they hold today."""
    found = [purpose for post in posts_of(user) for purpose in USUAL.get(post.role, ())]
    return list(dict.fromkeys(found))
