"""The admin site: for administrators to look things up. What has an action is done on the pages, never here."""

from django.contrib import admin

from people.needs.models import AccessNeed
from people.read_only_admin import ReadOnlyAdmin


@admin.register(AccessNeed)
class AccessNeedAdmin(ReadOnlyAdmin):
    list_display = ["person", "kind", "detail"]
    list_select_related = ["person"]
    search_fields = ["person__full_name"]
