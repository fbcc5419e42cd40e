"""Addresses of what follows an event."""

from django.urls import path

from .views import answering, following, setting

urlpatterns = [
    path("events/<int:pk>/feedback/", following.event_feedback, name="event_feedback"),
    path("events/<int:pk>/thank/", following.event_thank, name="event_thank"),
    path("events/<int:pk>/who-spoke/", following.event_who_spoke, name="event_who_spoke"),
    path("events/<int:pk>/feedback/longer/", following.feedback_longer, name="feedback_longer"),
    path("events/<int:pk>/feedback/close/", following.feedback_close, name="feedback_close"),
    path("events/<int:pk>/feedback/form/<slug:layout>/", answering.feedback_form, name="feedback_form"),
    path("events/<int:pk>/report/<slug:layout>/", following.event_report, name="event_report"),
    path("programmes/<slug:slug>/feedback/questions/", setting.feedback_questions, name="feedback_questions"),
    path("programmes/<slug:slug>/feedback/days/", setting.feedback_rule, name="feedback_rule"),
    path("feedback/<int:pk>/", answering.feedback_answer_for, name="feedback_answer_for"),
    path("feedback/<int:pk>/form/", answering.feedback_form_for, name="feedback_form_for"),
    path("how-was-it/<str:key>/", answering.feedback_answer, name="feedback_answer"),
    path("how-was-it/<str:key>/done/", answering.feedback_answered, name="feedback_answered"),
]
