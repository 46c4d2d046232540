"""Addresses of this subject, taken into those of the room."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.delegating.views import (
    AuthorisePage,
    HandOverPage,
    RevokePage,
    StandingList,
    StandingPage,
    StandingPrint,
    WorkListPage,
    WorkLists,
    WorkPrint,
)

addresses = [
    path("standing/", StandingList.as_view(), name="standings"),
    path("standing/new/", AuthorisePage.as_view(), name="authorise"),
    path("standing/<key:authorisation>/", StandingPage.as_view(), name="standing"),
    path("standing/<key:authorisation>/print/", StandingPrint.as_view(), name="standing_print"),
    path("standing/<key:authorisation>/revoke/", RevokePage.as_view(), name="standing_revoke"),
    path("work/", WorkLists.as_view(), name="work_lists"),
    path("work/new/", HandOverPage.as_view(), name="work_new"),
    path("work/<key:work>/", WorkListPage.as_view(), name="work_list"),
    path("work/<key:work>/print/", WorkPrint.as_view(), name="work_print"),
]
