"""`manage.py make_keys`: the key files of a new installation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from office.vault import make_keys


class Command(BaseCommand):
    help = "生成密钥文件（已有的不改动）"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_keys(Path(settings.KEYS_DIR))
        self.stdout.write("已生成密钥文件" if made else "密钥文件已经存在，没有改动")
        self.stdout.write(f"位置：{settings.KEYS_DIR}（请与数据库分开备份、分开保管）")
