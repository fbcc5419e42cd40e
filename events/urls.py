"""Addresses of the events app, gathered from its wings."""

from django.urls import include, path

WINGS = (
    "venues",
    "planning",
    "sessions",
    "series",
    "inviting",
    "choosing",
    "places",
    "access",
    "day",
    "feedback",
    "meetings",
    "papers",
    "pages",
)

urlpatterns = [path("", include(f"events.{wing}.urls")) for wing in WINGS]
