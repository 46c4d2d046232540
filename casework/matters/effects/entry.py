"""What registration, acceptance and the ways out before it bring about (art. 22–24, 31)."""

from casework.matters.effects.shape import After, Effect, Gate, Turn
from casework.matters.entering import leading, outside

EFFECTS: dict[str, Effect] = {
    "accept": leading.accept,
    "on_spot": outside.on_spot,
    "route": leading.route,
    "reroute": leading.route,
    "path_outcome": leading.path_outcome,
    "take_back": leading.take_back,
    "leave_fast": leading.leave_fast,
    "refuse": outside.refuse,
    "bar": outside.bar,
    "tell": outside.tell,
    "forward": outside.forward,
    "assign_out": outside.assign_out,
    "report_in": outside.report_in,
    "send_back": outside.send_back,
    "object": outside.objected,
    "objection_upheld": outside.objection_upheld,
    "unclear": outside.unclear,
}
AFTER: dict[str, After] = {
    "route": leading.begin_path,
    "reroute": leading.begin_path,
    "path_outcome": leading.keep_outcome,
    "take_back": leading.end_vain_path,
    "leave_fast": leading.clock_from_acceptance,
    "forward": outside.told_of_forward,
    "bar": outside.keep_final_opinion,
    "objection_upheld": outside.keep_senders_word,
    "assign_out": outside.clock_of_report,
    "send_back": outside.clock_after_report,
    "unclear": outside.answered_in_public,
}
TURNS: dict[str, Turn] = {
    "route": leading.where_path_leads,
    "leave_fast": leading.stays,
    "send_back": outside.where_report_goes,
}
GATES: dict[str, Gate] = {
    "way_is_ours": leading.way_is_ours,
    "fast_is_allowed": leading.fast_is_allowed,
    "works_on_it": leading.works_on_it,
    "path_is_another": leading.path_is_another,
    "path_is_elsewhere": leading.path_is_elsewhere,
    "outcome_is_proved": leading.outcome_is_proved,
    "final_review_is_proved": outside.final_review_is_proved,
    "unit_is_below": outside.unit_is_below,
    "new_day_is_ahead": outside.new_day_is_ahead,
    "objection_in_time": outside.objection_in_time,
    "confirmed_on_paper": outside.confirmed_on_paper,
    "paper_is_there": outside.paper_is_there,
    "really_unclear": outside.really_unclear,
}
