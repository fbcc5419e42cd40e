"""Addresses of invitations and replies."""

from django.urls import path

from .views import feeds, invitations, replies

urlpatterns = [
    path("events/<int:pk>/send/", invitations.event_send, name="event_send"),
    path("events/<int:pk>/facilitators/", invitations.event_facilitators, name="event_facilitators"),
    path("invitations/<int:pk>/answer/", invitations.invitation_answer, name="invitation_answer"),
    path("invitations/<int:pk>/reply/", invitations.invitation_reply_for, name="invitation_reply_for"),
    path("invitations/<int:pk>/new-link/", invitations.invitation_new_link, name="invitation_new_link"),
    path("r/<str:key>/", replies.reply, name="reply"),
    path("r/<str:key>/done/", replies.reply_done, name="reply_done"),
    path("r/<str:key>/calendar.ics", replies.event_calendar, name="event_calendar"),
    path("you/calendar/", feeds.your_calendar, name="your_calendar"),
    path("you/calendar/make/", feeds.your_calendar_make, name="your_calendar_make"),
    path("you/calendar/stop/", feeds.your_calendar_stop, name="your_calendar_stop"),
    path("calendars/<str:key>/events.ics", feeds.calendar_feed, name="calendar_feed"),
]
