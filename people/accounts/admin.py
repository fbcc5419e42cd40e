"""Accounts and second steps in the admin."""

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin  # noqa: F401  (all register their models, so they come first)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin

from people.accounts.models.users import User
from people.read_only_admin import ReadOnlyAdmin

# allauth's own admin pages change these rows past every rule, and show the secrets of the second step. Those for
# accounts of other sites stay empty: single sign-on has its own.
admin.site.unregister([EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken])


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """The second steps people have set up.

    Administrators remove one that its owner has lost; its secret stays hidden.
    """

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email", "user__person__email"]
    list_select_related = ["user__person"]
    exclude = ["data"]

    def has_delete_permission(self, request, obj=None):
        """Allow administrators to remove those of others: for their own, their pages ask for a proof first."""
        return request.user.is_superuser and (obj is None or obj.user_id != request.user.pk)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """The accounts, and whether each may sign in: the only thing changed here.

    Administrators are made on the server (`manage.py createsuperuser`): nobody makes a second of their own by a click.
    """

    list_display = ["mailbox", "is_active", "is_superuser", "date_joined", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "person__email", "person__search_key"]
    list_select_related = ["person"]
    fields = ["email", "is_active", "is_superuser", "date_joined", "last_login"]
    readonly_fields = ["email", "is_superuser", "date_joined", "last_login"]

    def has_change_permission(self, request, obj=None):
        """Allow administrators to change others; nobody locks themselves out or makes themselves anything."""
        return request.user.is_superuser and (obj is None or obj.pk != request.user.pk)
