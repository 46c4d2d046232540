"""Addresses of 导入台账 inside the admin."""

from django.urls import path

from casework.matters.views.ledgers import ErrorsView, JobPage, UploadPage

app_name = "ledgers"
urlpatterns = [
    path("", UploadPage.as_view(), name="upload"),
    path("<int:pk>/", JobPage.as_view(), name="job"),
    path("<int:pk>/errors/", ErrorsView.as_view(), name="errors"),
]
