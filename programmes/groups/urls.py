"""Addresses of groups and terms of office."""

from django.urls import path

from .views import groups, several, terms_of_reference

urlpatterns = [
    path("programmes/<slug:slug>/groups/", groups.groups, name="groups"),
    path("programmes/<slug:slug>/groups/new/", groups.group_new, name="group_new"),
    path("programmes/<slug:slug>/groups/<int:pk>/edit/", groups.group_edit, name="group_edit"),
    path("programmes/<slug:slug>/groups/<int:pk>/members/new/", groups.term_new, name="term_new"),
    path("programmes/<slug:slug>/groups/<int:pk>/members/several/", several.terms_new, name="terms_new"),
    path(
        "programmes/<slug:slug>/groups/<int:pk>/members/<int:term>/renew/",
        terms_of_reference.term_renew,
        name="term_renew",
    ),
    path("programmes/<slug:slug>/groups/<int:pk>/rules/", terms_of_reference.group_rules, name="group_rules"),
    path(
        "programmes/<slug:slug>/groups/<int:pk>/rules/new/", terms_of_reference.group_rules_new, name="group_rules_new"
    ),
    path(
        "programmes/<slug:slug>/groups/<int:pk>/interests/", terms_of_reference.group_interests, name="group_interests"
    ),
    path(
        "programmes/<slug:slug>/groups/<int:pk>/interests/right/",
        terms_of_reference.interests_are_right,
        name="interests_are_right",
    ),
    path(
        "programmes/<slug:slug>/groups/<int:pk>/interests/<int:interest>/end/",
        terms_of_reference.interest_end,
        name="interest_end",
    ),
]
