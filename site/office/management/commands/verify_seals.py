"""`manage.py verify_seals`: does every sealed row still read as it was sealed? Exit 1 when not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from office.seal_checks import check_all
from office.seals import heads_file, noted_heads


class Command(BaseCommand):
    help = "核对全部封存：历史、变更、查看记录有没有被改动、插入或删除"

    def handle(self, *args: Any, **options: Any) -> None:
        walk = check_all(lambda number: self.stdout.write(f"  已核对到第 {number} 次封存"))
        noted = len(noted_heads())
        self.stdout.write(
            f"核对 {walk.reached} 次封存、{walk.rows} 条记录；库外留存 {noted} 个（{heads_file()}）。"
        )
        for line in walk.problems.splitlines():
            self.stdout.write(f"✗ {line}")
        if walk.problems:
            sys.exit(1)
        self.stdout.write(f"✓ 全部相符。最新封存值 {walk.head or '（还没有封存）'}")
