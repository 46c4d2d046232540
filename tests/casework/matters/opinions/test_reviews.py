"""复查 and 复核: recorded, decided above, obeyed here; and how a matter ends and comes back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.approvals import ask, decide
from casework.matters.counting.replay import replay
from casework.matters.models import Matter
from office.clock import today
from office.history import acting
from office.models import Deputy, Leave
from office.posts import renew
from tests.casework.matters.counter import all_said
from tests.casework.matters.opinions import making
from tests.casework.matters.opinions.making import DAY, act, data_for, decision, later, paper, two
from tests.casework.matters.opinions.refusing import refused


def test_a_review_that_is_upheld_gives_thirty_days_from_its_service(cast, street):
    matter = making.reviewing(cast, street)
    assert (matter.due_kind, matter.due_on) == ("review_decide", today() + 30 * DAY)
    with later(20):
        matter = act(matter, "review_upheld", cast.registrar, **decision(cast, matter))
        assert (matter.state, matter.due_kind) == ("upheld", "final_ask")
        assert matter.due_on >= today() + 30 * DAY
        assert "可以申请复核" in refused(act, matter, "close", cast.officehead)
    with later(60):
        all_said(matter, cast.officer)
        matter = act(matter, "close", cast.officehead)
        assert (matter.state, matter.ending) == ("closed", "opinion")


def test_a_request_that_comes_late_is_recorded_and_the_superior_decides(cast, street):
    matter = making.answered(cast, street)
    with later(40):
        matter = act(matter, "ask_review", cast.registrar, body_name="云湖区人民政府")
        assert (matter.state, matter.superior_reviews.get().late) == ("reviewing", True)
        assert "由上级决定是否受理" in matter.moves.latest("pk").summary


def test_a_revoked_opinion_begins_a_new_round_by_the_order(cast, street):
    matter = making.reviewing(cast, street)
    with later(15):
        data = decision(cast, matter) | {"until": today() + 20 * DAY}
        data.pop("served_on")
        matter = act(matter, "review_revoked", cast.registrar, **data)
        assert (matter.state, matter.round, matter.due_kind) == ("handling", 2, "handle")
        assert matter.due_on == today() + 20 * DAY
        assert matter.opinions.get().dropped
        matter = act(matter, "hear", cast.officer, way="phone", note="同前。")
        matter = making.answered(cast, street, matter)
        assert (
            act(matter, "ask_review", cast.registrar, body_name="云湖区人民政府").state
            == "reviewing"
        )


def test_the_street_does_not_lengthen_a_day_that_the_superior_set(cast, street):
    matter = making.reviewing(cast, street)
    scan = making.paper(matter, cast.registrar)
    data = {"order": "事实不清，重新处理。", "paper": scan, "until": today() + 20 * DAY}
    matter = act(matter, "review_revoked", cast.registrar, **data)
    with pytest.raises(ValidationError, match="上级责令的日期"):
        making.two("extend", cast, street, matter)
    matter.refresh_from_db()
    assert matter.due_on == today() + 20 * DAY


def test_what_an_earlier_answer_promised_outlives_the_revoking_of_a_later_one(cast, street):
    promises = [making.promise(street), making.promise(street, 40, "补发九月加班费")]
    told = making.opinion(street, outcome="support", promises=promises)
    matter = making.answered(cast, street, **told)
    with later(21):
        first = matter.promises.earliest("due_on")
        matter = act(matter, "broken", cast.registrar, promise=first, note="没有收到。")
        matter = act(matter, "hear", cast.officer, way="phone", note="同前。")
        matter = making.answered(cast, street, matter)
        matter = act(matter, "ask_review", cast.registrar, body_name="云湖区人民政府")
        scan = paper(matter, cast.registrar)
        matter = act(matter, "review_revoked", cast.registrar, order="事实不清。", paper=scan)
        second = matter.promises.latest("due_on")
        assert not second.dropped
        clocks = matter.clocks.filter(kind="performance", status="running")
        assert [clock.due_on for clock in clocks] == [second.due_on]


def test_what_is_overdue_when_another_promise_breaks_stays_overdue(cast, street):
    promises = [making.promise(street), making.promise(street, 22, "补发九月加班费")]
    told = making.opinion(street, outcome="support", promises=promises)
    matter = making.answered(cast, street, **told)
    with later(30):
        first, second = matter.promises.order_by("due_on")
        matter = act(matter, "broken", cast.registrar, promise=first, note="没有收到。")
        clock = matter.clocks.get(kind="performance", status="running")
        assert clock.due_on == second.due_on < today()
        assert matter.due_on == second.due_on
        assert all(replay(one) == one.due_on for one in matter.clocks.all())


def test_an_order_without_a_day_gives_sixty(cast, street):
    matter = making.reviewing(cast, street)
    scan = paper(matter, cast.registrar, "复查意见书.txt")
    matter = act(matter, "review_revoked", cast.registrar, order="事实不清。", paper=scan)
    assert matter.due_on == today() + 60 * DAY


def test_a_changed_opinion_can_go_to_the_final_review_and_is_performed(cast, street):
    matter = making.reviewing(cast, street)
    promises = [making.promise(street, 12)]
    data = decision(cast, matter) | {"promises": promises}
    matter = act(matter, "review_changed", cast.registrar, **data)
    assert (matter.state, matter.due_kind, matter.due_on) == (
        "upheld", "performance", today() + 12 * DAY,
    )  # fmt: skip
    with later(40):
        all_said(matter, cast.officer)
        assert "没有兑现" in refused(act, matter, "close", cast.officehead)


def test_only_the_final_review_leaves_a_hearing_out(cast, street):
    matter = making.final_review(cast, street)
    due = matter.due_on
    hearing = {"from_on": today() + DAY, "to_on": today() + 5 * DAY}
    matter = act(matter, "final_hearing", cast.registrar, **hearing)
    assert (matter.state, matter.due_on) == ("final_review", due + 5 * DAY)
    assert "扣除过" in refused(act, matter, "final_hearing", cast.registrar, **hearing)


def test_three_levels_end_it(cast, street):
    matter = making.final_review(cast, street)
    matter = act(matter, "final_upheld", cast.registrar, **decision(cast, matter))
    assert (matter.state, matter.ending, matter.due_on) == ("closed", "final", None)


def test_what_was_promised_is_kept_after_the_final_review_too(cast, street):
    matter = making.performing(cast, street, days=25)
    matter = act(matter, "ask_review", cast.registrar, body_name="云湖区人民政府")
    assert matter.due_kind == "performance"
    matter = act(matter, "review_upheld", cast.registrar, **decision(cast, matter))
    matter = act(matter, "ask_final", cast.registrar, body_name="市人民政府")
    matter = act(matter, "final_upheld", cast.registrar, **decision(cast, matter))
    assert (matter.state, matter.due_kind) == ("performing", "performance")
    data = data_for("keep_promise", cast, street, matter)
    matter = act(matter, "keep_promise", cast.officer, **data)
    assert (matter.state, matter.ending) == ("closed", "final")


def test_a_revoked_final_review_is_handled_anew(cast, street):
    matter = making.final_review(cast, street)
    scan = paper(matter, cast.registrar, "复核意见书.txt")
    matter = act(matter, "final_revoked", cast.registrar, order="重新调查。", paper=scan)
    assert (matter.state, matter.round) == ("handling", 2)


def test_only_an_opinion_can_be_reviewed(cast, street):
    matter = making.handled(cast, street, klass="A", path="")
    promises = [making.promise(street, 9)]
    matter = making.in_hand(cast, street, making.replied(cast, matter, promises=promises))
    told = refused(act, matter, "ask_review", cast.registrar, body_name="区政府")
    assert "只有信访程序" in told


# More time


def test_the_sixty_days_are_lengthened_by_thirty_in_all(cast, street, handled):
    due = handled.due_on
    for days, in_all in ((20, 20), (10, 30)):
        with acting(cast.officer):
            request = ask(
                handled, "extend", by=cast.officer, reason="要等鉴定", data={"days": days}
            )
        with acting(cast.leader):
            matter = decide(request, by=cast.leader, approve=True)
        assert (matter.state, matter.due_on) == ("handling", due + in_all * DAY)
    assert "已经用完" in refused(
        ask, handled, "extend", by=cast.officer, reason="还要等", data={"days": 1}
    )
    [_, last] = matter.documents.filter(kind="extension")
    assert last.text("summary").endswith("要等鉴定")


def test_who_asks_for_more_time_does_not_give_it(cast, street, handled):
    """The head is on leave, her deputy asks: she cannot agree herself, the leader does."""
    with acting(None, "休假"):
        for user in (cast.officehead, cast.officehead2):
            Leave(person=user, valid_from=today(), valid_to=today() + 9 * DAY).save()
        post = cast.officehead.posts.get()
        Deputy(post=post, user=cast.registrar, valid_from=today(), valid_to=today()).save()
        leads = cast.leader.posts.get()
        Deputy(post=leads, user=cast.registrar, valid_from=today(), valid_to=today()).save()
    renew(cast.registrar)
    with acting(cast.registrar):
        request = ask(handled, "extend", by=cast.registrar, reason="要等鉴定", data={"days": 9})
    assert "申请人不能审批自己的申请" in refused(decide, request, by=cast.registrar, approve=True)
    due = handled.due_on
    with acting(cast.leader):
        assert decide(request, by=cast.leader, approve=True).due_on == due + 9 * DAY


def test_time_that_has_run_out_is_not_lengthened(cast, street, handled):
    with acting(cast.officer):
        request = ask(handled, "extend", by=cast.officer, reason="要等鉴定", data={"days": 9})
    with later(61):
        assert "不能再延长" in refused(decide, request, by=cast.leader, approve=True)
        more = {"reason": "晚了", "data": {"days": 9}}
        decide(request, by=cast.leader, approve=False, note="已经过期")
        assert "不能再延长" in refused(ask, handled, "extend", by=cast.officehead, **more)


def test_a_suggestion_has_no_sixty_days_to_lengthen(cast, street):
    matter = making.handled(cast, street, klass="A", path="")
    assert "没有这个期限" in refused(
        ask, matter, "extend", by=cast.officer, reason="忙", data={"days": 9}
    )


# Given up, taken up again


@pytest.mark.parametrize("station", ["handling", "signed", "answered", "performing", "reviewing"])
def test_a_withdrawn_matter_comes_back_to_where_it_was_with_its_clocks(cast, street, station):
    matter = making.AT[station](cast, street)
    before = (matter.due_on, matter.due_kind)
    clocks = set(matter.clocks.filter(status="running").values_list("kind", "due_on"))
    wish = paper(matter, cast.registrar, "撤回申请书.txt")
    matter = act(matter, "withdraw", cast.registrar, note="谈妥了。", paper=wish)
    assert (matter.state, matter.ending, matter.due_on) == ("withdrawn", "withdrawn", None)
    assert bool(matter.keep_until)
    with later(10):
        matter = act(matter, "undo_withdraw", cast.registrar, note="又反悔了。")
        assert (matter.state, (matter.due_on, matter.due_kind)) == (station, before)
        now = set(matter.clocks.filter(status="running").values_list("kind", "due_on"))
        assert now == clocks
        assert (matter.ending, matter.closed_on, matter.keep_until) == ("", None, None)
        assert all(replay(clock) == clock.due_on for clock in matter.clocks.all())


def test_after_the_days_of_regret_it_is_a_new_matter(cast, street):
    matter = making.withdrawn(cast, street)
    with later(16):
        assert "新的事项" in refused(act, matter, "undo_withdraw", cast.registrar, note="反悔")


def test_only_a_signed_paper_withdraws(cast, street, handled):
    assert "必填" in refused(act, handled, "withdraw", cast.registrar, note="谈妥了。")
    with pytest.raises(PermissionDenied):
        act(handled, "withdraw", cast.officer, note="谈妥了。", paper=paper(handled, cast.officer))


def test_a_closed_matter_is_taken_up_again_by_a_leader(cast, street):
    matter = making.closed(cast, street)
    with pytest.raises(PermissionDenied):
        ask(matter, "reopen", by=cast.leader, reason="办错了")
    matter = two("reopen", cast, street, matter, "漏了一项建议")
    assert (matter.state, matter.round, matter.due_kind) == ("handling", 2, "suggestion")
    assert (matter.closed_on, matter.ending, matter.keep_until) == (None, "", None)


def test_an_archived_matter_comes_out_of_the_archive(cast, street):
    matter = two("reopen", cast, street, making.archived(cast, street))
    assert matter.state == "handling"
    assert matter.archive.taken_out_on == today()


def test_heirs_step_in_and_the_limit_runs_on(cast, street, handled):
    due = handled.due_on
    matter = act(handled, "heirs", cast.registrar, **data_for("heirs", cast, street, handled))
    heir = matter.petitioners.get(main=True)
    assert (heir.text("name"), matter.due_on, matter.state) == ("韦小松", due, "handling")
    assert matter.petitioners.filter(main=False).count() == 1
    assert "韦小松".encode() not in bytes(heir.name)


def test_without_heirs_it_ends(cast, street, handled):
    data = data_for("no_heirs", cast, street, handled)
    matter = act(handled, "no_heirs", cast.officehead, **data)
    assert (matter.state, matter.ending) == ("closed", "no_heirs")


def test_a_matter_is_not_closed_while_anything_is_open(cast, street, answered):
    with later(31):
        assert "三到位一处理" in refused(act, answered, "close", cast.officehead)
        all_said(answered, cast.officer)
        assert act(answered, "close", cast.officehead).state == "closed"
    assert Matter.objects.get(pk=answered.pk).ending == "opinion"
