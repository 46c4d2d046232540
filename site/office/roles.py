"""Who may do what: one table of roles and the verbs they are composed of (rights by unit: posts).

A verb is a Django permission. `manage.py make_roles` turns this table into groups; the groups of a
person follow from the posts held today (`office/posts.py`). What a role may *see* is its reach.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """Which records a post of the role opens; the room's `visible_to` turns it into a query."""

    NONE = "none"
    ENTRIES = "entries"  # own entries and the intake queue
    UNIT = "unit"  # led or supported by the post's unit or one below it
    ALL = "all"  # everything unsealed
    SEALED = "sealed"  # sealed records in this person's keeping
    REVIEW = "review"  # what was sent to this person for review
    AREA = "area"  # assigned within the post's area


@dataclass(frozen=True)
class Role:
    """label: Chinese name; reach: which rows; verbs: permissions; pages: Wagtail page permissions."""

    key: str
    label: str
    reach: Reach
    verbs: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def is_idle(self) -> bool:
        """Whether nothing can be done with it yet: its room is still to come."""
        return not self.pages and set(self.verbs) <= set(_READ)


_READ = ("matters.view_matter",)
_ENTER = (*_READ, "matters.add_matter", "matters.change_matter", "matters.view_item")
_ACT = ("matters.answer_matter", "matters.return_matter", "matters.attach_file")
_SECRECY = ("matters.ask_seal", "matters.ask_recusal")
_SEEK = ("matters.find_person", "matters.export_matter")
_HANDLE = ("matters.ask_extension", "matters.serve_opinion", "matters.follow_up")
_TOGETHER = ("matters.note_matter", "matters.raise_danger", "matters.ask_cooperation")
_WISHES = ("matters.record_wish", "matters.record_review", "matters.link_repeat")
_PAPER = ("matters.enter_paper", "matters.archive_matter")
_FORMS = ("office.view_ledgerform", "office.change_ledgerform")
_TEMPLATES = ("matters.view_lettertemplate", "matters.change_lettertemplate")
_CALENDAR = (
    "office.view_calendarday",
    "office.add_calendarday",
    "office.change_calendarday",
    "office.view_calendaryear",
    "office.add_calendaryear",
    "office.change_calendaryear",
)

ROLES = [
    Role(
        "registrar",
        "登记员",
        Reach.ENTRIES,
        (*_ENTER, "matters.ask_void", "matters.ask_correction", "matters.attach_file")
        + ("matters.import_ledger", "matters.find_person", "matters.enter_sealed")
        + ("matters.ask_seal", "matters.ask_recusal", "matters.handle_rights")
        + ("matters.note_matter", "matters.raise_danger", "matters.follow_up", *_WISHES, *_PAPER),
    ),
    Role(
        "officer",
        "承办人",
        Reach.UNIT,
        (*_READ, *_ACT, *_SEEK, *_SECRECY, *_HANDLE, *_TOGETHER, "matters.enter_paper"),
    ),
    Role(
        "unit_head",
        "承办单位负责人",
        Reach.UNIT,
        (*_READ, *_ACT, *_SEEK, *_SECRECY, *_HANDLE, *_TOGETHER, "matters.assign_officer")
        + ("matters.hand_over_work",),
    ),
    Role(
        "office_head",
        "信访办主任",
        Reach.ALL,
        (*_ENTER, "matters.accept_matter", "matters.assign_matter", "matters.close_matter")
        + ("matters.ask_void", "matters.decide_void", "matters.ask_correction")
        + ("matters.decide_correction", "matters.attach_file", "matters.import_ledger")
        + ("matters.ask_clear_export", *_SEEK, *_FORMS, *_TEMPLATES, *_SECRECY)
        + ("matters.enter_sealed", "matters.decide_recusal", "matters.handle_rights")
        + ("matters.decide_rights",)
        + ("office.view_retention", "office.change_retention", "office.propose_destruction")
        + ("office.approve_destruction", "office.view_separation")
        + (*_HANDLE, *_TOGETHER, *_WISHES, *_PAPER, "matters.review_opinion", "matters.ask_reopen")
        + ("matters.supervise_matter", "matters.decide_dispute", "matters.decide_served")
        + ("matters.hand_over_work", "matters.authorise_standing", "matters.draft_profile")
        + ("matters.report_urgent",)
        + _CALENDAR,
    ),
    Role(
        "legal_reviewer",
        "法制审核",
        Reach.REVIEW,
        (*_READ, "matters.review_opinion", "matters.note_matter"),
    ),
    Role(
        "leader",
        "街道领导",
        Reach.ALL,
        (*_READ, *_SEEK, "matters.decide_void", "matters.decide_correction")
        + ("matters.decide_clear_export", "matters.name_custodian", *_SECRECY)
        + ("matters.decide_recusal", "matters.decide_rights", "office.view_retention")
        + ("office.approve_destruction", "office.view_separation", "office.close_emergency")
        + ("office.view_seal", "matters.decide_refusal", "matters.sign_opinion")
        + ("matters.decide_extension", "matters.decide_reopen", "matters.decide_served")
        + ("matters.decide_rerouting", "matters.supervise_matter", "matters.approve_profile")
        + ("matters.confirm_paper", "matters.note_matter", "matters.raise_danger")
        + ("matters.report_urgent", "matters.decide_dispute"),
    ),
    Role(
        "custodian",
        "密件保管人",
        Reach.SEALED,
        (*_READ, "matters.hand_over_sealed", "matters.enter_sealed", "matters.decide_seal")
        + ("matters.unseal", "matters.decide_sealed_audit"),
    ),
    Role("grid", "网格员（联络员）", Reach.AREA),
    Role("editor", "宣传员", Reach.NONE, pages=("add", "change")),
    Role("page_reviewer", "发布审核", Reach.NONE, pages=("add", "change", "publish")),
    Role(
        "auditor",
        "审计员",
        Reach.ALL,
        (*_READ, "matters.export_matter", "office.view_change", "office.view_look")
        + ("matters.ask_sealed_audit", "office.view_seal", "office.view_separation")
        + ("office.view_retention",),
    ),
    Role(
        "system_admin",
        "系统管理员",
        Reach.NONE,
        (*_CALENDAR, "office.view_unit", "office.add_unit", "office.change_unit")
        + ("office.view_health", "office.view_task", "cms.change_siteidentity", "office.view_limit")
        + ("office.view_noticetext", "office.change_noticetext")
        + ("office.view_delivery", "office.change_delivery")
        + ("office.change_limit", *_FORMS, "office.confirm_grant", "office.view_separation"),
    ),
    Role(
        "security_admin",
        "安全管理员",
        Reach.NONE,
        ("office.view_user", "office.add_user", "office.change_user", "office.view_unit")
        + ("office.view_post", "office.change_post", "office.view_deputy", "office.change_deputy")
        + ("office.ask_grant", "office.view_separation"),
    ),
    Role(
        "audit_admin",
        "审计管理员",
        Reach.NONE,
        ("office.view_look", "office.view_health", "office.view_seal", "office.view_security")
        + ("office.view_separation", "office.close_emergency"),
    ),
]
BY_KEY = {role.key: role for role in ROLES}
ROLE_CHOICES = [(role.key, role.label) for role in ROLES]

#: Roles whose holder may take no other: the three administrators, and nobody near casework.
ALONE = {"system_admin", "security_admin", "audit_admin", "auditor"}


def group_name(key: str) -> str:
    """Name of the Django group of a role: its Chinese label."""
    return BY_KEY[key].label


def combination_refused(keys: set[str]) -> str:
    """Why these roles may not be held by one person together; "" when they may (practice §2)."""
    alone = sorted(BY_KEY[key].label for key in keys & ALONE)
    if alone and len(keys) > 1:
        return f"{alone[0]}不得兼任其他角色（三员分立）。"
    return ""
