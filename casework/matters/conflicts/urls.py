"""Addresses of this subject, taken into those of the room."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.conflicts.views import (
    ConcernPage,
    DecideConflictPage,
    DeclarePage,
    DistrictApprovalPage,
    DistrictConflictPage,
    SayPage,
    SteppedBackPage,
    TellPage,
    UnconcernPage,
)

addresses = [
    path("stepped-back/", SteppedBackPage.as_view(), name="stepped_back"),
    path("<key:pk>/declare/", DeclarePage.as_view(), name="declare"),
    path("<key:pk>/conflicts/", SayPage.as_view(), name="say_conflict"),
    path(
        "<key:pk>/conflicts/<key:conflict>/", DecideConflictPage.as_view(), name="decide_conflict"
    ),
    path(
        "<key:pk>/conflicts/<key:conflict>/district/",
        DistrictConflictPage.as_view(),
        name="district_conflict",
    ),
    path("<key:pk>/conflicts/<key:conflict>/tell/", TellPage.as_view(), name="tell_conflict"),
    path(
        "<key:pk>/approvals/<key:approval>/district/",
        DistrictApprovalPage.as_view(),
        name="district",
    ),
    path("<key:pk>/units/", ConcernPage.as_view(), name="concern"),
    path("<key:pk>/units/<key:concern>/end/", UnconcernPage.as_view(), name="unconcern"),
]
