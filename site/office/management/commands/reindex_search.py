"""`manage.py reindex_search [kind …]`: every record is read anew. Safe while people work."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.clock import now
from office.history import acting
from office.registries import searchable
from office.search import compact, reindex
from office.search.upkeep import analyze, finish, make_anew, tell_service


class Command(BaseCommand):
    help = "重建检索：逐条重读所有可检索的记录，只改写有出入的（可重复运行，不影响使用）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="*", help="只重建这些种类；不写则全部")
        parser.add_argument(
            "--anew", action="store_true", help="先清空并重做索引表（做完之前搜不全；索引损坏时用）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = [kind for kind in options["kind"] if kind not in searchable]
        if unknown:
            known = "、".join(sorted(searchable))
            raise CommandError(f"没有这种记录：{'、'.join(unknown)}。可以写：{known}。")
        kinds = options["kind"] or sorted(searchable)
        with acting(None, "重建检索"):
            if options["anew"]:
                make_anew()
                kinds = sorted(searchable)
            for kind in kinds:
                self.stdout.write(f"{kind}：改写 {reindex(kind)} 条")
            finish()
            compact()
            analyze()
            told = tell_service(now())
        if settings.OPENSEARCH_URL:
            self.stdout.write(f"检索服务：更新 {told} 条")
        self.stdout.write("检索已重建")
