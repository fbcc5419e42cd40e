"""Addresses of people in a programme."""

from django.urls import path

from .views import appointments, joining, people

urlpatterns = [
    path("programmes/creators/", appointments.creators, name="creators"),
    path("programmes/creators/<int:pk>/end/", appointments.creator_end, name="creator_end"),
    path("programmes/<slug:slug>/people/new/", people.programme_person_new, name="programme_person_new"),
    path("programmes/<slug:slug>/people/new/like/", people.programme_person_like, name="programme_person_like"),
    path("programmes/<slug:slug>/people/<int:person_pk>/roles/new/", people.membership_new, name="membership_new"),
    path("joining/", joining.joinings, name="joinings"),
    path("joining/<int:pk>/again/", joining.joining_send_again, name="joining_send_again"),
    path("joining/<int:pk>/in-person/", joining.joining_in_person, name="joining_in_person"),
    path("joining/link/<str:key>/", joining.joining_link, name="joining_link"),
    path("appointments/<int:pk>/", appointments.appointment, name="appointment"),
    path("appointments/link/<str:key>/", appointments.appointment_link, name="appointment_link"),
    path("memberships/<int:pk>/end/", people.membership_end, name="membership_end"),
    path("terms/<int:pk>/end/", people.term_end, name="term_end"),
]
