"""Addresses of this subject, taken into those of the room."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.outcomes.after_views import (
    ArchivePaperPage,
    CallsPage,
    CountedPage,
    EnterPaperPage,
    FollowUpPage,
    GivePage,
    PaperPage,
    PapersPage,
)
from casework.matters.outcomes.views import (
    CitedPageView,
    EasePage,
    EndEasingPage,
    FourPartsPage,
    ResolvePage,
    TakeBackPage,
    TalkPage,
)

addresses = [
    path("follow-ups/", CallsPage.as_view(), name="follow_ups"),
    path("outcomes/", CountedPage.as_view(), name="outcomes"),
    path("papers/", PapersPage.as_view(), name="papers"),
    path("<key:pk>/four-parts/", FourPartsPage.as_view(), name="four_parts"),
    path("<key:pk>/resolve/", ResolvePage.as_view(), name="resolve"),
    path("<key:pk>/resolve/<key:resolution>/", TakeBackPage.as_view(), name="take_back"),
    path("<key:pk>/ease/", EasePage.as_view(), name="ease"),
    path("<key:pk>/ease/end/", EndEasingPage.as_view(), name="end_easing"),
    path("<key:pk>/talk/", TalkPage.as_view(), name="talk"),
    path("<key:pk>/cited/<key:cited>/", CitedPageView.as_view(), name="cited"),
    path("<key:pk>/follow-ups/<key:follow_up>/", FollowUpPage.as_view(), name="follow_up"),
    path("<key:pk>/follow-ups/<key:follow_up>/give/", GivePage.as_view(), name="give_follow_up"),
    path("<key:pk>/archive/", ArchivePaperPage.as_view(), name="archive_paper"),
    path("<key:pk>/papers/", EnterPaperPage.as_view(), name="enter_paper"),
    path("<key:pk>/papers/<key:paper>/", PaperPage.as_view(), name="paper"),
]
