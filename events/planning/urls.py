"""Addresses of changing and cancelling an event."""

from django.urls import path

from . import views

urlpatterns = [
    path("events/<int:pk>/edit/", views.event_edit, name="event_edit"),
    path("events/<int:pk>/cancel/", views.event_cancel, name="event_cancel"),
]
