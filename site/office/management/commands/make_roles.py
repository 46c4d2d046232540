"""`manage.py make_roles`: the table of roles becomes groups with their rights. Safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from office.grants import make_groups


class Command(BaseCommand):
    help = "按角色表建立用户组和权限（可重复运行）"

    def handle(self, *args: Any, **options: Any) -> None:
        for line in make_groups():
            self.stdout.write(line)
        self.stdout.write("角色与权限已就绪")
