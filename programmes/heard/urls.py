"""Addresses of what we heard."""

from django.urls import path

from .views import everybody, staff

urlpatterns = [
    path("programmes/<slug:slug>/heard/", everybody.you_said, name="you_said"),
    path("programmes/<slug:slug>/heard/tell-us/", everybody.contribution_new, name="contribution_new"),
    path("programmes/<slug:slug>/heard/tell-us/typed/", everybody.contribution_draft, name="contribution_draft"),
    path(
        "programmes/<slug:slug>/heard/tell-us/discard/",
        everybody.contribution_draft_discard,
        name="contribution_draft_discard",
    ),
    path("programmes/<slug:slug>/heard/all/", staff.contributions, name="contributions"),
    path("programmes/<slug:slug>/heard/record/", staff.contribution_record, name="contribution_record"),
    path("programmes/<slug:slug>/heard/record-several/", staff.contributions_record, name="contributions_record"),
    path("heard/<int:pk>/", everybody.contribution, name="contribution"),
    path("heard/evidence/<int:pk>/", everybody.contribution_evidence, name="contribution_evidence"),
    path("heard/<int:pk>/true/", everybody.contribution_reply, name="contribution_reply"),
    path("heard/<int:pk>/wishes/", everybody.contribution_wants, name="contribution_wants"),
    path("heard/<int:pk>/take-off/", everybody.contribution_take_off, name="contribution_take_off"),
    path("heard/<int:pk>/put-back/", everybody.contribution_put_back, name="contribution_put_back"),
    path("heard/<int:pk>/correct/", staff.contribution_correct, name="contribution_correct"),
    path("heard/<int:pk>/owner/", staff.contribution_owner, name="contribution_owner"),
    path("heard/<int:pk>/people/", staff.contribution_person_new, name="contribution_person_new"),
    path(
        "heard/<int:pk>/people/<int:contributor_pk>/remove/",
        staff.contribution_person_remove,
        name="contribution_person_remove",
    ),
    path(
        "heard/<int:pk>/people/<int:contributor_pk>/true/", staff.contribution_reply_for, name="contribution_reply_for"
    ),
    path("heard/<int:pk>/answer/", staff.contribution_answer, name="contribution_answer"),
    path("heard/<int:pk>/reopen/", staff.contribution_reopen, name="contribution_reopen"),
    path("heard/<int:pk>/respond/<int:told_pk>/", staff.contribution_respond, name="contribution_respond"),
]
