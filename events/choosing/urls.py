"""Addresses of choosing whom to invite, of saved lists, and of how often people wish to be asked."""

from django.urls import path

from .views import directory, invite, limits, lists

urlpatterns = [
    path("events/<int:pk>/invite/", invite.event_invite, name="event_invite"),
    path("events/<int:pk>/invite/save/", lists.event_invite_save, name="event_invite_save"),
    path("events/<int:pk>/invite/preview/<int:person_pk>/", invite.invite_preview, name="invite_preview"),
    path(
        "events/<int:pk>/invite/preview/<int:person_pk>/letter/",
        invite.invite_preview_letter,
        name="invite_preview_letter",
    ),
    path("programmes/<slug:slug>/people/invite/", directory.people_invite, name="people_invite"),
    path("programmes/<slug:slug>/people/list/", directory.people_list, name="people_list"),
    path("programmes/<slug:slug>/events/lists/", lists.saved_lists, name="saved_lists"),
    path("saved-lists/<int:pk>/", lists.saved_list, name="saved_list"),
    path("saved-lists/<int:pk>/rename/", lists.saved_list_rename, name="saved_list_rename"),
    path("saved-lists/<int:pk>/delete/", lists.saved_list_delete, name="saved_list_delete"),
    path("saved-lists/<int:pk>/people/<int:person_pk>/remove/", lists.saved_list_remove, name="saved_list_remove"),
    path("you/invitations/", limits.your_invitation_limit, name="your_invitation_limit"),
    path("people/<int:pk>/invitations/", limits.person_invitation_limit, name="person_invitation_limit"),
]
