"""How long a matter is kept, who changes that, and what keeps one whose term is over."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from casework.matters.approvals import ask
from casework.matters.destruction import due
from casework.matters.intake import Arrival, open_another
from casework.matters.models import Matter
from casework.matters.profiles import make_national_profile
from casework.matters.retention import change_class, hold
from casework.matters.terms import give_terms
from office import clock
from office.history import acting
from office.models import Change, RetentionClass
from tests.casework.matters.archive import closed, in_2040
from tests.casework.matters.counter import record, sent, text
from tests.casework.matters.rules.making import in_force

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture
def old(cast, street):
    return closed(cast, street)


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


# How long


def test_a_closed_matter_gets_its_class_and_its_last_day_by_rule(cast, street):
    arbitration = closed(cast, street)
    petition = closed(cast, street, path="C6")
    group = closed(cast, street, people_count=5)
    crowd = closed(cast, street, people_count=50)
    year = arbitration.closed_on.year
    assert [(one.retention, one.keep_until) for one in (arbitration, petition, group, crowd)] == [
        ("short", date(year + 10, 12, 31)),
        ("long", date(year + 30, 12, 31)),
        ("long", date(year + 30, 12, 31)),
        ("permanent", None),
    ]


def test_an_office_that_counts_a_group_from_ten_keeps_five_people_for_the_short_term(cast, street):
    make_national_profile()
    in_force("本地口径", date(2024, 1, 1), group=(10, "person"))
    assert closed(cast, street, people_count=5).retention == "short"


def test_a_term_shortened_later_does_not_touch_what_was_closed_before_a_longer_one_does(
    cast, street, old
):
    before = old.keep_until
    with acting(cast.officehead, "区档案局同意"):
        row = RetentionClass(key="short", term=5, source="区档〔2027〕1号")
        row.save()
    day_after_five = date(old.closed_on.year + 6, 1, 1)
    assert due(day_after_five) == []
    assert [one.until for one in due(before + timedelta(days=1))] == [before]
    with acting(cast.officehead, "区档案局同意"):
        row.term = 20
        row.save()
    assert due(before + timedelta(days=1)) == []
    assert due(date(old.closed_on.year + 21, 1, 1))[0].until.year == old.closed_on.year + 20


def test_an_office_head_keeps_a_matter_for_ever_with_a_reason_and_an_officer_cannot(
    cast, old, login
):
    address = reverse("matters:retention", args=[old.pk])
    with pytest.raises(PermissionDenied):
        change_class(old, "permanent", by=cast.head, reason="重要")
    client = login(cast.officehead)
    assert "请写明理由" in text(client.post(address, sent(retention="permanent", until="")))
    client.post(address, sent(retention="permanent", until="", reason="全国媒体报道过"))
    assert (fresh(old).retention, fresh(old).keep_until) == ("permanent", None)
    assert "改保管期限：全国媒体报道过" in Change.objects.filter(root_id=old.pk).last().reason
    assert "永久" in text(client.get(record(old)))
    assert login(cast.officer).get(address).url == "/admin/"  # Wagtail's refusal


def test_a_custodian_changes_the_class_of_a_sealed_matter_and_the_office_head_never_meets_it(
    cast, sealed, login
):
    with acting(cast.custodian):
        from_sealed = Matter.objects.get(pk=sealed.pk)
    address = reverse("matters:retention", args=[from_sealed.pk])
    assert login(cast.officehead).get(address).status_code == 404
    assert login(cast.custodian).get(address).status_code == 302  # not handed over yet


# What keeps a matter whose term is over


def test_what_still_runs_keeps_a_matter_and_is_told(cast, street, old):
    held, waiting, sibling = closed(cast, street), closed(cast, street), closed(cast, street)
    hold(held, date(clock.today().year + 10, 12, 31), by=cast.leader, reason="正在诉讼")
    with acting(cast.registrar):
        proof = waiting.files.earliest("pk")
        ask(
            waiting, "received", by=cast.registrar, reason="信封上的邮戳",
            new_date=waiting.received_on - timedelta(days=1), evidence=proof,
        )  # fmt: skip
    item = sibling.links.get().item
    with acting(cast.registrar):
        open_another(
            item,
            Arrival(channel="visit", received_on=item.received_on, claims=[("停车", "占道")]),
            by=cast.registrar,
        )
    with in_2040():
        told = {one.object_id: one.kept for one in due(clock.today())}
    assert told == {
        old.pk: "", held.pk: "",  # the hold ended years ago
        waiting.pk: "有申请等待审批", sibling.pk: "同一来件还有事项没有办完",
    }  # fmt: skip


def test_a_hold_runs_out_and_is_let_go_with_a_reason(cast, old):
    with in_2040():
        hold(old, date(2041, 5, 1), by=cast.leader, reason="法院要求保全")
        assert due(clock.today())[0].kept == "暂缓销毁至 2041-05-01"
        assert due(date(2041, 5, 2))[0].kept == ""
        with pytest.raises(ValidationError):
            hold(old, date(2099, 1, 1), by=cast.leader, reason="太久")
        with pytest.raises(ValidationError):
            hold(old, None, by=cast.leader, reason=" ")
        hold(old, None, by=cast.officehead, reason="判决已生效")
        assert due(clock.today())[0].kept == ""


def test_a_sealed_matter_is_in_no_list_that_others_than_its_custodians_read(cast, sealed):
    with acting(cast.custodian):
        row = Matter.objects.get(pk=sealed.pk)
        row.keep_until = date(2030, 12, 31)
        row.save()
    with in_2040():
        assert due(clock.today()) == []


def test_what_ended_without_a_term_gets_one_from_the_worker(cast, old):
    with acting(None, "旧版本"):
        row = fresh(old)
        row.retention, row.keep_until = "", None
        row.save()
    assert give_terms(clock.now()) == 1
    assert (fresh(old).retention, fresh(old).keep_until) == ("short", old.keep_until)
    assert give_terms(clock.now()) == 0
