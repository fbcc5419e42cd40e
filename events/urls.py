"""Addresses of the events app, gathered from its wings."""

from django.urls import include, path

WINGS = ("planning", "inviting", "choosing", "places", "access", "day", "meetings", "pages")

urlpatterns = [path("", include(f"events.{wing}.urls")) for wing in WINGS]
