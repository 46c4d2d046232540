"""`manage.py break_glass`: an emergency account, when nobody who gives rights can be reached."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from office.emergency.opening import NEVER, open_account
from office.models import Unit
from office.roles import BY_KEY


class Command(BaseCommand):
    help = "应急启用：建一个到时自动失效的账号（一个岗位、一次性密码），事后须两人核销"

    def add_arguments(self, parser: Any) -> None:
        roles = "、".join(f"{key}（{BY_KEY[key].label}）" for key in BY_KEY if key not in NEVER)
        parser.add_argument("--role", required=True, help=f"角色：{roles}")
        parser.add_argument("--unit", required=True, help="单位全称")
        parser.add_argument("--hours", required=True, type=int, help="几小时后自动失效")
        parser.add_argument("--reason", required=True, help="为什么要应急")
        parser.add_argument("--by", required=True, help="启用人姓名")

    def handle(self, *args: Any, **options: Any) -> None:
        units = list(Unit.objects.filter(name=options["unit"])[:2])
        if len(units) != 1:
            raise CommandError(f"没有（或不止一个）单位叫“{options['unit']}”，请写全称。")
        try:
            opened = open_account(
                role=options["role"],
                unit=units[0],
                hours=options["hours"],
                reason=options["reason"],
                by=options["by"],
            )
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        emergency = opened.emergency
        self.stdout.write(f"登录名 {emergency.user.username}  一次性密码 {opened.password}")
        self.stdout.write(
            f"有效至 {localtime(emergency.expires_at):%Y-%m-%d %H:%M}，到时自动失效。"
            "密码只显示这一次、只能登录一次，登录后先设自己的密码。"
        )
        self.stdout.write("街道领导和审计管理员的首页已有提示，全部操作会列入报告，须两人核销。")
