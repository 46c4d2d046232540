"""A registered matter turns out to be a report on somebody: hidden at once, confirmed or given back."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict

from casework.matters.approvals import ask, decide
from casework.matters.attaching import attach
from casework.matters.intake import Arrival, register
from casework.matters.models import Approval, Custody, Item, Matter, Move, Recusal
from casework.matters.registrations import open_work
from casework.matters.sealing import STAND_IN_TITLE, TITLE
from casework.matters.searching import KIND, SAID
from casework.matters.states import State
from office import search
from office.clock import now, today
from office.exporting import runs
from office.exporting.renewing import renew
from office.forms import KeptForm
from office.history import acting
from office.models import Change, DataKey, ExportRun, User
from office.private_files import read
from office.vault import VaultError, new_data_key
from tests.casework.matters.counter import (
    LIST,
    accepted,
    answered,
    arrive,
    assigned,
    record,
    sent,
    text,
)
from tests.office.test_attachments import upload

FACTS = (
    "number", "title", "klass", "path", "state", "complete", "lead_unit_id", "officer_id", "due_on",
    "due_kind", "accepted_on", "answered_on", "closed_on", "received_on", "source_key", "category_id",
)  # fmt: skip


def seal(matter, by, reason="来信第二页反映村干部收钱办事"):
    with acting(by):
        return ask(matter, "seal", by=by, reason=reason)


def unseal(matter, by, reason="反映的是补偿标准"):
    with acting(by):
        return ask(matter, "unseal", by=by, reason=reason)


def decided(approval, by, approve, note="经核实"):
    with acting(by):
        return decide(Approval.objects.get(pk=approval.pk), by=by, approve=approve, note=note)


def seen(user, matter):
    person = User.objects.get(pk=user.pk)
    return Matter.objects.visible_to(person).filter(pk=matter.pk).exists()


def fresh_row(matter):
    return Matter.objects.get(pk=matter.pk)


def facts(matter):
    return {name: getattr(fresh_row(matter), name) for name in FACTS}


def everybody(cast):
    return vars(cast).items()


@pytest.mark.parametrize("who", ["registrar", "officer", "officehead", "leader"])
def test_whoever_asks_hides_the_matter_from_all_but_the_custodians_at_once(who, cast, handled):
    asker = getattr(cast, who)
    assert seen(asker, handled)
    seal(handled, asker)
    seers = {name for name, person in everybody(cast) if seen(person, handled)}
    assert seers == {"custodian", "custodian2"}


def test_the_sealed_matter_has_a_number_a_clock_and_a_title_of_its_own(cast, handled):
    seal(handled, cast.officer)
    row = fresh_row(handled)
    assert (row.number, row.title, row.klass) == (f"MJ{now().year}-000001", TITLE, "B")
    assert (row.state, row.sealed, row.due_kind) == (State.SEALED, True, "hand_over")
    assert today() <= row.due_on <= today() + timedelta(days=9)
    assert (row.lead_unit, row.officer) == (None, None)


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


def test_a_custodian_confirms_and_it_goes_its_way(cast, handled, login):
    approval = seal(handled, cast.officer)
    client = login(cast.custodian)
    assert "转为密件" in text(client.get("/admin/"))
    page = f"/admin/matters/{handled.pk}/approvals/{approval.pk}/"
    assert "收钱办事" in text(client.get(page))
    answer = client.post(page, sent(decision="approve"))
    assert (answer.status_code, answer.url) == (302, record(handled))
    row = fresh_row(handled)
    assert (row.state, row.sealed) == (State.SEALED, True)
    assert Approval.objects.get(pk=approval.pk).decided_by == cast.custodian


def test_nobody_else_decides_not_even_a_leader(cast, handled, login):
    approval = seal(handled, cast.officer)
    page = f"/admin/matters/{handled.pk}/approvals/{approval.pk}/"
    for name, person in everybody(cast):
        if not name.startswith("custodian"):
            assert login(person).get(page).status_code in (404, 302), name
            with acting(person), pytest.raises(Matter.DoesNotExist):
                decide(approval, by=person, approve=True)


def test_a_refused_sealing_gives_everything_back(cast, street, handled):
    before, moves = facts(handled), handled.moves.count()
    approval = seal(handled, cast.officer)
    matter = decided(approval, cast.custodian, False, "反映的是补偿标准，不针对个人")
    assert matter.pk == handled.pk
    assert facts(handled) == before
    assert seen(cast.officer, handled)
    assert seen(cast.officehead, handled)
    assert not seen(cast.custodian, handled)
    assert handled.moves.count() > moves


def test_the_stand_in_leaves_with_the_sealed_number(cast, handled):
    number = handled.number
    approval = seal(handled, cast.officer)
    sealed_number = fresh_row(handled).number
    kept = Matter.objects.get(number=number)
    decided(approval, cast.custodian, False)
    kept = fresh_row(kept)
    assert (kept.number, kept.sealed, kept.state) == (sealed_number, True, State.VOID)
    seers = {name for name, person in everybody(cast) if seen(person, kept)}
    assert seers == {"custodian", "custodian2"}
    assert Matter.objects.get(number=number).pk == handled.pk


def test_the_sealed_numbers_have_no_hole_either(cast, rules):
    first, second = arrive(cast.registrar)[1][0], arrive(cast.registrar)[1][0]
    decided(seal(first, cast.registrar), cast.custodian, False)
    seal(second, cast.registrar)
    seal(first, cast.registrar)
    numbers = Matter.objects.filter(number__startswith="MJ").values_list("number", flat=True)
    assert sorted(number[-1] for number in numbers) == ["1", "2", "3"]
    assert Matter.objects.filter(number__startswith="XF").count() == 2


def test_what_was_done_under_seal_is_not_told_to_those_who_see_the_matter_again(
    cast, handled, login
):
    decided(seal(handled, cast.leader), cast.custodian, False)
    client = login(cast.officer)
    for page in (record(handled), f"/admin/matters/history/{handled.pk}/"):
        shown = text(client.get(page))
        assert "解除密件" in shown
        for word in ("申请转为密件", cast.leader.name, "MJ20"):
            assert word not in shown


def test_an_auditor_reads_the_whole_story_after_an_unsealing(cast, handled, login):
    client, number = login(cast.auditor), handled.number
    decided(seal(handled, cast.registrar), cast.custodian, False)
    page = text(client.get(f"/admin/audit/?record={number}"))
    assert "转为密件" in page
    assert cast.registrar.name in page
    assert "MJ20" not in page
    assert "（密件编号）" in page


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


def test_a_closed_one_and_a_void_one_can_be_sealed_too(cast, street, rules):
    matter = answered(
        assigned(
            accepted(arrive(cast.registrar)[1][0], cast.officehead), cast.officehead, street.social
        ),
        cast.officer,
    )
    void = arrive(cast.registrar)[1][0]
    with acting(cast.registrar):
        request = ask(void, "void", by=cast.registrar, reason="重复登记")
    decided(request, cast.leader, True)
    for one in (matter, void):
        before = facts(one)
        approval = seal(one, cast.officehead)
        assert fresh_row(one).state == State.SEALED
        decided(approval, cast.custodian2, False)
        assert facts(one) == before


def test_one_custodian_asks_for_the_end_of_the_seal_and_the_other_decides(cast, handled, login):
    before = facts(handled)
    decided(seal(handled, cast.officer), cast.custodian, True)
    client = login(cast.custodian)
    path = f"/admin/matters/{handled.pk}/ask/unseal/"
    assert "原样恢复" in text(client.get(path))
    assert client.post(path, sent(reason="反映的是补偿标准")).status_code == 302
    approval = Approval.objects.get(act="unseal", decision="")
    with acting(cast.custodian), pytest.raises(ValidationError, match="申请人不能审批"):
        decide(approval, by=cast.custodian, approve=True)
    assert fresh_row(handled).sealed
    page = f"/admin/matters/{handled.pk}/approvals/{approval.pk}/"
    answer = login(cast.custodian2).post(page, sent(decision="approve"))
    assert (answer.status_code, answer.url) == (302, "/admin/matters/")
    assert facts(handled) == before


def test_a_refused_end_leaves_the_seal_as_it_is(cast, handled):
    decided(seal(handled, cast.officer), cast.custodian, True)
    decided(unseal(handled, cast.custodian), cast.custodian2, False)
    assert fresh_row(handled).sealed
    assert not seen(cast.officer, handled)


def test_a_letter_sealed_from_the_start_is_registered_anew(cast, sealed):
    matter = decided(unseal(sealed, cast.custodian), cast.custodian2, True)
    assert matter.pk != sealed.pk
    assert matter.pk > 0
    assert (matter.number[:2], matter.state, matter.sealed) == ("XF", State.REGISTERED, False)
    assert not matter.complete
    assert seen(cast.registrar2, matter)
    old = fresh_row(sealed)
    assert (old.state, old.sealed, old.due_on) == (State.VOID, True, None)
    assert not seen(cast.officehead, sealed)
    assert Item.objects.filter(sealed=False, links__matter=matter).count() == 1


def test_nobody_asks_twice_about_the_same_seal(cast, handled, login):
    seal(handled, cast.officer)
    answer = login(cast.custodian).get(f"/admin/matters/{handled.pk}/ask/unseal/")
    assert answer.status_code == 302
    assert answer.url == record(handled)


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
