"""Board papers in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.dashboard.models import BoardPaper


@admin.register(BoardPaper)
class BoardPaperAdmin(ReadOnlyAdmin):
    list_display = ["programme", "layout", "asked_at", "made_at"]
    list_filter = ["programme", "layout"]
    list_select_related = ["programme"]
