"""Addresses of the payments app."""

from django.urls import path

from .views import bank, checking, claims, expenses, files, policy, runs

urlpatterns = [
    path("claims/", claims.my_claims, name="my_claims"),
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("claims/<int:pk>/expenses/new/", expenses.claim_expense_new, name="claim_expense_new"),
    path("claims/<int:pk>/expenses/new/<slug:kind>/", expenses.claim_expense_cost, name="claim_expense_cost"),
    path("claims/<int:pk>/lines/<int:line_pk>/", expenses.claim_line_edit, name="claim_line_edit"),
    path("claims/<int:pk>/lines/<int:line_pk>/receipt/", expenses.claim_line_receipt, name="claim_line_receipt"),
    path("claims/<int:pk>/lines/<int:line_pk>/remove/", expenses.claim_line_remove, name="claim_line_remove"),
    path("claims/<int:pk>/check/", claims.claim_check, name="claim_check"),
    path("claims/<int:pk>/submit/", claims.claim_submit, name="claim_submit"),
    path("claims/<int:pk>/sent/", claims.claim_sent, name="claim_sent"),
    path("claims/<int:pk>/answer/", claims.claim_answer, name="claim_answer"),
    path("claims/<int:pk>/withdraw/", claims.claim_withdraw, name="claim_withdraw"),
    path("claims/<int:pk>/reopen/", claims.claim_reopen, name="claim_reopen"),
    path("claims/<int:pk>/approve/", checking.claim_approve, name="claim_approve"),
    path("claims/<int:pk>/return/", checking.claim_return, name="claim_return"),
    path("receipts/<int:pk>/", files.receipt, name="receipt"),
    path("documents/<int:pk>/", files.document, name="document"),
    path("programmes/<slug:slug>/claims/", checking.claims, name="claims"),
    path("programmes/<slug:slug>/runs/", runs.payment_runs, name="payment_runs"),
    path("programmes/<slug:slug>/runs/new/", runs.payment_run_new, name="payment_run_new"),
    path("runs/<int:pk>/", runs.payment_run, name="payment_run"),
    path("runs/<int:pk>/sign/", runs.payment_run_sign, name="payment_run_sign"),
    path("runs/<int:pk>/documents/", runs.payment_run_documents, name="payment_run_documents"),
    path("runs/<int:pk>/documents.zip", files.payment_run_pack, name="payment_run_pack"),
    path("runs/<int:pk>/pay/", runs.payment_run_pay, name="payment_run_pay"),
    path("runs/<int:pk>/cancel/", runs.payment_run_cancel, name="payment_run_cancel"),
    path("runs/<int:pk>/bank-file/", bank.bank_file, name="bank_file"),
    path("programmes/<slug:slug>/bank-details/", bank.bank_details, name="bank_details"),
    path("programmes/<slug:slug>/bank-details/<int:pk>/", bank.bank_details_confirm, name="bank_details_confirm"),
    path("you/bank/", bank.your_bank, name="your_bank"),
    path("you/bank/change/", bank.your_bank_change, name="your_bank_change"),
    path("programmes/<slug:slug>/policy/", policy.policy, name="policy"),
    path("programmes/<slug:slug>/policy/new/", policy.policy_new, name="policy_new"),
]
