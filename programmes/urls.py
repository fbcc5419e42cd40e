"""Addresses of the programmes app."""

from django.urls import path

from .views import appointments, decisions, groups, joining, language, people, programmes

urlpatterns = [
    path("programmes/", programmes.programme_list, name="programmes"),
    path("programmes/new/", programmes.programme_new, name="programme_new"),
    path("programmes/creators/", appointments.creators, name="creators"),
    path("programmes/creators/<int:pk>/end/", appointments.creator_end, name="creator_end"),
    path("programmes/<slug:slug>/", programmes.programme_page, name="programme"),
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
    path("programmes/<slug:slug>/groups/", groups.groups, name="groups"),
    path("programmes/<slug:slug>/groups/new/", groups.group_new, name="group_new"),
    path("programmes/<slug:slug>/groups/<int:pk>/", groups.group_page, name="group"),
    path("programmes/<slug:slug>/groups/<int:pk>/edit/", groups.group_edit, name="group_edit"),
    path("programmes/<slug:slug>/groups/<int:pk>/members/new/", groups.term_new, name="term_new"),
    path("programmes/<slug:slug>/decisions/", decisions.decisions, name="decisions"),
    path("programmes/<slug:slug>/decisions/new/", decisions.decision_new, name="decision_new"),
    path("decisions/<int:pk>/", decisions.decision_page, name="decision"),
    path("decisions/<int:pk>/edit/", decisions.decision_edit, name="decision_edit"),
    path("decisions/<int:pk>/position/", decisions.decision_position, name="decision_position"),
    path("decisions/<int:pk>/outcome/", decisions.decision_outcome, name="decision_outcome"),
    path("decisions/<int:pk>/withdraw/", decisions.decision_withdraw, name="decision_withdraw"),
    path("programmes/<slug:slug>/language/", language.agreed_language, name="agreed_language"),
    path("programmes/<slug:slug>/language/new/", language.agreed_term_new, name="agreed_term_new"),
    path("language/<int:pk>/edit/", language.agreed_term_edit, name="agreed_term_edit"),
]
