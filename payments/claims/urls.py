"""Addresses of claims."""

from django.urls import path

from .views import after_event, entering, expenses, hours, mine, other_work, receipts, recognition

urlpatterns = [
    path("claims/", mine.my_claims, name="my_claims"),
    path("claims/new/", other_work.claim_new, name="claim_new"),
    path("claims/new/<slug:slug>/", other_work.claim_new_activity, name="claim_new_activity"),
    path("claims/new/<slug:slug>/<slug:activity>/", other_work.claim_new_day, name="claim_new_day"),
    path("claims/new/<slug:slug>/<slug:activity>/<slug:day>/", other_work.claim_new_hours, name="claim_new_hours"),
    path(
        "claims/new/<slug:slug>/<slug:activity>/<slug:day>/<str:hours>/",
        other_work.claim_new_what,
        name="claim_new_what",
    ),
    path("claims/<int:pk>/expenses/new/", expenses.claim_expense_new, name="claim_expense_new"),
    path("claims/<int:pk>/expenses/new/<slug:kind>/", expenses.claim_expense_cost, name="claim_expense_cost"),
    path("claims/<int:pk>/lines/<int:line_pk>/", expenses.claim_line_edit, name="claim_line_edit"),
    path("claims/<int:pk>/lines/<int:line_pk>/receipt/", expenses.claim_line_receipt, name="claim_line_receipt"),
    path(
        "claims/<int:pk>/lines/<int:line_pk>/no-receipt/",
        expenses.claim_line_no_receipt,
        name="claim_line_no_receipt",
    ),
    path(
        "claims/<int:pk>/lines/<int:line_pk>/receipts/<int:receipt_pk>/use/",
        expenses.claim_receipt_use,
        name="claim_receipt_use",
    ),
    path(
        "claims/<int:pk>/lines/<int:line_pk>/receipts/<int:receipt_pk>/remove/",
        expenses.claim_receipt_remove,
        name="claim_receipt_remove",
    ),
    path("claims/<int:pk>/hours/", hours.claim_hours, name="claim_hours"),
    path("claims/<int:pk>/journey/", expenses.claim_journey_again, name="claim_journey_again"),
    path("claims/<int:pk>/lines/<int:line_pk>/remove/", expenses.claim_line_remove, name="claim_line_remove"),
    path("claims/<int:pk>/withdraw/", mine.claim_withdraw, name="claim_withdraw"),
    path("claims/<int:pk>/reopen/", mine.claim_reopen, name="claim_reopen"),
    path("receipts/<int:pk>/", receipts.receipt, name="receipt"),
    path("programmes/<slug:slug>/claims/enter/", entering.claims_enter, name="claims_enter"),
    path("programmes/<slug:slug>/claims/enter/<int:person_pk>/", entering.claim_enter, name="claim_enter"),
    path("events/<int:pk>/claims/remind/", after_event.event_claims_remind, name="event_claims_remind"),
    path("claims/<int:pk>/recognition/", recognition.claim_recognition, name="claim_recognition"),
]
