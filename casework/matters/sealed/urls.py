"""Addresses of the desk of sealed letters, among those of the room."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.sealed.views import custodians, entry, lists, record

urlpatterns = [
    path("add/sealed/", entry.SealedReception.as_view(), name="sealed"),
    path("add/sealed/opened/", entry.SealedEntry.as_view(), name="sealed_entry"),
    path("sealed/", lists.SealedDesk.as_view(), name="sealed_desk"),
    path("sealed/lists/new/", lists.NewList.as_view(), name="hand_over_new"),
    path("sealed/lists/<key:hand_over>/", lists.ListPage.as_view(), name="hand_over"),
    path("sealed/lists/<key:hand_over>/print/", lists.PrintPage.as_view(), name="hand_over_print"),
    path("sealed/lists/<key:hand_over>/sign/", lists.SignPage.as_view(), name="hand_over_sign"),
    path("sealed/lists/<key:hand_over>/void/", lists.VoidPage.as_view(), name="hand_over_void"),
    path("sealed/lists/<key:hand_over>/decide/", lists.DecideVoidPage.as_view(), name="hand_over_decide"),
    path("sealed/lists/<key:hand_over>/scan/", lists.ScanPage.as_view(), name="hand_over_scan"),
    path("sealed/custodians/", custodians.CustodiansPage.as_view(), name="custodians"),
    path("sealed/custodians/name/", custodians.NamePage.as_view(), name="custodian_name"),
    path("sealed/custodians/<key:custodian>/replace/", custodians.ReplacePage.as_view(), name="custodian_replace"),
    path("sealed/custodians/<key:custodian>/end/", custodians.EndPage.as_view(), name="custodian_end"),
    path("sealed/bodies/add/", custodians.BodyPage.as_view(), name="body_add"),
    path("sealed/bodies/<key:body>/", custodians.BodyPage.as_view(), name="body"),
    path("<key:pk>/note/", entry.NotePage.as_view(), name="sealed_note"),
    path("<key:pk>/concerned/", record.ConcernedPage.as_view(), name="concerned"),
]  # fmt: skip
