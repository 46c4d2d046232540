"""People, their dated posts and their deputies."""

from datetime import date

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from office.history import Audit, TrackedModel
from office.registries import open_work
from office.roles import ROLE_CHOICES


class PeopleManager(UserManager):
    def create_superuser(self, *args: object, **kwargs: object) -> None:
        """There is no superuser; first administrators come from `manage.py first_administrators`."""
        raise TypeError("民声台 has no superuser; use: manage.py first_administrators")


class User(TrackedModel, AbstractUser):
    """A person with an account. Deactivated, never deleted, and not while open work is theirs."""

    first_name = property(lambda self: self.name)  # no column; what Wagtail's menu calls a person
    last_name = None
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    groups_on = models.DateField(null=True, editable=False)  # day the groups follow from the posts
    # counted up to end all sessions of the account: part of what each session must match
    session_round = models.PositiveIntegerField("登录批次", null=True, editable=False)

    objects = PeopleManager()
    audit = Audit(label="name")
    untracked = ("last_login", "groups_on")
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_superuser=False),
                name="no_superuser",
                violation_error_message="本系统不设超级管理员。",
            ),
        ]
        permissions = [
            ("ask_grant", "提出授权"),
            ("confirm_grant", "确认授权"),
            ("view_separation", "查看职责分离状况"),
            ("view_security", "查看登录与安全记录"),
            ("close_emergency", "核销应急账号"),
            ("view_seal", "查看封存校验"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Django's, which ends sessions with the password, and with them on 退出其他设备."""
        found = super().get_session_auth_hash()
        return f"{found}-{self.session_round}" if self.session_round else found

    def refuse_while_work_is_open(self) -> None:
        """Raise ValidationError, naming the work, while open work is theirs."""
        if work := [line for ask in open_work for line in ask(self)]:
            raise ValidationError("不能停用：" + "；".join(work) + "。")

    def deactivate(self) -> None:
        """Close the account. Raises ValidationError while open work is theirs (it says which)."""
        self.refuse_while_work_is_open()
        self.is_active = False
        self.save()


class PostQuerySet(models.QuerySet):
    def on(self, day: date) -> "PostQuerySet":
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class Post(TrackedModel):
    """A dated post: a person in a unit with a role. Rights follow from posts alone."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="人员")
    unit = models.ForeignKey(
        "office.Unit", models.PROTECT, related_name="posts", verbose_name="单位"
    )
    role = models.CharField("角色", max_length=20, choices=ROLE_CHOICES)
    title = models.CharField("职务", max_length=40, blank=True)
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("离任日期", null=True, blank=True)

    objects = PostQuerySet.as_manager()
    audit = Audit(label="name", parent="user")

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="post_ends_after_it_starts",
                violation_error_message="离任日期不能早于任职日期。",
            ),
        ]

    def __str__(self) -> str:
        unit, title = str(self.unit), self.title or self.get_role_display()
        return title if title.startswith(unit) else f"{unit} {title}"


class Deputy(TrackedModel):
    """AB角: somebody acts in a colleague's post between two dates."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="deputies", verbose_name="岗位")
    user = models.ForeignKey(User, models.PROTECT, related_name="deputising", verbose_name="代行人")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")

    audit = Audit(label="name", parent="user")

    class Meta:
        verbose_name = verbose_name_plural = "代行（AB角）"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="deputy_ends_after_it_starts",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}代行{self.post}"

    def clean(self) -> None:
        if self.post_id and self.user_id == self.post.user_id:
            raise ValidationError({"user": "代行人不能是本人。"})
