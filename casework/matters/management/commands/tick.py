"""`manage.py tick`: what the clock does by itself, for a timer; the worker does the same."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.matters.ticking.passing import run
from office.clock import today


class Command(BaseCommand):
    help = "期限提醒：写下到点的提醒、超期和期满，每项一次；可以每分钟运行"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--on", help="截至哪一天，例如 2026-11-23；不写为今天。以后的日子只能在演示里试"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else today()
        except ValueError as error:
            raise CommandError("日期请写成 2026-11-23 的样子。") from error
        if on > today() and not settings.DEMO:
            raise CommandError("还没有到那一天：提醒写下就不能撤回，以后的日子只能在演示里试。")
        written = run(on)
        if written is None:
            self.stdout.write("另一个进程正在做，或刚刚中断：最多两分钟后接着做")
        else:
            self.stdout.write(f"期限提醒已走完一遍，截至 {on:%Y-%m-%d}，新写 {written} 条")
