"""承办争议: the unit says "not ours", the other says its view, somebody above both decides."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.cooperation import disputes
from casework.matters.models import DutyDispute, Recusal
from office.clock import today
from office.history import acting
from tests.casework.matters.cooperation.asking import fresh, names, post, sees, url
from tests.casework.matters.counter import record, text

WHY = "民宿由村镇建设办登记管理"


def raised(matter, unit, by):
    with acting(by):
        return disputes.raise_dispute(matter, reason=WHY, other=unit, by=by)


def paper():
    return SimpleUploadedFile("决定.txt", "由社会事务办办理".encode())


def decided(row, unit, by, note="按职责清单第三条"):
    with acting(by):
        return disputes.decide(row, to_unit=unit, note=note, by=by)


def test_the_unit_disputes_the_other_says_its_view_and_the_office_head_moves_the_matter(
    cast, street, handled, housing_head, login
):
    before = fresh(handled).due_on
    answer = post(login(cast.head), "dispute", handled, reason=WHY, other=street.housing.pk)
    assert answer.status_code == 302
    [row] = DutyDispute.objects.all()
    client = login(housing_head)
    assert "承办争议" in text(client.get("/admin/"))
    assert WHY in text(client.get(url("view_dispute", handled, row)))
    assert post(client, "view_dispute", handled, row, view="同意由我们办").status_code == 302
    page = text(login(cast.officehead).get(url("decide_dispute", handled, row)))
    assert "同意由我们办" in page
    answer = post(
        login(cast.officehead), "decide_dispute", handled, row, to_unit=street.housing.pk,
        note="按职责清单",
    )  # fmt: skip
    assert answer.status_code == 302
    matter = fresh(handled)
    assert (matter.lead_unit, matter.due_on) == (street.housing, before)
    assert "reassign" in names(matter)
    assert names(matter)[-1] == "decide_dispute"
    assert not matter.supports.filter(until=None).exists()  # it leads now


def test_while_it_waits_the_unit_goes_on_and_nobody_disputes_twice(cast, street, handled):
    raised(handled, street.housing, cast.head)
    assert fresh(handled).state == "handling"
    with pytest.raises(ValidationError, match="已经有承办争议"):
        raised(handled, None, cast.head)


def test_an_officer_or_a_helping_unit_raises_no_dispute(cast, street, handled, housing_head):
    for who in (cast.officer,):
        with pytest.raises(PermissionDenied):
            raised(handled, street.housing, who)


def test_a_decision_that_it_stays_ends_what_the_other_unit_saw(cast, street, handled, housing_head):
    row = raised(handled, street.housing, cast.head)
    assert sees(cast.other_officer, handled)
    decided(row, None, cast.officehead)
    assert fresh(row).decision == "refused"
    assert fresh(handled).lead_unit == street.social
    assert not sees(cast.other_officer, handled)


def test_when_the_petition_office_is_a_party_a_leader_decides(cast, street, handled, login):
    row = raised(handled, street.office, cast.head)
    assert "街小领" in disputes.deciders(row).told
    for head in (cast.officehead, cast.officehead2):
        with pytest.raises(ValidationError, match="争议的一方"):
            decided(row, street.office, head)
        answer = login(head).get(url("decide_dispute", handled, row), follow=True)
        assert "争议的一方" in text(answer)
    decided(row, street.office, cast.leader)
    row = fresh(row)
    assert (row.level, row.decided_by) == ("leader", cast.leader)
    assert fresh(handled).lead_unit == street.office


def test_a_leader_who_stepped_back_leaves_it_to_the_district_on_paper(cast, street, handled, login):
    row = raised(handled, street.office, cast.head)
    client = login(cast.officehead)
    scan = {"to_unit": street.social.pk, "note": "职责清单", "authority": "云湖区信访局"}
    early = post(client, "district_dispute", handled, row, **scan, upload=paper())
    assert early.status_code == 302
    assert fresh(row).waits  # a leader can decide
    with acting(None, "回避"):
        Recusal(matter=handled, user=cast.leader, since=today()).save()
    assert disputes.deciders(row).level == "district"
    without = post(client, "district_dispute", handled, row, **scan)
    assert without.status_code == 422
    answer = post(client, "district_dispute", handled, row, **scan, upload=paper())
    assert answer.status_code == 302
    row = fresh(row)
    assert (row.decision, row.level, row.decided_by) == ("refused", "district", None)
    assert (row.authority, row.recorded_by) == ("云湖区信访局", cast.officehead)
    assert "区级决定：云湖区信访局" in text(client.get(record(handled)))


def test_nobody_decides_without_a_reason_or_for_a_unit_that_cannot_lead(cast, street, handled):
    row = raised(handled, street.housing, cast.head)
    with pytest.raises(ValidationError) as refused:
        decided(row, street.housing, cast.officehead, note=" ")
    assert "note" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        decided(row, street.outside, cast.officehead)
    assert "to_unit" in refused.value.message_dict
    assert fresh(row).waits


def test_a_unit_that_handles_it_after_all_withdraws(cast, street, handled, login):
    row = raised(handled, street.housing, cast.head)
    assert post(login(cast.head), "drop_dispute", handled, row).status_code == 302
    assert not fresh(row).waits
    assert not sees(cast.other_officer, handled)
    with pytest.raises(ValidationError, match="裁定或者撤回"):
        decided(row, street.housing, cast.officehead)
    assert "已撤回" in text(login(cast.officehead).get(record(handled)))
