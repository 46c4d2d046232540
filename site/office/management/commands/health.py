"""`manage.py health`: the lines of the health page; exit code 1 when a part has failed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from office.clock import now
from office.health import State, lines


class Command(BaseCommand):
    help = "检查运行状况：数据库、密钥、防改、磁盘、检索、日历、后台工作、时钟、备份"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = lines(now())
        for line in found:
            self.stdout.write(f"[{line.state.word}] {line.part}　{line.text}")
        if any(line.state == State.FAIL for line in found):
            sys.exit(1)
