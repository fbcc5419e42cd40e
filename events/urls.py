"""Addresses of the events app."""

from django.urls import path

from events.day import views as day_views
from events.inviting.views import invitations, replies
from events.pages.views import event, mine
from events.planning import views as planning_views

urlpatterns = [
    path("programmes/<slug:slug>/events/", event.event_list, name="events"),
    path("programmes/<slug:slug>/events/new/", planning_views.event_new, name="event_new"),
    path("events/<int:pk>/", event.event_detail, name="event"),
    path("events/<int:pk>/edit/", planning_views.event_edit, name="event_edit"),
    path("events/<int:pk>/cancel/", planning_views.event_cancel, name="event_cancel"),
    path("events/<int:pk>/invite/", invitations.event_invite, name="event_invite"),
    path("events/<int:pk>/send/", invitations.event_send, name="event_send"),
    path("events/<int:pk>/facilitators/", invitations.event_facilitators, name="event_facilitators"),
    path("events/<int:pk>/attendance/", day_views.event_attendance, name="event_attendance"),
    path("invitations/<int:pk>/answer/", invitations.invitation_answer, name="invitation_answer"),
    path("invitations/<int:pk>/reply/", invitations.invitation_reply_for, name="invitation_reply_for"),
    path("my-events/", mine.my_events, name="my_events"),
    path("r/<str:key>/", replies.reply, name="reply"),
    path("r/<str:key>/done/", replies.reply_done, name="reply_done"),
    path("r/<str:key>/calendar.ics", replies.event_calendar, name="event_calendar"),
]
