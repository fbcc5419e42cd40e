"""The admin site: for administrators to look things up. What has an action is done on the pages, never here."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin


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
