"""`manage.py serve`: the web server in earnest, behind a proxy that holds the certificate."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.serving import serve


class Command(BaseCommand):
    help = "启动网站服务（前面请放带证书的反向代理）"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        address = f"http://{options['host']}:{settings.PORT}/"
        serve(
            options["host"],
            settings.PORT,
            lambda: self.stdout.write(f"READY {address}", ending="\n"),
        )
