"""Access needs, their reviews and the rules of those in the admin, to look at."""

from django.contrib import admin

from people.needs.models import AccessNeed, NeedsReview, NeedsReviewRule
from people.read_only_admin import ReadOnlyAdmin


@admin.register(AccessNeed)
class AccessNeedAdmin(ReadOnlyAdmin):
    list_display = ["person", "whose", "kind", "detail"]
    list_select_related = ["person"]
    search_fields = ["person__search_key"]


@admin.register(NeedsReview)
class NeedsReviewAdmin(ReadOnlyAdmin):
    list_display = ["person", "reviewed_at", "has_needs", "noted_by"]
    list_select_related = ["person", "noted_by"]
    search_fields = ["person__search_key"]


@admin.register(NeedsReviewRule)
class NeedsReviewRuleAdmin(ReadOnlyAdmin):
    list_display = ["effective_from", "months", "ask_days", "first_days"]
