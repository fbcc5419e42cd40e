"""Addresses of the door of an event, and of who came."""

from django.urls import path

from .views import attendance, door, papers

urlpatterns = [
    path("events/<int:pk>/attendance/", attendance.event_attendance, name="event_attendance"),
    path("events/<int:pk>/day-papers/", papers.event_day_papers, name="event_day_papers"),
    path("events/<int:pk>/day-papers/<slug:which>/<slug:layout>/", papers.event_day_paper, name="event_day_paper"),
    path("events/<int:pk>/door/", door.event_door, name="event_door"),
    path("events/<int:pk>/door/tap/", door.event_door_tap, name="event_door_tap"),
    path("events/<int:pk>/door/now/", door.event_door_now, name="event_door_now"),
]
