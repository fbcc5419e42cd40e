"""Addresses of the programmes app, gathered from its wings."""

from django.urls import include, path

WINGS = ("programme", "groups", "members", "decisions", "language", "pages")

urlpatterns = [path("", include(f"programmes.{wing}.urls")) for wing in WINGS]
