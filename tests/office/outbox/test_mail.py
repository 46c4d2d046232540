"""Mail to people of the office: what a server answers decides whether it is tried again."""

import uuid
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from office.checks import mail_server
from office.outbox import mail as mailing
from office.outbox.outcomes import Refused, Unreached

ADDRESS = "cheng@yunhu.example"
REF = uuid.UUID(int=7)


class Server(BaseEmailBackend):
    """A mail server that answers with an error."""

    answer: Exception

    def send_messages(self, messages):
        raise self.answer


def send():
    return mailing.send(ADDRESS, "到期", "XF2026-000318 还有 3 天到期。", REF)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (SMTPRecipientsRefused({ADDRESS: (550, b"no such user")}), Refused, "不认这个邮箱地址"),
        (SMTPRecipientsRefused({ADDRESS: (450, b"busy")}), Unreached, "暂时不收"),
        (SMTPAuthenticationError(535, b"wrong"), Unreached, "登录名或密码"),
        (SMTPDataError(554, b"no"), Unreached, "没有收下（SMTPDataError）"),
        (SMTPServerDisconnected("gone"), Unreached, "没有收下（SMTPServerDisconnected）"),
        (TimeoutError("timed out"), Unreached, "没有收下（TimeoutError）"),
    ],
)
def test_what_a_mail_server_answers_is_told_in_words_that_name_nobody(
    settings, monkeypatch, answer, kind, words
):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "answer", answer, raising=False)
    with pytest.raises(kind, match=words) as caught:
        send()
    assert ADDRESS not in str(caught.value)


def test_every_try_of_a_mail_has_the_same_identity():
    assert send() == send()
    first, second = (one.extra_headers["Message-ID"] for one in mail.outbox)
    assert first == second
    assert str(REF) in first


@pytest.mark.parametrize(
    ("security", "password", "problem"),
    [
        ("ssl", "p", ""),
        ("starttls", "p", ""),
        ("none", "", ""),
        ("none", "p", "in clear"),
        ("tls", "", "none of ssl, starttls, none"),
        ("SSL ", "p", "none of"),
    ],
)
def test_a_password_leaves_by_tls_alone(settings, security, password, problem):
    settings.EMAIL_SECURITY, settings.EMAIL_HOST_PASSWORD = security, password
    assert problem in mailing.problem()
    assert bool(problem) == bool(mailing.problem()) == bool(mail_server())
    if problem:
        with pytest.raises(Unreached, match="EMAIL_SECURITY"):
            send()
        assert not mail.outbox
