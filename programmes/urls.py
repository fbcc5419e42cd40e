"""Addresses of the programmes app."""

from django.urls import path

from programmes.decisions import views as decision_views
from programmes.groups import views as group_views
from programmes.language import views as language_views
from programmes.members.views import appointments, joining, people
from programmes.pages.views import group, programme
from programmes.programme.views import programmes

urlpatterns = [
    path("programmes/", programme.programme_list, name="programmes"),
    path("programmes/new/", programmes.programme_new, name="programme_new"),
    path("programmes/creators/", appointments.creators, name="creators"),
    path("programmes/creators/<int:pk>/end/", appointments.creator_end, name="creator_end"),
    path("programmes/<slug:slug>/", programme.programme_page, name="programme"),
    path("programmes/<slug:slug>/edit/", programmes.programme_edit, name="programme_edit"),
    path("programmes/<slug:slug>/partners/new/", programmes.partnership_new, name="partnership_new"),
    path(
        "programmes/<slug:slug>/partners/<int:pk>/remove/",
        programmes.partnership_remove,
        name="partnership_remove",
    ),
    path("programmes/<slug:slug>/people/", people.programme_people, name="programme_people"),
    path("programmes/<slug:slug>/people/new/", people.programme_person_new, name="programme_person_new"),
    path("programmes/<slug:slug>/people/<int:person_pk>/roles/new/", people.membership_new, name="membership_new"),
    path("joining/", joining.joinings, name="joinings"),
    path("joining/<int:pk>/again/", joining.joining_send_again, name="joining_send_again"),
    path("joining/<int:pk>/in-person/", joining.joining_in_person, name="joining_in_person"),
    path("joining/link/<str:key>/", joining.joining_link, name="joining_link"),
    path("appointments/<int:pk>/", appointments.appointment, name="appointment"),
    path("appointments/link/<str:key>/", appointments.appointment_link, name="appointment_link"),
    path("role-notices/<int:pk>/", joining.role_notice, name="role_notice"),
    path("memberships/<int:pk>/end/", people.membership_end, name="membership_end"),
    path("terms/<int:pk>/end/", people.term_end, name="term_end"),
    path("programmes/<slug:slug>/groups/", group_views.groups, name="groups"),
    path("programmes/<slug:slug>/groups/new/", group_views.group_new, name="group_new"),
    path("programmes/<slug:slug>/groups/<int:pk>/", group.group_page, name="group"),
    path("programmes/<slug:slug>/groups/<int:pk>/edit/", group_views.group_edit, name="group_edit"),
    path("programmes/<slug:slug>/groups/<int:pk>/members/new/", group_views.term_new, name="term_new"),
    path("programmes/<slug:slug>/decisions/", decision_views.decisions, name="decisions"),
    path("programmes/<slug:slug>/decisions/new/", decision_views.decision_new, name="decision_new"),
    path("decisions/<int:pk>/", decision_views.decision_page, name="decision"),
    path("decisions/<int:pk>/edit/", decision_views.decision_edit, name="decision_edit"),
    path("decisions/<int:pk>/position/", decision_views.decision_position, name="decision_position"),
    path("decisions/<int:pk>/outcome/", decision_views.decision_outcome, name="decision_outcome"),
    path("decisions/<int:pk>/withdraw/", decision_views.decision_withdraw, name="decision_withdraw"),
    path("programmes/<slug:slug>/language/", language_views.agreed_language, name="agreed_language"),
    path("programmes/<slug:slug>/language/new/", language_views.agreed_term_new, name="agreed_term_new"),
    path("language/<int:pk>/edit/", language_views.agreed_term_edit, name="agreed_term_edit"),
]
