"""A copy leaves the house: for one person, encrypted, expiring, every download logged."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from django.urls import reverse
from openpyxl import load_workbook

from casework.matters.attaching import attach
from casework.matters.models import Recusal
from office.clock import today
from office.history import acting
from office.models import ExportRun, Look
from tests.casework.matters.counter import arrive, sent, text
from tests.casework.matters.rights.desk import (
    PHONE,
    PNG,
    again,
    at,
    done,
    gathered,
    granted,
    photo,
)

LIST, NEW = reverse("rights:list"), reverse("rights:new")


def test_the_copy_is_made_for_its_clerk_logged_and_gone_when_it_expires(
    cast, handled, login, monkeypatch
):
    asked = granted(cast.registrar, cast.leader, handled, rights=("access", "copy"))
    client = login(cast.registrar)

    run_page = done(client.post(at(asked, "file"), sent(format="xlsx")))
    run = ExportRun.objects.get()
    assert run_page.startswith(reverse("exports:run", args=[run.pk]))
    response = client.get(reverse("exports:file", args=[run.pk]))
    rows = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    cells = [str(cell) for row in rows.iter_rows(values_only=True) for cell in row if cell]
    assert PHONE in cells
    assert any("只交请求人本人" in cell for cell in cells)
    assert Look.objects.filter(what__startswith="下载", what__contains=asked.number).exists()
    assert run.expires_at - run.finished_at == timedelta(days=3)
    for other in (cast.leader, cast.officehead, cast.registrar2):
        assert login(other).get(reverse("exports:file", args=[run.pk])).status_code == 404

    run.expires_at = run.finished_at - timedelta(seconds=1)
    run.save()
    response = client.get(reverse("exports:file", args=[run.pk]))
    assert response.status_code == 410
    assert "已过保留期限" in text(response)


def test_the_package_holds_the_files_the_person_handed_in_and_no_other(cast, fresh, login):
    with acting(cast.registrar):
        own = attach(fresh, photo("韦小梅的工资条.png"), by=cast.registrar)
        attach(fresh, photo("现场记录.png"), by=cast.registrar)
    asked = gathered(cast.registrar, fresh, rights=("copy",))
    client = login(cast.registrar)
    link = asked.links.get()
    served = client.get(at(asked, "matter_file", link.pk, own.pk))
    assert served.content == PNG
    done(client.post(at(asked, "files", link.pk), sent(files=[str(own.pk)])))
    assert not again(asked).document  # what was put together no longer fits
    done(client.post(at(asked, "build"), sent(hidden="")))
    done(client.post(at(asked, "submit"), sent(a_copy="granted", r_copy="")))
    done(login(cast.leader).post(at(asked, "decide"), sent(decision="approve")))

    done(client.post(at(asked, "file"), sent(format="zip")))
    run = ExportRun.objects.get()
    assert run.state == "done", run.error
    data = b"".join(client.get(reverse("exports:file", args=[run.pk])).streaming_content)
    with ZipFile(BytesIO(data)) as archive:
        assert archive.namelist() == [
            f"个人信息答复-{asked.number}.xlsx", f"{fresh.number}-材料1.png",
        ]  # fmt: skip
        assert archive.read(f"{fresh.number}-材料1.png") == PNG


def test_a_file_is_refused_when_the_clerk_steps_back_or_before_the_decision(cast, fresh, login):
    early = gathered(cast.registrar, fresh, rights=("copy",))
    client = login(cast.registrar)
    assert done(client.post(at(early, "file"), sent(format="xlsx"))) == "/admin/"

    asked = granted(cast.registrar, cast.leader, arrive(cast.registrar)[1][0], rights=("copy",))
    done(client.post(at(asked, "file"), sent(format="xlsx")))
    run = ExportRun.objects.get()
    with acting(None, "回避"):
        Recusal(
            matter=asked.links.get().matter, user=cast.registrar, since=today() - timedelta(days=1)
        ).save()
    response = client.get(reverse("exports:file", args=[run.pk]))
    assert response.status_code == 403
    assert "不能做成文件" in text(response)


def test_the_list_of_files_is_no_side_door_to_a_request(cast, fresh, login):
    granted(cast.registrar, cast.leader, fresh, rights=("copy",))

    for page in ("/admin/exports/new/rights/?request=1", "/admin/exports/clear/rights/?request=1"):
        assert login(cast.registrar).get(page).status_code == 404
