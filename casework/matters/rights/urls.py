"""Addresses of requests inside the admin; each page checks its row."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.rights.views.answering import AnswerPage, LetterPage, ReplyPage
from casework.matters.rights.views.correcting import CorrectPage, SettlePage
from casework.matters.rights.views.deciding import CheckPage, DecidePage, SubmitPage
from casework.matters.rights.views.desk import ListPage, NewPage
from casework.matters.rights.views.gathering import FilesPage, GatherPage
from casework.matters.rights.views.papers import MatterFileView, PaperView
from casework.matters.rights.views.record import (
    HistoryPage,
    OpenPage,
    RecordPage,
    TakePage,
    WithdrawPage,
)
from casework.matters.rights.views.telling import BuildPage, DocumentPage, FileView

app_name = "rights"
urlpatterns = [
    path("", ListPage.as_view(), name="list"),
    path("new/", NewPage.as_view(), name="new"),
    path("<key:pk>/", RecordPage.as_view(), name="record"),
    path("<key:pk>/open/", OpenPage.as_view(), name="open"),
    path("<key:pk>/check/", CheckPage.as_view(), name="check"),
    path("<key:pk>/gather/", GatherPage.as_view(), name="gather"),
    path("<key:pk>/gather/<key:link>/", FilesPage.as_view(), name="files"),
    path("<key:pk>/gather/<key:link>/<key:file>/", MatterFileView.as_view(), name="matter_file"),
    path("<key:pk>/build/", BuildPage.as_view(), name="build"),
    path("<key:pk>/document/", DocumentPage.as_view(), name="document"),
    path("<key:pk>/file/", FileView.as_view(), name="file"),
    path("<key:pk>/correct/", CorrectPage.as_view(), name="correct"),
    path("<key:pk>/correct/<key:correction>/", SettlePage.as_view(), name="settle"),
    path("<key:pk>/submit/", SubmitPage.as_view(), name="submit"),
    path("<key:pk>/decide/", DecidePage.as_view(), name="decide"),
    path("<key:pk>/reply/", ReplyPage.as_view(), name="reply"),
    path("<key:pk>/letter/", LetterPage.as_view(), name="letter"),
    path("<key:pk>/answer/", AnswerPage.as_view(), name="answer"),
    path("<key:pk>/papers/<key:paper>/", PaperView.as_view(), name="paper"),
    path("<key:pk>/withdraw/", WithdrawPage.as_view(), name="withdraw"),
    path("<key:pk>/take/", TakePage.as_view(), name="take"),
    path("<key:pk>/history/", HistoryPage.as_view(), name="history"),
]
