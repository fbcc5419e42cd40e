"""Add to a person's page how often they wish to be invited, and keep it when records are put together."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from events.choosing import directory, emails, queries, rules
from events.choosing.models import InvitationLimit, SavedListPerson
from events.choosing.said import limit_in_words
from people import registry
from people.registry import NoticeKind, Panel
from programmes import registry as programmes_registry
from programmes.models import Role, programmes_where


def register():
    """Register them once, when the app is ready."""
    registry.own_details_panels.append(own_limit_panel)
    registry.person_panels.append(limit_panel)
    registry.before_take_over.append(one_wish_and_one_entry)
    programmes_registry.people_filters += directory.FILTERS
    programmes_registry.people_columns += directory.COLUMNS
    programmes_registry.people_actions += directory.ACTIONS
    programmes_registry.people_links.append(directory.links)
    registry.add_notice_kinds(
        NoticeKind(emails.LIMIT, gettext_lazy("How often they are invited"), wording=emails.WORDING)
    )


def own_limit_panel(user):
    """Show somebody who may be invited how often they wish to be, and lead to where they change it."""
    limit = queries.limit_of(user.person)
    if limit is None and not programmes_where(user, *Role):
        return None
    context = {"limit": limit, "words": _words(limit), "own": True, "url": reverse("your_invitation_limit")}
    return Panel("events/choosing/parts/limit.html", context, order=42)


def limit_panel(user, person):
    """Show staff how often `person` wishes to be invited, and lead to where they note it for them."""
    if person.pk == user.person.pk or not rules.can_set_limit(user, person):
        return None
    limit = queries.limit_of(person)
    url = reverse("person_invitation_limit", args=[person.pk])
    return Panel("events/choosing/parts/limit.html", {"limit": limit, "words": _words(limit), "url": url}, order=42)


def _words(limit):
    return limit_in_words(limit.number, limit.months) if limit else ""


def one_wish_and_one_entry(record, person):
    """Keep the wish and the entries of `person` where both records have one."""
    if InvitationLimit.objects.filter(person=person).exists():
        InvitationLimit.objects.filter(person=record).delete()
    theirs = SavedListPerson.objects.filter(person=person).values("saved_list")
    SavedListPerson.objects.filter(person=record, saved_list__in=theirs).delete()
