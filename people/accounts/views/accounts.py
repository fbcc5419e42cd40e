"""Show administrators who can sign in: when they last did, with which roles, and whether by a second step."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils.translation import gettext as _

from people import registry
from people.accounts import sessions
from people.accounts.models.users import User
from wellbeing.lib.form_pages import read_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing

# Sorts those who have never signed in behind all others.
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@read_page
def accounts(request):
    """List the accounts of the installation, the last used first."""
    if not request.user.is_administrator:
        raise PermissionDenied
    second = Authenticator.objects.filter(user=OuterRef("pk"), type__in=sessions.FACTORS)
    added = {column.key: column.annotation() for column in registry.account_columns}
    listing = Listing(
        request,
        User.objects.select_related("person").annotate(
            second_step=Exists(second), last_used=Coalesce("last_login", Value(LONG_AGO)), **added
        ),
        columns=[
            Column("name", _("Name"), value=lambda user: user.get_full_name(), sort="person__sort_key"),
            Column("email", _("Email address"), value="mailbox", sort="email"),
            Column("is_superuser", _("Administrator"), value=lambda user: _("Yes") if user.is_superuser else ""),
            *(_column(column) for column in registry.account_columns),
            Column("last_login", _("Last signed in"), kind=MOMENT, sort="last_used"),
            Column("second_step", _("Second step"), value=_second_step, sort="second_step"),
            Column("is_active", _("Can sign in"), value=_active, sort="is_active"),
        ],
        search=["person__search_key", "email", "person__email"],
        default_sort="-last_used",
        name="accounts",
        caption=_("Accounts"),
        empty_title=_("Nobody can sign in yet"),
        empty_text=_("An account is made when somebody is added to a programme and signs in."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "people/accounts/accounts.html", {"listing": listing})


def _column(column):
    return Column(column.key, column.label, value=lambda user: column.words(getattr(user, column.key)))


def _active(user):
    return _("Yes") if user.is_active else _("No")


def _second_step(user):
    return _("Set up") if user.second_step else _("Not set up")
