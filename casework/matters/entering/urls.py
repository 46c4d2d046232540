"""Addresses of the entry side; they stand before those of all acts, of which two are their own."""

from django.urls import path

from casework.matters.entering.views import (
    AcceptPage,
    LateEntriesPage,
    PublishablePage,
    ReportUpPage,
    RoutePage,
    SplitPage,
)

urlpatterns = [
    path("late/", LateEntriesPage.as_view(), name="late"),
    path("<key:pk>/do/accept/", AcceptPage.as_view(), name="accept"),
    path("<key:pk>/ask/route/", RoutePage.as_view(), name="route"),
    path("<key:pk>/split/", SplitPage.as_view(), name="split"),
    path("<key:pk>/report-up/", ReportUpPage.as_view(), name="report_up"),
    path(
        "<key:pk>/papers/<key:document>/publishable/", PublishablePage.as_view(), name="publishable"
    ),
]
