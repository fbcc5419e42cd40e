"""Addresses of the people app, gathered from its wings."""

from django.urls import include, path

WINGS = ("accounts", "jobs", "monitoring", "messages", "consent", "privacy", "home")

urlpatterns = [path("", include(f"people.{wing}.urls")) for wing in WINGS]
