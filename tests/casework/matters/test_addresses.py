"""Addresses made up by hand: not found, never an error page."""

import pytest
from django.urls import reverse

from office.models import Look
from tests.casework.matters.counter import record, sent

HUGE = "9" * 23
LARGE = "9" * 18


@pytest.mark.parametrize("key", [HUGE, LARGE])
@pytest.mark.parametrize(
    "address",
    [
        "matters/receipt/{key}/", "matters/{key}/open/", "matters/{key}/complete/",
        "matters/{key}/another/", "matters/{key}/do/accept/", "matters/{key}/ask/void/",
        "matters/{key}/files/", "matters/inspect/{key}/", "matters/edit/{key}/",
        "ledgers/{key}/", "ledgers/{key}/errors/",
    ],
)  # fmt: skip
def test_a_number_no_record_can_have_is_not_found(cast, login, address, key):
    client = login(cast.registrar)
    url = f"/admin/{address.format(key=key)}"

    assert client.get(url).status_code in (404, 405)
    assert client.post(url, sent()).status_code == 404


@pytest.mark.parametrize("key", [HUGE, LARGE])
@pytest.mark.parametrize("part", ["files/{key}/", "files/{key}/content/", "approvals/{key}/"])
def test_a_part_no_matter_can_have_is_not_found(cast, fresh, login, part, key):
    url = f"/admin/matters/{fresh.pk}/{part.format(key=key)}"

    assert login(cast.officehead).get(url).status_code == 404


@pytest.mark.parametrize("further", ["foo", "wagtailadmin_home", "a.b", "/" + "x" * 600])
def test_a_look_is_written_and_leads_home_when_the_way_on_is_no_path(cast, fresh, login, further):
    form = sent(what="信访人信息", purpose="联系信访人核对", next=further)

    response = login(cast.officehead).post(reverse("matters:open", args=[fresh.pk]), form)

    assert response.url == "/admin/"
    assert Look.objects.get().purpose == "联系信访人核对"


def test_the_way_on_after_a_look_is_kept(cast, fresh, login):
    form = sent(what="信访人信息", purpose="联系信访人核对", next=f"{record(fresh)}#files")

    response = login(cast.officehead).post(reverse("matters:open", args=[fresh.pk]), form)

    assert response.url == f"{record(fresh)}#files"
