"""Letters on the pages: from the record to the print view, and who finds a door closed."""

import os
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from casework.matters.approvals import ask
from casework.matters.letters import pdf
from casework.matters.letters.kinds import TEMPLATES
from casework.matters.models import BlankForm, Letter, Matter
from casework.matters.recusals import recuse
from office.history import acting
from office.models import Look
from tests.casework.matters.counter import agreed, record, sent, text
from tests.casework.matters.letters import making
from tests.casework.matters.opinions import making as opinions
from tests.casework.matters.outcomes import making as outcomes


def page(letter, name="letter"):
    return reverse(f"matters:{name}", args=[letter.matter_id, letter.document_id])


def looks(person):
    return Look.objects.filter(person=person).count()


def test_the_officer_makes_the_opinion_from_the_record_in_a_few_clicks(cast, bodies, signed, login):
    client, paper = login(cast.officer), making.document(signed, "opinion")
    url = reverse("matters:letter", args=[signed.pk, paper.pk])
    assert url in text(client.get(record(signed)))
    asked = text(client.get(url))
    assert "云湖街道办事处" in asked
    assert "附言" not in asked  # nothing is added to what was signed
    assert client.post(url, sent(body=bodies[0].pk)).url == url
    drafted = text(client.get(url))
    assert "街小领" in drafted
    assert "编号印发" in drafted
    sign = reverse("matters:letter_sign", args=[signed.pk, paper.pk])
    shown = client.get(sign)
    assert "要求补发七月到十月的加班费。" in text(shown)
    done = client.post(sign, sent(read=shown.context["form"]["read"].value()))
    assert done.url == url, text(done)
    letter = Letter.objects.get()
    frozen = text(client.get(url))
    assert letter.document.number in frozen
    assert letter.file.sha256 in frozen
    assert 'name="body"' not in frozen
    printed = text(client.get(page(letter, "letter_print")))
    assert "<h1" in printed
    assert "韦小梅" in printed
    assert "草稿" not in printed
    got = client.get(page(letter, "letter_docx"))
    assert "韦小梅" in making.words(got.content)
    assert "no-store" in got["Cache-Control"]
    assert "打印已签发的文书" in text(client.get(record(signed)))


def test_a_leader_reads_the_draft_on_the_page_and_signs_what_was_read(cast, handled, login):
    draft = making.drafted(handled, "acceptance", cast.officehead, remark="办理时间：工作日。")
    client, url = login(cast.leader), page(draft, "letter_sign")
    assert "待签发" in text(client.get(record(handled)))
    shown = client.get(url)
    assert "办理时间：工作日。" in text(shown)
    read = shown.context["form"]["read"].value()
    making.drafted(handled, "acceptance", cast.officehead, remark="后来改的。")
    told = client.post(url, sent(read=read))
    assert told.status_code == 422
    assert "重新看一遍" in text(told)
    assert "后来改的。" in text(told)
    fresh = told.context["form"]["read"].value()
    assert client.post(url, sent(read=fresh)).status_code == 302
    assert Letter.objects.get().signed_by == cast.leader
    assert client.get(url).status_code == 302  # signed already: back to the letter


def test_a_remark_stays_when_only_the_nameplate_is_changed(cast, bodies, handled, login):
    draft = making.drafted(handled, "acceptance", cast.officehead, remark="办理时间：工作日。")
    client = login(cast.officehead)
    form = client.get(page(draft)).context["form"]
    assert form["remark"].value() == "办理时间：工作日。"
    again = sent(body=bodies[1].pk, remark=form["remark"].value())
    assert client.post(page(draft), again).status_code == 302
    row = Letter.objects.get()
    assert (row.body, row.unlocked("remark")) == (bodies[1], "办理时间：工作日。")


def test_each_page_that_shows_a_letter_writes_a_look_first(cast, handled, login):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    person = cast.officehead2
    client, before = login(person), looks(person)
    assert "韦小梅" in text(client.get(page(draft, "letter_print")))
    assert looks(person) == before + 2  # who came, and what was said


def test_a_draft_says_on_paper_that_it_is_one(cast, handled, login):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    printed = text(login(cast.officehead).get(page(draft, "letter_print")))
    assert "草稿，没有签发，不能发出" in printed
    assert "（草稿，签发时编号）" in printed


def test_who_is_no_part_of_it_gets_no_letter_by_any_door(cast, signed, login):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    names = ("letter", "letter_sign", "letter_correct", "letter_print", "letter_docx")
    for person in (cast.auditor, cast.grid, cast.other_officer, cast.reviewer, cast.editor):
        client = login(person)
        for name in names:
            for answer in (client.get(page(letter, name)), client.post(page(letter, name), sent())):
                assert answer.status_code in (302, 403, 404, 405), (person, name)
                assert answer.status_code != 302 or answer.url.startswith("/admin/"), name
        answer = client.get(reverse("matters:letters_print", args=[signed.pk]))
        assert answer.status_code in (302, 403, 404)
    assert Letter.objects.count() == 1


def test_whoever_stepped_back_finds_no_letter(cast, signed, login):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    with acting(cast.officehead2):
        recuse(signed, cast.officehead2, kind="declared", reason="亲戚", by=cast.officehead2)
    for name in ("letter", "letter_print", "letter_docx"):
        assert login(cast.officehead2).get(page(letter, name)).status_code == 404


def test_a_matter_sealed_later_takes_its_letters_along(cast, handled, login):
    letter = making.issued(making.drafted(handled, "acceptance", cast.officehead), cast.leader)
    draft = making.corrected(letter, cast.officehead)
    with acting(cast.officer):
        ask(handled, "seal", by=cast.officer, reason="背面写着收钱的人")
    assert Matter.objects.get(pk=handled.pk).sealed
    for person in (cast.officehead, cast.leader, cast.officer, cast.custodian):
        client = login(person)
        for one in (letter, draft):
            for name in ("letter", "letter_sign", "letter_correct", "letter_print", "letter_docx"):
                assert client.get(page(one, name)).status_code == 404, (person, name)
        for name in ("letters_print", "forms", "whole_file"):
            assert client.get(reverse(f"matters:{name}", args=[handled.pk])).status_code == 404
    with pytest.raises((Matter.DoesNotExist, PermissionDenied)):
        making.issued(draft, cast.leader)


def test_a_letter_of_another_matter_is_not_there(cast, street, signed, handled, login):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    client = login(cast.officehead)
    for name in ("letter", "letter_print", "letter_docx"):
        url = reverse(f"matters:{name}", args=[handled.pk, letter.document_id])
        assert client.get(url).status_code == 404


def test_several_letters_are_printed_in_one_go(cast, extended, login):
    acceptance = making.issued(making.drafted(extended, "acceptance", cast.officehead), cast.leader)
    extension = making.issued(making.drafted(extended, "extension", cast.officer), cast.officer)
    client, url = login(cast.officer), reverse("matters:letters_print", args=[extended.pk])
    both = text(client.get(url))
    assert both.count("<article") == 2
    assert acceptance.document.number in both
    assert extension.document.number in both
    one = text(client.get(f"{url}?d={extension.document_id}"))
    assert one.count("<article") == 1
    assert client.get(f"{url}?d=999999").status_code == 404


def test_the_pdf_says_what_the_print_view_says_with_its_fonts_inside(cast, signed, login):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    got = login(cast.officer).get(page(letter, "letter_print") + "?as=pdf")
    if got["Content-Type"] != "application/pdf" and os.environ.get("CI_BROWSER") != "1":
        pytest.skip("Pango is missing on this machine")
    assert got["Content-Type"] == "application/pdf"
    found = PdfReader(BytesIO(got.content))
    said = "".join(one.extract_text() for one in found.pages).replace("\n", "")
    assert "信访处理意见书" in said
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for one in found.pages for font in one["/Resources"]["/Font"].values()
    ]  # fmt: skip
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)


def test_a_letter_loads_nothing_from_anywhere():
    with pytest.raises(ValueError, match="loads nothing"):
        pdf._nothing("http://127.0.0.1/a.png")


def test_the_whole_file_has_cover_contents_and_every_signed_letter(cast, street, bodies, login):
    matter = outcomes.end(opinions.signed(cast, street), cast.officehead)
    letter = making.issued(making.drafted(matter, "opinion", cast.officer), cast.officer)
    matter = opinions.act(matter, "archive", cast.officehead)
    client, url = login(cast.officehead), reverse("matters:whole_file", args=[matter.pk])
    assert url in text(client.get(record(matter)))
    whole = text(client.get(url))
    for part in (
        "信访事项案卷",
        "卷内目录",
        letter.document.number,
        "要求补发七月到十月的加班费。",
    ):
        assert part in whole
    assert "号材料" not in whole  # the file of a letter is listed as its document alone
    assert login(cast.officer).get(url).status_code in (302, 403)


def test_paper_forms_come_filled_for_who_works_on_the_matter(cast, bodies, handled, login):
    client = login(cast.officer)
    listed = text(client.get(reverse("matters:forms", args=[handled.pk])))
    for kind, label in BlankForm.choices:
        assert label in listed
        url = reverse("matters:form_paper", args=[handled.pk, kind])
        assert TEMPLATES[kind] in text(client.get(url)), kind
        got = client.get(f"{url}?body={bodies[1].pk}&as=docx")
        assert bodies[1].name in making.words(got.content), kind
    unknown = reverse("matters:form_paper", args=[handled.pk, "opinion"])
    assert client.get(unknown).status_code == 404
    for person in (cast.leader, cast.auditor, cast.other_officer, cast.registrar):
        assert login(person).get(url).status_code in (302, 403, 404)


def test_without_a_nameplate_the_page_says_what_to_do(cast, street, login):
    matter = opinions.handled(cast, street)
    paper, client = making.document(matter, "acceptance"), login(cast.officehead)
    url = reverse("matters:letter", args=[matter.pk, paper.pk])
    assert "还没有设置发文主体" in text(client.get(url))
    assert client.post(url, sent()).status_code == 422
    form = reverse("matters:form_paper", args=[matter.pk, "f_talk"])
    assert "还没有设置发文主体" in text(client.get(form, follow=True))


def test_a_refusal_the_second_person_decided_is_numbered_without_another_signature(
    cast, street, bodies, fresh
):
    with acting(cast.officehead):
        request = ask(
            fresh, "refuse", by=cast.officehead, reason="已经终结",
            data={"note": "同一事实已经复核终结。", "remedy": "可以向上一级机关反映。"},
        )  # fmt: skip
    agreed(request, cast.leader)
    letter = making.issued(making.drafted(fresh, "refusal", cast.officehead), cast.officehead)
    assert letter.acted
    said = making.wording(letter, cast.officehead)
    assert "不予受理" in said
    assert "可以向上一级机关反映。" in said
