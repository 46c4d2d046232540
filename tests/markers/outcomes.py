"""What is written after the work: the four parts, settling, easing, talks, calls, papers, the archive."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from casework.matters.models import Matter
from casework.matters.moving import locked
from casework.matters.outcomes import archiving, confirming, following, parts, settling, talking
from casework.matters.outcomes.parts import Said
from casework.matters.outcomes.talking import Told
from office.clock import today
from office.history import acting
from tests.casework.matters.outcomes import making


def plant(planting: Any) -> None:
    """On the matter with markers what may be said of it now; on a closed one what comes after."""
    cast, text = planting.cast, planting.marks.text
    matter = Matter.objects.get(pk=planting.matter.pk)
    _said(matter, cast, text)
    closed = making.closed(cast, planting.street)
    _after(closed, cast, text)


def _said(matter: Matter, cast: Any, text: Any) -> None:
    head, day = cast.officehead, today()
    told = Told(
        day, "office", text("matters.talk.policy"), text("matters.talk.help"),
        text("matters.talk.questions"),
    )  # fmt: skip
    with acting(head):
        proof = matter.files.filter(withdrawn=False).order_by("pk").first()
        said = [Said(part, False) for part in ("explained", "helped", "lawful")]
        said.append(Said("solved", True, text("matters.fourpart.words"), [proof]))
        parts.say(matter, said, by=head)
        settling.ease(
            matter, by=head, on=day, reason=text("matters.easing.reason"),
            next_on=day + timedelta(days=20),
        )  # fmt: skip
        settling.end_easing(
            matter, by=head, on=day, ended="over", result=text("matters.easing.result")
        )
        row = settling.resolve(
            matter, by=head, on=day, how="met", evidence=proof,
            words=text("matters.resolution.words"),
        )  # fmt: skip
        settling.take_back(row, by=head, reason=text("matters.resolution.reason"))
        talking.note_talk(matter, told, by=head)
    paper = making.signed(matter, cast)
    with acting(cast.leader):
        confirming.answer(
            paper, by=cast.leader, signed=False, reason=text("matters.papersignature.reason")
        )
    with acting(head):
        confirming.settle(paper, by=head, finding=text("matters.papersignature.finding"))


def _after(closed: Matter, cast: Any, text: Any) -> None:
    words = text("matters.followupcall.words")
    with acting(cast.officer):
        following.call(
            closed.follow_ups.first(), by=cast.officer, on=today(), result="keeps", words=words
        )
    with acting(cast.officehead):
        making.move(closed, "archive", by=cast.officehead, data={})
        with transaction.atomic():
            matter = locked(closed, cast.officehead)
            archiving.take_out(
                matter, by=cast.officehead, on=today(), note=text("matters.archivefile.note")
            )
