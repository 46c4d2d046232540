"""What is written for a letter beside the record: a remark, and why it was put right."""

from typing import Any

from casework.matters.models import Matter
from tests.casework.matters.letters import making


def plant(planting: Any) -> None:
    """The acceptance is printed with a remark, signed, and put right by another letter."""
    cast, text = planting.cast, planting.marks.text
    matter = Matter.objects.get(pk=planting.matter.pk)
    making.bodies(cast)
    draft = making.drafted(
        matter, "acceptance", cast.officehead, remark=text("matters.letter.remark")
    )
    letter = making.issued(draft, cast.leader)
    making.corrected(letter, cast.officehead, text("matters.letter.reason"))
