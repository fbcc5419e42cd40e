"""Questions about fairness in the admin, to look at. Answers are not there."""

from django.contrib import admin

from people.monitoring.models import MonitoringPromise, MonitoringQuestion
from people.read_only_admin import ReadOnlyAdmin


@admin.register(MonitoringQuestion)
class MonitoringQuestionAdmin(ReadOnlyAdmin):
    list_display = ["key", "effective_from", "is_asked", "words", "source"]


@admin.register(MonitoringPromise)
class MonitoringPromiseAdmin(ReadOnlyAdmin):
    list_display = ["effective_from", "words"]
