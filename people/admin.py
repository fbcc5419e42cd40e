"""The admin site: for administrators to look things up. What has an action is done on the pages, never here."""

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401  (both register their models, so they come first)
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin

from people.models import AccessNeed, Job, Message, Organisation, Person, User

# Signing in happens on one page only, with its codes, limits and second step.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = admin.site.site_title = settings.SERVICE_NAME


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at. Every change goes through an action, which knows the rules; the admin site knows none."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


# What allauth registers can be changed there, past every rule, and shows the secrets of the second step.
admin.site.unregister([EmailAddress, Authenticator])


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Who has set up which second step. Administrators remove one whose owner has lost it; its secret stays unseen."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    list_select_related = ["user"]
    exclude = ["data"]

    def has_delete_permission(self, request, obj=None):
        """Nobody takes their own away here: their pages ask for it once more first."""
        return request.user.is_superuser and (obj is None or obj.user_id != request.user.pk)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Who may sign in: the only thing changed here.

    Administrators are made on the server (`manage.py createsuperuser`): nobody makes a second of their own by a click.
    """

    list_display = ["email", "is_active", "is_superuser", "date_joined", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "person__full_name"]
    fields = ["email", "is_active", "is_superuser", "date_joined", "last_login"]
    readonly_fields = ["email", "is_superuser", "date_joined", "last_login"]

    def has_change_permission(self, request, obj=None):
        """Administrators change others; nobody locks themselves out or makes themselves anything."""
        return request.user.is_superuser and (obj is None or obj.pk != request.user.pk)


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
    search_fields = ["full_name", "email"]


@admin.register(AccessNeed)
class AccessNeedAdmin(ReadOnlyAdmin):
    list_display = ["person", "kind", "detail"]
    list_select_related = ["person"]
    search_fields = ["person__full_name"]


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "to_address", "status", "attempts", "created_at", "sent_at"]
    list_filter = ["status", "kind"]
    search_fields = ["subject", "to_address", "key"]
    # The words may hold a personal link, which opens a page as the person it was sent to.
    exclude = ["text_body", "html_body"]


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["kind", "subject_id", "status", "done", "total", "attempts", "created_at", "finished_at"]
    list_filter = ["kind", "status"]
