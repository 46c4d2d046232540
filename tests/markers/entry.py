"""What is written at the entry side: why something came late, what was told, how a path ended."""

from datetime import timedelta
from typing import Any

from tests.casework.matters.entering import making


def plant(planting: Any) -> None:
    """A late letter that is told where to go; a matter led to arbitration, with its outcome."""
    cast, text = planting.cast, planting.marks.text
    late = making.fresh(
        cast, received_on=making.today() - timedelta(days=30),
        late_reason=text("matters.lateentry.reason"),
    )  # fmt: skip
    note = text("matters.document.summary")
    making.moved(late, "tell", cast.officehead, body="区住建局", note=note)
    led = making.led(cast)
    proof = making.paper(led, cast.officehead)
    said = text("matters.statutorypath.result_note")
    making.moved(
        led, "path_outcome", cast.officehead, result="decided", result_note=said, paper=proof
    )
