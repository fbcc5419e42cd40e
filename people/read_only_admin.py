"""Rows in the admin that can be looked at and not changed."""

from django.contrib import admin

from wellbeing.lib.tables import found_in


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at. Every change goes through an action, which knows the rules; the admin site knows none."""

    actions = None

    def get_search_results(self, request, queryset, search_term):
        """Find names however they are typed, as the lists of our own pages do."""
        return found_in(queryset, search_term, self.get_search_fields(request))[0], False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
