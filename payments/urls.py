"""Addresses of the payments app, gathered from its wings."""

from django.urls import include, path

WINGS = (
    "policy",
    "recognition",
    "advances",
    "claims",
    "publishing",
    "budgets",
    "payees",
    "approval",
    "runs",
    "bank_files",
    "my_record",
    "reports",
    "pages",
    "autosave",
)

urlpatterns = [path("", include(f"payments.{wing}.urls")) for wing in WINGS]
