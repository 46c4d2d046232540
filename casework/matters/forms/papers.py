"""A scan that comes with an act: chosen among the files of the matter, or sent along."""

from collections.abc import Collection
from typing import Any

from django import forms

from casework.matters.models import Matter
from casework.matters.reading import file_line


class WithPaper:
    """A scan: one that is in the file already, or one sent along; the move gets it as `paper`."""

    fields: dict[str, forms.Field]
    matter: Matter

    def offer_files(self, opened: Collection[str] = ()) -> None:
        rows = self.matter.files.filter(withdrawn=False)
        if not rows:  # nothing to choose from
            del self.fields["existing"]
            self.fields["paper"].label = str(self.fields["paper"].label).removeprefix("或")
            return
        field = self.fields["existing"]
        field.queryset = rows
        field.empty_label = "没有，另外上传"
        field.label_from_instance = lambda file: file_line(self.matter, file, opened).name

    def with_paper(self, given: dict[str, Any]) -> dict[str, Any]:
        existing = given.pop("existing", None)
        return given | {"paper": existing}


def existing_paper() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label="用已有的材料", queryset=None, required=False)


def upload_field(label: str, told: str = "") -> forms.FileField:
    return forms.FileField(
        label=label, required=False, help_text=told or "照片或扫描件，20 MB 以内。"
    )
