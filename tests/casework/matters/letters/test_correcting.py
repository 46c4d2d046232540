"""Letters put right: who signs a correction of a correction, what it may say, what is used no more."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from casework.matters.letters import correcting, editions, reading, signing, standing
from casework.matters.models import Letter, Matter
from casework.matters.outcomes import confirming
from office import clock
from office.clock import now, today
from office.history import acting
from tests.casework.matters.counter import record, sent, text
from tests.casework.matters.letters import making
from tests.casework.matters.letters.test_templates import docx
from tests.casework.matters.opinions import making as opinions
from tests.casework.matters.outcomes import making as outcomes


def fresh(letter):
    return reading.letters_of(Matter.objects.get(pk=letter.matter_id), pk=letter.pk)[0]


def page(letter, name="letter"):
    return reverse(f"matters:{name}", args=[letter.matter_id, letter.document_id])


def test_a_correction_of_a_correction_of_what_a_leader_decided_is_the_leaders_too(cast, extended):
    old = making.issued(making.drafted(extended, "extension", cast.officer), cast.officer)
    first = making.issued(making.corrected(old, cast.officer, "文号里的字写错。"), cast.leader)
    again = making.corrected(fresh(first), cast.officer, "收件人写错。")
    for person in (cast.officehead, cast.officehead2):
        with pytest.raises(ValidationError, match="由街道领导签发"):
            making.issued(again, person)
    assert making.issued(again, cast.leader).is_frozen


def test_no_correction_says_otherwise_what_a_second_person_decided(cast, extended):
    letter = making.issued(making.drafted(extended, "extension", cast.officer), cast.officer)
    for _ in range(2):  # the letter of the act, and its correction
        with pytest.raises(ValidationError, match="按程序重新作出"):
            making.corrected(fresh(letter), cast.officer, "换个理由", summary="因为别的原因延期。")
        letter = making.issued(making.corrected(letter, cast.officer, "写错。"), cast.leader)


def test_who_wrote_the_words_of_a_letter_signs_it_neither_by_hand_nor_on_paper(cast, handled):
    with acting(cast.leader):
        row = making.document(handled, "acceptance")
        row.prepared_by = cast.leader
        row.save()
    draft = making.drafted(handled, "acceptance", cast.officehead)
    with pytest.raises(ValidationError):
        making.issued(draft, cast.leader)
    paper = outcomes.signed(handled, cast, "notice")
    with pytest.raises(ValidationError, match="纸质签批"):
        making.issued(draft, cast.officehead, signature=paper)
    assert making.issued(draft, cast.officehead2).signed_by == cast.officehead2


def test_a_paper_signs_the_draft_as_it_stood_and_letters_of_its_own_sort(cast, handled):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    among_offices = outcomes.signed(handled, cast, "letter")
    before = outcomes.signed(handled, cast, "notice")
    draft = making.drafted(handled, "acceptance", cast.officehead, remark="后来加的一句。")
    for paper in (among_offices, before):
        with pytest.raises(ValidationError, match="纸质签批"):
            making.issued(draft, cast.officehead, signature=paper)
    after = outcomes.signed(handled, cast, "notice")
    assert making.issued(draft, cast.officehead, signature=after).is_frozen


def test_a_letter_on_a_paper_the_leader_denies_says_so_on_every_sheet(cast, handled, login):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    paper = outcomes.signed(handled, cast, "notice")
    letter = making.issued(draft, cast.officehead, signature=paper)
    with acting(cast.leader):
        confirming.answer(paper, by=cast.leader, signed=False, reason="不是我签的")
    client = login(cast.officehead)
    assert "纸质签批不属实" in text(client.get(page(letter, "letter_print")))
    assert client.get(reverse("matters:letters_print", args=[handled.pk])).status_code == 404


def test_a_draft_of_a_correction_is_changed_until_it_is_signed(cast, handled, login):
    old = making.issued(making.drafted(handled, "acceptance", cast.officehead), cast.leader)
    first = making.corrected(old, cast.officehead, "受理日期写错。", summary="第一稿。")
    client, url = login(cast.officehead), page(old, "letter_correct")
    assert url in text(client.get(page(old)))
    form = client.get(url).context["form"]
    assert [form[name].value() for name in ("reason", "summary")] == ["受理日期写错。", "第一稿。"]
    read = signing.edition_of(fresh(first))
    assert client.post(url, sent(reason="期限写错。", summary="第二稿。")).status_code == 302
    [draft] = Letter.objects.filter(corrects=old)
    with pytest.raises(ValidationError, match="重新看一遍"):
        making.issued(fresh(draft), cast.leader, read=read)
    said = making.wording(making.issued(fresh(draft), cast.leader), cast.officehead)
    assert "期限写错。" in said
    assert "第二稿。" in said
    assert correcting.draft_of(fresh(old)) is None


def test_a_letter_whose_signature_was_taken_back_is_marked_and_left_out_of_the_batch(
    cast, signed, login
):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    opinions.act(signed, "unsign", cast.leader, note="金额再核一遍。")
    client = login(cast.officer)
    assert "签发已经撤回，不能使用" in text(client.get(page(letter, "letter_print")))
    assert client.get(reverse("matters:letters_print", args=[signed.pk])).status_code == 404
    assert "打印已签发的文书" not in text(client.get(record(signed)))


def test_what_is_taken_back_later_leaves_a_letter_that_was_served_as_it_is(cast, street, bodies):
    matter = opinions.answered(cast, street)
    letter = making.issued(making.drafted(matter, "opinion", cast.officer), cast.officer)
    later = matter.moves.get(name="sign")
    with acting(cast.leader):
        for name in ("sign", "unsign"):  # of a later round
            later.pk, later.name, later._state.adding = None, name, True
            later.save(force_insert=True)
    letter = fresh(letter)
    assert standing.why_not_used(letter) == ""
    assert making.corrected(letter, cast.officer, "收件人写错。").corrects == letter


def test_a_corrected_letter_names_the_one_that_holds(cast, handled, login):
    old = making.issued(making.drafted(handled, "acceptance", cast.officehead), cast.leader)
    new = making.issued(making.corrected(old, cast.officehead), cast.leader)
    client = login(cast.officehead)
    assert f"已由 {new.document.number} 更正，不再使用" in text(
        client.get(page(old, "letter_print"))
    )
    batch = text(client.get(reverse("matters:letters_print", args=[handled.pk])))
    assert batch.count("<article") == 1


def test_the_number_is_of_the_year_the_letter_is_dated(cast, signed):
    year = today().year
    with clock.at(now() + timedelta(days=60)):
        assert today().year == year + 1
        letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    assert letter.document.number == f"云街信意〔{year}〕1号"


def test_what_a_leader_signed_is_not_dressed_by_whoever_sends_it_out(cast, signed):
    draft = making.drafted(signed, "opinion", cast.officer)
    with acting(cast.officehead):
        editions.add(
            "opinion", docx("{{ 发文主体 }}", "{{ 处理意见 }}"), why="改", by=cast.officehead
        )
    with pytest.raises(ValidationError, match="请由别的同事编号印发"):
        making.issued(draft, cast.officehead)
    assert making.issued(draft, cast.officer).acted


def test_a_draft_whose_template_or_nameplate_changed_is_read_again(cast, bodies, handled):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    read = signing.edition_of(fresh(draft))
    with acting(cast.officehead2):
        bodies[0].superior = "别的机关"
        bodies[0].save()
    with pytest.raises(ValidationError, match="重新看一遍"):
        making.issued(fresh(draft), cast.leader, read=read)
    read = signing.edition_of(fresh(draft))
    with acting(cast.officehead2):
        editions.add("acceptance", docx("{{ 发文主体 }}"), why="改", by=cast.officehead2)
    with pytest.raises(ValidationError, match="重新看一遍"):
        making.issued(fresh(draft), cast.leader, read=read)
