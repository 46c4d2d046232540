"""Destroying a matter: who it takes, what goes for good, what stays, and what its pages say then."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.urls import reverse

from casework.matters.contacts import name_hash, phone_hash
from casework.matters.destruction import due
from casework.matters.models import Matter, Petitioner, Recusal
from casework.matters.retention import change_class, hold
from casework.matters.searching import KIND, SAID
from office import clock, private_files, search
from office.attachments import store
from office.history import acting
from office.models import (
    Change,
    DataKey,
    DestructionLine,
    DestructionList,
    Look,
    SearchEntry,
)
from office.registries import exports
from office.retention import destroying, journal, lists, register
from office.seal_checks import check_all
from office.seals import seal
from office.search.pieces import kind_number
from office.vault import GONE, Destroyed
from tests.casework.matters.archive import LATER, approved, closed, destroyed, in_2040
from tests.casework.matters.counter import act, arrive, record, sent, text

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture
def old(cast, street):
    return closed(cast, street)


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


def entries(matter):
    """How much of a matter lies in the search index."""
    kinds = [kind_number(kind) for kind in (KIND, SAID)]
    return SearchEntry.objects.filter(kind__in=kinds, object_id=matter.pk).count()


# Who it takes


def test_it_takes_one_to_propose_and_two_others_with_a_leader_among_them(cast, street, old):
    other = closed(cast, street)
    with in_2040():
        found = lists.propose(cast.officehead, [f"matters.matter:{old.pk}"])
        assert re.fullmatch(r"XH2040-000001", found.number)
        with pytest.raises(ValidationError, match="申请人不能审批自己的申请"):
            lists.decide(found.pk, by=cast.officehead, agree=True)
        with pytest.raises(ValidationError, match="没有审批销毁的权限"):
            lists.decide(found.pk, by=cast.registrar, agree=True)
        lists.decide(found.pk, by=cast.officehead2, agree=True)
        with pytest.raises(ValidationError, match="已经审批过"):
            lists.decide(found.pk, by=cast.officehead2, agree=True)
        assert destroying.run(register.rows(clock.today())) == 0
        assert fresh(old).destroyed_at is None
        with pytest.raises(ValidationError):
            lists.start(found.pk, by=cast.officehead)
        assert lists.decide(found.pk, by=cast.leader, agree=True).state == "approved"
        with pytest.raises(PermissionDenied):
            lists.propose(cast.leader, [f"matters.matter:{other.pk}"])
        with pytest.raises(ValidationError):  # it is in a list already
            lists.propose(cast.officehead2, [f"matters.matter:{old.pk}"])


def test_without_a_leader_left_the_page_says_that_it_goes_to_the_district(cast, old):
    with in_2040():
        found = lists.propose(cast.officehead, [f"matters.matter:{old.pk}"])
        assert "街小领" in lists.still_needed(found)
        with acting(cast.secadmin, "离任"):
            cast.leader.is_active = False
            cast.leader.save()
        assert "区级主管部门" in lists.still_needed(found)


def test_whoever_is_recused_neither_sees_the_line_nor_has_a_word_on_the_list(cast, old, login):
    with in_2040():
        found = lists.propose(cast.officehead, [f"matters.matter:{old.pk}"])
        with acting(cast.officehead, "回避"):
            Recusal(matter=old, user=cast.leader, since=date(2026, 1, 1)).save()
        page = text(login(cast.leader).get(f"/admin/destruction/{found.pk}/"))
        assert old.number not in page
        assert "您应当回避" in page
        with pytest.raises(ValidationError, match="利害关系"):
            lists.decide(found.pk, by=cast.leader, agree=True)


def test_a_record_that_changed_after_the_proposal_stays_and_the_list_says_so(cast, street, old):
    other = closed(cast, street)
    with in_2040():
        found = approved(cast, old, other)
        hold(other, date(2041, 1, 1), by=cast.leader, reason="又在复核")
        hold(other, None, by=cast.leader, reason="复核完了")  # due again, but not as proposed
        assert destroying.run(register.rows(clock.today())) == 1
    told = {line.object_id: (line.state, line.told) for line in found.lines.all()}
    assert told == {
        old.pk: ("done", ""), other.pk: ("dropped", "提出之后有变动，须重新提出"),
    }  # fmt: skip
    assert fresh(other).destroyed_at is None
    assert DestructionList.objects.get().state == "done"


def test_a_list_altered_behind_the_backs_of_its_signers_is_not_run(cast, street, old):
    other = closed(cast, street)
    with in_2040():
        found = approved(cast, old)
        line = DestructionLine.objects.get()
        line.object_id, line.label = other.pk, other.number
        line.mark = due(clock.today(), [other.pk])[0].mark
        line.save()
        with pytest.raises(ValidationError, match="与提出时不符"):
            destroying.run(register.rows(clock.today()))
        with pytest.raises(ValidationError, match="与提出时不符"):
            lists.start(found.pk, by=cast.officehead)
    assert fresh(other).destroyed_at is None


def test_a_dry_run_and_the_real_run_give_the_same_list_byte_for_byte(cast, street, old, capsys):
    other, waiting = closed(cast, street), closed(cast, street)
    with in_2040():
        approved(cast, old, other)
        lists.propose(cast.officehead2, [f"matters.matter:{waiting.pk}"])
        hold(other, date(2041, 1, 1), by=cast.leader, reason="正在诉讼")
        call_command("retention", "--dry-run")
        dry = capsys.readouterr().out
        assert fresh(old).destroyed_at is None
        call_command("retention")
        real = capsys.readouterr()
    assert dry.encode() == real.out.encode()
    assert [line.split("\t")[-1] for line in dry.splitlines()[2:]] == [
        "销毁", "不销毁：暂缓销毁至 2041-01-01", "等待审批",
    ]  # fmt: skip
    assert "已销毁 1 件" in real.err
    assert [fresh(one).destroyed_at is not None for one in (old, other, waiting)] == [
        True, False, False,
    ]  # fmt: skip


# What goes, what stays


def test_what_identifies_is_gone_everywhere_and_what_happened_stays(cast, street, old):
    for kind in (KIND, SAID):
        search.write(kind, [old.pk])
    assert entries(old) == 2
    person, path = old.petitioners.get(), old.files.earliest("pk").path
    on_disk = Path(private_files._on_disk(path))
    assert on_disk.exists()
    rows = Change.objects.filter(root_id=old.pk).count()
    moves = old.moves.count()
    with in_2040():
        found = destroyed(cast, old)
    gone = fresh(old)
    assert DataKey.objects.get(pk=gone.data_key_id).wrapped in (b"", memoryview(b""))
    with pytest.raises(Destroyed):
        gone.text("claim")
    assert not on_disk.exists()
    assert not entries(old)
    assert not Petitioner.objects.filter(name_hash=name_hash("韦小梅")).exists()
    assert not Petitioner.objects.filter(phone_hash=phone_hash("19900001234")).exists()
    assert (gone.title, gone.source_key, gone.destroyed_in) == (GONE, "", found.number)
    assert person.history.count() == 2  # the history stays and holds no hash
    assert not hasattr(person.history.first(), "name_hash")
    assert Change.objects.filter(root_id=old.pk).count() > rows
    assert gone.moves.count() == moves
    assert found.lines.get().files == 2  # with the proof of service


def test_neither_the_database_nor_its_history_holds_a_hash_that_finds_the_person(cast, old):
    hashes = [name_hash("韦小梅"), phone_hash("19900001234")]
    with in_2040():
        destroyed(cast, old)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in (name for name in tables if not name.startswith("office_searchgrams")):
            cursor.execute(f'SELECT * FROM "{table}"')
            told = repr(cursor.fetchall())
            assert not [one for one in hashes if one in told], table


def test_the_register_stays_with_who_and_when_and_nobodys_name(cast, old):
    with in_2040():
        found = destroyed(cast, old)
    [entry] = journal.entries()
    assert (entry.list, entry.label, entry.signed) == (
        found.number, old.number, "officehead、officehead2、leader",
    )  # fmt: skip
    kept = json.dumps([entry.__dict__, *DestructionLine.objects.values()], default=str)
    assert "韦" not in kept
    assert "加班" not in kept
    assert journal.path().stat().st_mode & 0o777 == 0o600


def test_every_page_of_a_destroyed_matter_says_so_and_none_breaks(cast, street, old, login):
    open_url = reverse("matters:open", args=[old.pk])
    clients = {
        who: login(getattr(cast, who)) for who in ("officehead", "leader", "auditor", "officer")
    }
    with in_2040():
        with acting(cast.officehead):
            clients["officehead"].post(open_url, sent(what="诉求与经过", purpose="鉴定能否销毁"))
        found = destroyed(cast, old)
        file, item = old.files.earliest("pk").pk, old.links.get().item_id
        inside = [
            *(reverse(f"matters:{name}", args=[old.pk]) for name in ("open", "complete", "another")),
            *(act(old, name) for name in ("accept", "assign", "answer", "close", "return")),
            *(reverse("matters:ask", args=[old.pk, name]) for name in ("void", "received")),
            *(reverse(f"matters:{name}", args=[old.pk, file]) for name in ("file", "content", "withdraw")),
            reverse("matters:retention", args=[old.pk]),
            reverse("matters:attach", args=[old.pk]),
            reverse("wagtailsnippets_matters_matter:edit", args=[old.pk]),
        ]  # fmt: skip
        told = [
            record(old),
            reverse("wagtailsnippets_matters_matter:history", args=[old.pk]),
            reverse("wagtailsnippets_matters_matter:list") + "?tab=all",
            reverse("matters:receipt", args=[item]),
            "/admin/audit/",
            f"/admin/destruction/{found.pk}/",
            f"/admin/destruction/{found.pk}/paper/",
        ]
        for who, client in clients.items():
            for address in inside:
                for answer in (client.get(address), client.post(address, sent(reason="试"))):
                    assert answer.status_code in (302, 403, 404, 405), (who, address)
            for address in told:
                page = client.get(address)
                assert page.status_code in (200, 302, 403, 404), (who, address)
                if page.status_code == 200:
                    for word in ("韦小梅", "民宿保洁员", "工资条", "七月到十月"):
                        assert word not in text(page), (who, address, word)
        page = text(clients["officehead"].get(record(old)))
        assert "已依规销毁" in page
        assert found.number in page
        assert "查看信访人信息" not in page
        assert GONE in text(clients["auditor"].get(told[1]))
        assert GONE in text(clients["officehead"].get(told[2]))
        found_by_name = clients["officehead"].post(
            reverse("matters:find"), sent(way="name", words="韦小梅", purpose="来人询问")
        )
        assert old.number not in text(found_by_name)


def test_nothing_can_be_added_to_a_destroyed_matter(cast, old):
    with in_2040():
        destroyed(cast, old)
        with pytest.raises(ValidationError, match="已依规销毁"):
            change_class(old, "permanent", by=cast.officehead, reason="太晚了")
        with pytest.raises(Destroyed):
            store(SimpleUploadedFile("新.txt", b"abc"), DataKey.objects.get(pk=old.data_key_id))


def test_a_destroyed_matter_leaves_the_next_search_of_the_worker_alone(cast, old):
    with in_2040():
        destroyed(cast, old)
        search.index_changes(most=10**9)
        search.reindex(KIND)
        search.reindex(SAID)
    assert not entries(old)


def test_looks_of_long_ago_stay_in_the_ledger(cast, old, login):
    client = login(cast.officehead)
    client.post(
        reverse("matters:open", args=[old.pk]), sent(what="诉求与经过", purpose="鉴定能否销毁")
    )
    before = Look.objects.filter(object_id=old.pk).count()
    assert before
    with in_2040():
        destroyed(cast, old)
    assert Look.objects.filter(object_id=old.pk).count() == before


def test_an_open_matter_is_never_due(cast, rules):
    arrive(cast.registrar)
    with clock.at(LATER):
        assert due(date(2190, 1, 1)) == []


@pytest.mark.parametrize("clear", [False, True])
def test_a_ledger_that_is_exported_says_of_a_destroyed_matter_that_it_is(cast, old, clear):
    with in_2040():
        destroyed(cast, old)
        listing = exports["matters"].open(cast.officehead, QueryDict("tab=all"), clear)
        told = repr(list(listing.rows()))
    assert old.number in told
    assert GONE in told
    assert not [word for word in ("韦", "19900001234", "加班", "民宿") if word in told]


def test_the_seals_over_history_changes_and_looks_still_hold(cast, old, tmp_path, settings):
    settings.SEAL_HEADS = tmp_path / "elsewhere" / "heads"
    with in_2040():
        assert seal(clock.now()) >= 1
        destroyed(cast, old)
        walk = check_all(lambda number: None)
        assert (walk.problems, walk.rows > 10) == ("", True)
        seal(clock.now() + timedelta(hours=1))
        assert check_all(lambda number: None).problems == ""
