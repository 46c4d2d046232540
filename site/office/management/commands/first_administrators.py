"""`manage.py first_administrators`: the three administrators of a new installation (三员)."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from office.clock import today
from office.history import acting
from office.models import Unit, User
from office.posts import appoint

THREE = {
    "sysadmin": ("system_admin", "系统管理员"),
    "secadmin": ("security_admin", "安全管理员"),
    "auditadmin": ("audit_admin", "审计管理员"),
}


class Command(BaseCommand):
    help = "建立系统、安全、审计三名管理员账号（只在还没有任何账号时可用），密码只显示一次"

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
                password = f"{secrets.token_urlsafe(9)}-A1"
                user = User(username=username, name=options[username])
                user.set_password(password)
                user.save()
                appoint(user, street, role, title=label, since=today())
                self.stdout.write(f"{label} {user.name}：登录名 {username}  密码 {password}")
        self.stdout.write("密码只显示这一次，请当面交给本人，首次登录后立即更改。")
