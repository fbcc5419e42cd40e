"""Addresses of the sessions of an event."""

from django.urls import path

from . import views

urlpatterns = [
    path("events/<int:pk>/sessions/", views.event_sessions, name="event_sessions"),
    path("events/<int:pk>/sessions/new/", views.session_new, name="session_new"),
    path("sessions/<int:pk>/edit/", views.session_edit, name="session_edit"),
    path("sessions/<int:pk>/remove/", views.session_remove, name="session_remove"),
]
