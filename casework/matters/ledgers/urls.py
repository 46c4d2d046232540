"""Addresses of 导入台账 inside the admin."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.views.ledger_layouts import LayoutDoor, LayoutsPage
from casework.matters.views.ledgers import ErrorsView, JobPage, UploadPage

app_name = "ledgers"
urlpatterns = [
    path("", UploadPage.as_view(), name="upload"),
    path("layouts/", LayoutsPage.as_view(), name="layouts"),
    path("layouts/<key:pk>/", LayoutDoor.as_view(), name="layout"),
    path("<key:pk>/", JobPage.as_view(), name="job"),
    path("<key:pk>/errors/", ErrorsView.as_view(), name="errors"),
]
