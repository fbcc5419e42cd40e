"""Addresses of approval."""

from django.urls import path

from .views import approvers, beside, decisions, listing

urlpatterns = [
    path("programmes/<slug:slug>/claims/", listing.claims, name="claims"),
    path("claims/<int:pk>/ask-again/", decisions.claim_ask_again, name="claim_ask_again"),
    path("claims/<int:pk>/approve/", decisions.claim_approve, name="claim_approve"),
    path("claims/<int:pk>/decide/", decisions.claim_decide, name="claim_decide"),
    path("claims/<int:pk>/decline/", decisions.claim_decline, name="claim_decline"),
    path("claims/<int:pk>/return/", decisions.claim_return, name="claim_return"),
    path(
        "claims/<int:pk>/receipts/<int:receipt_pk>/beside/<int:other_pk>/",
        beside.claim_receipts_beside,
        name="claim_receipts_beside",
    ),
    path("claims/<int:pk>/note/", decisions.claim_note, name="claim_note"),
    path("programmes/<slug:slug>/claims/approve/", decisions.claims_approve, name="claims_approve"),
    path("programmes/<slug:slug>/claims/approvers/", approvers.approvers, name="approvers"),
    path("programmes/<slug:slug>/claims/approvers/<int:pk>/end/", approvers.approver_end, name="approver_end"),
    path("programmes/<slug:slug>/claims/warnings/", approvers.warning_limits, name="warning_limits"),
]
