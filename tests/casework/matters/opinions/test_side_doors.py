"""Side doors of an opinion: papers entered by who only helps, past the reviewer, past an author."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from casework.matters.approvals import ask
from casework.matters.conflicts.asking import declare, say
from casework.matters.filing import withdraw
from casework.matters.models import SupportUnit
from casework.matters.moving import move
from casework.matters.opinions import authors, current
from casework.matters.outcomes import parts, settling
from casework.matters.outcomes.parts import Said
from casework.matters.permissions import available, may
from office.clock import today
from office.history import acting
from office.models import Leave, Look
from tests.casework.matters.counter import act, sent, text
from tests.casework.matters.opinions import making
from tests.conftest import make_person

PAPER = "matters.enter_paper"


def test_who_only_helps_enters_neither_a_review_nor_a_signature(cast, street, rules):
    matter = making.drafted(cast, street)
    with acting(cast.officehead, "请协办"):
        SupportUnit(matter=matter, unit=street.housing, since=today()).save()
    helper = cast.other_officer
    assert type(matter).objects.visible_to(helper).filter(pk=matter.pk).exists()
    assert not may(helper, matter, PAPER)
    assert "review_paper" not in {rule.name for rule in available(helper, matter)}
    data = making.data_for("review_paper", cast, street, matter)
    with acting(helper), pytest.raises(PermissionDenied):
        move(matter, "review_paper", by=helper, data=data)
    colleague = make_person("officer_b", "承小乙", "officer", street.social)
    assert may(colleague, matter, PAPER)  # of the unit that leads, and not the author


def test_a_counsels_paper_stands_in_for_a_reviewer_and_not_beside_one(cast, street, rules):
    matter = making.drafted(cast, street, outcome="not_supported")
    data = making.data_for("review_paper", cast, street, matter)
    with acting(cast.registrar), pytest.raises(ValidationError, match="请由法小审"):
        move(matter, "review_paper", by=cast.registrar, data=data)
    with acting(None, "休假"):
        Leave(person=cast.reviewer, valid_from=today(), valid_to=today()).save()
    with acting(cast.registrar):
        assert move(matter, "review_paper", by=cast.registrar, data=data).state == "reviewed"


def test_a_reviewer_who_steps_back_leaves_room_for_the_counsels_paper(cast, street, rules):
    matter = making.drafted(cast, street, outcome="not_supported")
    data = making.data_for("review_paper", cast, street, matter)
    with acting(cast.reviewer):
        declare(matter, by=cast.reviewer, reason="信访人是我的亲戚")
    with acting(cast.registrar):
        assert move(matter, "review_paper", by=cast.registrar, data=data).state == "reviewed"


def test_a_counsels_paper_replaces_no_review_of_the_office_head(cast, street, rules):
    matter = making.drafted(cast, street)  # no law to be asked about
    data = making.data_for("review_paper", cast, street, matter)
    with acting(cast.registrar), pytest.raises(ValidationError, match="在系统里审核"):
        move(matter, "review_paper", by=cast.registrar, data=data)


def test_who_ever_wrote_it_enters_no_signature_on_paper(cast, street, rules):
    matter = making.drafted(cast, street)
    matter = making.act(matter, "recall_draft", cast.officer)
    matter = making.act(matter, "draft", cast.head, **making.opinion(street))
    matter = making.act(matter, "review", cast.officehead)
    data = making.data_for("sign_paper", cast, street, matter)
    with acting(cast.officer), pytest.raises(ValidationError, match="拟稿人不能录入"):
        move(matter, "sign_paper", by=cast.officer, data=data)
    with acting(cast.registrar):
        assert move(matter, "sign_paper", by=cast.registrar, data=data).state == "signed"


def test_the_page_that_tells_of_a_change_can_be_sent_again(cast, street, rules, login):
    matter, client = making.drafted(cast, street), login(cast.officehead)
    page = act(matter, "review")
    seen = client.get(page).context["form"]["seen"].value()
    matter = making.act(matter, "recall_draft", cast.officer)
    changed = making.opinion(street, body="改过的意见。")
    matter = making.act(matter, "draft", cast.officer, **changed)
    told = client.post(page, sent(seen=seen, note="同意"))
    assert "在您打开以后改过" in text(told)
    again = told.context["form"]["seen"].value()
    assert client.post(page, sent(seen=again, note="同意")).status_code == 302
    matter.refresh_from_db()
    assert matter.state == "reviewed"


def test_who_wrote_it_first_stays_an_author_when_another_hands_it_in(cast, street, rules):
    matter = making.drafted(cast, street)
    matter = making.act(matter, "recall_draft", cast.officer)
    matter = making.act(matter, "draft", cast.head, **making.opinion(street))
    assert current(matter).author == cast.head
    assert set(authors(matter)) == {cast.officer.pk, cast.head.pk}


def test_what_a_review_sent_back_goes_the_whole_way_although_it_began_simple(cast, street, rules):
    matter = making.answered(cast, street)
    type(matter).objects.filter(pk=matter.pk).update(fast=True)
    matter = making.act(matter, "ask_review", cast.registrar, body_name="云湖区人民政府")
    data = making.decision(cast, matter)
    matter = making.act(matter, "review_revoked", cast.registrar, **data)
    assert (matter.state, matter.round, matter.fast) == ("handling", 2, False)


def test_a_legal_reviewer_opens_no_file_of_the_people(cast, street, rules, login):
    matter = making.drafted(cast, street, outcome="not_supported")
    file = making.paper(matter, cast.officer, "身份证.txt")
    client = login(cast.reviewer)
    for name in ("file", "content"):
        page = reverse(f"matters:{name}", args=[matter.pk, file.pk])
        assert client.get(page).url == "/admin/"
    page = reverse("matters:file", args=[matter.pk, file.pk])
    assert client.post(page, sent(purpose="督办前了解进展")).url == "/admin/"
    assert not Look.objects.filter(person=cast.reviewer).exists()


@pytest.mark.parametrize(("name", "who", "stage"), [("review", "officehead", "drafted")])
def test_an_opinion_is_agreed_to_as_it_was_read(cast, street, rules, login, name, who, stage):
    matter = getattr(making, stage)(cast, street)
    client = login(getattr(cast, who))
    page = client.get(act(matter, name))
    seen = page.context["form"]["seen"].value()
    matter = making.act(matter, "recall_draft", cast.officer)
    matter = making.act(matter, "draft", cast.officer, **making.opinion(street, body="不补发了。"))
    answer = client.post(act(matter, name), sent(note="同意", seen=seen))
    assert "在您打开以后改过" in text(answer)
    assert type(matter).objects.get(pk=matter.pk).state == stage
    now_seen = current(matter).version
    client.post(act(matter, name), sent(note="同意", seen=now_seen))
    assert type(matter).objects.get(pk=matter.pk).state == "reviewed"


@pytest.mark.parametrize("what", ["extension", "settling", "file", "parts"])
def test_whoever_is_asked_to_step_back_leaves_everything_as_it_is(cast, street, rules, what):
    matter = making.handled(cast, street)
    file = making.paper(matter, cast.officer)
    with acting(cast.registrar):
        say(matter, cast.officer, kind="asked", reason="信访人说他是亲戚", by=cast.registrar)
    with acting(cast.officer), pytest.raises(ValidationError, match="决定之前请先不要办理"):
        {
            "extension": lambda: ask(
                matter, "extend", by=cast.officer, reason="复杂", data={"days": 5}
            ),
            "settling": lambda: settling.resolve(
                matter, by=cast.officer, on=today(), how="met", evidence=file, words="满意"
            ),
            "file": lambda: withdraw(file, reason="传错了", by=cast.officer),
            "parts": lambda: parts.say(matter, [Said("solved", False)], by=cast.officer),
        }[what]()
