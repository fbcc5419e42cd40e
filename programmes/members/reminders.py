"""Remind people that their term of office, or their role, ends soon."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.messages.emails import absolute_url
from people.models import Notice
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Membership, Programme
from programmes.registry import ReminderSubject, ToRemind
from programmes.reminders.models import ReminderRule
from wellbeing.lib.dates import long_date
from wellbeing.lib.types import PersonId


def _terms(programme: Programme, rule: ReminderRule, on: dt.date) -> QuerySet[Term]:
    following = Term.objects.filter(
        group=OuterRef("group"), person=OuterRef("person"), starts_on__gt=OuterRef("ends_on")
    )
    rows = Term.objects.filter(group__programme=programme, starts_on__lte=on)
    return rows.filter(ends_on__range=(on, rule.latest_due(on))).exclude(Exists(following))


def _roles(programme: Programme, rule: ReminderRule, on: dt.date) -> QuerySet[Membership]:
    following = Membership.objects.filter(
        programme=OuterRef("programme"), person=OuterRef("person"), role=OuterRef("role")
    ).filter(starts_on__gt=OuterRef("ends_on"))
    rows = Membership.objects.filter(programme=programme, starts_on__lte=on)
    return rows.filter(ends_on__range=(on, rule.latest_due(on))).exclude(Exists(following))


def _people(programme: Programme, rule: ReminderRule, on: dt.date) -> Iterable[PersonId]:
    yield from _terms(programme, rule, on).values_list("person", flat=True)
    yield from _roles(programme, rule, on).values_list("person", flat=True)


def _find(programme: Programme, rule: ReminderRule, on: dt.date, people: Collection[PersonId] | None) -> list[ToRemind]:
    terms = _terms(programme, rule, on).select_related("person", "group")
    roles = _roles(programme, rule, on).select_related("person")
    if people is not None:
        terms, roles = terms.filter(person__in=people), roles.filter(person__in=people)
    ends: list[tuple[Term | Membership, str]] = [(term, "term") for term in terms]
    ends += [(role, "membership") for role in roles]
    told = _told_on(f"{kind}:{row.pk}:ended:{row.ends_on}" for row, kind in ends)
    return [
        _to_remind(row, programme, rule, told.get(f"{kind}:{row.pk}:ended:{row.ends_on}", row.starts_on))
        for row, kind in ends
    ]


def _told_on(keys: Iterable[str]) -> dict[str, dt.date]:
    """Return the day on which somebody was told when it ends, by the key of the notice that said so."""
    notices = Notice.objects.filter(key__in=list(keys)).values_list("key", "created_at")
    return {key: timezone.localdate(created_at) for key, created_at in notices}


def _to_remind(row: Term | Membership, programme: Programme, rule: ReminderRule, told_on: dt.date) -> ToRemind:
    # The queries ask for rows with an end.
    assert row.ends_on is not None
    params = {"programme": programme.name, "day": long_date(row.ends_on), "who": programme.contact_name}
    if isinstance(row, Term):
        params |= {"office": row.get_office_display(), "group": row.group.name}
        thing, link = f"term:{row.pk}", absolute_url("group", programme.slug, row.group_id)
        title, heading = _("Your term in “%(group)s” ends on %(day)s"), _("Your term of office ends soon")
        sentence = _("Your term in “%(group)s”, which is part of %(programme)s, ends on %(day)s (%(office)s).")
        label = _("See the group")
    else:
        params |= {"role": row.get_role_display()}
        thing, link = f"role:{row.pk}", absolute_url("programme", programme.slug)
        title, heading = _("Your role in %(programme)s ends on %(day)s"), _("Your role ends soon")
        sentence = _("Your role in %(programme)s ends on %(day)s: %(role)s.")
        label = _("See the programme")
    return ToRemind(
        person=row.person,
        subject=SUBJECT.key,
        thing=thing,
        due=row.ends_on,
        occasions=rule.occasions(row.ends_on, told_on),
        at_most=rule.at_most,
        title=title % params,
        heading=heading,
        sentence=sentence % params,
        ask=_("If you would like to go on, or have questions about what comes next, talk to %(who)s.") % params,
        label=label,
        link=link,
    )


SUBJECT = ReminderSubject(
    key="terms",
    title=gettext_lazy("Terms and roles that end"),
    detail=gettext_lazy("Members of groups and people with a role that has a last day, with nothing to follow."),
    due=gettext_lazy("the last day"),
    order=30,
    people=_people,
    find=_find,
)
