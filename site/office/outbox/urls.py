"""Addresses of notices inside the admin: the bell and choices are everybody's own."""

from django.urls import path

from office.outbox.desk import DeliveriesPage
from office.outbox.views import BellPage, ChoicesPage, TextPage, TextsPage

app_name = "notices"
urlpatterns = [
    path("", BellPage.as_view(), name="list"),
    path("choices/", ChoicesPage.as_view(), name="choices"),
    path("texts/", TextsPage.as_view(), name="texts"),
    path("texts/<slug:key>/", TextPage.as_view(), name="text"),
    path("sent/", DeliveriesPage.as_view(), name="deliveries"),
]
