"""Addresses of places and waiting lists."""

from django.urls import path

from .views import answers, waiting

urlpatterns = [
    path("events/<int:pk>/places/", waiting.event_places, name="event_places"),
    path("events/<int:pk>/places/edit/", waiting.event_places_edit, name="event_places_edit"),
    path("events/<int:pk>/places/close/", waiting.event_waiting_close, name="event_waiting_close"),
    path("events/<int:pk>/places/open/", waiting.event_waiting_open, name="event_waiting_open"),
    path("waiting-places/<int:pk>/offer/", waiting.place_offer, name="place_offer"),
    path("r/<str:key>/place/", answers.reply_place, name="reply_place"),
]
