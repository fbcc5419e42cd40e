"""Programmes in Django's admin site: to look things up, never to change them. Every change goes through an action."""

from django.contrib import admin

from people.admin import ReadOnlyAdmin

from .models import AgreedTerm, Decision, Group, Membership, Partnership, Programme, Term


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
    search_fields = ["person__full_name"]
    list_select_related = ["person", "programme"]


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "programme"]
    list_filter = ["kind", "programme"]
    search_fields = ["name"]
    list_select_related = ["programme"]


@admin.register(Term)
class TermAdmin(ReadOnlyAdmin):
    list_display = ["person", "group", "seat", "office", "starts_on", "ends_on"]
    list_filter = ["seat", "office", "group"]
    search_fields = ["person__full_name"]
    list_select_related = ["person", "group"]


# Positions are left out: a member who chose not to be named is not named here either.
@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["title", "programme", "group", "status", "outcome", "decided_on"]
    list_filter = ["status", "outcome", "programme"]
    search_fields = ["title", "wording"]
    list_select_related = ["programme", "group"]


@admin.register(AgreedTerm)
class AgreedTermAdmin(ReadOnlyAdmin):
    list_display = ["term", "replaces", "programme", "agreed_on"]
    list_filter = ["programme"]
    search_fields = ["term", "replaces"]
    list_select_related = ["programme"]
