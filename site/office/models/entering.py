"""Who came in and who tried to; passwords and the codes with which people set them."""

from django.conf import settings
from django.db import models

_PERSON = settings.AUTH_USER_MODEL


class SignIn(models.Model):
    """One line of the login record (等保; kept six months at least). Append-only by triggers."""

    class What(models.TextChoices):
        OK = "ok", "登录成功"
        WRONG = "wrong", "登录名或密码不对"
        LOCKED = "locked", "锁定期间尝试登录"
        CLOSED = "closed", "账号已停用或到期"
        OUT = "out", "退出"
        OTHERS = "others", "退出其他设备"
        UNLOCKED = "unlocked", "解除锁定"
        HALF = "half", "领取激活码的一半"
        BAD_CODE = "bad_code", "激活码不对"
        ACTIVATED = "activated", "用激活码设置密码"
        CHANGED = "changed", "本人改密码"

    append_only = True

    at = models.DateTimeField("时间", db_index=True)
    what = models.CharField("事项", max_length=10, choices=What.choices)
    account = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="账号"
    )
    by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="经办人"
    )
    address = models.GenericIPAddressField("来源地址", null=True)
    device = models.CharField("设备", max_length=60, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = verbose_name_plural = "登录记录"
        indexes = [
            models.Index(fields=["account", "id"], name="signin_account"),
            models.Index(fields=["address", "id"], name="signin_address"),
            models.Index(fields=["what", "id"], name="signin_what"),
        ]

    def __str__(self) -> str:
        return f"登录记录 {self.pk}"


class DeskSession(models.Model):
    """One login of a person on one device, until it ends."""

    account = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="账号")
    began_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近操作")
    ended_at = models.DateTimeField("结束时间", null=True)
    address = models.GenericIPAddressField("来源地址", null=True)
    device = models.CharField("设备", max_length=60, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = verbose_name_plural = "登录中的设备"

    def __str__(self) -> str:
        return f"登录 {self.pk}"


class PasswordRecord(models.Model):
    """The hash of a password somebody had, and since when: for its age and against its return."""

    account = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="账号")
    at = models.DateTimeField("时间")
    value = models.CharField(max_length=128)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"

    def __str__(self) -> str:
        return f"密码 {self.pk}"


class Activation(models.Model):
    """A code in two halves with which a person sets their own password, once, until it expires.

    first and second: hashes of the halves, "" until their holder has taken them.
    """

    account = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="账号")
    request = models.ForeignKey(
        "office.GrantRequest", models.PROTECT, null=True, related_name="activations"
    )
    anew = models.BooleanField("重设")  # the account had a password before
    first = models.CharField(max_length=128, blank=True)
    second = models.CharField(max_length=128, blank=True)
    tries = models.PositiveSmallIntegerField("输错次数", default=0)
    made_at = models.DateTimeField("生成时间")
    expires_at = models.DateTimeField("有效至")
    used_at = models.DateTimeField("使用时间", null=True)
    told_at = models.DateTimeField("告知本人时间", null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = verbose_name_plural = "激活码"

    def __str__(self) -> str:
        return f"激活码 {self.pk}"
