"""The ways from state to state that the law and practice allow (domain §3, practice §1), by hand.

Nothing here is taken from the table of moves: it is what the table is held against.
"""

ALIVE = (
    "registered", "accepted", "handling", "drafted", "reviewed", "signed", "answered", "performing",
    "reviewing", "upheld", "final_review", "routed", "assigned_out",
)  # fmt: skip
RUNNING = (*ALIVE, "objected")
BEFORE_SEAL = (*RUNNING, "merged", "closed", "archived", "withdrawn", "void")

#: move → (from, to)
ARROWS: dict[str, list[tuple[str, str]]] = {
    # entry
    "accept": [("registered", "accepted")],
    "on_spot": [("registered", "closed")],
    "route": [("registered", "routed"), ("registered", "accepted")],
    "refuse": [("registered", "closed")],
    "bar": [("registered", "closed")],
    "tell": [("registered", "closed")],
    "forward": [("registered", "closed")],
    "unclear": [("registered", "closed")],
    "assign_out": [("registered", "assigned_out")],
    "report_in": [("assigned_out", "closed")],
    "send_back": [("assigned_out", "handling"), ("assigned_out", "assigned_out")],
    "object": [("registered", "objected")],
    "objection_upheld": [("objected", "closed")],
    "objection_refused": [("objected", "registered")],
    "leave_fast": [("accepted", "accepted"), ("handling", "handling")],
    "reroute": [("accepted", "routed"), ("handling", "routed")],
    "track": [("routed", "routed")],
    "path_outcome": [("routed", "closed")],
    "take_back": [("routed", "accepted")],
    # handling
    "assign": [("accepted", "handling")],
    "name_officer": [("handling", "handling")],
    "reassign": [("handling", "handling")],
    "return": [("handling", "accepted")],
    "extend": [(one, one) for one in ("accepted", "handling", "drafted", "reviewed", "signed")],
    # opinion
    "hear": [("handling", "handling")],
    "not_reached": [("handling", "handling")],
    "draft": [("handling", "drafted")],
    "recall_draft": [("drafted", "handling"), ("signed", "handling")],
    "redraft": [("drafted", "handling")],
    "review": [("drafted", "reviewed")],
    "review_paper": [("drafted", "reviewed")],
    "sign": [("reviewed", "signed")],
    "sign_paper": [("reviewed", "signed")],
    "unsign": [("reviewed", "handling"), ("signed", "handling")],
    "serve": [("signed", one) for one in ("answered", "performing", "closed")],
    "try_serve": [("signed", "signed")],
    "answer": [("handling", "signed")],
    "settle": [("handling", "closed")],
    "confirm_court": [("closed", "closed")],
    "keep_promise": [
        *(("performing", one) for one in ("performing", "answered", "closed")),
        *((one, one) for one in ("reviewing", "upheld", "final_review")),
        *((one, one) for one in ("handling", "drafted", "reviewed", "signed")),
    ],
    "broken": [(one, "handling") for one in ("performing", "answered", "upheld")],
    # reviews
    "ask_review": [(one, "reviewing") for one in ("answered", "performing", "closed", "archived")],
    "review_declined": [("reviewing", one) for one in ("answered", "performing", "closed")],
    "review_upheld": [("reviewing", "upheld")],
    "review_changed": [("reviewing", "upheld")],
    "review_revoked": [("reviewing", "handling")],
    "ask_final": [(one, "final_review") for one in ("upheld", "closed", "archived")],
    "final_declined": [("final_review", "upheld"), ("final_review", "closed")],
    "final_hearing": [("final_review", "final_review")],
    "final_upheld": [("final_review", "closed"), ("final_review", "performing")],
    "final_changed": [("final_review", "closed"), ("final_review", "performing")],
    "final_revoked": [("final_review", "handling")],
    # ends, and ways back
    "close": [(one, "closed") for one in ("answered", "upheld", "signed")],
    "archive": [("closed", "archived")],
    "void": [(one, "void") for one in ("registered", "accepted", "handling")],
    "reopen": [
        (end, to) for end in ("closed", "archived") for to in ("handling", "accepted", "registered")
    ],
    "withdraw": [(one, "withdrawn") for one in RUNNING],
    "undo_withdraw": [("withdrawn", one) for one in RUNNING],
    "heirs": [(one, one) for one in ALIVE],
    "no_heirs": [(one, "closed") for one in ALIVE],
    "merge": [("registered", "merged")],
    "tell_merged": [("merged", "closed")],
    "unmerge": [("merged", "registered"), ("closed", "registered")],
    # seals
    "seal": [(one, "sealed") for one in BEFORE_SEAL],
    "unseal": [("sealed", "void"), ("handed_over", "void")],
    "hand_over": [("sealed", "handed_over")],
}

#: (from, to) → the moves that lead there
WAYS: dict[tuple[str, str], list[str]] = {}
for _name, _pairs in ARROWS.items():
    for _pair in _pairs:
        WAYS.setdefault(_pair, []).append(_name)
