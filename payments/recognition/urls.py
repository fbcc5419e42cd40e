"""Addresses of ways to be paid."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/recognition/", views.recognition_offer, name="recognition_offer"),
]
