"""The agreed language in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.language.models import AgreedTerm


@admin.register(AgreedTerm)
class AgreedTermAdmin(ReadOnlyAdmin):
    list_display = ["term", "replaces", "programme", "agreed_on"]
    list_filter = ["programme"]
    search_fields = ["term", "replaces"]
    list_select_related = ["programme"]
