"""Addresses of exports inside the admin; each page checks whose file or request it shows."""

from django.urls import path

from office.exporting.request_views import AskPage, RequestPage, RequestsPage
from office.exporting.views import FilePage, MinePage, NewPage, RunPage

app_name = "exports"
urlpatterns = [
    path("", MinePage.as_view(), name="mine"),
    path("new/<slug:key>/", NewPage.as_view(), name="new"),
    path("clear/<slug:key>/", AskPage.as_view(), name="ask"),
    path("requests/", RequestsPage.as_view(), name="requests"),
    path("requests/<int:pk>/", RequestPage.as_view(), name="request"),
    path("<int:pk>/", RunPage.as_view(), name="run"),
    path("<int:pk>/file/", FilePage.as_view(), name="file"),
]
