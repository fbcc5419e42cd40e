"""Addresses of who came."""

from django.urls import path

from . import views

urlpatterns = [
    path("events/<int:pk>/attendance/", views.event_attendance, name="event_attendance"),
]
