"""Access needs in the admin, to look at."""

from django.contrib import admin

from people.needs.models import AccessNeed
from people.read_only_admin import ReadOnlyAdmin


@admin.register(AccessNeed)
class AccessNeedAdmin(ReadOnlyAdmin):
    list_display = ["person", "kind", "detail"]
    list_select_related = ["person"]
    search_fields = ["person__search_key"]
