"""Records put together and their rules in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.doubles.models import Double, Merge, MergeRule


@admin.register(Double)
class DoubleAdmin(ReadOnlyAdmin):
    list_display = ["one", "other", "programme", "are_two", "found_at"]
    list_select_related = ["one", "other", "programme"]


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    list_display = ["record_name", "person", "programme", "status", "set_by", "set_at"]
    list_select_related = ["person", "programme", "set_by"]
    exclude = ["changes"]


@admin.register(MergeRule)
class MergeRuleAdmin(ReadOnlyAdmin):
    list_display = ["programme", "effective_from", "undo_days"]
    list_select_related = ["programme"]
