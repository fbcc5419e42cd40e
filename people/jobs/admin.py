"""Long work in the admin, to look at."""

from django.contrib import admin

from people.jobs.models import Job
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["kind", "subject_id", "status", "done", "total", "attempts", "created_at", "finished_at"]
    list_filter = ["kind", "status"]
