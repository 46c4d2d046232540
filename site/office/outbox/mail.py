"""Mail to people of the office, by Django's mail backends.

Mail knows no key against doubling; every try carries the same Message-ID, which many servers drop
the second time. What was handed over in the second before a crash may arrive twice.
"""

from smtplib import SMTPAuthenticationError, SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from office.outbox.outcomes import Refused, Unreached

_SECURITY = ("ssl", "starttls", "none")
_FOR_EVER = 500  # SMTP's codes from here on are final


def problem() -> str:
    """What is wrong with the settings of the mail server, for whoever set them; "" for nothing."""
    if settings.EMAIL_SECURITY not in _SECURITY:
        return f"EMAIL_SECURITY is none of {', '.join(_SECURITY)}"
    if settings.EMAIL_SECURITY == "none" and settings.EMAIL_HOST_PASSWORD:
        return "EMAIL_SECURITY=none would send EMAIL_PASSWORD in clear"
    return ""


def send(address: str, title: str, words: str, ref: UUID) -> str:
    """Hand one mail over; its Message-ID. Raises Refused or Unreached."""
    if problem():
        raise Unreached("邮件服务器的设置不安全（EMAIL_SECURITY），请系统管理员核对。")
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    known = f"<{ref}@{host}>"
    message = EmailMessage(title, words, to=[address], headers={"Message-ID": known})
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        if codes and min(codes) >= _FOR_EVER:
            raise Refused("邮件服务器不认这个邮箱地址，请本人到“通知设置”里核对。") from None
        raise Unreached("邮件服务器暂时不收这个邮箱的邮件。") from None
    except SMTPAuthenticationError:
        raise Unreached("邮件服务器不认登录名或密码，请系统管理员核对。") from None
    except (SMTPException, OSError) as error:
        raise Unreached(f"邮件服务器没有收下（{type(error).__name__}）。") from None
    return known.strip("<>")[:80]
