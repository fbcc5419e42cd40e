"""Addresses of the pages of a claim and a run."""

from django.urls import path

from .views import claim, run

urlpatterns = [
    path("claims/<int:pk>/", claim.claim, name="claim"),
    path("claims/<int:pk>/check/", claim.claim_check, name="claim_check"),
    path("claims/<int:pk>/submit/", claim.claim_submit, name="claim_submit"),
    path("claims/<int:pk>/sent/", claim.claim_sent, name="claim_sent"),
    path("claims/<int:pk>/answer/", claim.claim_answer, name="claim_answer"),
    path("runs/<int:pk>/", run.payment_run, name="payment_run"),
    path("runs/<int:pk>/pay/", run.payment_run_pay, name="payment_run_pay"),
]
