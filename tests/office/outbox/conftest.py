"""Kinds of notices for the tests, and an installation whose ways out are set up."""

import pytest

from office import registries
from office.outbox.kinds import COUNT, DAY, NUMBER, UNIT, Channel, NoticeKind, Text, one_of

DUE = NoticeKind(
    key="due_soon",
    label="期限将到",
    slots={"编号": NUMBER, "期限": DAY, "天数": COUNT, "单位": UNIT},
    texts={
        Channel.BELL: Text("{编号} 还有 {天数} 天到期", "{单位}承办，最后一天是{期限}。"),
        Channel.MAIL: Text("{编号} 还有 {天数} 天到期", "{单位}承办，最后一天是{期限}。"),
        Channel.SMS: Text("", "{编号} 还有 {天数} 天到期，请登录系统办理。"),
    },
    chosen=(Channel.BELL, Channel.MAIL, Channel.SMS),
    fixed=True,
)
ALARM = NoticeKind(
    key="alarm",
    label="紧急情况",
    slots={"编号": NUMBER},
    texts={
        Channel.BELL: Text("紧急", "{编号}"),
        Channel.SMS: Text("", "紧急：{编号}，请马上处理。"),
    },
    chosen=(Channel.BELL, Channel.SMS),
    urgent=True,
)
OWN = NoticeKind(
    key="own",
    label="本人事务",
    slots={"结果": one_of(["同意", "不同意"])},
    texts={Channel.BELL: Text("申请有了结果", "结果：{结果}。")},
    personal=True,
)
TOLD = NoticeKind(
    key="registered",
    label="告知已登记",
    slots={"编号": NUMBER},
    texts={Channel.SMS: Text("", "您反映的事项已登记，编号 {编号}。咨询电话 {电话}。")},
    residents=True,
)


@pytest.fixture(autouse=True)
def kinds(monkeypatch, settings):
    for kind in (DUE, ALARM, OWN, TOLD):
        monkeypatch.setitem(registries.notices, kind.key, kind)
    settings.MAIL_ON, settings.SMS_GATEWAY = True, "file"
    settings.VAR_DIR = settings.PRIVATE_ROOT.parent
    settings.SMS_SECRET = "shared-by-two"
