"""Addresses of the files of a run."""

from django.urls import path

from .views import files, setup

urlpatterns = [
    path("runs/<int:pk>/bank-file/", files.run_file, {"kind": "bank-file"}, name="bank_file"),
    path("runs/<int:pk>/files/<slug:kind>/", files.run_file, name="run_file"),
    path("programmes/<slug:slug>/files/", setup.file_settings, name="file_settings"),
    path("programmes/<slug:slug>/files/account/", setup.paying_account_new, name="paying_account_new"),
    path("programmes/<slug:slug>/files/account/<int:pk>/", setup.paying_account, name="paying_account"),
    path("programmes/<slug:slug>/files/columns/", setup.bank_layout, name="bank_layout"),
    path("programmes/<slug:slug>/files/journal/", setup.journal_layout, name="journal_layout"),
]
