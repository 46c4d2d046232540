"""协办: asking a unit for something, its answer, its return, and what it sees meanwhile."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.conflicts.asking import say
from casework.matters.conflicts.units import concern
from casework.matters.cooperation import support
from casework.matters.models import Matter, Recusal, SupportTask, SupportUnit
from office.clock import at, now, today
from office.history import acting
from office.models import Look
from tests.casework.matters.cooperation.asking import (
    WHAT,
    fresh,
    helped,
    names,
    post,
    sees,
    url,
)
from tests.casework.matters.counter import record, text


def test_an_officer_asks_another_unit_which_sees_the_matter_and_the_task_from_then_on(
    cast, street, handled, login
):
    assert not sees(cast.other_officer, handled)
    answer = post(
        login(cast.officer), "ask_support", handled, unit=street.housing.pk, what=WHAT,
        due_on=str(today() + timedelta(days=5)),
    )  # fmt: skip
    assert answer.status_code == 302
    [task] = SupportTask.objects.all()
    assert (task.stage, task.asked_by, task.unlocked("what")) == ("asked", cast.officer, WHAT)
    assert sees(cast.other_officer, handled)
    page = text(login(cast.other_officer).get(record(handled)))
    assert "村镇建设办协办" in page
    assert WHAT not in page  # masked until somebody looks
    assert "韦小梅" not in page
    assert names(handled)[-1] == "ask_support"


def test_the_support_unit_finds_what_it_is_asked_on_its_first_page(cast, street, handled, login):
    helped(handled, street.housing, cast.officer)
    home = text(login(cast.other_officer).get("/admin/"))
    assert "请本单位协办的" in home
    assert handled.title in home
    assert "请本单位协办的" not in text(login(cast.officer).get("/admin/"))


def test_a_supporting_officer_reads_the_task_by_their_own_duty_and_a_look_is_written(
    cast, street, handled, login
):
    task = helped(handled, street.housing, cast.officer)
    page = text(login(cast.other_officer).get(url("answer_support", handled, task)))
    assert WHAT in page
    assert Look.objects.filter(person=cast.other_officer, what="协办与往来").count() == 1


def test_a_supporting_officer_answers_with_a_file_and_the_lead_reads_it(
    cast, street, handled, login
):
    task = helped(handled, street.housing, cast.officer)
    scan = SimpleUploadedFile("检查记录.txt", "十月检查合格".encode())
    answer = post(
        login(cast.other_officer), "answer_support", handled, task, answer="查到三次检查记录",
        files=scan,
    )  # fmt: skip
    assert answer.status_code == 302
    task = fresh(task)
    assert (task.stage, task.settled_by) == ("answered", cast.other_officer)
    assert task.unlocked("answer") == "查到三次检查记录"
    assert task.enclosed.get().file.matter_id == handled.pk
    page = text(login(cast.officer).get(record(handled)))  # the officer's own matter: open by task
    assert "查到三次检查记录" in page
    assert names(handled)[-1] == "answer_support"


def test_a_unit_that_returns_a_task_says_why_and_sees_the_matter_no_longer(
    cast, street, handled, login
):
    task = helped(handled, street.housing, cast.officer)
    client = login(cast.other_officer)
    refused = post(client, "return_support", handled, task, reason=" ")
    assert refused.status_code == 422
    assert "请写明理由" in text(refused)
    assert post(client, "return_support", handled, task, reason="记录在消防站").status_code == 302
    assert fresh(task).stage == "returned"
    assert not sees(cast.other_officer, handled)
    assert client.get(record(handled)).status_code == 404


def test_what_was_returned_is_asked_once_more_and_not_twice(cast, street, handled):
    task = helped(handled, street.housing, cast.officer)
    with acting(cast.other_officer):
        support.give_back(task, reason="不清楚要哪一年的", by=cast.other_officer)
    again = helped(handled, street.housing, cast.officer, again=fresh(task))
    assert again.again == task
    with pytest.raises(ValidationError, match="已经再次请求过"):
        helped(handled, street.housing, cast.officer, again=fresh(task))


def test_nobody_answers_a_task_that_was_withdrawn_meanwhile(cast, street, handled, login):
    first = helped(handled, street.housing, cast.officer)
    second = helped(handled, street.housing, cast.officer, what="另请核对门牌")
    with acting(cast.officer):
        support.withdraw(first, reason="已从别处取得", by=cast.officer)
    assert sees(cast.other_officer, handled)  # for the second one
    client = login(cast.other_officer)
    answer = post(client, "answer_support", handled, first, answer="查到了")
    assert answer.status_code == 302
    assert fresh(first).unlocked("answer") == ""
    with acting(cast.other_officer), pytest.raises(ValidationError, match="已撤回"):
        support.answer(first, text="查到了", by=cast.other_officer)
    with acting(cast.officer):
        support.withdraw(second, reason="不用了", by=cast.officer)
    assert client.get(url("answer_support", handled, second)).status_code == 404
    with acting(cast.other_officer), pytest.raises(Matter.DoesNotExist):
        support.answer(second, text="查到了", by=cast.other_officer)


def test_support_does_not_ask_others_and_does_not_withdraw_what_the_lead_asked(
    cast, street, handled
):
    task = helped(handled, street.housing, cast.officer)
    with acting(cast.other_officer), pytest.raises(PermissionDenied):
        support.ask(handled, street.village, what="也帮一下", due_on=today(), by=cast.other_officer)
    with acting(cast.other_officer), pytest.raises(PermissionDenied):
        support.withdraw(task, reason="不想办", by=cast.other_officer)
    with acting(cast.officer), pytest.raises(PermissionDenied):
        support.answer(task, text="我替它答", by=cast.officer)


def test_a_lead_cannot_ask_itself_nor_a_body_outside_nor_for_yesterday(cast, street, handled):
    for unit, field in ((street.social, "unit"), (street.outside, "unit")):
        with pytest.raises(ValidationError) as refused:
            helped(handled, unit, cast.officer)
        assert field in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        helped(handled, street.housing, cast.officer, days=-1)
    assert "due_on" in refused.value.message_dict
    assert not SupportUnit.objects.exists()


def test_a_unit_complained_about_supports_with_facts_and_never_leads(cast, street, handled, login):
    with acting(cast.officehead):
        concern(handled, street.housing, source="petitioner", reason="没管", by=cast.officehead)
    task = helped(handled, street.housing, cast.officer)
    with acting(cast.other_officer):
        support.answer(task, text="当时检查过两次", by=cast.other_officer)
    assert fresh(task).stage == "answered"
    options = text(login(cast.officehead).get(f"/admin/matters/{handled.pk}/do/reassign/"))
    assert f'<option value="{street.housing.pk}"' not in options


def test_whoever_is_named_in_the_matter_sees_no_task_of_their_own_unit(
    cast, street, handled, housing_second, login
):
    task = helped(handled, street.housing, cast.officer)
    with acting(cast.registrar):
        say(handled, cast.other_officer, kind="named", reason="说的就是他", by=cast.registrar)
    client = login(cast.other_officer)
    assert "请本单位协办的" not in text(client.get("/admin/"))
    assert client.get(url("answer_support", handled, task)).status_code == 404
    with acting(cast.other_officer), pytest.raises(Matter.DoesNotExist):
        support.answer(task, text="我没有问题", by=cast.other_officer)
    assert support.people_of(fresh(task)) == [housing_second]


def test_a_head_names_who_does_it_and_colleagues_leave_it_alone(
    cast, street, handled, housing_head, housing_second, login
):
    task = helped(handled, street.housing, cast.officer)
    answer = post(login(housing_head), "name_support", handled, task, person=housing_second.pk)
    assert answer.status_code == 302
    assert fresh(task).person == housing_second
    with acting(cast.other_officer), pytest.raises(PermissionDenied):
        support.answer(fresh(task), text="我来", by=cast.other_officer)
    assert "请本单位协办的" not in text(login(cast.other_officer).get("/admin/"))
    with acting(housing_head):
        support.answer(fresh(task), text="负责人答复", by=housing_head)


def test_nobody_who_stepped_back_or_works_elsewhere_is_named(
    cast, street, handled, housing_head, housing_second
):
    task = helped(handled, street.housing, cast.officer)
    with acting(None, "回避"):
        Recusal(matter=handled, user=housing_second, since=today()).save()
    for person, why in ((housing_second, "已回避"), (cast.officer, "不在村镇建设办任职")):
        with acting(housing_head), pytest.raises(ValidationError, match=why):
            support.name_person(task, person, by=housing_head)
    with acting(cast.other_officer), pytest.raises(PermissionDenied):
        support.name_person(task, cast.other_officer, by=cast.other_officer)


def test_a_task_over_its_day_is_told_in_red(cast, street, handled, login):
    helped(handled, street.housing, cast.officer, days=2)
    with at(now() + timedelta(days=3)):
        page = text(login(cast.officer).get(record(handled)))
    assert "超期，应在" in page
    assert "desk-badge--seal" in page


def test_help_ends_when_the_lead_says_so_but_not_while_an_answer_is_owed(cast, street, handled):
    task = helped(handled, street.housing, cast.officer)
    row = handled.supports.get()
    with acting(cast.officer), pytest.raises(ValidationError, match="没有答复"):
        support.end_support(handled, row, by=cast.officer)
    with acting(cast.other_officer):
        support.answer(task, text="记录已附", by=cast.other_officer)
    with acting(cast.officer):
        support.end_support(handled, row, by=cast.officer)
    assert not sees(cast.other_officer, handled)


def test_asking_for_help_stops_no_clock(cast, street, handled):
    before = fresh(handled).due_on
    helped(handled, street.housing, cast.officer)
    assert fresh(handled).due_on == before


def test_whoever_is_asked_to_step_back_asks_nobody_for_help(cast, street, handled):
    with acting(cast.registrar):
        say(handled, cast.officer, kind="asked", reason="他们是亲戚", by=cast.registrar)
    with pytest.raises(ValidationError, match="要求您回避"):
        helped(handled, street.housing, cast.officer)


def test_an_account_is_not_closed_while_a_task_waits_for_its_person(
    cast, street, handled, housing_head, housing_second
):
    task = helped(handled, street.housing, cast.officer)
    with acting(housing_head):
        support.name_person(task, housing_second, by=housing_head)
    with acting(cast.secadmin), pytest.raises(ValidationError, match="未交接的工作 1 项"):
        housing_second.deactivate()
