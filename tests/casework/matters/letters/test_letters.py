"""Letters end to end: what they say, who signs them, their number, and that they stay as they are."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from casework.matters.cleaning import may_clean
from casework.matters.filing import why_kept
from casework.matters.letters import signing
from casework.matters.models import Letter, Matter
from casework.matters.outcomes import confirming
from office import private_files
from office.clock import today
from office.history import acting
from office.models import Look
from tests.casework.matters.letters import making
from tests.casework.matters.opinions import making as opinions
from tests.casework.matters.outcomes import making as outcomes

YEAR = today().year


def test_the_opinion_says_what_art_32_asks_and_where_to_have_it_reviewed(cast, signed):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    said = making.wording(letter, cast.officer)
    for part in (
        "云湖街道办事处", f"云街信意〔{YEAR}〕1号", "信访处理意见书", "韦小梅：", signed.number,
        "要求补发七月到十月的加班费。", "经查考勤表，加班属实", "《劳动法》第四十四条",
        "请先申请劳动仲裁", "解释", "请求上一级机关复查", "复查机关：云湖区人民政府", "最后一天是",
        "云湖街道办事处印章",
    ):  # fmt: skip
        assert part in said, part
    assert "{{" not in said
    assert "{%" not in said


def test_the_opinion_carries_the_leaders_signature_and_nobody_signs_again(cast, signed):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    assert (letter.signed_by, letter.acted) == (cast.leader, True)
    assert letter.stage == Letter.Stage.FROZEN
    assert signed.moves.filter(name="issue_letter").count() == 1


def test_words_are_not_added_to_what_a_leader_signed(cast, signed):
    with pytest.raises(ValidationError, match="不能另加附言"):
        making.drafted(signed, "opinion", cast.officer, remark="领取时请带五百元。")
    assert not Letter.objects.exists()


def test_an_acceptance_is_signed_by_somebody_other_than_its_drafter(cast, handled):
    draft = making.drafted(handled, "acceptance", cast.officehead, remark="办理时间：工作日。")
    with pytest.raises(ValidationError):
        making.issued(draft, cast.officehead)
    letter = making.issued(draft, cast.officehead2)
    said = making.wording(letter, cast.officehead)
    assert "受理告知书" in said
    assert "最迟在" in said
    assert "办理时间：工作日。" in said
    assert (letter.signed_by, letter.acted) == (cast.officehead2, False)


def test_whoever_once_saved_the_draft_does_not_sign_it(cast, handled):
    making.drafted(handled, "acceptance", cast.officehead2)
    draft = making.drafted(handled, "acceptance", cast.officehead)
    with pytest.raises(ValidationError):
        making.issued(draft, cast.officehead2)
    assert making.issued(draft, cast.leader).signed_by == cast.leader


def test_the_database_itself_keeps_the_drafter_from_signing(cast, handled):
    letter = making.issued(making.drafted(handled, "acceptance", cast.officehead), cast.leader)
    letter.signed_by = letter.drafted_by
    with acting(None, "测试"), pytest.raises(IntegrityError), transaction.atomic():
        letter.save()


def test_an_officer_signs_no_letter_of_the_office(cast, handled):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    with pytest.raises(ValidationError, match="信访办主任或者街道领导"):
        making.issued(draft, cast.officer)
    assert not Letter.objects.exclude(serial=None).exists()


def test_an_extension_is_told_with_its_reason_and_the_new_day(cast, extended):
    letter = making.issued(making.drafted(extended, "extension", cast.officer), cast.officer)
    said = making.wording(letter, cast.officer)
    due = Matter.objects.get(pk=extended.pk).clocks.filter(kind="handle").latest("pk").due_on
    assert f"{due.year}年{due.month}月{due.day}日" in said
    assert letter.signed_by == cast.leader
    assert letter.document.number == f"云街信延〔{YEAR}〕1号"


def test_a_signature_on_paper_is_enough_once(cast, handled):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    paper = outcomes.signed(handled, cast, "notice")
    letter = making.issued(draft, cast.officehead, signature=paper)
    assert (letter.signed_by, letter.signature) == (cast.leader, paper)
    again = making.corrected(letter, cast.officehead)
    with pytest.raises(ValidationError, match="纸质签批"):
        making.issued(again, cast.officehead, signature=paper)


def test_a_paper_the_drafter_entered_or_that_was_denied_signs_nothing(cast, handled):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    own = outcomes.signed(handled, cast, "notice", by=cast.officehead)
    other = outcomes.signed(handled, cast, "notice")
    with acting(cast.leader):
        confirming.answer(other, by=cast.leader, signed=False, reason="不是我签的")
    for paper in (own, other):
        with pytest.raises(ValidationError):
            making.issued(draft, cast.officehead, signature=paper)


def test_a_frozen_letter_is_kept_with_its_hash_and_never_changes(cast, signed):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    before = making.file_of(letter, cast.officer)
    assert hashlib.sha256(before).hexdigest() == letter.file.sha256
    with acting(cast.officehead):
        person = signed.petitioners.get()
        person.matter = signed
        person.put("name", "改了名字")
        person.save()
    assert making.file_of(Letter.objects.get(), cast.officer) == before
    with pytest.raises(ValidationError, match="已经签发"):
        making.drafted(signed, "opinion", cast.officer)
    with pytest.raises(ValidationError, match="已经签发"):
        making.issued(letter, cast.officer)


def test_the_file_of_a_letter_is_not_withdrawn_and_not_cleaned(cast, signed):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    assert "已经签发的文书" in why_kept(letter.file)
    assert not may_clean(cast.officer, letter.file)


def test_an_altered_file_is_not_shown(cast, signed):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    letter.file.path = private_files.put(b"altered", letter.matter.data_key)
    with acting(None, "测试"):
        letter.file.save()
    with pytest.raises(ValidationError, match="校验值不一致"):
        making.file_of(Letter.objects.get(), cast.officer)


def test_a_letter_that_cannot_be_made_uses_up_no_number(cast, signed, handled, monkeypatch):
    draft = making.drafted(signed, "opinion", cast.officer)

    def full(*args):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(private_files, "put", full)
        with pytest.raises(OSError, match="disk full"):
            making.issued(draft, cast.officer)
    assert not Letter.objects.exclude(serial=None).exists()
    assert making.issued(draft, cast.officer).serial == 1


def test_each_nameplate_and_kind_and_year_counts_for_itself(cast, bodies, signed, handled):
    first = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    party = making.drafted(signed, "acceptance", cast.officehead, body=bodies[1])
    street = making.drafted(handled, "acceptance", cast.officehead)
    numbers = [making.issued(one, cast.leader).document.number for one in (party, street)]
    assert first.document.number == f"云街信意〔{YEAR}〕1号"
    assert numbers == [f"云工委信受〔{YEAR}〕1号", f"云街信受〔{YEAR}〕1号"]


def test_a_correction_is_a_new_letter_that_names_the_old_one(cast, handled):
    old = making.issued(making.drafted(handled, "acceptance", cast.officehead), cast.leader)
    draft = making.corrected(old, cast.officehead, "受理日期写错。", summary="更正后的正文。")
    new = making.issued(draft, cast.leader)
    said = making.wording(new, cast.officehead)
    assert f"本件更正云街信受〔{YEAR}〕1号" in said
    assert "受理日期写错。" in said
    assert "更正后的正文。" in said
    assert new.document.number == f"云街信受〔{YEAR}〕2号"
    assert Letter.objects.get(pk=old.pk).document.number == f"云街信受〔{YEAR}〕1号"
    with pytest.raises(ValidationError, match="已经有更正"):
        making.corrected(old, cast.officehead)


def test_what_a_leader_signed_is_put_right_by_a_leader(cast, signed):
    old = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    with pytest.raises(ValidationError, match="按程序重新作出"):
        making.corrected(old, cast.officer, "换个说法", summary="不予支持。")
    draft = making.corrected(old, cast.officer, "收件人写错。")
    for person in (cast.officehead, cast.officer):
        with pytest.raises(ValidationError):
            making.issued(draft, person)
    new = making.issued(draft, cast.leader)
    assert "要求补发七月到十月的加班费。" in making.wording(new, cast.officer)


def test_a_correction_says_why(cast, handled):
    old = making.issued(making.drafted(handled, "acceptance", cast.officehead), cast.leader)
    with pytest.raises(ValidationError) as told:
        making.corrected(old, cast.officehead, " ")
    assert "reason" in told.value.message_dict


def test_a_draft_that_changed_after_it_was_read_is_not_signed(cast, handled):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    read = signing.edition_of(draft)
    draft = making.drafted(handled, "acceptance", cast.officehead, remark="后来加的一句。")
    with pytest.raises(ValidationError, match="重新看一遍"):
        making.issued(draft, cast.leader, read=read)


def test_what_others_wrote_becomes_no_letter_here(cast, street, handled):
    matter = opinions.settled(cast, street)
    with pytest.raises(ValidationError, match="以扫描件为准"):
        making.drafted(matter, "settlement", cast.officer)


def test_an_opinion_that_was_taken_back_becomes_no_letter(cast, signed):
    draft = making.drafted(signed, "opinion", cast.officer)
    opinions.act(signed, "unsign", cast.leader, note="金额再核一遍。")
    with pytest.raises(ValidationError, match="撤回"):
        making.issued(draft, cast.officer)


def test_after_archiving_no_letter_is_made(cast, street, rules, bodies):
    matter = outcomes.archived(cast, street)
    with pytest.raises(ValidationError, match="已经归档"):
        making.drafted(matter, "acceptance", cast.officehead)


def test_whoever_does_not_see_the_matter_or_only_reads_it_makes_no_letter(cast, bodies, handled):
    for person, refusal in (
        (cast.other_officer, Matter.DoesNotExist), (cast.auditor, PermissionDenied),
        (cast.leader, PermissionDenied),
    ):  # fmt: skip
        row = making.document(handled, "acceptance")
        with acting(person), pytest.raises(refusal):
            signing.prepare(row, bodies[0], by=person)
    assert not Letter.objects.exists()


def test_each_letter_that_is_made_shown_or_fetched_is_in_the_look_ledger(cast, signed):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    before = Look.objects.filter(person=cast.officehead).count()
    making.file_of(letter, cast.officehead)
    assert Look.objects.filter(person=cast.officehead).count() == before + 1
