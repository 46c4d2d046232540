"""`manage.py retention`: the register of what is due; without `--dry-run` what is approved is destroyed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from office.clock import today
from office.history import acting
from office.retention import destroying, register


class Command(BaseCommand):
    help = "销毁清册：列出到期的事项，并销毁已批准的（--dry-run 只列出，不销毁）"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--on", help="截至哪一天，例如 2036-01-01；不写为今天")
        parser.add_argument("--dry-run", action="store_true", help="只列出，一件也不销毁")

    def handle(self, *args: Any, **options: Any) -> None:
        """The register goes to stdout, the same for both ways; what was done goes to stderr."""
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else today()
        except ValueError as error:
            raise CommandError("日期请写成 2036-01-01 的样子。") from error
        if on > today() and not options["dry_run"]:
            raise CommandError("不能提前销毁：日期晚于今天的只能加 --dry-run 试运行。")
        rows = register.rows(on)
        self.stdout.write(register.text_of(on, rows), ending="")
        if options["dry_run"]:
            return
        try:
            with acting(None, "执行销毁清册"):
                done = destroying.run(rows, tell=self.stderr.write)
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        except OSError as error:
            raise CommandError(f"销毁日志写不进去，已经停下：{error}") from error
        self.stderr.write(f"已销毁 {done} 件")
