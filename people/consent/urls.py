"""Addresses of what people agree to."""

from django.urls import path

from . import views

urlpatterns = [
    path("you/consents/", views.your_consents, name="your_consents"),
    path("people/<int:pk>/consents/", views.person_consents, name="person_consents"),
]
