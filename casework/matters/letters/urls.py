"""Addresses of letters, taken into those of the room."""

from django.urls import path

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.letters.views import making, printing, serving, templates

addresses = [
    path("letters/templates/", templates.TemplatesPage.as_view(), name="letter_templates"),
    path("letters/bodies/", templates.BodyPage.as_view(), name="issuing_body_new"),
    path("letters/bodies/<key:body>/", templates.BodyPage.as_view(), name="issuing_body"),
    path(
        "letters/templates/<slug:kind>/", templates.TemplatePage.as_view(), name="letter_template"
    ),
    path(
        "letters/templates/<slug:kind>/file/", templates.TemplateFilePage.as_view(),
        name="letter_template_file",
    ),
    path(
        "letters/templates/<slug:kind>/preview/", templates.TemplatePreviewPage.as_view(),
        name="letter_template_preview",
    ),
    path("<key:pk>/letters/", printing.BatchPage.as_view(), name="letters_print"),
    path("<key:pk>/letters/<key:document>/", making.DraftPage.as_view(), name="letter"),
    path("<key:pk>/letters/<key:document>/sign/", making.SignPage.as_view(), name="letter_sign"),
    path(
        "<key:pk>/letters/<key:document>/correct/", making.CorrectPage.as_view(), name="letter_correct"
    ),
    path("<key:pk>/letters/<key:document>/serve/", serving.ServePage.as_view(), name="letter_serve"),
    path("<key:pk>/letters/<key:document>/print/", making.PrintPage.as_view(), name="letter_print"),
    path("<key:pk>/letters/<key:document>/docx/", making.WordPage.as_view(), name="letter_docx"),
    path("<key:pk>/forms/", printing.FormsPage.as_view(), name="forms"),
    path("<key:pk>/forms/<slug:kind>/", printing.FormPaperPage.as_view(), name="form_paper"),
    path("<key:pk>/archive/whole/", printing.WholeFilePage.as_view(), name="whole_file"),
]  # fmt: skip
