"""The first page: what waits for whom, late things first, and where the rest is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.matters.approvals import ask
from casework.matters.models import Recusal
from casework.matters.registrations import links, open_work
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import LIST, accepted, arrive, assigned, record, text
from tests.casework.matters.handing import handed_over
from tests.english import english_left

HOME = "/admin/"


def panels(client) -> dict[str, list[str]]:
    """Heading → numbers of the matters on it."""
    [queues] = [p for p in client.get(HOME).context["panels"] if hasattr(p, "panels")]
    return {panel.title: [row.number for row in panel.matters] for panel in queues.panels}


def test_an_officer_meets_the_own_matters_late_ones_first(cast, street, rules, login):
    far, late = (
        arrive(cast.registrar, received_on=today() - timedelta(days=days))[1][0] for days in (3, 70)
    )
    with acting(cast.officehead):
        for matter in (far, late):
            accepted(matter, cast.officehead)
            assigned(matter, cast.officehead, street.social, cast.officer)
        late.refresh_from_db()
        late.due_on = today() - timedelta(days=4)
        late.save()
    unclaimed = arrive(cast.registrar)[1][0]
    assigned(accepted(unclaimed, cast.officehead), cast.officehead, street.social)

    assert panels(login(cast.officer)) == {"我的在办": [late.number, far.number]}
    assert "超期 4 天" in text(login(cast.officer).get(HOME))


def test_a_unit_head_meets_what_nobody_was_named_for(cast, street, handled, login):
    unnamed = arrive(cast.registrar)[1][0]
    assigned(accepted(unnamed, cast.officehead), cast.officehead, street.social)
    foreign = arrive(cast.registrar)[1][0]
    assigned(accepted(foreign, cast.officehead), cast.officehead, street.housing)

    assert panels(login(cast.head)) == {
        "本单位待指定承办人": [unnamed.number],
        "本单位在办": [handled.number],
    }


def test_an_office_head_meets_what_waits_for_acceptance_and_for_a_unit(cast, handled, login):
    waiting = arrive(cast.registrar)[1][0]
    late = arrive(cast.registrar, received_on=today() - timedelta(days=20))[1][0]
    ready = accepted(arrive(cast.registrar)[1][0], cast.officehead)

    found = panels(login(cast.officehead))

    assert found["待受理"] == [late.number, waiting.number]
    assert found["待交办"] == [ready.number]
    assert found["超期"] == [late.number]


def test_a_registrar_meets_the_own_gaps_and_the_queue_of_all(cast, rules, login):
    gap = arrive(cast.registrar, complete=False)[1][0]
    theirs = arrive(cast.registrar2, complete=False)[1][0]

    found = panels(login(cast.registrar))

    assert found == {
        "待补全": [gap.number],
        "收到未受理": [gap.number, theirs.number],
        "刚登记的": [gap.number],
    }


def test_requests_wait_for_everybody_who_may_decide_but_the_asker(cast, fresh, login):
    with acting(cast.officehead):
        ask(fresh, "void", by=cast.officehead, reason="重复登记")

    seen = {
        who: "作废：民宿保洁员" in text(login(getattr(cast, who)).get(HOME))
        for who in ("officehead", "officehead2", "leader", "registrar", "auditor")
    }

    assert seen == {
        "officehead": False, "officehead2": True, "leader": True, "registrar": False,
        "auditor": False,
    }  # fmt: skip


def test_a_keeper_meets_sealed_letters_by_number_alone(cast, sealed, login):
    page = text(login(cast.custodian).get(HOME))

    assert sealed.number in page
    assert sealed.title not in page
    for who in ("officehead", "leader", "auditor", "officer"):
        assert sealed.number not in text(login(getattr(cast, who)).get(HOME))


def test_whoever_stepped_back_is_not_reminded(cast, handled, login):
    with acting(cast.officehead):
        Recusal(matter=handled, user=cast.officer, since=today()).save()

    assert panels(login(cast.officer)) == {"我的在办": []}


def test_a_sealed_letter_waits_apart_from_gaps_until_its_keeper_has_handed_it_over(
    cast, sealed, login
):
    found = panels(login(cast.registrar))

    assert found["待补全"] == []
    assert found["待交保管人"] == [sealed.number]
    handed_over(sealed, cast.custodian)
    assert "待交保管人" not in panels(login(cast.registrar))


def test_a_panel_shows_five_and_leads_to_the_rest(cast, rules, login):
    arrive(cast.registrar, claims=[(f"第{n}件", "") for n in range(7)])
    page = text(login(cast.officehead).get(HOME))
    panel = page[page.index('id="panel-accept"') :]
    panel = panel[: panel.index("</section>")]

    assert panel.count("<li>") == 5
    assert f'{reverse(LIST)}?tab=open&amp;state=registered">还有更多' in panel
    assert (
        len(
            login(cast.officehead)
            .get(reverse(LIST) + "?tab=open&state=registered")
            .context["page"]
            .matters
        )
        == 7
    )


def test_an_empty_panel_says_that_nothing_waits(cast, rules, login):
    assert "没有超期的事项" in text(login(cast.leader).get(HOME))
    assert "点“登记来件”" in text(login(cast.registrar).get(HOME))
    assert reverse("office_audit") in text(login(cast.auditor).get(HOME))


@pytest.mark.parametrize(
    "who", ["officer", "head", "officehead", "leader", "registrar", "custodian", "auditor"]
)
def test_the_first_page_costs_a_dozen_queries_at_most_and_is_chinese(
    who, cast, street, handled, login
):
    arrive(cast.registrar, claims=[(f"第{n}件", "") for n in range(9)])
    client = login(getattr(cast, who))
    client.get(HOME)

    with CaptureQueriesContext(connection) as caught:
        page = client.get(HOME)

    # who decides in many rooms is asked for each of them, one query a room; and of working
    # together each kind (tasks, supervisions, reminders, notes, disputes) is one more; the bell
    # asks what is unread, and which of it may still be opened
    most = {"leader": 21, "officehead": 18, "officer": 17, "head": 17}.get(who, 14)
    assert len(caught) <= most
    assert english_left(text(page)) == []


def test_whoever_closes_an_account_is_told_how_much_waits_and_not_what(cast, handled, sealed):
    told = ["名下还有未交接的工作 1 项，请其本人或信访办主任先交接"]

    assert open_work(cast.officer) == told
    assert open_work(cast.custodian) == told
    assert open_work(cast.head) == []


def test_the_audit_page_links_to_what_its_reader_may_open(cast, handled, sealed):
    ids = [handled.pk, sealed.pk]

    assert links(cast.auditor, ids) == {handled.pk: record(handled)}
    assert links(cast.other_officer, ids) == {}
    assert links(cast.custodian, ids) == {sealed.pk: record(sealed)}
