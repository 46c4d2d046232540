"""三到位一处理: said for all four, proved where it applies, before a matter is closed (art. 27)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.filing import withdraw
from casework.matters.models import FourPart, FourPartFile, Matter, Opinion
from casework.matters.outcomes import evidence, parts
from casework.matters.outcomes.parts import Said
from casework.matters.recusals import recuse
from casework.matters.table import BY_NAME
from office.clock import today
from office.history import acting
from office.models import Limit
from tests.casework.matters.outcomes import making

LAWFUL = "lawful"


def said(**of) -> list[Said]:
    """All four, not applying unless told."""
    return [of.get(part, Said(part, False)) for part in FourPart.Part.values]


def say(matter, by, *told):
    with acting(by):
        return parts.say(matter, list(told), by=by)


def answered(matter, cast, outcome="support"):
    """An opinion was given."""
    with acting(cast.officer):
        row = Opinion(matter=matter, outcome=outcome, answered_on=today(), author=cast.officer)
        row.save()
    return row


def why_not_close(matter, cast):
    fresh = Matter.objects.get(pk=matter.pk)
    return evidence.gate(fresh, BY_NAME["close"], today(), {}, cast.officehead)


def test_an_officer_says_of_each_part_whether_it_applies_and_what_proves_it(cast, handled):
    file = making.filed(handled, cast.officer)
    making.four(handled, cast.officer, file)
    rows = {row.part: row for row in FourPart.objects.filter(matter=handled)}
    assert sorted(rows) == sorted(FourPart.Part.values)
    assert rows["solved"].applies
    assert not rows["helped"].applies
    assert rows["solved"].unlocked("words") == making.WORDS["solved"]
    assert evidence.evidence_of(rows["solved"]) == [file]
    assert b"\xe5\x8a\xa0" not in bytes(rows["solved"].words)  # never plain in the database


def test_a_part_that_applies_without_a_proof_is_refused_and_nothing_is_written(cast, handled):
    with pytest.raises(ValidationError) as told:
        say(handled, cast.officer, *said(solved=Said("solved", True, "已补发。")))
    assert "solved-files" in told.value.message_dict
    assert not FourPart.objects.exists()
    assert not handled.moves.filter(name="four_parts").exists()


def test_what_is_unlawful_needs_the_body_and_its_document(cast, handled):
    file = making.filed(handled, cast.officer)
    with pytest.raises(ValidationError) as told:
        say(handled, cast.officer, *said(lawful=Said(LAWFUL, True, "已依法处理。", [file])))
    assert set(told.value.message_dict) == {"lawful-body", "lawful-document"}
    given = Said(LAWFUL, True, "已依法处理。", [file], "云湖派出所", "云公行罚〔2026〕12号")
    say(handled, cast.officer, *said(lawful=given))
    assert FourPart.objects.get(part=LAWFUL).document == "云公行罚〔2026〕12号"


def test_four_times_not_applicable_says_nothing(cast, handled):
    with pytest.raises(ValidationError, match="至少有一个适用"):
        say(handled, cast.officer, *said())


def test_one_part_left_out_is_refused(cast, handled):
    with pytest.raises(ValidationError, match="四个方面"):
        say(handled, cast.officer, *said()[:3])


def test_a_file_of_another_matter_proves_nothing_here(cast, street, handled):
    other = making.handled(cast, street)
    foreign = making.filed(other, cast.officer)
    with pytest.raises(ValidationError) as told:
        say(handled, cast.officer, *said(solved=Said("solved", True, "已补发。", [foreign])))
    assert "solved-files" in told.value.message_dict


def test_saying_it_again_replaces_it_and_keeps_the_history(cast, handled):
    one, two = making.filed(handled, cast.officer), making.filed(handled, cast.officer, "回单.txt")
    making.four(handled, cast.officer, one)
    making.four(handled, cast.officer, two)
    row = FourPart.objects.get(part="solved")
    assert evidence.evidence_of(row) == [two]
    assert FourPartFile.objects.get(file=one).dropped
    assert FourPartFile.history.filter(file=one.pk).count() == 2


def test_a_matter_cannot_be_closed_before_the_four_parts_are_said(cast, handled):
    answered(handled, cast)
    assert "还没有填" in why_not_close(handled, cast)
    making.four(handled, cast.officer, making.filed(handled, cast.officer))
    assert why_not_close(handled, cast) == ""


def test_a_withdrawn_proof_proves_nothing_any_more(cast, handled):
    answered(handled, cast)
    file = making.filed(handled, cast.officer)
    making.four(handled, cast.officer, file)
    with acting(cast.officer):
        withdraw(file, by=cast.officer, reason="传错了")
    assert "诉求合理的解决问题到位" in why_not_close(handled, cast)


def test_a_settlement_owes_no_four_parts(cast, handled):
    answered(handled, cast, "mediated")
    assert why_not_close(handled, cast) == ""


def test_an_office_may_switch_the_gate_off(cast, handled):
    answered(handled, cast)
    with acting(None, "测试"):
        Limit(key="four_parts", value=0).save()
    assert why_not_close(handled, cast) == ""


def test_a_new_round_asks_anew(cast, handled):
    answered(handled, cast)
    making.four(handled, cast.officer, making.filed(handled, cast.officer))
    with acting(None, "复查撤销"):
        matter = Matter.objects.get(pk=handled.pk)
        matter.round = 2
        matter.save()
    assert "还没有填" in why_not_close(handled, cast)


def test_who_neither_leads_nor_closes_says_nothing(cast, handled):
    file = making.filed(handled, cast.officer)
    for person in (cast.registrar, cast.leader):
        with pytest.raises(PermissionDenied):
            making.four(handled, person, file)


def test_somebody_of_another_section_or_recused_finds_no_matter(cast, handled):
    file = making.filed(handled, cast.officer)
    with pytest.raises(Matter.DoesNotExist):
        making.four(handled, cast.other_officer, file)
    with acting(cast.officer):
        recuse(handled, cast.officer, kind="declared", reason="亲戚", by=cast.officer)
    with pytest.raises(Matter.DoesNotExist):
        making.four(handled, cast.officer, file)
