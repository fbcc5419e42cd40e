"""Addresses of bank details and tax."""

from django.urls import path

from .views import bank, tax

urlpatterns = [
    path("programmes/<slug:slug>/tax/", tax.tax_treatments, name="tax_treatments"),
    path("programmes/<slug:slug>/tax/<int:pk>/", tax.tax_treatment, name="tax_treatment"),
    path("programmes/<slug:slug>/bank-details/", bank.bank_details, name="bank_details"),
    path("programmes/<slug:slug>/bank-details/<int:pk>/", bank.bank_details_confirm, name="bank_details_confirm"),
    path(
        "programmes/<slug:slug>/bank-details/<int:pk>/name-check/",
        bank.bank_details_name_check,
        name="bank_details_name_check",
    ),
    path("you/bank/", bank.your_bank, name="your_bank"),
    path("you/bank/change/", bank.your_bank_change, name="your_bank_change"),
]
