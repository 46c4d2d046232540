"""联名、代表、集体访、约访: many people, one matter; nobody learns of the others from us."""

from datetime import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.attaching import attach
from casework.matters.intake import Person, query_code
from casework.matters.models import GroupVisit, Item, Matter, TalkOffer
from casework.matters.repeats import deciding, joining, visiting
from casework.matters.repeats.visiting import Visit
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import arrive, record, sent, text
from tests.casework.matters.repeats.making import again

NEW = Person(name="蓝大山", phone="19900005678", main=False)


@pytest.fixture
def group(cast, rules):
    """Six buyers of one house."""
    people = [Person(name=f"购房人{n}", main=n == 0) for n in range(6)]
    claims = [("楼盘逾期交房八个月", "去年三月就该交房。")]
    return arrive(cast.registrar, people=people, people_count=6, claims=claims)[1][0]


def join(matter, by, person=NEW):
    with acting(by):
        return joining.join(matter, person, by=by, on=today(), channel="visit")


def choose(matter, count, by, **how):
    rows = list(matter.petitioners.order_by("pk"))
    chosen = {row.pk: n < count for n, row in enumerate(rows)}
    given = {"how": "spoken", "paper": None, "note": "今天上午在大厅举手推选"} | how
    with acting(by):
        return joining.choose(matter, chosen, by=by, **given)


def test_whoever_joins_later_has_a_receipt_and_a_code_of_their_own(cast, rules, login):
    item, [matter] = arrive(cast.registrar)
    client = login(cast.registrar)
    given = {"channel": "visit", "on": str(today()), "name": NEW.name, "phone": NEW.phone}
    answer = client.post(f"/admin/matters/{matter.pk}/join/", sent(**given))
    assert answer.status_code == 302, text(answer)
    receipt = text(client.get(answer.url))
    own = Item.objects.exclude(pk=item.pk).get()
    assert own.number in receipt
    assert matter.number in receipt
    assert query_code(own)[:4] in receipt
    assert query_code(own) != query_code(item)
    assert "韦小梅" not in receipt
    assert Matter.objects.get(pk=matter.pk).people_count == 2


def test_nobody_joins_a_matter_that_is_over_or_sealed(cast, rules, sealed):
    matter = arrive(cast.registrar)[1][0]
    with acting(cast.registrar):
        deciding.merge(
            matter, arrive(cast.registrar)[1][0], kind="repeat", reason="一样", by=cast.registrar
        )
    assert join(matter, cast.officehead).item is not None  # merged ones are still open
    for wrong, by in ((sealed, cast.registrar), (matter, cast.officer)):
        with pytest.raises((PermissionDenied, ValidationError, Matter.DoesNotExist)):
            join(wrong, by)


def test_a_name_in_the_title_is_caught_when_somebody_joins(cast, rules):
    matter = arrive(cast.registrar, claims=[("蓝大山家门口堆垃圾", "一直没人清。")], people=[])[1][
        0
    ]
    with pytest.raises(ValidationError) as error:
        join(matter, cast.registrar)
    assert "标题" in error.value.message_dict["name"][0]


def test_representatives_are_few_and_chosen_but_everybody_registers(cast, group):
    assert choose(group, 5, cast.registrar) == 5
    assert Matter.objects.get(pk=group.pk).representatives == 5
    with pytest.raises(ValidationError) as error:
        choose(group, 6, cast.registrar)
    assert "最多 5 人" in error.value.message_dict["chosen"][0]
    for n in range(3):
        join(group, cast.registrar, Person(name=f"后来的{n}", main=False))
    assert Matter.objects.get(pk=group.pk).people_count == 9


def test_a_letter_of_choice_is_a_file_of_the_same_matter(cast, group):
    with pytest.raises(ValidationError) as error:
        choose(group, 2, cast.registrar, how="letter")
    assert "代表推选书" in error.value.message_dict["paper"][0]
    other = arrive(cast.registrar)[1][0]
    with acting(cast.registrar):
        foreign = attach(other, SimpleUploadedFile("推选书.txt", b"a"), by=cast.registrar)
        paper = attach(group, SimpleUploadedFile("推选书.txt", b"b"), by=cast.registrar)
    with pytest.raises(ValidationError):
        choose(group, 2, cast.registrar, how="letter", paper=foreign)
    assert choose(group, 2, cast.registrar, how="letter", paper=paper) == 2
    assert group.co_petitioners.filter(representative=True, paper=paper).count() == 2
    assert choose(group, 0, cast.registrar, how="", note="") == 0


def test_a_group_visit_is_of_a_group_and_few_of_them_speak(cast, group):
    few = Visit(today(), time(9, 30), time(11, 0), 4, 2)
    for wrong, field in (
        (few, "people"),
        (Visit(today(), time(9, 30), None, 40, 6), "representatives"),
        (Visit(today(), time(9, 30), time(8, 0), 40, 5), "ended"),
    ):
        with acting(cast.registrar), pytest.raises(ValidationError) as error:
            visiting.note_visit(group, wrong, by=cast.registrar)
        assert field in error.value.message_dict
    with acting(cast.registrar):
        visit = Visit(today(), time(9, 30), None, 40, 5, "一楼大厅", "要求见开发商")
        visiting.note_visit(group, visit, by=cast.registrar)
    assert GroupVisit.objects.get().unlocked("note") == "要求见开发商"
    assert Matter.objects.get(pk=group.pk).people_count == 40


def test_the_pages_of_a_group_matter_show_masks_until_somebody_says_why(cast, group, login):
    client = login(cast.officehead)
    page = text(client.get(f"/admin/matters/{group.pk}/representatives/"))
    assert "购房人0" not in page
    assert "先写明查看目的" in page
    assert "群体事项" in text(client.get(record(group)))
    first = group.petitioners.order_by("pk").first()
    given = {"chosen": [str(first.pk)], "how": "spoken", "note": "当场举手"}
    answer = client.post(f"/admin/matters/{group.pk}/representatives/", sent(**given))
    assert answer.status_code == 302, text(answer)
    visit = {"on": str(today()), "began": "09:30", "people": "6", "representatives": "1"}
    answer = client.post(f"/admin/matters/{group.pk}/group-visit/", sent(**visit))
    assert answer.status_code == 302, text(answer)
    assert "来了 6 人，代表 1 人" in text(client.get(record(group)))


def test_a_talk_is_offered_where_something_came_again_on_line_and_a_no_is_kept_nowhere(
    cast, rules, login
):
    first = arrive(cast.registrar)[1][0]
    visit, online = again(cast.registrar), again(cast.registrar, channel="online")
    for matter in (visit, online):
        with acting(cast.registrar):
            deciding.merge(matter, first, kind="repeat", reason="一样", by=cast.registrar)
    client = login(cast.registrar)
    assert client.get(f"/admin/matters/{visit.pk}/offer/").status_code == 404
    clocks = list(online.clocks.values_list("kind", "due_on", "status"))
    answer = client.post(f"/admin/matters/{online.pk}/offer/", sent(on=str(today())))
    assert answer.status_code == 302, text(answer)
    row = TalkOffer.objects.get()
    assert row.meet_on is None
    assert list(online.clocks.values_list("kind", "due_on", "status")) == clocks
    fields = {field.name for field in TalkOffer._meta.get_fields()}
    assert not {"declined", "refused", "count"} & fields
