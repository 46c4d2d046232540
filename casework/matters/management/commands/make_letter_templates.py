"""Write the templates the product brings (fixtures/letters), after a change of their lines."""

from typing import Any

from django.core.management.base import BaseCommand

from casework.matters.letters.checking import check
from casework.matters.letters.editions import FOLDER
from casework.matters.letters.kinds import TEMPLATES
from casework.matters.letters.shipping import word_of


class Command(BaseCommand):
    help = "写出随产品提供的文书模板（fixtures/letters），供 Word 或 WPS 修改。"

    def handle(self, *args: Any, **options: Any) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for kind in TEMPLATES:
            data = word_of(kind)
            hints = check(kind, data)
            (FOLDER / f"{kind}.docx").write_bytes(data)
            self.stdout.write("".join([f"{TEMPLATES[kind]}", *hints]))
