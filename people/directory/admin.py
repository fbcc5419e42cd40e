"""People and organisations in the admin, to look at."""

from django.contrib import admin

from people.directory.models import Organisation, Person
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """Organisations have no rule beyond a name of their own, so they are kept here."""

    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    list_display = ["full_name", "email", "organisation", "created_at"]
    list_select_related = ["organisation"]
    search_fields = ["search_key", "email"]
