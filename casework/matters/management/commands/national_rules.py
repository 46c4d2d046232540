"""`manage.py national_rules`: 《信访工作条例》 as the first rule profile, the province's rules as a draft,
and the two discipline bodies to which sealed letters go.
"""

from typing import Any

from django.core.management.base import BaseCommand

from casework.matters.profiles import make_local_draft, make_national_profile
from casework.matters.sealed.bodies import make_bodies


class Command(BaseCommand):
    help = "写入国家规则方案和密件的接收机关（已有的不改动）"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"规则方案：{make_national_profile()}")
        self.stdout.write(f"草稿，未施行：{make_local_draft()}")
        self.stdout.write(f"接收机关：{'、'.join(map(str, make_bodies()))}")
