"""Who may take a file out of a matter, and when a file has to stay."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.approvals import ask, decide
from casework.matters.attaching import attach
from casework.matters.filing import withdraw
from casework.matters.models import MatterFile, SupportUnit
from casework.matters.moving import move
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import sent, text
from tests.casework.matters.opinions.making import data_for


def add(matter, by):
    with acting(by):
        return attach(matter, SimpleUploadedFile("说明.txt", b"1 2 3"), by=by)


def close(cast, matter):
    """Settled by mediation, so nobody has to wait for a review."""
    with acting(cast.officer):
        data = data_for("settle", cast, None, matter)
        return move(matter, "settle", by=cast.officer, data=data)


def address(file):
    return reverse("matters:withdraw", args=[file.matter_id, file.pk])


def take_out(client, file):
    client.post(address(file), sent(reason="传错了事项"))
    return MatterFile.objects.get(pk=file.pk).withdrawn


def ask_for_yesterday(matter, file, by):
    from_day = matter.received_on.replace(day=matter.received_on.day - 1)
    with acting(by):
        return ask(matter, "received", by=by, reason="邮戳", new_date=from_day, evidence=file)


@pytest.fixture
def supported(street, handled):
    with acting(None):
        SupportUnit(matter=handled, unit=street.housing, since=today()).save()
    return handled


@pytest.mark.parametrize("who", ["registrar", "officer", "head", "officehead2"])
def test_those_who_answer_for_a_file_or_matter_take_it_out(cast, handled, login, who):
    assert take_out(login(getattr(cast, who)), add(handled, cast.registrar))


def test_a_support_unit_adds_files_and_takes_out_its_own_alone(cast, supported, login):
    file, own = add(supported, cast.officer), add(supported, cast.other_officer)
    client = login(cast.other_officer)

    assert not take_out(client, file)
    with acting(cast.other_officer), pytest.raises(PermissionDenied):
        withdraw(file, by=cast.other_officer, reason="传错了事项")
    assert take_out(client, own)


def test_a_closed_matter_keeps_its_files_and_takes_no_more(cast, handled, login):
    file = add(handled, cast.officer)
    closed = close(cast, handled)

    assert not take_out(login(cast.officehead), file)
    with acting(cast.officehead), pytest.raises(PermissionDenied):
        attach(closed, SimpleUploadedFile("补.txt", b"x y z"), by=cast.officehead)


def test_the_date_of_a_closed_matter_is_still_corrected_with_a_proof(cast, handled, login):
    close(cast, handled)
    day = handled.received_on.replace(day=handled.received_on.day - 1)
    form = sent(new_date=f"{day}", reason="邮戳", upload=SimpleUploadedFile("信封.txt", b"1 2 3"))

    login(cast.officehead).post(reverse("matters:ask", args=[handled.pk, "received"]), form)

    assert handled.approvals.get().evidence == handled.files.latest("pk")


def test_the_proof_of_an_open_request_stays_and_it_is_said_why(cast, handled, login):
    file = add(handled, cast.registrar)
    request = ask_for_yesterday(handled, file, cast.registrar)
    client = login(cast.registrar)

    assert not take_out(client, file)
    assert "审批之前不能撤下" in text(client.get(address(file), follow=True))

    with acting(cast.officehead):
        decide(request, by=cast.officehead, approve=False, note="邮戳看不清")
    assert take_out(client, file)


def test_nobody_agrees_to_a_date_whose_proof_is_gone(cast, handled, login):
    file = add(handled, cast.registrar)
    request = ask_for_yesterday(handled, file, cast.registrar)
    client, url = login(cast.officehead), reverse("matters:decide", args=[handled.pk, request.pk])
    link = reverse("matters:file", args=[handled.pk, file.pk])

    page = text(client.get(url))
    assert "在档" in page
    assert link in page
    with acting(None):
        file.withdrawn = True
        file.save()
    page = text(client.get(url))
    assert "已撤下" in page
    assert link in page

    assert "凭据已经撤下" in text(client.post(url, sent(decision="approve", note="")))
    with acting(cast.officehead), pytest.raises(ValidationError, match="凭据已经撤下"):
        decide(request, by=cast.officehead, approve=True)
    client.post(url, sent(decision="refuse", note="凭据没有了"))
    request.refresh_from_db()
    assert request.decision == "refused"


def test_the_name_of_a_refused_file_never_reaches_the_cookie(cast, handled, login):
    files = [SimpleUploadedFile("韦小梅.txt", b"ok"), SimpleUploadedFile("韦小梅.exe", b"MZ")]

    page = login(cast.officer).post(
        reverse("matters:attach", args=[handled.pk]), sent(files=files), follow=True
    )

    told = [str(message) for message in page.context["messages"]]
    assert any("第 2 个文件没有存：" in line for line in told)
    assert not any("韦小梅" in line for line in told)
