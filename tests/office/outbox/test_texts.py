"""What notices say is edited in the admin: previewed, with known placeholders alone."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from office import registries
from office.models import NoticeText
from office.outbox.kinds import Channel
from office.outbox.posting import Happening
from office.outbox.texts import LONGEST_SMS, LONGEST_TITLE, check, declared_texts, preview
from tests.office.outbox.telling import due, only, reachable, rows, set_text, tell

LIST = "/admin/notices/texts/"
BELL, SMS = LIST + "due_soon-bell/", LIST + "due_soon-sms/"


def send(client, address, **fields):
    return client.post(address, {"form_token": str(uuid.uuid4()), **fields})


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def client(cast, login):
    return login(cast.sysadmin)


def test_every_declared_kind_is_whole_and_its_texts_pass_their_own_check(db):
    for key, declared in declared_texts().items():
        if declared.kind:
            check(declared, declared.text.title, declared.text.body)
            assert "{" not in preview(declared, declared.text.title, declared.text.body).body, key
    for key, kind in registries.notices.items():
        assert key == kind.key
        if kind.residents:
            assert set(kind.texts) == {Channel.SMS}
        else:
            assert {*kind.chosen, Channel.BELL} <= set(kind.texts)


def test_a_text_is_previewed_and_nothing_is_saved_by_that(client):
    shown = text(send(client, BELL, act="preview", title="快到期：{编号}", body="还有{天数}天。"))
    assert "预览（还没有保存）" in shown
    assert "快到期：XF2026-000123" in shown
    assert "还有3天。" in shown
    assert "请写明修改原因" not in shown
    assert not NoticeText.objects.exists()


def test_a_text_is_changed_with_a_reason_and_holds_from_the_next_notice_on(
    cast, street, client, login
):
    fields = {"title": "快到期：{编号}", "body": "还有{天数}天。"}
    assert "请写明修改原因" in text(send(client, BELL, **fields))
    assert send(client, BELL, change_reason="说得短些", **fields).url == LIST
    tell(due(street, cast.officer))
    row = only(cast.officer, "bell")
    assert (row.title, row.words) == ("快到期：XF2026-000318", "还有3天。")
    assert "说得短些" in text(client.get(BELL))
    audit = text(login(cast.auditor).get("/admin/audit/?kind=office.noticetext"))
    assert "期限将到（站内）" in audit


@pytest.mark.parametrize(
    ("address", "body", "words"),
    [
        (BELL, "{姓名}的事项", "没有{姓名}这个占位符"),
        (BELL, "{姓名}的事项", "姓名等个人信息不能写进通知"),
        (BELL, "{编号", "花括号要成对"),
        (BELL, "编号}", "花括号要成对"),
        (SMS, "见 https://yunhu.example/a", "短信里不能有网址"),
        (SMS, "见 yunhu.gov.cn", "短信里不能有网址"),
        (SMS, "见 bit.ly/3xY", "短信里不能有网址"),
        (SMS, "见 YUNHU.XYZ", "短信里不能有网址"),
        (SMS, "见 云湖.中国", "短信里不能有网址"),
        (SMS, "见 xf.xn--fiqs8s", "短信里不能有网址"),
        (SMS, "见 10.20.30.40", "短信里不能有网址"),
        (SMS, "长" * (LONGEST_SMS + 1), "短信太长"),
        (LIST + "registered-sms/", "已登记，编号 {编号}。", "要写明办公电话"),
        (LIST + "phone/", "找老王", "请只填电话号码"),
        (LIST + "phone/", "0571-86001234 找老王", "请只填电话号码"),
        (LIST + "phone/", "138****1234", "请只填电话号码"),
        (LIST + "phone/", "----------", "请只填电话号码"),
    ],
)
def test_what_could_not_be_sent_is_refused_with_what_to_do(client, address, body, words):
    for more in ({"change_reason": "试"}, {"act": "preview"}):
        refused = text(send(client, address, title="到期", body=body, **more))
        assert words in refused
        assert "预览（还没有保存）" not in refused
    assert not NoticeText.objects.exists()


@pytest.mark.parametrize("words", ["3.5 小时内办理。XF 开头的编号", "请在 11.30 前办理"])
def test_a_number_with_a_point_is_no_address(db, words):
    check(declared_texts()["due_soon-sms"], "", words)


def test_a_title_fits_into_what_a_delivery_keeps(db):
    declared = declared_texts()["due_soon-bell"]
    check(declared, "{编号}" * 9, "{编号}")  # 117 characters
    with pytest.raises(ValidationError, match="标题太长"):
        check(declared, "{编号}" * 10, "{编号}")


def test_a_text_that_is_of_another_release_spoils_no_act(cast, street):
    set_text("due_soon-bell", "{单位}", "{从前的占位符}到期")
    set_text("alarm-bell", "{编号}", "长" * 60 + "{编号}" * 9)
    tell(
        due(street, cast.officer),
        Happening("alarm", "1", [cast.officer], {"编号": "XF2026-000318"}),
    )
    soon, alarm = rows(cast.officer, "bell")
    assert soon.title == "XF2026-000318 还有 3 天到期"
    assert len(alarm.title) == LONGEST_TITLE


def test_a_title_is_one_line():
    with pytest.raises(ValidationError, match="一行"):
        check(declared_texts()["due_soon-mail"], "一\r\nBcc: x@example.com", "{编号}")


def test_the_published_number_is_a_setting_and_stands_in_the_preview(client):
    assert send(client, LIST + "phone/", body="0571-86001234", change_reason="公布").url == LIST
    assert "咨询电话 0571-86001234" in text(client.get(LIST + "registered-sms/"))


def test_only_the_system_administrator_edits_texts(cast, login):
    for name, person in vars(cast).items():
        client = login(person)
        passes = name == "sysadmin"
        assert (client.get(LIST).status_code == 200) == passes, name
        answer = send(client, BELL, title="a", body="b", change_reason="c")
        assert (answer.status_code == 302 and answer.url == LIST) == passes, name
    assert NoticeText.objects.count() == 1


def test_a_text_that_nobody_declared_is_not_there(client):
    assert client.get(LIST + "nothing-bell/").status_code == 404


def test_words_from_a_text_are_shown_as_words(cast, street, client, login):
    send(client, BELL, title="<b>{编号}</b>", body="<script>1</script>", change_reason="试")
    reachable(cast.officer)
    tell(due(street, cast.officer))
    page = text(login(cast.officer).get("/admin/notices/"))
    assert "<script>1</script>" not in page
    assert "&lt;script&gt;1" in page
