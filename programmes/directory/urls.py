"""Addresses of a programme's directory: its people, their tags and notes, and its organisations."""

from django.urls import path

from .views import chosen, notes, organisations, people, tags

urlpatterns = [
    path("programmes/<slug:slug>/people/", people.programme_people, name="programme_people"),
    path("programmes/<slug:slug>/people/columns/", people.people_columns, name="people_columns"),
    path("programmes/<slug:slug>/people/write/", chosen.people_write, name="people_write"),
    path("programmes/<slug:slug>/people/group/", chosen.people_group, name="people_group"),
    path("programmes/<slug:slug>/people/tag/", chosen.people_tag, name="people_tag"),
    path("programmes/<slug:slug>/people/<int:person_pk>/tags/", tags.person_tags, name="person_tags"),
    path("programmes/<slug:slug>/people/<int:person_pk>/notes/new/", notes.person_note_new, name="person_note_new"),
    path("notes/<int:pk>/edit/", notes.person_note_edit, name="person_note_edit"),
    path("notes/<int:pk>/remove/", notes.person_note_remove, name="person_note_remove"),
    path("programmes/<slug:slug>/tags/", tags.programme_tags, name="programme_tags"),
    path("programmes/<slug:slug>/tags/<int:pk>/rename/", tags.tag_rename, name="tag_rename"),
    path("programmes/<slug:slug>/tags/<int:pk>/end/", tags.tag_end, name="tag_end"),
    path("programmes/<slug:slug>/organisations/", organisations.organisations, name="organisations"),
    path("programmes/<slug:slug>/organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("programmes/<slug:slug>/organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path(
        "programmes/<slug:slug>/organisations/<int:pk>/edit/", organisations.organisation_edit, name="organisation_edit"
    ),
]
