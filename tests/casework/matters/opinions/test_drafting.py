"""Heard, drafted, reviewed, signed: who may, what an opinion has to say, and what comes back."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.matters.models import Matter, Opinion, PaperSignature, Review
from casework.matters.opinions import current
from office.clock import today
from office.history import acting
from office.models import Deputy, Leave, Limit
from office.posts import renew
from tests.casework.matters.entering.making import FITS
from tests.casework.matters.opinions import making
from tests.casework.matters.opinions.making import act, data_for, later, opinion, paper, promise
from tests.casework.matters.opinions.refusing import refused


def test_nobody_drafts_before_the_petitioner_was_heard(cast, street, handled):
    told = refused(act, handled, "draft", cast.officer, **opinion(street))
    assert "听取陈述" in told
    assert "记满 3 次" in told
    act(handled, "hear", cast.officer, way="phone", note="九月的也没有发。")
    assert act(handled, "draft", cast.officer, **opinion(street)).state == "drafted"


def test_who_was_not_reached_three_times_need_not_be_heard(cast, street, handled):
    for n in range(3):
        told = refused(act, handled, "draft", cast.officer, **opinion(street))
        assert ("已经记了" in told) is (n > 0)
        act(handled, "not_reached", cast.officer, way="phone", note="没有人接。")
    assert act(handled, "draft", cast.officer, **opinion(street)).state == "drafted"


def test_an_office_sets_how_often_somebody_is_tried(cast, street, handled):
    with acting(None, "设置"):
        Limit(key="hear_tries", value=1).save()
    act(handled, "not_reached", cast.officer, way="home", note="家里没有人。")
    assert act(handled, "draft", cast.officer, **opinion(street)).state == "drafted"


def test_a_matter_that_is_handled_quickly_needs_no_hearing(cast, street):
    """No opinion of art. 31(6) either: a reply, which can be reviewed all the same."""
    matter = making.handled(cast, street, fast=True, fits=FITS)
    reply = {"outcome": "explain", "body": "明天上午来修。"}
    matter = making.replied(cast, matter, **reply)
    assert (matter.state, matter.due_kind) == ("signed", "fast")
    matter = making.in_hand(cast, street, matter)
    assert (matter.state, matter.due_kind) == ("answered", "review_ask")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"basis": " "}, "必填"),
        ({"claim": ""}, "必填"),
        ({"facts": ""}, "必填"),
        ({"all_answered": False}, "必填"),
        ({"outcome": "adopted"}, "支持、解释说明或不予支持"),
        ({"outcome": "mediated"}, "支持、解释说明或不予支持"),
        ({"outcome": "support"}, "写明做什么"),
        ({"promises": [{"what": "补发", "unit": None, "due_on": None}]}, "只有支持诉求"),
        (
            {"outcome": "support", "promises": [{"what": "补发", "unit": None, "due_on": None}]},
            "第 1 项承诺要写全",
        ),
    ],
)
def test_what_art_32_asks_for_is_asked_for(cast, street, heard, change, told):
    assert told in refused(act, heard, "draft", cast.officer, **opinion(street, **change))


def test_a_promise_lies_ahead(cast, street, heard):
    late = opinion(street, outcome="support", promises=[promise(street, -1)])
    assert "已经过了" in refused(act, heard, "draft", cast.officer, **late)


def test_what_is_written_lies_in_the_vault(cast, street, heard):
    act(heard, "draft", cast.officer, **making.supporting(street))
    row = Opinion.objects.get(matter=heard)
    for name in ("claim", "facts", "basis", "body", "promised"):
        assert bytes(getattr(row, name))
        assert "加班".encode() not in bytes(getattr(row, name))
    assert "劳动法" in row.text("basis")


def test_an_opinion_goes_to_the_office_head_or_to_legal_review_as_the_profile_says(cast, street):
    cases = [
        ({}, {}, False),
        ({"outcome": "not_supported"}, {}, True),
        ({"money": True}, {}, True),
        ({}, {"people_count": 5}, True),
    ]
    for change, facts, legal in cases:
        matter = making.heard(cast, street)
        with acting(None, "人数"):
            row = Matter.objects.get(pk=matter.pk)
            for name, value in facts.items():
                setattr(row, name, value)
            row.save()
        making.drafted(cast, street, row, **change)
        assert current(row).legal is legal, (change, facts)


def test_a_legal_reviewer_sees_a_draft_while_it_waits_and_nothing_else(cast, street):
    def seen():
        return set(Matter.objects.visible_to(cast.reviewer).values_list("pk", flat=True))

    plain = making.drafted(cast, street)
    matter = making.drafted(cast, street, outcome="not_supported")
    assert seen() == {matter.pk}
    assert "须法制审核，请由法小审" in refused(act, matter, "review", cast.officehead)
    matter = act(matter, "review", cast.reviewer, note="依据充分。")
    assert seen() == set()
    assert matter.state == "reviewed"
    with pytest.raises(Matter.DoesNotExist):
        act(plain, "review", cast.reviewer)


def test_a_draft_that_was_sent_back_is_not_the_reviewers_any_more(cast, street):
    matter = making.drafted(cast, street, outcome="not_supported")
    act(matter, "redraft", cast.reviewer, note="依据写到条。")
    assert not Matter.objects.visible_to(cast.reviewer).filter(pk=matter.pk).exists()
    [review] = Review.objects.all()
    assert (review.agrees, review.text("note"), review.legal) == (False, "依据写到条。", True)
    again = act(
        matter, "draft", cast.officer,
        **opinion(street, outcome="not_supported", basis="《劳动法》第四十四条第一项。"),
    )  # fmt: skip
    assert Opinion.objects.filter(matter=again).count() == 1
    assert "第一项" in current(again).text("basis")


def test_nobody_reviews_or_signs_what_they_drafted(cast, street):
    """The office head wrote it while standing in for the officer: another one reviews it."""
    matter = making.heard(cast, street)
    with acting(None, "代理"):
        Deputy(
            post=cast.head.posts.get(), user=cast.officehead, valid_from=today(), valid_to=today()
        ).save()
    renew(cast.officehead)
    act(matter, "draft", cast.officehead, **opinion(street))
    assert "作者不能审核" in refused(act, matter, "review", cast.officehead)
    assert "作者不能审核" in refused(act, matter, "redraft", cast.officehead, note="改")
    assert act(matter, "review", cast.officehead2).state == "reviewed"


def test_a_review_nobody_else_can_do_goes_up_to_a_leader_and_to_nobody_before(cast, street):
    matter = making.drafted(cast, street)
    with pytest.raises(PermissionDenied):
        act(matter, "review", cast.leader)
    with acting(None, "休假"):
        for user in (cast.officehead, cast.officehead2, cast.reviewer):
            Leave(person=user, valid_from=today(), valid_to=today()).save()
    assert act(matter, "review", cast.leader).state == "reviewed"


def test_without_a_legal_reviewer_a_counsel_reviews_on_paper(cast, street):
    matter = making.drafted(cast, street, outcome="not_supported")
    with acting(None, "休假"):
        Leave(person=cast.reviewer, valid_from=today(), valid_to=today()).save()
    assert "录入书面审核" in refused(act, matter, "review", cast.officehead)
    data = data_for("review_paper", cast, street, matter)
    assert "作者不能审核" in refused(act, matter, "review_paper", cast.officer, **data)
    assert act(matter, "review_paper", cast.registrar, **data).state == "reviewed"
    row = Review.objects.get()
    assert (row.counsel, row.by, row.paper) == ("云湖律师事务所", cast.registrar, data["paper"])


def test_not_supporting_takes_three_people_who_are_not_each_other(cast, street):
    matter = making.signed(cast, street, outcome="not_supported")
    row = current(matter)
    assert {row.author, row.reviews.get().by, row.signed_by} == {
        cast.officer, cast.reviewer, cast.leader,
    }  # fmt: skip


def test_the_database_keeps_drafter_and_signer_apart(cast, street, signed):
    row = current(signed)
    row.signed_by = row.author
    with pytest.raises(Exception, match="drafter_signs_no_opinion"), acting(None, "测试"):
        row.save()


def test_a_signed_opinion_is_a_document_with_its_remedy(cast, signed):
    document = signed.documents.get(kind="opinion")
    assert (document.signed_by, document.prepared_by) == (cast.leader, cast.officer)
    assert "复查" in document.remedy
    assert "仲裁" in document.text("summary")


def test_a_leader_signs_on_paper_and_somebody_else_enters_it(cast, street):
    matter = making.reviewed(cast, street)
    data = data_for("sign_paper", cast, street, matter)
    assert "拟稿人不能录入" in refused(act, matter, "sign_paper", cast.officer, **data)
    assert "不是街道领导" in refused(
        act, matter, "sign_paper", cast.registrar, **data | {"leader": cast.officehead}
    )
    matter = act(matter, "sign_paper", cast.registrar, **data)
    row = PaperSignature.objects.get()
    assert (matter.state, row.leader, row.entered_by, row.answer) == (
        "signed", cast.leader, cast.registrar, "",
    )  # fmt: skip
    assert current(matter).signed_by == cast.leader
    assert "纸质签批" in matter.moves.latest("pk").summary


def test_a_leader_sends_a_signed_opinion_back_before_it_is_served(cast, street, signed):
    matter = act(signed, "unsign", cast.leader, note="金额再核。")
    assert (matter.state, current(matter).signed_by) == ("handling", None)
    assert making.signed(cast, street, matter).state == "signed"


def test_the_sixty_days_run_on_until_the_opinion_is_served(cast, street):
    matter = making.heard(cast, street)
    due = matter.due_on
    for step in (making.drafted, making.reviewed, making.signed):
        assert step(cast, street).due_on == due
    with later(5):
        matter = making.answered(cast, street, matter)
        assert matter.clocks.get(kind="handle").status == "met"
        assert (matter.due_kind, matter.due_on) == (
            "review_ask", matter.clocks.get(kind="review_ask").due_on,
        )  # fmt: skip


def test_a_scan_of_another_matter_signs_nothing(cast, street):
    matter, other = making.reviewed(cast, street), making.reviewed(cast, street)
    data = data_for("sign_paper", cast, street, matter)
    foreign = {"paper": paper(other, cast.registrar)}
    assert "这件事项里" in refused(act, matter, "sign_paper", cast.registrar, **data | foreign)
