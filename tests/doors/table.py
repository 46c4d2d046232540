"""Who may pass which address of the admin; the first row that fits counts, no row is a failure.

A row: pattern of the address's name, who passes, and whether passing always shows (`sure`) or may
still be refused for reasons of its own (a form that wants data, an action that only takes POST).
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from office.roles import ROLES

EVERYONE = {
    "registrar", "registrar2", "officer", "head", "other_officer", "officehead", "officehead2",
    "reviewer", "leader", "custodian", "custodian2", "grid", "editor", "page_reviewer", "auditor",
    "sysadmin", "secadmin", "auditadmin",
}  # fmt: skip
ROLE_OF = {
    "registrar2": "registrar", "head": "unit_head", "other_officer": "officer",
    "officehead": "office_head", "officehead2": "office_head", "reviewer": "legal_reviewer",
    "custodian2": "custodian", "sysadmin": "system_admin", "secadmin": "security_admin",
    "auditadmin": "audit_admin",
}  # fmt: skip
NOBODY: set[str] = set()
#: Wagtail's own answer to an empty hand-made form is an error page; only entitled people get there
FRAGILE = {
    ("post", "wagtailadmin_choose_page_external_link"),
    ("post", "wagtailadmin_pages:copy"),
    ("post", "wagtailsettings:edit"),
}
WRITERS = {"editor", "page_reviewer"}
PUBLISHERS = {"page_reviewer"}


SEE_THE_SAMPLE = {
    "registrar", "officehead", "officehead2", "leader", "auditor", "other_officer",
}  # fmt: skip
HAVE_A_DESK = {
    "registrar", "registrar2", "officer", "head", "other_officer", "officehead", "officehead2",
    "reviewer", "leader",
}  # fmt: skip
PRESS = {"officehead", "officehead2", "leader"}  # over the unit that leads the sample
ASK_FOR_HELP = {"officehead", "officehead2", "other_officer"}  # for its lead
PREPARE = {"other_officer", "officehead", "officehead2"}  # papers of the sample
SEE_THE_REQUEST = {"registrar", "officehead", "officehead2", "leader"}


def holders(verb: str) -> set[str]:
    """People of the cast whose role has the verb."""
    roles = {role.key for role in ROLES if verb in role.verbs}
    return {who for who in EVERYONE if ROLE_OF.get(who, who) in roles}


GRANTS = {
    who
    for verb in ("office.ask_grant", "office.confirm_grant", "office.view_separation")
    for who in holders(verb)
} | holders("matters.name_custodian")


@dataclass(frozen=True)
class Row:
    """pattern: shell pattern of names; who: people who pass; sure: passing always shows."""

    pattern: str
    who: set[str]
    sure: bool = False


def _many(patterns: str, who: set[str], sure: bool = False) -> list[Row]:
    return [Row(pattern, who, sure) for pattern in patterns.split()]


STANDING = holders("matters.authorise_standing") | holders("office.view_separation")
TABLE = [
    # Everyone inside: own account, the frame of the admin, its texts and icons.
    *_many("wagtailadmin_home wagtailadmin_account", EVERYONE, sure=True),
    *_many("wagtailadmin_sprite wagtailadmin_javascript_catalog", EVERYONE, sure=True),
    *_many("wagtailadmin_login wagtailadmin_logout wagtailadmin_dismissibles", EVERYONE),
    *_many("wagtailadmin_password_reset*", EVERYONE),
    *_many("wagtailadmin_error_test admin/failwhale/", NOBODY),
    *_many("wagtailadmin_editing_sessions:*", EVERYONE),
    # Closed for all: bulk actions on records, the list of snippets, what no address matches.
    *_many("admin/bulk/* wagtail_bulk_action admin/^snippets/$ wagtailsnippets:*", WRITERS),
    *_many("admin/^.*/$ admin/test404/", NOBODY),
    # Pages, pictures and documents.
    *_many("wagtailadmin_explore* wagtailadmin_choose_* wagtailadmin_api:*", WRITERS),
    *_many("wagtailadmin_block_preview wagtailadmin_tag*", WRITERS),
    *_many("wagtailadmin_pages:*", WRITERS),
    *_many("wagtaildocs:* wagtailimages:* wagtaildocs_chooser:* wagtailimages_chooser:*", WRITERS),
    *_many("wagtailadmin_reports:site_history* admin/reports/site-history/*", holders("office.view_change")),
    *_many("wagtailadmin_reports:*", WRITERS),
    # Wagtail's own settings: nobody, but the site's identity.
    *_many("wagtailadmin_collections:set_privacy", NOBODY),
    *_many("wagtailadmin_collections:* wagtailsites:* wagtailusers_groups:*", NOBODY),
    *_many("wagtailadmin_workflows:*", WRITERS),
    *_many("wagtailsettings:*", holders("cms.change_siteidentity")),
    # The kernel's own pages.
    *_many("admin/account/", EVERYONE, sure=True),
    *_many("office_audit", holders("office.view_change"), sure=True),
    *_many("office_looks office_look_findings office_looks_person office_looks_record", holders("office.view_look"), sure=True),
    *_many("office_look_finding", holders("office.view_look")),
    *_many("office_seals", holders("office.view_seal"), sure=True),
    *_many("office_health", holders("office.view_health"), sure=True),
    *_many("office_tasks", holders("office.view_task"), sure=True),
    *_many("office_help", EVERYONE, sure=True),
    *_many("notices:list notices:choices", EVERYONE, sure=True),
    *_many("notices:texts notices:text", holders("office.view_noticetext"), sure=True),
    *_many("notices:deliveries", holders("office.view_delivery"), sure=True),
    *_many("office_limits office_limit", holders("office.view_limit"), sure=True),
    # What is kept how long, and what was destroyed: the sample list is the office head's.
    *_many("office_retention office_retention_class", holders("office.view_retention"), sure=True),
    *_many("office_destructions office_destruction office_destruction_paper", holders("office.view_retention"), sure=True),
    # Exports: the sample file is the office head's, the request is for the leader to decide.
    *_many("exports:mine exports:requests", EVERYONE, sure=True),
    *_many("exports:new", holders("matters.export_matter"), sure=True),
    *_many("exports:ask", holders("matters.ask_clear_export"), sure=True),
    *_many("exports:run exports:file", {"officehead"}, sure=True),
    *_many("exports:request", {"officehead", "leader", "auditor"}, sure=True),
    *_many("office_ledger_forms office_ledger_template", holders("office.view_ledgerform") | holders("matters.import_ledger"), sure=True),
    *_many("office_ledger_form office_ledger_form_history", holders("office.view_ledgerform"), sure=True),
    *_many("office_kept_form", NOBODY),
    # Rights, coming in, emergencies; the sample request is the security administrator's.
    *_many("admin/login/ admin/logout/ office_activate", EVERYONE),
    *_many("office_password office_sessions office_leave", EVERYONE, sure=True),
    *_many("grants:list", GRANTS, sure=True),
    *_many("grants:request", GRANTS | {"grid"}, sure=True),
    *_many("grants:ask", holders("office.ask_grant") | holders("matters.name_custodian"), sure=True),
    *_many("office_separation", holders("office.view_separation"), sure=True),
    *_many("office_unlock", holders("office.change_user"), sure=True),
    *_many("office_sign_ins", holders("office.view_security"), sure=True),
    *_many("office_emergencies office_emergency", holders("office.close_emergency"), sure=True),
    *(
        Row(f"wagtailsnippets_office_{model}:{address}", holders(f"office.{verb}_{model}"), sure)
        for model in ("unit", "post", "deputy", "calendarday", "calendaryear")
        for address, verb, sure in (
            ("list*", "view", True), ("history*", "view", True),
            ("add", "add", True), ("edit", "change", True),
        )
    ),
    # Matters: the sample is led by the housing section and was entered by the first registrar.
    *_many("wagtailsnippets_matters_matter:list*", holders("matters.view_matter"), sure=True),
    *_many("wagtailsnippets_matters_matter:add", holders("matters.add_matter"), sure=True),
    *_many("matters:paste", holders("matters.add_matter")),
    *_many("matters:sealed matters:sealed_entry", holders("matters.enter_sealed"), sure=True),
    # The desk of sealed letters; the sample list has one letter on it and waits for its signature.
    *_many("matters:sealed_desk matters:hand_over_new", holders("matters.hand_over_sealed"), sure=True),
    *_many("matters:hand_over matters:hand_over_print", holders("matters.hand_over_sealed"), sure=True),
    *_many("matters:hand_over_*", holders("matters.hand_over_sealed")),
    *_many("matters:custodians matters:custodian_name", holders("matters.name_custodian"), sure=True),
    *_many("matters:custodian_* matters:body*", holders("matters.name_custodian"), sure=True),
    *_many("matters:sealed_note matters:concerned", NOBODY),  # the sample matter is no sealed one
    *_many("matters:find", holders("matters.find_person")),
    *_many("matters:desk", HAVE_A_DESK, sure=True),
    *_many("matters:draft", holders("matters.add_matter")),
    # The seal: asking for it at the sample, the page after it, an auditor's leave and its decision.
    *_many("matters:seal", SEE_THE_SAMPLE & holders("matters.ask_seal"), sure=True),
    *_many("matters:unseal", NOBODY),
    *_many("matters:sealed_now", holders("matters.ask_seal"), sure=True),
    *_many("matters:leaves", holders("matters.ask_sealed_audit") | holders("matters.decide_sealed_audit"), sure=True),
    *_many("matters:leave", holders("matters.decide_sealed_audit"), sure=True),
    *_many("wagtailsnippets_matters_matter:delete", NOBODY),
    *_many("wagtailsnippets_matters_matter:inspect", SEE_THE_SAMPLE, sure=True),
    *_many("wagtailsnippets_matters_matter:history*", SEE_THE_SAMPLE, sure=True),
    *_many("wagtailsnippets_matters_matter:edit", SEE_THE_SAMPLE & holders("matters.change_matter")),
    *_many("wagtailsnippets_matters_matter:usage", SEE_THE_SAMPLE),
    *_many("matters:receipt", SEE_THE_SAMPLE & holders("matters.add_matter")),
    *_many("matters:file matters:content matters:open", SEE_THE_SAMPLE),
    *_many("matters:clock", SEE_THE_SAMPLE, sure=True),
    *_many("matters:retention", SEE_THE_SAMPLE & (holders("office.change_retention") | holders("office.approve_destruction"))),
    *_many("matters:looks", {"officehead", "officehead2", "auditor"}, sure=True),
    *_many("matters:attach", SEE_THE_SAMPLE & holders("matters.attach_file")),
    *_many("matters:clean", NOBODY),  # the sample is a text: nothing to take out
    *_many("matters:withdraw", {"registrar", "officehead", "officehead2"}),  # its uploader, heads
    *_many("matters:complete matters:another", SEE_THE_SAMPLE & holders("matters.change_matter")),
    *_many("matters:do matters:ask matters:decide", SEE_THE_SAMPLE - {"auditor"}),
    # The entry side: the sample is accepted already and no suggestion.
    *_many("matters:late", holders("office.view_change"), sure=True),
    *_many("matters:accept matters:route matters:report_up", {"officehead", "officehead2"}),
    *_many("matters:split", SEE_THE_SAMPLE & holders("matters.add_matter")),
    *_many("matters:publishable", NOBODY),
    # Beside a decision: the sample's request is no leader's, and no profile wants legal review of it.
    *_many("matters:legal matters:on_paper", SEE_THE_SAMPLE & holders("matters.enter_paper")),
    # Conflicts: whoever sees the sample may step back; somebody else decides; nothing is the district's.
    *_many("matters:stepped_back", EVERYONE, sure=True),
    *_many("matters:declare", SEE_THE_SAMPLE, sure=True),
    *_many("matters:say_conflict matters:tell_conflict", SEE_THE_SAMPLE & holders("matters.ask_recusal")),
    *_many("matters:decide_conflict", SEE_THE_SAMPLE & holders("matters.decide_recusal"), sure=True),
    *_many("matters:district matters:district_conflict", NOBODY),
    # Working together: the sample asks a community nobody of the cast works for; the office head and a
    # leader press, the housing officer answers; the dispute is over housing itself.
    *_many("matters:together", holders("matters.note_matter") | holders("matters.ask_cooperation"), sure=True),
    *_many("matters:supervisions", PRESS, sure=True),
    *_many("matters:danger_now", holders("matters.raise_danger"), sure=True),
    *_many("matters:roster", {"officehead", "officehead2"}, sure=True),
    *_many("matters:ask_support matters:drop_support", ASK_FOR_HELP, sure=True),
    *_many("matters:send_outside matters:answer_outside matters:drop_outside", ASK_FOR_HELP, sure=True),
    *_many("matters:end_support", ASK_FOR_HELP),  # it still owes its answer
    *_many("matters:answer_support matters:return_support matters:name_support", NOBODY),
    *_many("matters:write_note", SEE_THE_SAMPLE & holders("matters.note_matter"), sure=True),
    *_many("matters:read_note", {"officehead2"}, sure=True),  # it names them
    *_many("matters:strike_note", PRESS, sure=True),
    *_many("matters:decide_dispute", PRESS, sure=True),
    *_many("matters:dispute matters:view_dispute matters:drop_dispute matters:district_dispute", NOBODY),
    *_many("matters:remind matters:supervise matters:drop_supervision", PRESS, sure=True),
    *_many("matters:reply_reminder matters:answer_supervision", {"other_officer"}, sure=True),
    *_many("matters:judge_supervision", SEE_THE_SAMPLE),  # told that nothing was answered yet
    *_many("matters:urgent", NOBODY),  # reported already
    *_many("matters:urgent_told matters:urgent_step matters:end_urgent matters:urgent_receipt", PRESS, sure=True),
    *_many("matters:danger", SEE_THE_SAMPLE & holders("matters.raise_danger"), sure=True),
    *_many("matters:prolong_danger matters:end_danger", PRESS, sure=True),
    *_many("matters:concern", SEE_THE_SAMPLE & holders("matters.change_matter"), sure=True),
    *_many("matters:unconcern", {"officehead", "officehead2"}, sure=True),
    # Repeats and joint matters: the sample is past registration, so two of them lead back to it.
    *_many("matters:repeats matters:no_repeat", SEE_THE_SAMPLE & holders("matters.link_repeat")),
    *_many("matters:join matters:choose matters:group_visit", SEE_THE_SAMPLE & holders("matters.change_matter"), sure=True),
    *_many("matters:offer_talk", NOBODY),
    # Delegating: the authorisation is the first registrar's, the list goes from housing to social.
    *_many("matters:standings", STANDING | holders("matters.add_matter"), sure=True),
    *_many("matters:standing matters:standing_print", STANDING | {"registrar"}, sure=True),
    *_many("matters:authorise matters:standing_revoke", {"officehead", "officehead2"}, sure=True),
    *_many("matters:work_lists", holders("matters.view_matter"), sure=True),
    *_many("matters:work_new", holders("matters.hand_over_work"), sure=True),
    *_many("matters:work_list matters:work_print", {"officehead", "officehead2", "leader", "auditor", "other_officer", "officer"}, sure=True),
    # Outcomes: the sample is settled, a leader signed on paper; its call is not owed, nothing archived.
    *_many("matters:follow_ups", holders("matters.follow_up"), sure=True),
    *_many("matters:papers matters:outcomes", holders("matters.confirm_paper") | holders("matters.close_matter") | holders("office.view_change"), sure=True),
    *_many("matters:four_parts matters:take_back", {"other_officer", "officehead", "officehead2"}, sure=True),
    *_many("matters:resolve matters:ease matters:end_easing", {"other_officer", "officehead", "officehead2"}),
    *_many("matters:talk", SEE_THE_SAMPLE & holders("matters.note_matter"), sure=True),
    *_many("matters:cited", SEE_THE_SAMPLE, sure=True),
    *_many("matters:paper", SEE_THE_SAMPLE),
    *_many("matters:enter_paper", SEE_THE_SAMPLE & holders("matters.enter_paper"), sure=True),
    *_many("matters:follow_up matters:give_follow_up matters:archive_paper", NOBODY),
    # Letters: the sample's acceptance is drafted by the housing officer and waits for a signature.
    *_many("matters:letter_template*", holders("matters.view_lettertemplate"), sure=True),
    *_many("matters:issuing_body*", holders("matters.change_lettertemplate"), sure=True),
    *_many("matters:letter matters:letter_sign matters:letter_print matters:letter_docx", PREPARE | {"leader"}, sure=True),
    *_many("matters:letter_correct", PREPARE, sure=True),
    *_many("matters:forms", PREPARE, sure=True),
    *_many("matters:form_paper", PREPARE),  # whose task it is not is asked for a purpose first
    *_many("matters:letters_print matters:whole_file", NOBODY),  # nothing signed, nothing archived
    *_many("ledgers:upload ledgers:layouts", holders("matters.import_ledger"), sure=True),
    *_many("ledgers:job ledgers:errors ledgers:layout", holders("matters.import_ledger")),
    # Requests about one's own data: the sample is the first registrar's and waits for its decision.
    *_many("rights:list", holders("matters.handle_rights") | holders("matters.decide_rights"), sure=True),
    *_many("rights:new", holders("matters.handle_rights"), sure=True),
    *_many("rights:record rights:history rights:decide", SEE_THE_REQUEST, sure=True),
    *_many("rights:open rights:document rights:paper", SEE_THE_REQUEST, sure=True),
    *_many("rights:letter rights:file rights:files", NOBODY),  # nothing answered, no longer gathered
    *_many("rights:take", {"officehead", "officehead2"}, sure=True),
    *_many("rights:*", {"registrar"}),
    # Rules: whoever may read matters may read why a date is what it is; the sample is a head's draft.
    *_many("rules:list rules:compare rules:read", holders("matters.view_matter"), sure=True),
    *_many("rules:take_back", holders("matters.draft_profile")),
    *_many("rules:decide rules:move", holders("matters.approve_profile")),
    *_many("rules:*", holders("matters.draft_profile"), sure=True),
    # Accounts.
    *_many("wagtailusers_users:delete wagtailusers_users:usage", NOBODY),
    *_many("wagtailusers_users:*", holders("office.view_user")),
]  # fmt: skip


def row_of(name: str) -> Row | None:
    return next((row for row in TABLE if fnmatchcase(name, row.pattern)), None)
