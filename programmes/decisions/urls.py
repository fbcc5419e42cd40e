"""Addresses of decisions."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/decisions/", views.decisions, name="decisions"),
    path("programmes/<slug:slug>/decisions/new/", views.decision_new, name="decision_new"),
    path("decisions/<int:pk>/", views.decision_page, name="decision"),
    path("decisions/<int:pk>/edit/", views.decision_edit, name="decision_edit"),
    path("decisions/<int:pk>/position/", views.decision_position, name="decision_position"),
    path("decisions/<int:pk>/outcome/", views.decision_outcome, name="decision_outcome"),
    path("decisions/<int:pk>/withdraw/", views.decision_withdraw, name="decision_withdraw"),
]
