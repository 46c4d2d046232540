"""Addresses of this subject, taken into those of the room before its general page of moves."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.repeats.views import (
    ChoosePage,
    JoinPage,
    OfferPage,
    RepeatsPage,
    UndoPage,
    VisitPage,
)

addresses = [
    path("<key:pk>/do/merge/", RepeatsPage.as_view(), name="repeats"),
    path("<key:pk>/repeats/undo/", UndoPage.as_view(), name="no_repeat"),
    path("<key:pk>/join/", JoinPage.as_view(), name="join"),
    path("<key:pk>/representatives/", ChoosePage.as_view(), name="choose"),
    path("<key:pk>/group-visit/", VisitPage.as_view(), name="group_visit"),
    path("<key:pk>/offer/", OfferPage.as_view(), name="offer_talk"),
]
