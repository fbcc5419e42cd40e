"""Addresses of the programmes app."""

urlpatterns = []
