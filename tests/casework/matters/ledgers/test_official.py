"""The 信访台账 out of the records: the list as one filtered it, masked, as a true .xlsx."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.matters.forms.filters import TABS
from casework.matters.intake import Person
from casework.matters.ledgers import official
from casework.matters.ledgers.official_cells import CELLS
from casework.matters.models import Matter, Petitioner, Recusal, SupportUnit
from casework.matters.states import State
from office.bulk import insert_rows, insert_tracked
from office.clock import now, today
from office.history import acting
from office.ledger_forms import shipped
from office.models import DataKey
from office.registries import exports
from office.sheets.official import write_xlsx
from office.vault import new_data_key
from tests.casework.matters.counter import accepted, answered, arrive, assigned

LIST = "wagtailsnippets_matters_matter:list"
CROWD = [Person(name=f"韦小{n}", phone=f"1990000123{n}") for n in "一二三四五六七"]


def opened(user, clear=False, **query):
    return exports["matters"].open(user, query, clear)


def lines(listing):
    """The rows as title → value."""
    titles = [column.title for column in listing.columns]
    return [dict(zip(titles, row, strict=True)) for row in listing.rows()]


def numbers(listing):
    return [line["信访编号"] for line in lines(listing)]


def sheet(listing):
    """The listing written as .xlsx and read back: rows of values."""
    made = io.BytesIO()
    write_xlsx(made, listing.head, listing.columns, listing.rows())
    made.seek(0)
    return openpyxl.load_workbook(made).worksheets[0]


def on_the_page(client, query):
    """Numbers of all pages of the list, in their order."""
    found, address = [], f"{reverse(LIST)}?{query}"
    while address:
        context = client.get(address).context
        found += [row["number"] for row in context["rows"]]
        later = context["paging"].get("later")
        address = reverse(LIST) + later if later else None
    return found


@pytest.fixture
def desk(cast, street, rules):
    """Matters of two sections, a supported one, a sealed one, one the officer stepped back from."""
    made = []
    for title, unit in (("路灯不亮", street.social), ("院墙占道", street.housing)) * 4:
        matter = arrive(cast.registrar, claims=[(title, f"{title}已经一个月。")])[1][0]
        made.append(assigned(accepted(matter, cast.officehead), cast.officehead, unit))
    with acting(cast.officehead):
        SupportUnit(matter=made[1], unit=street.social, since=today()).save()
        Recusal(matter=made[2], user=cast.officer, since=today()).save()
    arrive(cast.registrar, klass="B", channel="letter", claims=[], people=[])
    return made


@pytest.mark.parametrize("query", [f"tab={tab}&sort={sort}" for tab in TABS for sort in TABS[tab][1]])
def test_an_officers_export_holds_the_rows_of_the_list_in_its_order(cast, desk, login, query):
    on_page = on_the_page(login(cast.officer), query)
    listing = exports["matters"].open(cast.officer, QueryDict(query), False)
    assert numbers(listing) == on_page
    if query.startswith(("tab=all", "tab=open")):
        assert len(on_page) == 4  # three of their own and the supported one


@pytest.mark.parametrize(
    "query",
    [
        "tab=all&q=院墙", "tab=all&channel=visit", "tab=all&channel=letter", "tab=all&state=handling",
        "tab=all&since={day}", "tab=all&until={day}", "tab=all&unit={unit}", "tab=all&q={number}",
        "tab=all&unit=none", "tab=all&incomplete=on", "tab=all&community=999&state=nonsense",
    ],
)  # fmt: skip
def test_a_filtered_list_leaves_as_it_is_filtered(cast, street, desk, login, query):
    query = query.format(
        day=today() - timedelta(days=3), unit=street.housing.pk, number=desk[0].number
    )
    for person in (cast.officehead, cast.officer, cast.head, cast.leader):
        listing = exports["matters"].open(person, QueryDict(query), False)
        assert numbers(listing) == on_the_page(login(person), query)
