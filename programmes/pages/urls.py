"""Addresses of the pages of a programme and a group."""

from django.urls import path

from .views import group, programme

urlpatterns = [
    path("programmes/", programme.programme_list, name="programmes"),
    path("programmes/<slug:slug>/", programme.programme_page, name="programme"),
    path("programmes/<slug:slug>/groups/<int:pk>/", group.group_page, name="group"),
]
