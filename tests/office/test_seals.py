"""An auditor finds out when somebody rewrote what was sealed, whoever owns the database."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from casework.matters.models import Matter
from office import triggers
from office.clock import at, now
from office.health import lines
from office.history import acting
from office.models import ChainSeal, Change, Look, Unit
from office.models.seals import SealCheck
from office.seal_checks import EVERY, check_all, check_some, known
from office.seals import head_of, heads_file, noted_heads, root_of, seal, unsealed_kinds
from office.vault import destroy
from tests.doors.samples import handled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heads(tmp_path, settings):
    settings.SEAL_HEADS = tmp_path / "elsewhere" / "heads"


@pytest.fixture
def written(cast, street):
    """A matter on its way, sealed a quarter of an hour later."""
    matter = handled(cast, street.social)
    assert seal(now() + timedelta(minutes=15)) >= 1
    return matter


def found() -> str:
    return check_all(lambda number: None).problems


def rewrite(statement: str, *values) -> None:
    """As the owner of the database does: without triggers."""
    triggers.remove()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount
    triggers.install()


def test_an_untouched_record_still_reads_as_it_was_sealed(written):
    walk = check_all(lambda number: None)
    assert walk.problems == ""
    assert walk.rows > 10
    assert walk.reached == ChainSeal.objects.count() == len(noted_heads())


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE office_change SET reason = 'nothing' WHERE id = %s", Change),
        (
            "UPDATE office_change SET actor_id = NULL WHERE actor_id IS NOT NULL AND id >= %s",
            Change,
        ),
        ("DELETE FROM office_change WHERE id = %s", Change),
    ],
)
def test_an_altered_or_removed_row_is_found(written, statement, table):
    first = table.objects.exclude(actor=None).order_by("pk").values_list("pk", flat=True).first()
    rewrite(statement, first)
    assert "“变更”" in found()


def test_a_row_put_in_under_a_key_no_database_gives_is_found(written):
    forged = Change.objects.order_by("pk").first()
    forged.pk, forged.reason = -5, "put in"
    forged.save(force_insert=True)
    assert "“变更”里有编号小于 1 的记录" in found()


def test_a_row_dated_in_years_to_come_keeps_no_later_one_from_being_sealed(written, cast, street):
    forged = Change.objects.order_by("pk").first()
    forged.pk, forged.at = None, now() + timedelta(days=36500)
    forged.save(force_insert=True)
    handled(cast, street.social)
    seal(now() + timedelta(minutes=15))

    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    assert ChainSeal.objects.order_by("-number")[0].reached["office.change"] == newest
    assert found() == ""


def test_an_altered_past_value_of_a_record_is_found(written):
    history = Matter.history.model._meta.db_table
    rewrite(f"UPDATE {history} SET received_on = '2020-01-01' WHERE id = %s", written.pk)
    assert "“" in found()


def test_a_row_slipped_in_between_sealed_ones_is_found(written):
    ids = list(Change.objects.order_by("pk").values_list("pk", flat=True))
    rewrite("UPDATE office_change SET id = %s WHERE id = %s", ids[-1] + 5, ids[1])
    assert "有增有删" in found()


def test_a_chain_rewritten_as_a_whole_differs_from_the_heads_noted_elsewhere(written):
    assert found() == ""
    link = ChainSeal.objects.order_by("-number").first()
    link.spans = [span | {"rows": span["rows"]} for span in link.spans]
    link.at += timedelta(seconds=1)
    rewrite(
        "UPDATE office_chainseal SET at = %s, head = %s WHERE number = %s",
        connection.ops.adapt_datetimefield_value(link.at), head_of(link), link.number,
    )  # fmt: skip
    assert "库外留存的封存值不同" in found()


def test_a_chain_cut_off_at_its_end_is_found(cast, street, written):
    handled(cast, street.housing)
    assert seal(now() + timedelta(minutes=30)) >= 1
    last = ChainSeal.objects.order_by("-number").first()
    rewrite("DELETE FROM office_chainseal WHERE number = %s", last.number)
    assert "末尾被截去" in found()


def test_a_link_taken_out_of_the_middle_is_found(cast, street, written):
    for minutes in (30, 45):
        handled(cast, street.housing)
        seal(now() + timedelta(minutes=minutes))
    rewrite("DELETE FROM office_chainseal WHERE number = %s", 2)
    assert "封存链断开" in found()


def test_erasing_a_file_breaks_no_seal(written):
    destroy(written.data_key, now())
    assert found() == ""


def test_what_was_written_a_moment_ago_waits_for_late_transactions(cast, street):
    handled(cast, street.social)
    assert seal(now()) == 0
    assert seal(now() + timedelta(minutes=11)) >= 1


def test_every_append_only_table_is_sealed(cast, street):
    assert unsealed_kinds() == []
    with acting(cast.secadmin, "改电话"):
        unit = Unit.objects.get(pk=street.social.pk)
        unit.phone = "0571-0000"
        unit.save()
    seal(now() + timedelta(minutes=15))
    sealed = {span["kind"] for link in ChainSeal.objects.all() for span in link.spans}
    written = {
        model._meta.label_lower
        for model in triggers.guarded_models()
        if model is not ChainSeal and model._base_manager.exists()
    }
    assert sealed == written
    assert {"office.change", "office.historicalunit"} <= sealed


def test_the_worker_walks_the_chain_in_pieces_and_begins_anew_the_next_day(
    cast, street, written, monkeypatch
):
    handled(cast, street.housing)
    seal(now() + timedelta(minutes=30))
    monkeypatch.setattr("office.seal_checks.ROWS", 1)
    check_some(now())
    walk = SealCheck.objects.get()
    assert (walk.reached, walk.ended_at) == (1, None)
    while SealCheck.objects.get().ended_at is None:
        check_some(now())
    assert SealCheck.objects.get().reached == ChainSeal.objects.count()
    check_some(now())
    assert SealCheck.objects.count() == 1
    with at(now() + EVERY):
        check_some(now())
    assert SealCheck.objects.count() == 2


def test_a_lost_note_is_written_again_and_a_noted_one_never_changed(written):
    before = heads_file().read_text()
    heads_file().write_text("")
    seal(now() + timedelta(minutes=15))
    assert heads_file().read_text() == before
    assert heads_file().stat().st_mode & 0o077 == 0


def test_the_health_page_says_that_something_was_rewritten(written):
    rewrite("UPDATE office_change SET reason = 'x' WHERE id = (SELECT MIN(id) FROM office_change)")
    assert found()
    [line] = [line for line in lines(now()) if line.part == "封存"]
    assert line.state == "fail"
    assert "保留现场" in line.text


def test_the_command_fails_when_a_row_was_rewritten(written, capsys):
    call_command("verify_seals")
    assert "全部相符" in capsys.readouterr().out
    rewrite("UPDATE office_change SET reason = 'x' WHERE id = (SELECT MIN(id) FROM office_change)")
    with pytest.raises(SystemExit):
        call_command("verify_seals")


def test_an_auditor_compares_a_head_copied_by_hand(cast, written, login):
    head = ChainSeal.objects.order_by("-number").first().head
    typed = re.sub("(.{8})", r"\1 ", head.upper())
    client = login(cast.auditor)
    assert "还在封存链上" in client.post("/admin/seals/", {"head": typed}).content.decode()
    other = hashlib.sha256(b"other").hexdigest()
    refused = client.post("/admin/seals/", {"head": other})
    assert refused.status_code == 422
    assert "封存链上没有这个值" in refused.content.decode()
    assert client.post("/admin/seals/", {"head": ""}).status_code == 422
    short = client.post("/admin/seals/", {"head": other[:-3]}).content.decode()
    assert "抄漏" in short
    assert "封存链被换过" not in short
    assert known("") is None


def test_an_officer_has_no_business_with_seals(cast, login):
    assert login(cast.officer).get("/admin/seals/").status_code in (302, 403)


def test_a_look_is_sealed_with_its_purpose(cast, written):
    Look.objects.create(
        kind="matters.matter", object_id=written.pk, label="x", at=now(), person=cast.leader,
        what="诉求", purpose="督办",
    )  # fmt: skip
    seal(now() + timedelta(minutes=15))
    rewrite("UPDATE office_look SET purpose = '别的' WHERE person_id = %s", cast.leader.pk)
    assert "“查看记录”" in found()


def test_the_root_tells_leaves_from_nodes_and_order_from_order():
    one, two, three = (hashlib.sha256(bytes([n])).digest() for n in range(3))
    roots = {root_of(rows) for rows in ([one], [one, two], [two, one], [one, two, three])}
    assert len(roots) == 4
    assert root_of([]) == ""
    joined = hashlib.sha256(b"\x01" + one + two).digest()
    assert root_of([one, two, three]) == root_of([joined, three])
