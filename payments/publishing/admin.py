"""Publications in the admin, to look at."""

from django.contrib import admin

from payments.publishing.models import Publication
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["version", "requested_by", "confirmed_by", "published_at", "told", "claims_made"]
    list_select_related = ["version__programme", "requested_by", "confirmed_by"]
