"""Addresses of payment runs."""

from django.urls import path

from .views import documents, made, making, returns, runs

urlpatterns = [
    path("documents/<int:pk>/", documents.document, name="document"),
    path("programmes/<slug:slug>/runs/", runs.payment_runs, name="payment_runs"),
    path("programmes/<slug:slug>/runs/new/", making.payment_run_new, name="payment_run_new"),
    path("runs/<int:pk>/sign/", runs.payment_run_sign, name="payment_run_sign"),
    path("runs/<int:pk>/documents/", documents.payment_run_documents, name="payment_run_documents"),
    path("runs/<int:pk>/documents/again/", documents.payment_run_again, name="payment_run_again"),
    path("runs/<int:pk>/documents/again/<int:payment_pk>/", documents.payment_run_again, name="payment_letter_again"),
    path("runs/<int:pk>/documents/print/", documents.payment_run_print, name="payment_run_print"),
    path("runs/<int:pk>/close/", runs.payment_run_close, name="payment_run_close"),
    path("runs/<int:pk>/accounts/", made.payment_run_accounts, name="payment_run_accounts"),
    path("runs/<int:pk>/made/<slug:method>/", made.payment_run_together, name="payment_run_together"),
    path("payments/<int:pk>/made/<slug:method>/", made.payment_made, name="payment_made"),
    path("payments/<int:pk>/take-out/", made.payment_take_out, name="payment_take_out"),
    path("payments/<int:pk>/returned/", returns.payment_returned, name="payment_returned"),
    path("runs/<int:pk>/cancel/", runs.payment_run_cancel, name="payment_run_cancel"),
]
