"""更正、补充: after the decision, through the matter's own amendment, old and new kept."""

from datetime import timedelta

from django.urls import reverse

from casework.matters.models import Petitioner
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import sent, text
from tests.casework.matters.rights.desk import (
    PHONE,
    at,
    done,
    gathered,
    photo,
    submitted,
)

LIST, NEW = reverse("rights:list"), reverse("rights:new")


def test_a_correction_is_written_after_the_decision_with_old_and_new(cast, fresh, login):
    asked = gathered(cast.registrar, fresh, rights=("correct",))
    client = login(cast.registrar)
    link = asked.links.get()
    wish = {"link": str(link.pk), "field": "phone", "new": "19988887777"}
    done(client.post(at(asked, "correct"), sent(**wish)))
    row = asked.corrections.get()
    early = client.post(at(asked, "settle", row.pk), sent(go="write"), follow=True)
    assert "审批同意之后才能更正" in text(early)
    submitted(asked, cast.registrar)
    done(login(cast.leader).post(at(asked, "decide"), sent(decision="approve")))

    done(client.post(at(asked, "settle", row.pk), sent(go="write")))

    row.refresh_from_db()
    assert (row.done, row.unlocked("old"), row.unlocked("new")) == (
        "written", PHONE, "19988887777",
    )  # fmt: skip
    assert Petitioner.objects.get(matter=fresh).unlocked("phone") == "19988887777"
    assert "19988887777" in client.get(at(asked, "reply")).context["form"].initial["reply"]


def test_a_wrong_phone_is_refused_at_the_field(cast, fresh, login):
    asked = gathered(cast.registrar, fresh, rights=("correct",))
    wish = {"link": str(asked.links.get().pk), "field": "phone", "new": "1998"}

    response = login(cast.registrar).post(at(asked, "correct"), sent(**wish))

    assert response.status_code == 422
    assert response.context["form"].errors["new"]


def test_a_received_date_goes_to_two_people_with_its_evidence(cast, fresh, login):
    asked = gathered(cast.registrar, fresh, rights=("correct",))
    client = login(cast.registrar)
    day = fresh.received_on - timedelta(days=1)
    wish = {"link": str(asked.links.get().pk), "field": "received_on", "new": str(day)}
    assert client.post(at(asked, "correct"), sent(**wish)).status_code == 422
    done(client.post(at(asked, "correct"), sent(**wish, evidence=photo("信封.png"))))
    submitted(asked, cast.registrar)
    done(login(cast.leader).post(at(asked, "decide"), sent(decision="approve")))

    done(client.post(at(asked, "settle", asked.corrections.get().pk), sent(go="write")))

    row = asked.corrections.get()
    assert row.done == "asked"
    assert (row.approval.new_date, row.approval.asked_by) == (day, cast.registrar)
    assert row.approval.evidence.matter_id == fresh.pk
    fresh.refresh_from_db()
    assert fresh.received_on != day


def test_an_ended_matter_keeps_its_fields_and_gets_a_note_beside_them(cast, handled, login):
    asked = gathered(cast.officehead, handled, rights=("correct",))
    client = login(cast.officehead)
    wish = {"link": str(asked.links.get().pk), "field": "address", "new": "望塘村3组21号"}
    done(client.post(at(asked, "correct"), sent(**wish)))
    submitted(asked, cast.officehead)
    done(login(cast.leader).post(at(asked, "decide"), sent(decision="approve")))
    with acting(None, "办结"):
        row = type(handled).objects.get(pk=handled.pk)
        row.state, row.due_on, row.due_kind, row.closed_on = "closed", None, "", today()
        row.save()

    done(client.post(at(asked, "settle", asked.corrections.get().pk), sent(go="write")))

    assert asked.corrections.get().done == "noted"
    move = handled.moves.last()
    assert (move.name, move.unlocked("note")) == ("annotate", "望塘村3组12号 → 望塘村3组21号")
    assert Petitioner.objects.get(matter=handled).unlocked("address") == "望塘村3组12号"


def test_a_foreign_desk_s_matter_is_corrected_by_the_office_head(cast, handled, login):
    asked = gathered(cast.registrar2, handled, rights=("correct",))
    client = login(cast.registrar2)
    wish = {"link": str(asked.links.get().pk), "field": "name", "new": "韦晓梅"}
    done(client.post(at(asked, "correct"), sent(**wish)))
    submitted(asked, cast.registrar2)
    done(login(cast.leader).post(at(asked, "decide"), sent(decision="approve")))
    settle = at(asked, "settle", asked.corrections.get().pk)
    refused = client.post(settle, sent(go="write"))
    assert "请信访办主任接手" in text(refused)

    head = login(cast.officehead)
    done(head.post(at(asked, "take"), sent()))
    done(head.post(settle, sent(go="write")))

    assert asked.corrections.get().done == "written"
    assert client.get(at(asked, "record")).status_code == 404
