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


def rules_to_agree(user):
    """List for staff the steering groups that have no rules of their own to decide by."""
    groups = queries.groups_without_rules_of_their_own(programmes_where(user, Role.STAFF))
    return [
        Task(
            title=_("Write down how “%(group)s” decides") % {"group": group},
            url=reverse("group_rules", args=[group.programme.slug, group.pk]),
            detail=group.programme.name,
        )
        for group in groups
    ]


def interests_to_look_at(user):
    """List the groups whose register of interests the reader is to look at again, once a year or as the rules say."""
    return [
        Task(
            title=_("Are your interests in “%(group)s” still right?") % {"group": group},
            url=reverse("group_interests", args=[group.programme.slug, group.pk]),
            detail=group.programme.name,
        )
        for group in queries.groups_to_look_at_interests(user, today())
    ]


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
