"""Addresses of the room inside the admin, beside those of the viewset; each view checks its row."""

from django.urls import path

from casework.matters.views.acts import ActPage, AskPage, DecidePage
from casework.matters.views.facts import CompletePage
from casework.matters.views.files import AttachPage, ContentView, FilePage, WithdrawPage
from casework.matters.views.receipt import ReceiptPage
from casework.matters.views.reception import AnotherPage, SealedReception
from casework.matters.views.record import OpenPage

app_name = "matters"
urlpatterns = [
    path("add/sealed/", SealedReception.as_view(), name="sealed"),
    path("receipt/<int:item>/", ReceiptPage.as_view(), name="receipt"),
    path("<int:pk>/open/", OpenPage.as_view(), name="open"),
    path("<int:pk>/complete/", CompletePage.as_view(), name="complete"),
    path("<int:pk>/another/", AnotherPage.as_view(), name="another"),
    path("<int:pk>/do/<slug:name>/", ActPage.as_view(), name="do"),
    path("<int:pk>/ask/<slug:act>/", AskPage.as_view(), name="ask"),
    path("<int:pk>/approvals/<int:approval>/", DecidePage.as_view(), name="decide"),
    path("<int:pk>/files/", AttachPage.as_view(), name="attach"),
    path("<int:pk>/files/<int:file>/", FilePage.as_view(), name="file"),
    path("<int:pk>/files/<int:file>/content/", ContentView.as_view(), name="content"),
    path("<int:pk>/files/<int:file>/withdraw/", WithdrawPage.as_view(), name="withdraw"),
]
