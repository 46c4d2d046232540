"""What the tests of exports do at the desk: matters to export, a form sent, a file opened."""

import uuid
from io import BytesIO

from openpyxl import load_workbook

from casework.matters.intake import Person
from casework.matters.profiles import make_national_profile
from office.clock import now
from office.exporting import requests, runs
from office.exporting.runs import query_of
from office.history import acting
from office.models import ExportRequest, ExportRun, Limit
from tests.casework.matters.counter import arrive

NEW, MINE = "/admin/exports/new/{}/", "/admin/exports/"
NAMES = ("韦小梅", "柏长青", "纪晚秋")


def matters(cast):
    """Three unsealed matters, each with its own person."""
    make_national_profile()
    people = [Person(name=name, phone=f"1990000{n}234") for n, name in enumerate(NAMES)]
    return [arrive(cast.registrar, people=[person])[1][0] for person in people]


def sent(**fields):
    """Fields of a form with a token of its own, as a browser sends them."""
    return {"form_token": str(uuid.uuid4()), **fields}


def form(**fields):
    return sent(**{"format": "xlsx", "usual": "上报", "detail": "三季度台账", **fields})


def export(client, key="matters", query="", **fields):
    """Send the form 导出 of a list; the run it began, or the page with what is wrong."""
    response = client.post(NEW.format(key) + query, form(**fields))
    if response.status_code != 302:
        return response
    return ExportRun.objects.get(pk=int(response.url.split("?")[0].rstrip("/").rsplit("/", 1)[1]))


def page(run):
    return f"/admin/exports/{run.pk}/"


def file(run):
    return f"/admin/exports/{run.pk}/file/"


def content(response):
    assert response.status_code == 200, response.content.decode()
    return b"".join(response.streaming_content)


def cells(data):
    """The rows of an .xlsx as lists of values."""
    return [list(row) for row in load_workbook(BytesIO(data)).active.iter_rows(values_only=True)]


def flat(data):
    return "\n".join(str(value) for row in cells(data) for value in row if value is not None)


def text(response):
    return response.content.decode()


def set_limit(key, value):
    with acting(None, "测试"):
        Limit(key=key, value=value).save()


def work(stopping=bool):
    """A worker takes up one file; whether there was one."""
    return runs.take_up(now(), stopping)


def asked(person, purpose="报区信访局核对联系方式"):
    """A request of a person for all open matters in clear."""
    with acting(person):
        query = query_of(ExportRequest(query={"tab": ["all"]}))
        return requests.ask(person, "matters", query, conditions="全部", purpose=purpose)
