"""Addresses of programmes and their partners."""

from django.urls import path

from .views import programmes

urlpatterns = [
    path("programmes/new/", programmes.programme_new, name="programme_new"),
    path("programmes/<slug:slug>/edit/", programmes.programme_edit, name="programme_edit"),
    path("programmes/<slug:slug>/partners/new/", programmes.partnership_new, name="partnership_new"),
    path(
        "programmes/<slug:slug>/partners/<int:pk>/remove/",
        programmes.partnership_remove,
        name="partnership_remove",
    ),
]
