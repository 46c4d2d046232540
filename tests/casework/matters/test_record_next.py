"""What the record says of the next step: who, by when, what each button does, why one is missing."""

from casework.matters.explaining import told_of
from casework.matters.lifecycle import Rule
from casework.matters.models import Recusal
from casework.matters.profiles import limits_of
from casework.matters.states import State
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import accepted, act, assigned, record, text


def test_a_button_tells_its_article_what_it_makes_and_which_clock_starts(cast, fresh, login):
    page = text(login(cast.officehead).get(record(fresh)))

    told = page[page.index('id="told-accept"') :]
    told = told[: told.index("</p>")]
    for part in ("受理告知书", "60 日", "第二十三条"):
        assert part in told
    assert 'aria-describedby="told-accept"' in page


def test_a_row_of_the_table_that_tells_nothing_itself_is_explained_by_its_clocks_and_document(
    fresh,
):
    rule = Rule(
        "x", "转送", (State.REGISTERED,), State.CLOSED, "", starts=("handle",), ends=("notice",),
        document="forward", article="《信访工作条例》第二十三条", second=True,
    )  # fmt: skip
    told = told_of(rule, fresh, limits_of(fresh.profile)).short

    assert told == (
        "形成转送函。开始计算：作出处理意见 60 日。到此为止：告知受理情况。"
        "由另一位有权限的同事审批后才生效。依据《信访工作条例》第二十三条"
    )


def test_an_officer_is_told_why_an_opinion_cannot_be_drafted_and_the_matter_not_closed(
    cast, handled, login
):
    response = login(cast.officer).get(record(handled))

    closed = {one.label: one.why for one in response.context["buttons"].closed}
    assert "听取" in closed["起草意见"]
    assert "为什么现在不能起草意见？" in text(response)
    assert "再经过审核签发、送达、复查期，才能办结。" in text(response)
    moved = login(cast.officer).get(act(handled, "draft"))
    assert moved.status_code in (200, 302), "the page of the act answers by itself as before"


def test_the_next_step_says_who_by_name_and_until_when(cast, handled, login):
    page = text(login(cast.leader).get(record(handled)))

    assert "承办人</b> 承小办" in page
    assert f"{handled.due_on:%Y-%m-%d}" in page
    assert "听取信访人陈述" in page


def test_whose_recusal_holds_is_not_named_as_the_one_to_move(cast, street, fresh, login):
    matter = assigned(accepted(fresh, cast.officehead), cast.officehead, street.social)
    with acting(cast.officehead):
        Recusal(matter=matter, user=cast.head, since=today()).save()

    coming = login(cast.officehead).get(record(matter)).context["coming_names"]

    assert "单小负" not in coming
