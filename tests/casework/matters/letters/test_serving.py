"""送达 of letters that are no answer: every way with its proof, and the doors that stay shut."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.approvals import ask, decide
from casework.matters.counting.checking import faults
from casework.matters.letters import opening, reading
from casework.matters.letters.kinds import AMONG_OFFICES
from casework.matters.models import IssuingBody, Matter, Service
from casework.matters.serving import papers
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import record as record_of
from tests.casework.matters.counter import sent, text
from tests.casework.matters.letters import making
from tests.casework.matters.opinions import making as opinions
from tests.casework.matters.opinions.refusing import refused

HOME = {"way": "person", "place": "青檀社区家中"}
NOBODY = {"way": "person", "place": "青檀社区家中", "note": "家里没有人。"}


@pytest.fixture
def accepted(cast, handled):
    """The notice of acceptance, signed and numbered."""
    return issued(cast, handled, "acceptance")


def issued(cast, matter, kind):
    letter = making.issued(making.drafted(matter, kind, cast.officer), cast.officehead)
    return making.document(Matter.objects.get(pk=letter.matter_id), kind)


def record(paper, by, *, failed=False, on=None, **data):
    with acting(by):
        return papers.record(paper, by=by, on=on or today(), data=data, failed=failed)


def scan(paper, cast):
    return opinions.paper(paper.matter, cast.officer, "送达回证.txt")


def test_a_letter_is_served_without_moving_the_matter(cast, accepted):
    matter, clocks = accepted.matter, accepted.matter.clocks.count()
    row = record(accepted, cast.officer, **HOME, proof=scan(accepted, cast))
    assert (row.document, row.opinion, row.failed, row.server) == (
        accepted, None, False, cast.officer,
    )  # fmt: skip
    now = Matter.objects.get(pk=matter.pk)
    assert (now.state, now.due_on, now.answered_on) == (matter.state, matter.due_on, None)
    assert (now.clocks.count(), faults(now)) == (clocks, [])
    last = now.moves.latest("pk")
    assert (last.name, last.source, last.target) == ("serve_letter", now.state, now.state)
    assert "受理告知书 云街信受〔" in last.summary
    assert "当面送达" in last.summary
    assert "已经登记过" in refused(record, accepted, cast.officer, **HOME)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"way": "person"}, "在哪里送到"),
        (HOME, "送达凭据"),
        ({"way": "post"}, "送达凭据"),
        ({"way": "electronic", "received": True}, "同意书"),
        ({"way": "left", "place": "门口"}, "送达凭据"),
        ({"way": "notice", "place": "公告栏"}, "送达凭据"),
        ({"way": "pigeon"}, "没有这种"),
    ],
)
def test_each_way_asks_for_its_proof(cast, accepted, data, told):
    assert told in refused(record, accepted, cast.officer, **data)
    assert not Service.objects.exists()


def test_the_rules_of_the_ways_are_those_of_an_answer(cast, accepted):
    proof, consent = scan(accepted, cast), scan(accepted, cast)
    left = {"way": "left", "place": "门口", "proof": proof}
    assert "自己见证" in refused(record, accepted, cast.officer, **left, witness=cast.officer.name)
    electronic = {"way": "electronic", "consent": consent}
    assert "已收到" in refused(record, accepted, cast.officer, **electronic)
    notice = {"way": "notice", "place": "公告栏", "proof": proof, "no_name": True}
    assert "先用别的方式" in refused(record, accepted, cast.officer, **notice)
    assert "为什么" in refused(record, accepted, cast.officer, failed=True, **HOME)
    record(accepted, cast.officer, failed=True, **NOBODY)
    assert "姓名" in refused(record, accepted, cast.officer, **notice | {"no_name": False})
    assert record(accepted, cast.officer, **notice).way == "notice"
    names = accepted.matter.moves.values_list("name", flat=True)
    assert [*names][-2:] == ["try_letter", "serve_letter"]


def test_a_try_of_one_letter_is_none_of_another(cast, street, bodies, extended):
    first, second = issued(cast, extended, "acceptance"), making.document(extended, "extension")
    making.issued(making.drafted(extended, "extension", cast.officer), cast.officer)
    second = making.document(extended, "extension")
    record(first, cast.officer, failed=True, **NOBODY)
    notice = {"way": "notice", "place": "公告栏", "proof": scan(second, cast), "no_name": True}
    assert "先用别的方式" in refused(record, second, cast.officer, **notice)


def test_only_what_was_signed_is_served_and_not_before_its_day(cast, handled, accepted):
    assert "早于" in refused(
        record,
        accepted,
        cast.officer,
        **HOME,
        proof=scan(accepted, cast),
        on=today() - opinions.DAY,
    )
    other = making.document(opinions.handled(cast, _street(handled)), "acceptance")
    assert "先制作、签发" in refused(record, other, cast.officer, **HOME)
    foreign = scan(other, cast)
    assert "自己的凭据" in refused(record, accepted, cast.officer, **HOME, proof=foreign)


def _street(matter):
    class Street:
        social = matter.lead_unit

    return Street


def test_what_stays_among_offices_is_not_served():
    assert not papers.TO_PEOPLE & AMONG_OFFICES
    assert {"acceptance", "refusal", "told", "extension", "repeat_notice"} < papers.TO_PEOPLE


def test_an_answer_that_waits_is_served_by_its_move(cast, signed):
    making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    paper = making.document(signed, "opinion")
    assert "用“送达”登记" in refused(record, paper, cast.officer, **HOME)
    matter = opinions.in_hand(cast, None, signed)
    assert matter.services.get().document == paper
    assert "已经登记过" in refused(record, making.document(matter, "opinion"), cast.officer, **HOME)
    right = making.corrected(making.document(matter, "opinion").letter, cast.officer)
    making.issued(right, cast.leader)
    newer = making.document(matter, "opinion")
    assert record(newer, cast.officer, **HOME, proof=scan(newer, cast)).opinion is None
    assert Matter.objects.get(pk=matter.pk).due_on == matter.due_on


def test_nobody_serves_what_is_not_theirs(cast, accepted):
    given = {**HOME, "proof": scan(accepted, cast)}
    for person in (cast.auditor, cast.leader):
        with pytest.raises(PermissionDenied):
            record(accepted, person, **given)
    with pytest.raises(Matter.DoesNotExist):
        record(accepted, cast.other_officer, **given)
    assert not Service.objects.exists()


def test_the_page_takes_a_try_and_then_the_service(cast, accepted, login):
    client, matter = login(cast.officer), accepted.matter
    url = reverse("matters:letter_serve", args=[matter.pk, accepted.pk])
    assert url in text(client.get(record_of(matter)))
    assert "发出日期" not in text(client.get(url))
    day = str(today())
    bare = client.post(url, sent(result="served", on=day, **HOME))
    assert (bare.status_code, "送达凭据" in text(bare)) == (422, True)
    client.post(url, sent(result="in_vain", on=day, time="00:00", **NOBODY))
    assert "未送达" in text(client.get(url))
    proof = SimpleUploadedFile("回证.txt", "签收".encode())
    done = client.post(url, sent(result="served", on=day, proof=proof, **HOME), follow=True)
    assert "已登记送达" in text(done)
    assert "青檀社区家中" in text(done)  # the officer's own matter is open to them
    assert url not in text(done)
    assert "已经登记过" in text(client.get(url, follow=True))
    assert login(cast.other_officer).get(url).status_code == 404
    assert login(cast.auditor).get(url).status_code == 302  # refused, as everywhere in the admin


def test_a_proof_of_service_is_printed_with_what_is_known(cast, accepted):
    with acting(cast.officer):
        opening.open_record(cast.officer, accepted.matter, "打印送达回证")
        body = IssuingBody.objects.first()
        blank = making.words(reading.form_bytes("f_proof", accepted.matter, body, accepted))
        assert accepted.number in blank
        assert "□ 当面" in blank
    record(accepted, cast.officer, **HOME, proof=scan(accepted, cast))
    with acting(cast.officer):
        filled = making.words(reading.form_bytes("f_proof", accepted.matter, body, accepted))
    assert "□ 当面" not in filled
    for told in ("当面送达", "青檀社区家中", cast.officer.name):
        assert told in filled


def test_the_day_of_any_service_is_corrected_by_two_and_turns_no_clock(cast, accepted):
    with opinions.later(3):
        row = record(accepted, cast.officer, **HOME, proof=scan(accepted, cast))
        matter = Matter.objects.get(pk=accepted.matter_id)
        facts = {"reason": "回执日期", "evidence": scan(accepted, cast), "data": {"service": row}}
        early = today() - 9 * opinions.DAY
        assert "早于签发" in refused(
            ask, matter, "served", by=cast.officer, new_date=early, **facts
        )
        day = today() - opinions.DAY
        with acting(cast.officer):
            request = ask(matter, "served", by=cast.officer, new_date=day, **facts)
        before = [*matter.clocks.values_list("pk", "start_on", "due_on", "status")]
        with acting(cast.officehead):
            matter = decide(request, by=cast.officehead, approve=True)
        assert Service.objects.get(pk=row.pk).on == day
        assert [*matter.clocks.values_list("pk", "start_on", "due_on", "status")] == before
        assert "受理告知书" in matter.moves.latest("pk").summary
        assert matter.answered_on is None
