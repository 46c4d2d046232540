"""`manage.py fill_calendar`: the years of the work calendar whose holidays are published."""

from typing import Any

from django.core.management.base import BaseCommand

from office.calendar import fill_from_library


class Command(BaseCommand):
    help = "写入已公布的节假日与调休（办公室已录入的年份不改动）"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"已写入 {fill_from_library()} 个年份")
