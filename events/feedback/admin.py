"""Show in the admin what follows events. Answers, and the people who are asked, are left out."""

from django.contrib import admin

from events.feedback.models import FeedbackQuestion, FeedbackRound, FeedbackRule
from people.read_only_admin import ReadOnlyAdmin


@admin.register(FeedbackQuestion)
class FeedbackQuestionAdmin(ReadOnlyAdmin):
    list_display = ["words", "position", "programme", "effective_from"]
    list_filter = ["programme"]
    list_select_related = ["programme"]


@admin.register(FeedbackRule)
class FeedbackRuleAdmin(ReadOnlyAdmin):
    list_display = ["programme", "effective_from", "thank_after_days", "thank_within_days", "open_days"]
    list_select_related = ["programme"]


@admin.register(FeedbackRound)
class FeedbackRoundAdmin(ReadOnlyAdmin):
    list_display = ["event", "status", "asked_on", "closes_on"]
    list_filter = ["status"]
    list_select_related = ["event"]
