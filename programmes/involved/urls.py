"""Addresses of getting involved."""

from django.urls import path

from . import views

urlpatterns = [
    path("get-involved/<slug:slug>/", views.get_involved, name="get_involved"),
    path("get-involved/<slug:slug>/thanks/", views.get_involved_thanks, name="get_involved_thanks"),
    path("programmes/<slug:slug>/people/interests/", views.interests, name="interests"),
    path("programmes/<slug:slug>/people/interests/form/", views.open_form_edit, name="open_form_edit"),
    path("interests/<int:pk>/", views.interest, name="interest"),
]
