"""Addresses of somebody's part in a programme."""

from django.urls import path

from . import views

PART = "programmes/<slug:slug>/people/<int:person_pk>/part/"

urlpatterns = [
    path(PART, views.part, name="part"),
    path(f"{PART}break/", views.break_new, name="break_new"),
    path(f"{PART}breaks/<int:pause_pk>/end/", views.break_end, name="break_end"),
    path(f"{PART}seats/<int:term_pk>/", views.step_back, name="step_back"),
    path(f"{PART}leave/", views.leave, name="leave"),
    path(f"{PART}come-back/", views.comeback_new, name="comeback_new"),
    path("come-back/<int:pk>/", views.comeback, name="comeback"),
]
