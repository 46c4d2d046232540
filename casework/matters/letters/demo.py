"""The nameplates of the demo's street."""

from casework.matters.models import IssuingBody
from office.demo import read
from office.history import acting


def load_bodies() -> None:
    with acting(None, "装入演示发文主体"):
        for row in read("issuing_bodies.json"):
            IssuingBody(**row).save()
