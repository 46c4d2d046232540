"""The product's addresses, and one view that fails with an opened record in its hands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from casework.matters.models import Matter, Petitioner
from config.urls import urlpatterns as product


class Broken(Exception):
    """Carries what it was about in its own words, as careless code does."""


def fails(request: HttpRequest, pk: int) -> HttpResponse:
    matter = Matter.objects.get(pk=pk)
    person: Any = Petitioner.objects.filter(matter=matter).first()
    person.matter = matter
    name, claim = person.unlocked("name"), matter.unlocked("claim")
    try:
        int(claim)
    except ValueError as error:
        raise Broken(f"cannot work on {name}") from error
    return HttpResponse(name)


urlpatterns = [path("admin/failing/<int:pk>/", fails), *product]
