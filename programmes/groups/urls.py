"""Addresses of groups and terms of office."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/groups/", views.groups, name="groups"),
    path("programmes/<slug:slug>/groups/new/", views.group_new, name="group_new"),
    path("programmes/<slug:slug>/groups/<int:pk>/edit/", views.group_edit, name="group_edit"),
    path("programmes/<slug:slug>/groups/<int:pk>/members/new/", views.term_new, name="term_new"),
]
