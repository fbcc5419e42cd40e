"""Addresses of forms begun and not saved."""

from django.urls import path

from . import views

urlpatterns = [
    path("claims/typed/", views.form_draft, name="form_draft"),
    path("claims/typed/discard/", views.form_draft_discard, name="form_draft_discard"),
]
