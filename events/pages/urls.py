"""Addresses of the page of an event and the list of events."""

from django.urls import path

from .views import attended, event, mine

urlpatterns = [
    path("programmes/<slug:slug>/events/", event.event_list, name="events"),
    path("programmes/<slug:slug>/events/who-came/", attended.attendance_list, name="attendance"),
    path("events/<int:pk>/", event.event_detail, name="event"),
    path("my-events/", mine.my_events, name="my_events"),
]
