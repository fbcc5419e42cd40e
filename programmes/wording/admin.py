"""The words of programmes in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.wording.models import WordingGap, WordingVersion


@admin.register(WordingVersion)
class WordingVersionAdmin(ReadOnlyAdmin):
    list_display = ["kind", "language", "subject", "programme", "effective_from", "written_by"]
    list_filter = ["programme", "kind", "language"]
    search_fields = ["subject", "words"]
    list_select_related = ["programme", "written_by"]


@admin.register(WordingGap)
class WordingGapAdmin(ReadOnlyAdmin):
    list_display = ["version", "part", "line", "field", "seen_at"]
    list_select_related = ["version"]
