"""The pages of the entry side in a browser's eyes: the guided choice, forms, papers, the path."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.models import Matter
from casework.matters.recusals import recuse
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import accepted, act, record, sent, text
from tests.casework.matters.entering import making

DAY = timedelta(days=1)


def scan():
    return SimpleUploadedFile("凭据.txt", "盖章".encode())


def asked(matter, name):
    return reverse("matters:ask", args=[matter.pk, name])


def test_the_guided_choice_says_of_every_way_what_it_brings(cast, fresh, login):
    page = text(login(cast.officehead).get(act(fresh, "accept")))
    for label in ("建议意见", "信访程序", "诉讼（涉法涉诉）", "仲裁", "党员申诉", "履行法定职责"):
        assert label in page
    assert "导入相应程序处理" in page
    assert f"{asked(fresh, 'route')}?path=C2" in page
    for name in ("on_spot", "tell", "forward", "assign_out", "unclear"):
        assert act(fresh, name) in page
    assert asked(fresh, "refuse") in page
    assert act(fresh, "object") not in page  # nobody sent it to us
    assert reverse("matters:seal", args=[fresh.pk]) in page


def test_what_the_district_sent_can_be_objected_to_from_the_choice(cast, rules, login):
    matter = making.sent_to_us(cast)
    client = login(cast.officehead)
    assert act(matter, "object") in text(client.get(act(matter, "accept")))
    form = client.get(act(matter, "object")).context["form"]
    assert form["to_name"].value() == "区信访局"


def test_a_simple_matter_is_accepted_when_every_line_is_ticked(cast, fresh, login):
    client = login(cast.officehead)
    form = sent(way="C6", on=str(today()), fast="on", fits=making.FITS[:-1])
    refused = client.post(act(fresh, "accept"), form)
    assert refused.status_code == 422
    assert "还有 1 项没有确认" in text(refused)
    client.post(act(fresh, "accept"), sent(way="C6", on=str(today()), fast="on", fits=making.FITS))
    assert Matter.objects.get(pk=fresh.pk).due_kind == "fast"


def test_unpaid_wages_go_to_arbitration_and_stay_followed_to_their_outcome(cast, fresh, login):
    """Scene 4 of practice §8, over the pages alone."""
    head, last = login(cast.officehead), today() + 60 * DAY
    form = head.get(f"{asked(fresh, 'route')}?path=C2").context["form"]
    assert form["path"].value() == "C2"
    told = {
        "path": "C2", "body": "区劳动人事争议仲裁委员会", "limit_text": "一年", "aid": "12348",
        "last_day": str(last), "reason": "拖欠工资，先仲裁",
    }  # fmt: skip
    assert head.post(asked(fresh, "route"), sent(**told)).url == record(fresh)
    request = fresh.approvals.get(act="route")
    decide = reverse("matters:decide", args=[fresh.pk, request.pk])
    reviewer = login(cast.reviewer)
    assert "区劳动人事争议仲裁委员会" in text(reviewer.get(decide))
    assert reviewer.post(decide, sent(decision="approve", note="")).status_code == 302

    page = text(head.get(record(fresh)))
    assert f"<strong>最后安全日 {last:%Y-%m-%d}</strong>" in page
    assert "信访不停止这个期限" in page
    assert "12348" in page
    assert "分类处理告知书" in page
    head.post(act(fresh, "track"), sent(note="仲裁委已立案", on=str(today())))
    head.post(
        act(fresh, "path_outcome"),
        sent(result="decided", result_note="裁决支付", paper=scan(), on=str(today())),
    )
    matter = Matter.objects.get(pk=fresh.pk)
    assert (matter.state, matter.ending) == ("closed", "path")
    assert "有裁决、判决或决定" in text(head.get(record(fresh)))


def test_the_next_matter_of_the_same_path_begins_with_the_same_body(cast, rules, login):
    making.led(cast)
    page = login(cast.officehead).get(f"{asked(making.fresh(cast), 'route')}?path=C2")
    assert page.context["form"]["body"].value() == "区劳动人事争议仲裁委员会"
    assert page.context["form"]["limit_text"].value().startswith("知道权利被侵害之日起一年")


def test_an_office_head_closes_on_the_spot_in_one_screen(cast, fresh, login):
    client = login(cast.officehead)
    told = {"way": "C6", "summary": "已当场补办老年卡。", "confirmed": "paper"}
    refused = client.post(act(fresh, "on_spot"), sent(**told))
    assert refused.status_code == 422
    assert "已当场补办老年卡。" in text(refused)
    client.post(act(fresh, "on_spot"), sent(**told, paper=scan()))
    assert Matter.objects.get(pk=fresh.pk).ending == "on_spot"
    assert fresh.files.count() == 1


@pytest.mark.parametrize(
    ("name", "fields", "ending"),
    [
        ("tell", {"body": "区住建局", "on": str(today())}, "told"),
        ("forward", {"to_name": "区人社局", "on": str(today())}, "forwarded"),
    ],
)
def test_a_way_out_is_one_form(name, fields, ending, cast, fresh, login):
    client = login(cast.officehead)
    empty = client.post(act(fresh, name), sent(on=str(today())))
    assert empty.status_code == 422
    assert client.post(act(fresh, name), sent(**fields)).status_code == 302
    assert Matter.objects.get(pk=fresh.pk).ending == ending


def test_a_village_is_given_a_matter_and_a_bureau_is_not_offered(cast, street, fresh, login):
    client = login(cast.officehead)
    page = text(client.get(act(fresh, "assign_out")))
    assert "望塘村" in page
    assert "云湖派出所" not in page.partition("<form method")[2].partition("</select>")[0]
    day = str(today() + 9 * DAY)
    client.post(act(fresh, "assign_out"), sent(unit=street.village.pk, due_on=day))
    assert Matter.objects.get(pk=fresh.pk).state == "assigned_out"


def test_reporting_upward_moves_nothing_and_leaves_a_paper(cast, fresh, login):
    client, url = login(cast.officehead), reverse("matters:report_up", args=[fresh.pk])
    assert client.post(url, sent(to_name="区信访局", summary="")).status_code == 422
    client.post(url, sent(to_name="区信访局", summary="请协调区住建局"))
    paper = fresh.documents.get()
    assert (paper.kind, paper.to_name) == ("report_up", "区信访局")
    assert Matter.objects.get(pk=fresh.pk).state == "registered"
    assert "呈报" in text(client.get(record(fresh)))
    assert login(cast.registrar).post(url, sent(to_name="x", summary="y")).status_code in (302, 403)
    assert fresh.documents.count() == 1


def test_the_answer_to_a_suggestion_is_marked_for_everybody_once(cast, street, rules, login):
    matter = making.moved(
        making.fresh(cast), "on_spot", cast.officehead,
        klass="A", path="", summary="建议采纳。", confirmed="oral",
    )  # fmt: skip
    paper, client = matter.documents.get(), login(cast.officehead)
    url = reverse("matters:publishable", args=[matter.pk, paper.pk])
    assert url in text(client.get(record(matter)))
    assert client.post(url, sent()).url == record(matter)
    paper.refresh_from_db()
    assert paper.publishable
    assert client.post(url, sent()).status_code in (302, 403)
    assert matter.moves.filter(name="publishable").count() == 1


def test_what_a_paper_says_is_masked_until_it_is_opened(cast, rules, login):
    matter = making.moved(
        making.fresh(cast), "tell", cast.officehead, body="区住建局", note="带上韦小梅的购房合同"
    )
    page = text(login(cast.officehead).get(record(matter)))
    assert "去向告知书" in page
    assert "购房合同" not in page


def test_who_stepped_back_finds_none_of_the_pages(cast, fresh, login):
    with acting(cast.officehead2):
        recuse(fresh, cast.officehead, kind="declared", reason="亲戚", by=cast.officehead)
    client = login(cast.officehead)
    for name in ("split", "report_up", "route", "accept"):
        assert client.get(reverse(f"matters:{name}", args=[fresh.pk])).status_code == 404


def test_a_form_that_comes_too_late_is_told_in_words(cast, fresh, login):
    client = login(cast.officehead2)
    accepted(fresh, cast.officehead)
    late = client.post(act(fresh, "tell"), sent(body="区住建局", on=str(today())))
    assert "现在是“已受理”" in text(late)
    assert "区住建局" in text(late)
