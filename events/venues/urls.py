"""Addresses of the venue book."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/venues/", views.venue_list, name="venues"),
    path("programmes/<slug:slug>/venues/new/", views.venue_new, name="venue_new"),
    path("venues/<int:pk>/", views.venue_detail, name="venue"),
    path("venues/<int:pk>/edit/", views.venue_edit, name="venue_edit"),
    path("venues/<int:pk>/archive/", views.venue_archive, name="venue_archive"),
]
