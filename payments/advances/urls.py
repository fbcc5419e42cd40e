"""Addresses of advances and bookings."""

from django.urls import path

from .views import advances, bookings

urlpatterns = [
    path("programmes/<slug:slug>/advances/", advances.advances, name="advances"),
    path("programmes/<slug:slug>/advances/new/", advances.advance_new, name="advance_new"),
    path("advances/<int:pk>/", advances.advance, name="advance"),
    path("programmes/<slug:slug>/bookings/", bookings.bookings, name="bookings"),
    path("programmes/<slug:slug>/bookings/new/", bookings.booking_new, name="booking_new"),
    path("bookings/<int:pk>/", bookings.booking, name="booking"),
]
