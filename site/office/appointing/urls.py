"""Addresses of 授权申请 inside the admin; each page checks who may see what."""

from django.urls import path

from office.appointing.views import AskPage, GrantsPage, RequestPage

app_name = "grants"
urlpatterns = [
    path("", GrantsPage.as_view(), name="list"),
    path("new/<slug:kind>/", AskPage.as_view(), name="ask"),
    path("<int:pk>/", RequestPage.as_view(), name="request"),
]
