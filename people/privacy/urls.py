"""Addresses of the pages about one's own data, and of those who handle what people ask."""

from django.urls import path

from .views import handling, own

urlpatterns = [
    path("you/what-we-hold/", own.what_we_hold, name="what_we_hold"),
    path("you/what-we-hold/copy/", own.copy_ask, name="copy_ask"),
    path("you/what-we-hold/be-removed/", own.erasure_ask, name="erasure_ask"),
    path("you/what-we-hold/complain/", own.complain, name="complain"),
    path("you/what-we-hold/requests/<int:pk>/take-back/", own.request_take_back, name="request_take_back"),
    path("privacy/copies/<int:pk>/<str:kind>/", own.copy_file, name="copy_file"),
    path("privacy/certificates/<int:pk>/", own.certificate, name="erasure_certificate"),
    path("privacy/requests/<int:pk>/", handling.privacy_request, name="privacy_request"),
    path("privacy/complaints/<int:pk>/", handling.complaint, name="complaint"),
    path("privacy/complaints/<int:pk>/acknowledge/", handling.complaint_acknowledge, name="complaint_acknowledge"),
    path("privacy/due/", handling.due_for_retention, name="due_for_retention"),
    path("privacy/due/<int:pk>/", handling.retention_line, name="retention_line"),
    path("privacy/due/<int:pk>/let-go/", handling.retention_let_go, name="retention_let_go"),
    path("people/<int:pk>/their-data/", handling.privacy_ask_for, name="privacy_ask_for"),
    path("people/<int:pk>/complaint/", handling.complain_for, name="complain_for"),
    path("people/<int:pk>/needs-in-emergency/", handling.needs_in_emergency, name="needs_in_emergency"),
]
