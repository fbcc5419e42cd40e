"""Add terms of office that end soon to the home page."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.registry import Task
from programmes.groups import queries
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Role, programmes_where
from wellbeing.lib.dates import today


def terms_to_renew(user):
    """List for staff the terms of office that end soon with nobody to follow."""
    now = today()
    return [_renewal(term, now) for term in queries.terms_ending_soon(programmes_where(user, Role.STAFF), now)]


def _renewal(term: Term, now: dt.date) -> Task:
    # The query asks for terms with an end.
    assert term.ends_on is not None
    days = (term.ends_on - now).days
    return Task(
        title=_("%(name)s's term in “%(group)s” ends") % {"name": term.person, "group": term.group},
        url=reverse("group", args=[term.group.programme.slug, term.group_id]),
        detail=ngettext(
            "Their term of office ends in %(days)s day. Agree who comes next.",
            "Their term of office ends in %(days)s days. Agree who comes next.",
            days,
        )
        % {"days": days},
        due=term.ends_on,
    )
