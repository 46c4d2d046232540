"""`manage.py replay_destructions`: after restoring a backup, destroy again what the log names."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from office.retention import journal
from office.retention.replaying import replay


class Command(BaseCommand):
    help = "恢复备份以后：按销毁日志把已销毁的事项再销毁一次（可重复运行）"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = replay()
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        self.stdout.write(f"销毁日志 {journal.path()}：重做 {done} 件")
