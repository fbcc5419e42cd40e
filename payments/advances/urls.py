"""Addresses of advances and bookings."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/advances/", views.advances, name="advances"),
    path("programmes/<slug:slug>/advances/new/", views.advance_new, name="advance_new"),
    path("advances/<int:pk>/", views.advance, name="advance"),
    path("programmes/<slug:slug>/bookings/", views.bookings, name="bookings"),
    path("programmes/<slug:slug>/bookings/new/", views.booking_new, name="booking_new"),
    path("bookings/<int:pk>/", views.booking, name="booking"),
]
