"""Consents and their words in the admin, to look at."""

from django.contrib import admin

from people.consent.models import Consent, ConsentWording
from people.read_only_admin import ReadOnlyAdmin


@admin.register(ConsentWording)
class ConsentWordingAdmin(ReadOnlyAdmin):
    list_display = ["purpose", "effective_from", "words"]


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["person", "purpose", "agreed", "answered_at", "noted_by"]
    list_select_related = ["person", "noted_by"]
    search_fields = ["person__search_key"]
