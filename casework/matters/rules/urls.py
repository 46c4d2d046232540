"""Addresses of rule profiles inside the admin; each page checks its row."""

from django.urls import path

from casework.matters.rules.views.deciding import DecidePage
from casework.matters.rules.views.drafting import (
    DraftPage,
    DropPage,
    HeadPage,
    RowPage,
    SubmitPage,
    TakeBackPage,
)
from casework.matters.rules.views.moving import MovePage
from casework.matters.rules.views.reading import ComparePage, ListPage, ReadPage

app_name = "rules"
urlpatterns = [
    path("", ListPage.as_view(), name="list"),
    path("compare/", ComparePage.as_view(), name="compare"),
    path("<int:pk>/", ReadPage.as_view(), name="read"),
    path("<int:pk>/draft/", DraftPage.as_view(), name="draft"),
    path("<int:pk>/edit/", HeadPage.as_view(), name="edit"),
    path("<int:pk>/edit/<slug:part>/<slug:key>/", RowPage.as_view(), name="row"),
    path("<int:pk>/submit/", SubmitPage.as_view(), name="submit"),
    path("<int:pk>/take-back/", TakeBackPage.as_view(), name="take_back"),
    path("<int:pk>/drop/", DropPage.as_view(), name="drop"),
    path("<int:pk>/move/", MovePage.as_view(), name="move"),
    path("<int:pk>/decide/", DecidePage.as_view(), name="decide"),
]
