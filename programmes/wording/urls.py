"""Addresses of a programme's own words."""

from django.urls import path

from . import views

KIND = "programmes/<slug:slug>/wording/<slug:kind>/"
LANGUAGE = f"{KIND}in/<slug:language>/"

urlpatterns = [
    path("programmes/<slug:slug>/wording/", views.wordings, name="wordings"),
    path(KIND, views.wording, name="wording"),
    path(f"{KIND}seen/", views.wording_gaps_seen, name="wording_gaps_seen"),
    path(LANGUAGE, views.wording_edit, name="wording_edit"),
    path(f"{LANGUAGE}letter/", views.wording_letter, name="wording_letter"),
    path(f"{LANGUAGE}standard/", views.wording_standard, name="wording_standard"),
]
