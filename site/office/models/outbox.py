"""Notices: what happened, to whom it is told by which way, and how each sending went."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from office.history import Audit, TrackedModel

_PERSON = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """What happened, once. Written in the transaction of what happened; append-only by triggers.

    key: the same key is the same happening; facts: placeholder → text, none of it personal;
    record_kind, record_id: the record it speaks of, which each receiver must be able to open;
    link: an address inside the back office for notices that speak of no record.
    """

    append_only = True

    at = models.DateTimeField("时间")
    kind = models.CharField("事项", max_length=60)
    key = models.CharField(max_length=200, unique=True)
    record_kind = models.CharField(max_length=80, blank=True)
    record_id = models.BigIntegerField(null=True)
    link = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = verbose_name_plural = "通知"

    def __str__(self) -> str:
        return f"通知 {self.pk}"


class Delivery(models.Model):
    """One notice to one receiver by one way.

    ref: what a gateway knows the sending by, the same at every try; resident_kind, resident_id:
    the record in whose vault the number lies; title, words: what was or is being told.
    """

    class Channel(models.TextChoices):
        BELL = "bell", "站内"
        MAIL = "mail", "邮件"
        SMS = "sms", "短信"

    class State(models.TextChoices):
        WAITING = "waiting", "等待发送"
        FAILED = "failed", "没发成，稍后再试"
        SENT = "sent", "已发出"
        ARRIVED = "arrived", "已送达"
        GIVEN_UP = "given_up", "没有发出"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField("方式", max_length=8, choices=Channel.choices)
    person = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="收件人"
    )
    instead_of = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="代谁收"
    )
    resident_kind = models.CharField(max_length=80, blank=True)
    resident_id = models.BigIntegerField(null=True)
    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("发送次数", default=0)
    next_at = models.DateTimeField("下次发送")
    held_until = models.DateTimeField(null=True)  # a worker has it until then
    title = models.CharField("标题", max_length=120, blank=True)
    words = models.TextField("内容", blank=True)
    outcome = models.CharField("结果", max_length=200, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True)
    read_at = models.DateTimeField("已读", null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = verbose_name_plural = "通知发送"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel", "person"],
                condition=Q(person__isnull=False),
                name="delivery_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["notice", "channel", "resident_kind", "resident_id"],
                condition=Q(person=None),
                name="delivery_once_a_resident",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, resident_id=None)
                | Q(person=None, resident_id__isnull=False, channel="sms"),
                name="delivery_has_one_receiver",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "id"], condition=Q(channel="bell"), name="delivery_bell"
            ),
            models.Index(
                fields=["person", "id"],
                condition=Q(channel="bell", read_at=None),
                name="delivery_unread",
            ),
            models.Index(
                fields=["channel", "id"],
                condition=Q(state__in=("waiting", "failed")),
                name="delivery_due",
            ),
            models.Index(
                fields=["id"], condition=Q(channel__in=("mail", "sms")), name="delivery_outside"
            ),
            models.Index(fields=["id"], condition=Q(state="given_up"), name="delivery_lost"),
        ]

    def __str__(self) -> str:
        return f"通知发送 {self.pk}"


class DeliveryTry(models.Model):
    """How one sending went: what the gateway said, or why nothing left. Append-only by triggers.

    by: who had it sent again; None for what the worker and the gateway did.
    """

    append_only = True

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="tries")
    at = models.DateTimeField("时间")
    state = models.CharField("状态", max_length=10, choices=Delivery.State.choices)
    said = models.CharField("结果", max_length=200, blank=True)
    by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="经办人"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = verbose_name_plural = "发送记录"

    def __str__(self) -> str:
        return f"发送记录 {self.pk}"


class NoticeChoice(TrackedModel):
    """What somebody wants to be told of by which way, and when to be left alone.

    channels: kind → ways chosen; a kind that is not in it goes as it is declared. quiet_from and
    quiet_until: hours 0–23, both or none; none: the office's.
    """

    person = models.OneToOneField(
        _PERSON, models.PROTECT, related_name="notice_choice", verbose_name="人员"
    )
    channels = models.JSONField("接收方式", default=dict)
    quiet_from = models.PositiveSmallIntegerField("免打扰从（点）", null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField("免打扰到（点）", null=True, blank=True)

    audit = Audit(label="name", parent="person")

    class Meta:
        verbose_name = verbose_name_plural = "通知设置"

    def __str__(self) -> str:
        return f"{self.person}的通知设置"


class NoticeText(TrackedModel):
    """A text that replaces what `office.outbox.texts` declares."""

    key = models.CharField("项目", max_length=80, unique=True)
    title = models.CharField("标题", max_length=60, blank=True)
    body = models.CharField("正文", max_length=500)

    audit = Audit(label="key")

    class Meta:
        verbose_name = verbose_name_plural = "通知文字"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
