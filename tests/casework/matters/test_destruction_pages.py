"""销毁清册 in the browser's words: proposing, two approvals, running, the register on paper."""

import pytest

from casework.matters.models import Matter
from office import clock
from office.models import DestructionList
from office.retention import destroying
from office.work import run_due
from tests.casework.matters.archive import closed, in_2040
from tests.casework.matters.counter import sent, text

pytestmark = pytest.mark.usefixtures("rules")
PAGE = "/admin/destruction/"


def test_three_people_bring_a_list_to_its_end_and_the_worker_carries_it_out(cast, street, login):
    old, kept = closed(cast, street), closed(cast, street)
    head, second, leader = (login(one) for one in (cast.officehead, cast.officehead2, cast.leader))
    with in_2040():
        page = text(head.get(PAGE))
        assert old.number in page
        assert "提出销毁" in page
        assert "提出销毁" not in text(leader.get(PAGE))
        answer = head.post(PAGE, sent(note="逐件鉴定过", chosen=[f"matters.matter:{old.pk}"]))
        found = DestructionList.objects.get()
        address = f"{PAGE}{found.pk}/"
        assert answer.url == address
        assert "申请人不能审批自己的申请" in text(head.get(address))
        assert "还差 2 人审批" in text(second.get(address))
        assert f"{found.number}：等您审批" in text(leader.get("/admin/"))
        assert found.number not in text(head.get("/admin/"))
        assert second.post(address, sent(agree="yes")).status_code == 302
        assert "您已经审批过了" in text(second.get(address))
        assert found.number not in text(second.get("/admin/"))
        assert "请写明理由" in text(leader.post(address, sent(agree="no", note="")))
        assert leader.post(address, sent(agree="yes")).status_code == 302
        assert "执行销毁" not in text(leader.get(address))
        assert "执行销毁" in text(head.get(address))
        assert f"{found.number}：已批准，可以执行" in text(head.get("/admin/"))
        refused = head.post(address, sent(act="start", typed="XH"))
        assert "请照抄清册编号" in text(refused)
        head.post(address, sent(act="start", typed=found.number))
        assert "正在销毁，还有 1 件" in text(head.get(address))
        run_due(clock.now())
        page = text(head.get(address))
        assert "销毁 1 件，删除文件 2 份" in page
        paper = text(head.get(f"{address}paper/"))
        for word in ("信访档案销毁清册", found.number, old.number, "审批人签字", found.sha256):
            assert word in paper
        assert kept.number not in paper
    assert Matter.objects.get(pk=old.pk).destroyed_at
    assert Matter.objects.get(pk=kept.pk).destroyed_at is None


def test_a_refused_list_frees_its_records_for_another_one(cast, street, login):
    old = closed(cast, street)
    with in_2040():
        chosen = [f"matters.matter:{old.pk}"]
        login(cast.officehead).post(PAGE, sent(chosen=chosen))
        first = DestructionList.objects.get()
        login(cast.leader).post(f"{PAGE}{first.pk}/", sent(agree="no", note="要留作参考"))
        page = text(login(cast.officehead).get(f"{PAGE}{first.pk}/"))
        assert "要留作参考" in page
        login(cast.officehead).post(PAGE, sent(chosen=chosen))
        second = DestructionList.objects.first()
        login(cast.officehead).post(f"{PAGE}{second.pk}/", sent(act="withdraw"))
        assert [one.state for one in DestructionList.objects.order_by("pk")] == [
            "refused", "withdrawn",
        ]  # fmt: skip
        assert destroying.run_started(clock.now()) == 0
    assert Matter.objects.get(pk=old.pk).destroyed_at is None


def test_an_empty_or_made_up_choice_is_refused_in_words(cast, street, login):
    closed(cast, street)
    young = closed(cast, street, path="C6")
    client = login(cast.officehead)
    with in_2040():
        assert "还没有选" in text(client.post(PAGE, sent(note="")))
        for made_up in (f"matters.matter:{young.pk}", "office.user:1", "x"):
            assert "现在不能销毁" in text(client.post(PAGE, sent(chosen=[made_up])))
    assert not DestructionList.objects.exists()


def test_an_auditor_reads_every_list_and_changes_nothing(cast, street, login):
    old = closed(cast, street)
    with in_2040():
        login(cast.officehead).post(PAGE, sent(chosen=[f"matters.matter:{old.pk}"]))
        found = DestructionList.objects.get()
        client = login(cast.auditor)
        assert old.number in text(client.get(f"{PAGE}{found.pk}/"))
        assert client.post(PAGE, sent(chosen=["x"])).url == "/admin/"
        for fields in ({"agree": "yes"}, {"act": "start", "typed": found.number}):
            client.post(f"{PAGE}{found.pk}/", sent(**fields))
        assert client.post(f"{PAGE}{found.pk}/", sent(act="withdraw")).url == "/admin/"
    found.refresh_from_db()
    assert (found.state, found.approvals.count()) == ("proposed", 0)


def test_an_empty_page_says_what_comes_here(cast, login):
    page = text(login(cast.officehead).get(PAGE))
    assert "没有保管期限已满的事项" in page
    assert "还没有清册" in page


def test_a_leader_who_can_approve_is_not_told_to_report_to_a_leader(cast, street, login):
    old = closed(cast, street)
    with in_2040():
        login(cast.officehead).post(PAGE, sent(chosen=[f"matters.matter:{old.pk}"]))
        found = DestructionList.objects.get()
        login(cast.officehead2).post(f"{PAGE}{found.pk}/", sent(agree="yes"))
        page = text(login(cast.leader).get(f"{PAGE}{found.pk}/"))
        assert "还差 1 人审批" in page
        assert "请报街道领导" not in page
