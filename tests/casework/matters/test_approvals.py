"""What needs a second person: asked by one, decided by another, on the pages of the record."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from casework.matters.approvals import ask
from casework.matters.models import Approval, MatterFile
from office.history import acting
from office.models import Look
from tests.casework.matters.counter import arrive, sent, state, text


def photo(name: str) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


def decide_url(approval) -> str:
    return reverse("matters:decide", args=[approval.matter_id, approval.pk])


def test_voiding_takes_one_who_asks_and_another_who_agrees(cast, fresh, login):
    asker = login(cast.registrar)
    void = reverse("matters:ask", args=[fresh.pk, "void"])
    assert "请写明理由" in text(asker.post(void, sent(reason=" ")))
    asker.post(void, sent(reason="和韦小梅上一件重复"))
    request = Approval.objects.get()
    assert state(fresh) == "registered"
    assert "已经申请过" in text(asker.get(void, follow=True))

    second = login(cast.officehead)
    assert "和韦小梅上一件重复" in text(second.get(decide_url(request)))
    assert Look.objects.get(person=cast.officehead).purpose == "审批作废"
    second.post(decide_url(request), sent(decision="approve", note=""))

    fresh.refresh_from_db()
    assert (fresh.state, fresh.due_on) == ("void", None)


def test_nobody_decides_on_their_own_request(cast, fresh, login):
    with acting(cast.officehead):
        request = ask(fresh, "void", by=cast.officehead, reason="重复登记")
    client = login(cast.officehead)

    for response in (
        client.get(decide_url(request), follow=True),
        client.post(decide_url(request), sent(decision="approve"), follow=True),
    ):
        assert "申请人不能审批自己的申请" in text(response)
        assert "重复登记" not in text(response)
    assert state(fresh) == "registered"
    assert not Look.objects.filter(person=cast.officehead).exists()


def test_refusing_a_request_needs_a_reason(cast, fresh, login):
    with acting(cast.registrar):
        request = ask(fresh, "void", by=cast.registrar, reason="重复登记")
    client = login(cast.leader)

    refused = client.post(decide_url(request), sent(decision="refuse", note=""))
    assert "不同意的，请写明理由" in text(refused)
    client.post(decide_url(request), sent(decision="refuse", note="两件不是一回事"))

    request.refresh_from_db()
    assert (request.decision, state(fresh)) == ("refused", "registered")
    assert "已经有人审批过了" in text(
        login(cast.officehead).post(decide_url(request), sent(decision="approve"), follow=True)
    )


@pytest.mark.parametrize("who", ["registrar2", "auditor"])
def test_a_request_is_decided_by_nobody_without_the_right(who, cast, fresh, login):
    with acting(cast.registrar):
        request = ask(fresh, "void", by=cast.registrar, reason="重复登记")

    response = login(getattr(cast, who)).post(decide_url(request), sent(decision="approve"))

    assert response.url == "/admin/"
    assert state(fresh) == "registered"


def test_the_received_date_is_corrected_with_a_proof_by_two_people(cast, fresh, login):
    client = login(cast.registrar)
    url = reverse("matters:ask", args=[fresh.pk, "received"])
    day = fresh.received_on - timedelta(days=2)
    bare = sent(new_date=f"{day:%Y-%m-%d}", reason="信封邮戳早两天")
    refused = client.post(url, bare)
    assert "请先上传能证明收到日期的材料" in text(refused)
    assert "信封邮戳早两天" in text(refused)

    client.post(url, bare | {"upload": photo("信封.jpg")})
    request = Approval.objects.get()
    assert request.evidence.text("name") == "信封.jpg"
    page = text(login(cast.officehead).get(decide_url(request)))
    assert f"{fresh.received_on:%Y-%m-%d} → {day:%Y-%m-%d}" in page
    login(cast.officehead).post(decide_url(request), sent(decision="approve", note=""))

    fresh.refresh_from_db()
    assert (fresh.received_on, fresh.due_on) == (day, day + timedelta(days=15))


def test_a_proof_already_in_the_file_can_be_chosen_and_one_of_another_matter_cannot(
    cast, fresh, login
):
    client = login(cast.registrar)
    other = arrive(cast.registrar)[1][0]
    for matter in (fresh, other):
        client.post(
            reverse("matters:attach", args=[matter.pk]),
            sent(files=[photo("登记簿.jpg")]),
        )
    url = reverse("matters:ask", args=[fresh.pk, "received"])
    form = {"new_date": f"{fresh.received_on - timedelta(days=1):%Y-%m-%d}", "reason": "登记簿为准"}

    foreign = client.post(url, sent(**form, evidence=other.files.get().pk))
    assert foreign.status_code == 422
    client.post(url, sent(**form, evidence=fresh.files.get().pk))

    assert Approval.objects.get().evidence == fresh.files.get()


def test_a_refused_proof_leaves_neither_file_nor_request(cast, fresh, login):
    form = sent(
        new_date=f"{fresh.received_on - timedelta(days=1):%Y-%m-%d}",
        reason="登记簿为准",
        upload=SimpleUploadedFile("run.exe", b"MZ\x00\x00" * 40),
    )

    response = login(cast.registrar).post(reverse("matters:ask", args=[fresh.pk, "received"]), form)

    assert "不支持这种文件" in text(response)
    assert (Approval.objects.count(), MatterFile.objects.count()) == (0, 0)
