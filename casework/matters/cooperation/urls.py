"""Addresses of this subject, taken into those of the room."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.cooperation.views import (
    danger,
    desk,
    disputes,
    letters,
    notes,
    supervising,
    support,
    urgent,
)

addresses = [
    path("together/", desk.TogetherDesk.as_view(), name="together"),
    path("supervisions/", supervising.RegisterPage.as_view(), name="supervisions"),
    path("danger/", danger.NowPage.as_view(), name="danger_now"),
    path("danger/duty/", danger.RosterPage.as_view(), name="roster"),
    path("<key:pk>/support/", support.AskSupportPage.as_view(), name="ask_support"),
    path(
        "<key:pk>/support/<key:task>/", support.AnswerSupportPage.as_view(), name="answer_support"
    ),
    path(
        "<key:pk>/support/<key:task>/return/",
        support.ReturnSupportPage.as_view(),
        name="return_support",
    ),
    path(
        "<key:pk>/support/<key:task>/withdraw/",
        support.WithdrawSupportPage.as_view(),
        name="drop_support",
    ),
    path(
        "<key:pk>/support/<key:task>/person/", support.NamePersonPage.as_view(), name="name_support"
    ),
    path(
        "<key:pk>/support/units/<key:support>/end/",
        support.EndSupportPage.as_view(),
        name="end_support",
    ),
    path("<key:pk>/outside/", letters.SendPage.as_view(), name="send_outside"),
    path(
        "<key:pk>/outside/<key:letter>/", letters.LetterAnswerPage.as_view(), name="answer_outside"
    ),
    path(
        "<key:pk>/outside/<key:letter>/withdraw/",
        letters.WithdrawLetterPage.as_view(),
        name="drop_outside",
    ),
    path("<key:pk>/notes/", notes.WritePage.as_view(), name="write_note"),
    path("<key:pk>/notes/<key:note>/", notes.ReadPage.as_view(), name="read_note"),
    path("<key:pk>/notes/<key:note>/strike/", notes.StrikePage.as_view(), name="strike_note"),
    path("<key:pk>/dispute/", disputes.RaisePage.as_view(), name="dispute"),
    path("<key:pk>/dispute/<key:dispute>/", disputes.DecidePage.as_view(), name="decide_dispute"),
    path("<key:pk>/dispute/<key:dispute>/view/", disputes.ViewPage.as_view(), name="view_dispute"),
    path(
        "<key:pk>/dispute/<key:dispute>/withdraw/",
        disputes.WithdrawDisputePage.as_view(),
        name="drop_dispute",
    ),
    path(
        "<key:pk>/dispute/<key:dispute>/district/",
        disputes.DistrictPage.as_view(),
        name="district_dispute",
    ),
    path("<key:pk>/remind/", supervising.RemindPage.as_view(), name="remind"),
    path("<key:pk>/remind/<key:reminder>/", supervising.ReplyPage.as_view(), name="reply_reminder"),
    path("<key:pk>/supervise/", supervising.SupervisePage.as_view(), name="supervise"),
    path(
        "<key:pk>/supervise/<key:supervision>/",
        supervising.AnswerSupervisionPage.as_view(),
        name="answer_supervision",
    ),
    path(
        "<key:pk>/supervise/<key:supervision>/judge/",
        supervising.JudgePage.as_view(),
        name="judge_supervision",
    ),
    path(
        "<key:pk>/supervise/<key:supervision>/withdraw/",
        supervising.WithdrawSupervisionPage.as_view(),
        name="drop_supervision",
    ),
    path("<key:pk>/urgent/", urgent.ReportPage.as_view(), name="urgent"),
    path("<key:pk>/urgent/<key:urgent>/", urgent.TellPage.as_view(), name="urgent_told"),
    path("<key:pk>/urgent/<key:urgent>/step/", urgent.StepPage.as_view(), name="urgent_step"),
    path("<key:pk>/urgent/<key:urgent>/end/", urgent.EndUrgentPage.as_view(), name="end_urgent"),
    path(
        "<key:pk>/urgent/<key:urgent>/<key:notice>/receipt/",
        urgent.ReceiptPage.as_view(),
        name="urgent_receipt",
    ),
    path("<key:pk>/danger/", danger.RaiseDangerPage.as_view(), name="danger"),
    path("<key:pk>/danger/<key:danger>/", danger.ProlongPage.as_view(), name="prolong_danger"),
    path("<key:pk>/danger/<key:danger>/end/", danger.EndDangerPage.as_view(), name="end_danger"),
]
