"""Programmes, partners and roles in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.programme.models.programmes import Membership, Partnership, Programme


@admin.register(Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    list_display = ["name", "short_code", "funder", "starts_on", "ends_on"]
    search_fields = ["name", "short_code", "funder"]


@admin.register(Partnership)
class PartnershipAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "programme"]
    list_filter = ["programme"]
    search_fields = ["organisation__name"]
    list_select_related = ["organisation", "programme"]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["person", "programme", "role", "starts_on", "ends_on"]
    list_filter = ["role", "programme"]
    search_fields = ["person__search_key"]
    list_select_related = ["person", "programme"]
