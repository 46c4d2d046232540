"""职责分离状况: who combines what, which acts lose their second person when somebody is away."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from office.appointing import asking
from office.appointing.asking import Wish
from office.clock import today
from office.duties import outlook, together
from office.duties.outlook import Away, Gap, Staff, Term
from office.history import acting
from office.models import Deputy, Leave, Post
from tests.english import english_left
from tests.office.appointing.test_grant_pages import ALLOWED

DAY = timedelta(days=1)
FIRST = date(2026, 9, 1)
VOID = "matters.decide_void"  # of office heads and leaders
NAMES = {1: "甲主任", 2: "乙主任", 3: "丙领导"}
PAGE, LEAVE = "/admin/separation/", "/admin/leave/"


def street(*aways, terms=()):
    terms = terms or (
        Term(1, "office_head", FIRST - 900 * DAY, None),
        Term(3, "leader", FIRST - 900 * DAY, None),
    )
    return Staff(tuple(terms), aways, NAMES)


def told(staff, verb=VOID):
    return [outlook.sentence(gap, staff, "作废审批") for gap in outlook.gaps(staff, verb, FIRST)]


def test_a_leave_that_leaves_one_person_is_told_with_its_days():
    staff = street(Away(1, date(2026, 9, 3), date(2026, 9, 7)))
    assert told(staff) == [
        "因甲主任请假，9月3日至7日“作废审批”只剩丙领导一人，丙领导自己提出的将报区级主管部门。"
    ]


def test_when_both_are_away_nobody_is_left_and_it_goes_to_the_district():
    staff = street(Away(1, date(2026, 9, 3), date(2026, 9, 7)), Away(3, FIRST, date(2026, 9, 4)))
    lines = told(staff)
    assert (
        "因丙领导请假，9月1日至2日“作废审批”只剩甲主任一人，甲主任自己提出的将报区级主管部门。"
        in lines
    )
    assert "因甲主任请假、丙领导请假，9月3日至4日“作废审批”无人，将报区级主管部门。" in lines


def test_when_the_only_system_administrator_is_away_it_goes_to_the_leader():
    terms = (Term(2, "system_admin", FIRST, None), Term(3, "leader", FIRST, None))
    staff = street(Away(2, date(2026, 9, 28), date(2026, 10, 2)), terms=terms)
    found = [
        outlook.sentence(gap, staff, "授权变更")
        for gap in outlook.gaps(staff, "office.confirm_grant", FIRST, 40)
    ]
    assert found == ["因乙主任请假，9月28日至10月2日“授权变更”无人，将报街道领导。"]


def test_a_deputy_fills_the_gap_on_the_days_named():
    terms = (
        Term(1, "office_head", FIRST, None), Term(3, "leader", FIRST, None),
        Term(2, "office_head", date(2026, 9, 3), date(2026, 9, 5)),
    )  # fmt: skip
    staff = street(Away(1, date(2026, 9, 3), date(2026, 9, 7)), terms=terms)
    [line] = told(staff)
    assert "9月6日至7日" in line
    assert "只剩丙领导一人" in line


def test_a_post_that_ends_is_a_reason_too():
    terms = (
        Term(1, "office_head", FIRST, date(2026, 9, 10)), Term(3, "leader", FIRST, None),
    )  # fmt: skip
    assert told(street(terms=terms))[0].startswith("因甲主任岗位到期，9月11日至30日")


def test_one_person_who_was_always_alone_is_no_news():
    staff = street(terms=(Term(3, "leader", FIRST, None),))
    assert told(staff) == []
    assert told(Staff((), (), NAMES)) == ["9月1日至30日“作废审批”无人，将报区级主管部门。"]


def test_days_alike_are_one_line():
    staff = street(
        Away(1, date(2026, 9, 3), date(2026, 9, 3)), Away(1, date(2026, 9, 20), date(2026, 9, 21))
    )
    spans = [(gap.first.day, gap.last.day) for gap in outlook.gaps(staff, VOID, FIRST)]
    assert spans == [(3, 3), (20, 21)]
    assert all(isinstance(gap, Gap) for gap in outlook.gaps(staff, VOID, FIRST))


def enter(client, person=None, first=3, last=7, **values):
    values = {
        "valid_from": f"{today() + first * DAY:%Y-%m-%d}", "form_token": str(uuid4()),
        "valid_to": f"{today() + last * DAY:%Y-%m-%d}", "kind": "leave", **values,
    }  # fmt: skip
    if person is not None:
        values["person"] = person.pk
    return client.post(LEAVE, values, follow=True).content.decode()


def test_a_system_administrator_who_takes_leave_is_told_what_it_leaves_open(cast, login):
    page = enter(login(cast.sysadmin))
    assert "已登记" in page
    assert "因系小统请假" in page
    assert "“授权变更”无人，将报街道领导" in page
    leave = Leave.objects.get()
    assert (leave.person, leave.kind) == (cast.sysadmin, "leave")
    assert "因系小统请假" in login(cast.leader).get(PAGE).content.decode()


def test_a_leave_that_takes_nobody_needed_away_says_nothing(cast, login):
    page = enter(login(cast.grid))
    assert "已登记" in page
    assert "请假，" not in page.split("desk-list")[0].split("已登记")[1]


def test_a_person_enters_their_own_days_and_the_security_administrator_anybodys(cast, login):
    enter(login(cast.grid), person=cast.officer)  # a made-up field counts for nothing
    assert Leave.objects.get().person == cast.grid
    enter(login(cast.secadmin), person=cast.officer)
    assert Leave.objects.filter(person=cast.officer).exists()
    page = login(cast.grid).get(LEAVE).content.decode()
    assert page.count('name="cancel"') == 1


def test_days_that_make_no_sense_are_refused_and_kept_as_typed(cast, login):
    client = login(cast.grid)
    assert "不能早于开始日期" in enter(client, first=7, last=3)
    assert "已经过去" in enter(client, first=-9, last=-3)
    assert "一次最长一年" in enter(client, first=0, last=500)
    enter(client)
    assert "日子重叠" in enter(client, first=5, last=9)
    assert Leave.objects.count() == 1


def test_a_cancelled_leave_counts_no_more_and_only_ones_own_is_cancelled(cast, login):
    enter(login(cast.grid))
    leave = Leave.objects.get()
    values = {"cancel": str(leave.pk), "form_token": str(uuid4())}
    login(cast.officer).post(LEAVE, values)
    leave.refresh_from_db()
    assert not leave.cancelled
    login(cast.grid).post(LEAVE, {**values, "form_token": str(uuid4())})
    leave.refresh_from_db()
    assert leave.cancelled


def test_the_page_shows_who_combines_what_since_when_and_confirmed_by_whom(cast, street, login):
    wish = Wish(kind="post", user=cast.grid, unit=street.housing, role="officer")
    request = asking.ask(cast.secadmin, wish, reason="兼办")
    asking.decide(request.pk, by=cast.sysadmin, agree=True)
    page = login(cast.auditor).get(PAGE).content.decode()
    for words in ("网小格", f"村镇建设办 承办人，{today()} 起", "安小全 提出，系小统 确认"):
        assert words in page
    assert "没有确认记录" in page  # the older post came with the system
    assert english_left(page, allowed=ALLOWED) == []


def test_a_forbidden_combination_of_old_data_is_shown_first_and_in_words(cast, street, login):
    with acting(None, "旧数据"):
        Post(user=cast.sysadmin, unit=street.office, role="officer", valid_from=today()).save()
    here = outlook.staff(today())
    [one] = [found for found in together.combined(here, today()) if found.forbidden]
    assert one.user == cast.sysadmin
    page = login(cast.auditadmin).get(PAGE).content.decode()
    assert "系统管理员不得兼任其他角色（三员分立）。请立即结束其中一个。" in page


def test_roles_one_after_the_other_are_no_combination(cast, street):
    post = cast.officer.posts.get()
    with acting(None, "转岗"):
        post.valid_to = today()
        post.save()
        Post(user=cast.officer, unit=street.street, role="auditor", valid_from=today() + DAY).save()
        Deputy(
            post=cast.editor.posts.get(), user=cast.officer, valid_from=today(), valid_to=today()
        ).save()
    assert together.forbidden(outlook.staff(today()), cast.officer.pk) == ""


@pytest.mark.parametrize("who", ["registrar", "officer", "editor", "grid", "custodian"])
def test_who_has_no_business_with_it_finds_no_page(cast, login, who):
    assert login(getattr(cast, who)).get(PAGE).status_code in (302, 403)


def test_every_act_of_two_is_on_the_page_with_those_who_can_do_it_today(cast, login):
    page = login(cast.leader).get(PAGE).content.decode()
    for label in outlook.labels().values():
        assert label in page
    rows = {row["label"]: row for row in outlook.today_table(outlook.staff(today()), today())}
    assert rows["授权变更"]["people"] == ["系小统"]
    assert set(rows["作废"]["people"]) == {"信小任", "信小副", "街小领"}
