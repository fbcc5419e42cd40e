"""Addresses of reminders."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/reminders/", views.reminders, name="reminders"),
    path("programmes/<slug:slug>/reminders/sent/", views.reminders_written, name="reminders_written"),
    path("programmes/<slug:slug>/reminders/<slug:subject>/", views.reminder_rule, name="reminder_rule"),
]
