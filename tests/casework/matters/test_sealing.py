"""A registered matter turns out to be a report on somebody: hidden at once, confirmed or given back."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict

from casework.matters.approvals import ask, decide
from casework.matters.attaching import attach
from casework.matters.clockcard import clock_card
from casework.matters.effects.sealed import TITLE
from casework.matters.intake import Arrival, register
from casework.matters.models import Custody, Matter, Move, Recusal
from casework.matters.registrations import open_work
from casework.matters.sealing import STAND_IN_TITLE
from casework.matters.searching import KIND, SAID
from casework.matters.states import State
from office import search
from office.clock import now, today
from office.exporting import runs
from office.exporting.renewing import renew
from office.forms import KeptForm
from office.history import acting
from office.models import Change, DataKey, ExportRun
from office.private_files import read
from office.vault import VaultError, new_data_key
from tests.casework.matters.counter import (
    LIST,
    arrive,
    record,
    sent,
    text,
)
from tests.casework.matters.seals import decided, facts, fresh_row, seal, seen, seers
from tests.office.test_attachments import upload


@pytest.mark.parametrize("who", ["registrar", "officer", "officehead", "leader"])
def test_whoever_asks_hides_the_matter_from_all_but_the_custodians_at_once(who, cast, handled):
    asker = getattr(cast, who)
    assert seen(asker, handled)
    seal(handled, asker)
    assert seers(cast, handled) == {"custodian", "custodian2"}


def test_the_sealed_matter_has_a_number_a_clock_and_a_title_of_its_own(cast, handled):
    seal(handled, cast.officer)
    row = fresh_row(handled)
    assert (row.number, row.title, row.klass) == (f"MJ{now().year}-000001", TITLE, "B")
    assert (row.state, row.sealed, row.due_kind) == (State.SEALED, True, "hand_over")
    assert today() <= row.due_on <= today() + timedelta(days=9)
    assert (row.lead_unit, row.officer) == (None, None)
    lines = clock_card(row, today()).lines
    assert lines[0] == f"转为密件：{today():%Y-%m-%d} 起算（当日不算），加 3 个工作日"


def test_the_old_number_is_kept_by_a_void_matter_without_any_content(cast, handled):
    number, item = handled.number, handled.links.get().item
    seal(handled, cast.officer)
    kept = Matter.objects.get(number=number)
    assert kept.pk != handled.pk
    assert (kept.title, kept.state, kept.sealed) == (STAND_IN_TITLE, State.VOID, False)
    assert kept.data_key_id != handled.data_key_id
    assert (kept.claim, kept.place, kept.extra) == (b"", b"", b"")
    assert not kept.petitioners.exists()
    assert not kept.files.exists()
    assert (kept.received_on, kept.registered_at) == (handled.received_on, handled.registered_at)
    assert (kept.registered_by, kept.retention) == (cast.registrar, "short")
    assert [link.item for link in kept.links.all()] == [item]
    assert [row.name for row in kept.moves.all()] == ["register", "void"]


def test_nothing_about_the_old_number_tells_who_sealed_it(cast, handled, login):
    number = handled.number
    with acting(cast.officer, address="192.0.2.7"):
        ask(handled, "seal", by=cast.officer, reason="反映村干部")
    kept = Matter.objects.get(number=number)
    assert kept.moves.get(name="void").actor is None
    assert kept.moves.get(name="void").address is None
    rows = Change.objects.filter(root_kind=KIND, root_id=kept.pk)
    assert set(rows.values_list("actor", flat=True)) == {None}
    page = text(login(cast.officehead).get(record(kept)))
    assert cast.officer.name not in page
    assert "密件" not in page.replace(">转为密件</a>", "")  # what can be done with any matter


def test_the_visible_numbers_have_no_hole_and_the_list_keeps_their_order(cast, rules, login):
    made = [arrive(cast.registrar)[1][0] for _ in range(4)]
    numbers = [matter.number for matter in made]
    seal(made[1], cast.registrar)
    page = text(login(cast.officehead).get("/admin/matters/?tab=all"))
    places = [page.index(number) for number in reversed(numbers)]
    assert places == sorted(places)
    assert "MJ20" not in page


def test_what_came_with_the_same_arrival_stays_as_it_is(cast, street, rules):
    claims = [("夜间施工噪声", "每晚到两点。"), ("停车收费", "进出都收。")]
    first, second = arrive(cast.registrar, claims=claims)[1]
    before = facts(second)
    seal(first, cast.registrar)
    assert facts(second) == before
    assert seen(cast.registrar, second)


def test_a_search_finds_nothing_of_it_any_more(cast, handled):
    search.index_changes()
    assert search.matching(KIND, "保洁员") is not None
    hits = Matter.objects.filter(pk__in=search.matching(KIND, "保洁员"))
    assert list(hits) == [handled]
    seal(handled, cast.officer)
    for kind, words in ((KIND, "保洁员"), (SAID, "加班费一直")):
        found = search.matching(kind, words)
        assert found is None or handled.pk not in list(
            Matter.objects.filter(pk__in=found).values_list("pk", flat=True)
        )


def test_the_officer_has_no_open_work_of_it_any_more(cast, handled):
    assert open_work(cast.officer)
    seal(handled, cast.officer)
    assert open_work(cast.officer) == []


def test_a_file_that_lists_it_is_taken_back_and_written_anew(cast, handled, settings):
    with acting(cast.officehead):
        run = runs.begin(
            cast.officehead,
            "matters",
            QueryDict("tab=all"),
            format="csv",
            purpose="上报",
            here=True,
        )
        runs.make(run)
    run.refresh_from_db()
    number, key, path = handled.number, run.data_key_id, run.path
    content = b"".join(read(path, run.data_key)).decode("utf-8-sig")
    assert number in content
    assert "加班费" in content
    seal(handled, cast.officer)
    run.refresh_from_db()
    assert (run.state, run.path) == (ExportRun.State.WAITING, "")
    assert DataKey.objects.get(pk=key).destroyed_at is not None
    runs.take_up(now(), bool)
    run = ExportRun.objects.select_related("data_key").get(pk=run.pk)
    assert run.state == ExportRun.State.DONE
    content = b"".join(read(run.path, run.data_key)).decode("utf-8-sig")
    assert "加班费" not in content
    assert number in content  # the void one


def test_files_of_before_its_registration_and_of_other_lists_stay(cast, handled):
    with acting(cast.officehead):
        runs.make(runs.begin(cast.officehead, "matters", QueryDict(), format="csv", here=True))
        runs.make(runs.begin(cast.secadmin, "units", QueryDict(), format="csv", here=True))
    assert renew(("matters",), now() + timedelta(minutes=1)) == 0
    assert renew(("matters",), handled.registered_at) == 1


def test_a_form_kept_over_a_login_is_forgotten(cast, handled):
    for path in (f"/admin/matters/{handled.pk}/do/answer/", f"/admin/matters/{handled.pk}7/open/"):
        key = new_data_key()
        key.save()
        KeptForm.objects.create(ref=uuid.uuid4(), key=key, path=path, owner=cast.officer, body=b"x")
    seal(handled, cast.officer)
    assert [row.path for row in KeptForm.objects.all()] == [f"/admin/matters/{handled.pk}7/open/"]


def test_a_request_that_waits_waits_out_of_sight(cast, handled, login):
    with acting(cast.registrar):
        void = ask(handled, "void", by=cast.registrar, reason="重复登记")
    seal(handled, cast.officer)
    assert handled.number not in text(login(cast.leader).get("/admin/"))
    with acting(cast.leader), pytest.raises(Matter.DoesNotExist):
        decide(void, by=cast.leader, approve=True)


def test_the_person_asking_lands_on_a_page_that_names_no_matter(cast, handled, login):
    client, path = login(cast.officer), f"/admin/matters/{handled.pk}/ask/seal/"
    page = text(client.get(path))
    assert "密小管" in page
    assert "您自己也看不到" in page
    wrong = client.post(path, sent(reason="反映村干部"))
    assert wrong.status_code == 422
    assert "反映村干部" in text(wrong)
    answer = client.post(path, sent(reason="反映村干部", understood="on"), follow=True)
    assert answer.redirect_chain == [("/admin/matters/sealed/now/", 302)]
    page = text(answer)
    assert "已转为密件" in page
    for word in (handled.number, handled.title, "MJ20", f"/{handled.pk}/"):
        assert word not in page
    assert client.get(path).status_code == client.get(record(handled)).status_code == 404


def test_sending_the_form_twice_seals_once(cast, handled, login):
    client, path = login(cast.officer), f"/admin/matters/{handled.pk}/ask/seal/"
    form = sent(reason="反映村干部", understood="on")
    assert client.post(path, form).status_code == 302
    assert client.post(path, form).status_code == 404  # nothing is there any more for them
    assert Matter.objects.filter(state=State.SEALED).count() == 1


def test_while_sealed_the_audit_page_has_no_row_of_it(cast, handled, login):
    client, number = login(cast.auditor), handled.number
    assert "交办" in text(client.get(f"/admin/audit/?record={number}"))
    approval = seal(handled, cast.officer)
    for query in (
        "", f"?record={number}", f"?record=matters.matter:{handled.pk}", "?kind=matters.matter",
        f"?person={cast.officer.pk}", "?field=matters.matter:state", "?record=MJ2026-000001",
    ):  # fmt: skip
        page = text(client.get(f"/admin/audit/{query}"))
        assert "加班费" not in page, query
        assert "转为密件" not in page, query
        assert f"/{handled.pk}/" not in page, query
    decided(approval, cast.custodian, False)
    assert "加班费" in text(client.get(f"/admin/audit/?record={number}"))


def test_the_look_ledger_forgets_it_while_it_is_sealed(cast, handled, login):
    officer, auditor = login(cast.officer), login(cast.auditor)
    officer.get(record(handled))
    number = handled.number
    assert number in text(auditor.get("/admin/looks/"))
    approval = seal(handled, cast.officer)
    page = text(auditor.get("/admin/looks/"))
    assert number not in page
    assert "MJ20" not in page
    decided(approval, cast.custodian, False)
    assert number in text(auditor.get("/admin/looks/"))


def test_the_registrar_sees_an_open_sealed_panel_for_own_letters_alone(cast, fresh, login):
    seal(fresh, cast.registrar)
    assert "MJ20" not in text(login(cast.registrar).get("/admin/"))


def test_without_another_custodian_nothing_is_sealed_and_a_leader_is_named(cast, fresh):
    for name in ("custodian", "custodian2"):
        with acting(None, "回避"):
            Recusal(matter=fresh, user=getattr(cast, name), since=today()).save()
    before = Matter.objects.count()
    with pytest.raises(ValidationError, match="报街道领导"):
        seal(fresh, cast.registrar)
    assert Matter.objects.count() == before
    assert seen(cast.registrar, fresh)


def test_a_custodian_who_stepped_back_neither_sees_nor_keeps_it(cast, fresh):
    with acting(None, "回避"):
        Recusal(matter=fresh, user=cast.custodian2, since=today()).save()
    seal(fresh, cast.registrar)
    assert not seen(cast.custodian2, fresh)
    assert not Custody.objects.filter(matter=fresh, user=cast.custodian2).exists()


def test_who_may_not_ask_seals_nothing(cast, fresh, login):
    for name in ("auditor", "custodian", "reviewer", "editor", "sysadmin", "grid"):
        person = getattr(cast, name)
        with acting(person), pytest.raises((PermissionDenied, Matter.DoesNotExist)):
            ask(fresh, "seal", by=person, reason="反映村干部")
        assert login(person).get(f"/admin/matters/{fresh.pk}/ask/seal/").status_code in (302, 404)


def test_a_sealed_matter_is_not_sealed_again(cast, sealed, login):
    with acting(cast.registrar), pytest.raises(ValidationError, match="已经是密件"):
        ask(sealed, "seal", by=cast.registrar, reason="反映村干部")
    assert login(cast.registrar).get(f"/admin/matters/{sealed.pk}/ask/seal/").status_code == 404


def test_the_numbers_of_the_ledger_follow_the_number(cast, rules):
    """A ledger that comes again finds the void one, and makes no second one of the sealed."""
    with acting(cast.registrar):
        arrival = Arrival(
            channel="hotline", received_on=today(), claims=[("噪声", "吵")], source="12345",
            source_number="GD-77",
        )  # fmt: skip
        matter = register(arrival, by=cast.registrar)[1][0]
        row = fresh_row(matter)
        row.source_key = "k" * 64
        row.save()
    approval = seal(matter, cast.registrar)
    kept = Matter.objects.get(source_key="k" * 64)
    assert (kept.source_number, kept.state, kept.sealed) == ("GD-77", State.VOID, False)
    decided(approval, cast.custodian, False)
    assert Matter.objects.get(source_key="k" * 64).pk == matter.pk


def test_everything_or_nothing(cast, handled, settings, tmp_path):
    """The key files are gone: the reason cannot be kept, and so nothing has happened at all."""
    before = facts(handled), Matter.objects.count(), Change.objects.count(), Move.objects.count()
    settings.KEYS_DIR = tmp_path
    with pytest.raises(VaultError):
        seal(handled, cast.officer)
    after = facts(handled), Matter.objects.count(), Change.objects.count(), Move.objects.count()
    assert after == before


def test_its_files_are_out_of_reach_with_it(cast, handled, login):
    with acting(cast.officer):
        file = attach(handled, upload("现场说明".encode(), "说明.txt"), by=cast.officer)
    client = login(cast.officer)
    path = f"/admin/matters/{handled.pk}/files/{file.pk}/"
    assert client.get(path).status_code == 200
    seal(handled, cast.officer)
    assert client.get(path).status_code == client.get(f"{path}content/").status_code == 404


def test_the_list_of_the_head_is_as_long_as_before(cast, handled, fresh, login):
    client = login(cast.officehead)

    def count():
        return text(client.get(f"/admin/matters/?tab=all&{LIST}")).count("mt-number")

    before = count()
    seal(handled, cast.officer)
    assert count() == before
