"""Addresses of planning an event or several, and of publishing drafts."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/events/new/", views.event_new, name="event_new"),
    path("events/<int:pk>/publish/", views.event_publish, name="event_publish"),
    path("events/<int:pk>/discard/", views.event_discard, name="event_discard"),
    path("events/<int:pk>/later/change/", views.series_change, name="series_change"),
    path("events/<int:pk>/later/cancel/", views.series_cancel, name="series_cancel"),
]
