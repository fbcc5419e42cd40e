"""Addresses of planning an event."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/events/new/", views.event_new, name="event_new"),
    path("events/<int:pk>/edit/", views.event_edit, name="event_edit"),
    path("events/<int:pk>/cancel/", views.event_cancel, name="event_cancel"),
]
