"""Addresses of named contacts."""

from django.urls import path

from .views import choosing

urlpatterns = [
    path("programmes/<slug:slug>/people/contacts/", choosing.contacts, name="contacts"),
    path("programmes/<slug:slug>/people/contact/", choosing.people_contact, name="people_contact"),
    path("programmes/<slug:slug>/people/<int:person_pk>/contact/", choosing.person_contact, name="person_contact"),
]
