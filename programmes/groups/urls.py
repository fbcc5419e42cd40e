"""Addresses of groups and terms of office."""

from django.urls import path

from .views import groups, several

urlpatterns = [
    path("programmes/<slug:slug>/groups/", groups.groups, name="groups"),
    path("programmes/<slug:slug>/groups/new/", groups.group_new, name="group_new"),
    path("programmes/<slug:slug>/groups/<int:pk>/edit/", groups.group_edit, name="group_edit"),
    path("programmes/<slug:slug>/groups/<int:pk>/members/new/", groups.term_new, name="term_new"),
    path("programmes/<slug:slug>/groups/<int:pk>/members/several/", several.terms_new, name="terms_new"),
]
