"""Addresses of bank details and tax."""

from django.urls import path

from .views import bank, tax, told, yours

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
    path(
        "programmes/<slug:slug>/bank-details/<int:pk>/override/",
        bank.bank_details_override,
        name="bank_details_override",
    ),
    path("programmes/<slug:slug>/bank-details/<int:pk>/wrong/", bank.bank_details_wrong, name="bank_details_wrong"),
    path("programmes/<slug:slug>/payees/<int:pk>/method/", told.payee_method, name="payee_method"),
    path("programmes/<slug:slug>/payees/<int:pk>/bank/", told.payee_bank, name="payee_bank"),
    path("you/bank/", yours.your_bank, name="your_bank"),
    path("you/bank/method/", yours.your_method, name="your_method"),
    path("you/bank/change/", yours.your_bank_change, name="your_bank_change"),
]
