"""Addresses of the door of an event, and of who came."""

from django.urls import path

from .views import attendance, door

urlpatterns = [
    path("events/<int:pk>/attendance/", attendance.event_attendance, name="event_attendance"),
    path("events/<int:pk>/door/", door.event_door, name="event_door"),
    path("events/<int:pk>/door/tap/", door.event_door_tap, name="event_door_tap"),
    path("events/<int:pk>/door/now/", door.event_door_now, name="event_door_now"),
]
