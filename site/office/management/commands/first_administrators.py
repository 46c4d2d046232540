"""`manage.py first_administrators`: the three administrators of a new installation (三员)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from office.clock import today
from office.entering.activation import begin, in_groups, take_both
from office.history import acting
from office.limits import limit
from office.models import Unit, User
from office.posts import appoint

THREE = {
    "sysadmin": ("system_admin", "系统管理员"),
    "secadmin": ("security_admin", "安全管理员"),
    "auditadmin": ("audit_admin", "审计管理员"),
}


class Command(BaseCommand):
    help = "建立系统、安全、审计三名管理员账号（只在还没有任何账号时可用），激活码只显示一次"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--street", default="", help="街道名称，例如：云湖街道")
        for name, (_, label) in THREE.items():
            parser.add_argument(f"--{name}", required=True, help=f"{label}的姓名")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("已经有账号了。新账号请由安全管理员在后台添加。")
        with acting(None, "建立首批管理员"):
            street = Unit.objects.first() or Unit.add_root(
                name=options["street"] or "街道办事处", kind=Unit.Kind.STREET, valid_from=today()
            )
            for username, (role, label) in THREE.items():
                user = User(username=username, name=options[username])
                user.set_unusable_password()
                user.save()
                appoint(user, street, role, title=label, since=today())
                first, second = map(in_groups, take_both(begin(user)))
                self.stdout.write(
                    f"{label} {user.name}：登录名 {username}  激活码前半 {first}  后半 {second}"
                )
        self.stdout.write(
            f"激活码只显示这一次，{limit('activation_hours')} 小时内有效。请当面交给三个人本人，"
            f"各自打开 {settings.WAGTAILADMIN_BASE_URL}{reverse('office_activate')} 设置自己的密码。"
        )
