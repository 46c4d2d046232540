"""What tests of this room do with sealed matters: custodians put them on lists and hand them over."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.models import DisciplineBody, HandOver, Matter
from casework.matters.sealed.bodies import make_bodies
from casework.matters.sealed.handing import Chosen, make_list, sign
from office.clock import today
from office.history import acting


def scan(name: str = "签收单.txt") -> SimpleUploadedFile:
    """The scan of a signed list."""
    return SimpleUploadedFile(name, "区纪委监委已签收".encode())


def body(level: str = "district") -> DisciplineBody:
    """The receiving body of the street or of the district."""
    make_bodies()
    return DisciplineBody.objects.get(level=level)


def listed(*matters: Matter, by: Any, to: DisciplineBody | None = None) -> HandOver:
    """A list of these matters, waiting for its signature."""
    with acting(by):
        return make_list(to or body(), [Chosen(row, "envelope", 1) for row in matters], by=by)


def signed(hand_over: HandOver, by: Any, on: Any = None) -> HandOver:
    """The same list, signed."""
    with acting(by):
        return sign(hand_over, by=by, on=on or today(), receiver="纪小收", upload=scan())


def handed_over(matter: Matter, by: Any, on: Any = None) -> Matter:
    """A sealed matter, handed over to the district on a list of its own."""
    signed(listed(matter, by=by), by, on)
    return Matter.objects.get(pk=matter.pk)
