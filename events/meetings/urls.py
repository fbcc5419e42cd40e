"""Addresses of meetings."""

from django.urls import path

from .views import agenda, minutes, talks

urlpatterns = [
    path("programmes/<slug:slug>/groups/<int:pk>/meetings/", agenda.meetings, name="meetings"),
    path("programmes/<slug:slug>/groups/<int:pk>/meetings/new/", agenda.meeting_new, name="meeting_new"),
    path("programmes/<slug:slug>/groups/<int:pk>/meetings/rules/", agenda.meeting_rules, name="meeting_rules"),
    path("events/<int:pk>/meeting/", agenda.meeting_make, name="meeting_make"),
    path("meetings/<int:pk>/", agenda.meeting, name="meeting"),
    path("meetings/<int:pk>/invite/", agenda.meeting_invite, name="meeting_invite"),
    path("meetings/<int:pk>/build/", agenda.agenda_build, name="agenda_build"),
    path("meetings/<int:pk>/send/", agenda.agenda_send, name="agenda_send"),
    path("meetings/<int:pk>/break/", agenda.agenda_break, name="agenda_break"),
    path("meetings/<int:pk>/items/new/", agenda.agenda_item_new, name="agenda_item_new"),
    path("meetings/<int:pk>/items/<int:item_pk>/", agenda.agenda_item_edit, name="agenda_item_edit"),
    path("meetings/<int:pk>/items/<int:item_pk>/up/", agenda.agenda_item_up, name="agenda_item_up"),
    path("meetings/<int:pk>/items/<int:item_pk>/down/", agenda.agenda_item_down, name="agenda_item_down"),
    path("meetings/<int:pk>/items/<int:item_pk>/out/", agenda.agenda_item_out, name="agenda_item_out"),
    path("meetings/<int:pk>/items/<int:item_pk>/back/", agenda.agenda_item_back, name="agenda_item_back"),
    path("meetings/<int:pk>/talks/new/", talks.talk_offer, name="talk_offer"),
    path("meetings/<int:pk>/talks/<int:talk_pk>/yes/", talks.talk_yes, name="talk_yes"),
    path("meetings/<int:pk>/talks/<int:talk_pk>/no/", talks.talk_no, name="talk_no"),
    path("meetings/<int:pk>/minutes/", minutes.meeting_minutes, name="meeting_minutes"),
    path("meetings/<int:pk>/minutes/items/<int:item_pk>/", minutes.minutes_item, name="minutes_item"),
    path("meetings/<int:pk>/minutes/action/", minutes.minutes_action, name="minutes_action"),
    path("meetings/<int:pk>/minutes/send/", minutes.minutes_send, name="minutes_send"),
    path("meetings/<int:pk>/minutes/correct/", minutes.minutes_correct, name="minutes_correct"),
    path(
        "meetings/<int:pk>/minutes/corrections/<int:correction_pk>/",
        minutes.correction_settle,
        name="correction_settle",
    ),
    path("meetings/<int:pk>/minutes/agree/", minutes.minutes_agree, name="minutes_agree"),
    path("meetings/<int:pk>/minutes/publish/", minutes.minutes_publish, name="minutes_publish"),
    path("meetings/<int:pk>/minutes/note/", minutes.minutes_note, name="minutes_note"),
]
