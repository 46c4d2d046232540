"""Addresses of the room inside the admin, beside those of the viewset; each view checks its row."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.conflicts.urls import addresses as conflicts
from casework.matters.cooperation.urls import addresses as cooperation
from casework.matters.delegating.urls import addresses as delegating
from casework.matters.desks.page import MyDesk
from casework.matters.entering.urls import urlpatterns as entering
from casework.matters.letters.urls import addresses as letters
from casework.matters.outcomes.urls import addresses as outcomes
from casework.matters.repeats.urls import addresses as repeats
from casework.matters.sealed.urls import urlpatterns as sealed
from casework.matters.views.acts import ActPage, AskPage, DecidePage
from casework.matters.views.approving import LegalPage, OnPaperPage
from casework.matters.views.cleaning import CleanPage
from casework.matters.views.clocks import ClockPage
from casework.matters.views.drafting import DraftView
from casework.matters.views.facts import CompletePage
from casework.matters.views.files import AttachPage, ContentView, FilePage, WithdrawPage
from casework.matters.views.finding import FindPage
from casework.matters.views.leave import LeavePage, LeavesPage
from casework.matters.views.looks import LooksPage
from casework.matters.views.pasting import PastePage
from casework.matters.views.receipt import ReceiptPage
from casework.matters.views.reception import AnotherPage
from casework.matters.views.record import OpenPage
from casework.matters.views.retention import RetentionPage
from casework.matters.views.sealing import SealedNowPage, SealPage, UnsealPage

app_name = "matters"
urlpatterns = [
    *sealed,
    *entering,
    *repeats,
    *delegating,
    path("desk/", MyDesk.as_view(), name="desk"),
    path("draft/", DraftView.as_view(), name="draft"),
    path("add/paste/", PastePage.as_view(), name="paste"),
    path("find/", FindPage.as_view(), name="find"),
    path("receipt/<key:item>/", ReceiptPage.as_view(), name="receipt"),
    path("<key:pk>/open/", OpenPage.as_view(), name="open"),
    path("<key:pk>/clocks/<key:clock>/", ClockPage.as_view(), name="clock"),
    path("<key:pk>/looks/", LooksPage.as_view(), name="looks"),
    path("<key:pk>/complete/", CompletePage.as_view(), name="complete"),
    path("<key:pk>/another/", AnotherPage.as_view(), name="another"),
    path("<key:pk>/do/<slug:name>/", ActPage.as_view(), name="do"),
    path("sealed/now/", SealedNowPage.as_view(), name="sealed_now"),
    path("sealed/audits/", LeavesPage.as_view(), name="leaves"),
    path("sealed/audits/<key:leave>/", LeavePage.as_view(), name="leave"),
    path("<key:pk>/ask/seal/", SealPage.as_view(), name="seal"),
    path("<key:pk>/ask/unseal/", UnsealPage.as_view(), name="unseal"),
    path("<key:pk>/ask/<slug:act>/", AskPage.as_view(), name="ask"),
    path("<key:pk>/approvals/<key:approval>/", DecidePage.as_view(), name="decide"),
    path("<key:pk>/approvals/<key:approval>/law/", LegalPage.as_view(), name="legal"),
    path("<key:pk>/approvals/<key:approval>/paper/", OnPaperPage.as_view(), name="on_paper"),
    *conflicts,
    *cooperation,
    *outcomes,
    *letters,
    path("<key:pk>/retention/", RetentionPage.as_view(), name="retention"),
    path("<key:pk>/files/", AttachPage.as_view(), name="attach"),
    path("<key:pk>/files/<key:file>/", FilePage.as_view(), name="file"),
    path("<key:pk>/files/<key:file>/content/", ContentView.as_view(), name="content"),
    path("<key:pk>/files/<key:file>/clean/", CleanPage.as_view(), name="clean"),
    path("<key:pk>/files/<key:file>/withdraw/", WithdrawPage.as_view(), name="withdraw"),
]
