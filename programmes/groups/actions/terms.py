"""Give people terms of office on a group, and end them."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from people.models import Person
from programmes.groups.queries import overlapping
from programmes.programme import news
from programmes.programme import queries as programme_queries
from programmes.programme import rules as programme_rules
from programmes.programme.end_dates import ends_in_words, last_day_of
from programmes.programme.models.groups import Group, Term
from wellbeing.lib.actions import action
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def add(
    *,
    group: Group,
    person: Person,
    seat: str,
    by: User,
    office: str = Term.Office.MEMBER,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    deputy_for: Person | None = None,
    tell: bool = True,
) -> Term:
    """Give `person` a seat on `group` from `starts_on` (by default today) until `ends_on` (open when None).

    One who is `deputy_for` a member speaks where that member does not. Return the Term. With `tell` the person is told.
    Raises ActionError, with its field, when the dates cross or meet another term of theirs there, for a deputy of
    somebody who is no member, or when `by` would seat themselves on a steering group. Locks the person and the group.
    """
    programme_rules.can_manage_programme(by, group.programme).insist()
    # A seat there is a role: it opens the group's decisions, and a say in them.
    if group.kind == Group.Kind.STEERING:
        programme_rules.can_give_role(by, group.programme, person).insist()
    else:
        programme_rules.can_bring_in(group.programme, person).insist()
    # The person first, as `memberships.welcome` does: two colleagues at once wait, and never for each other.
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    Group.objects.select_for_update().get(pk=group.pk)
    starts_on = starts_on or today()
    if ends_on is not None and ends_on < starts_on:
        raise ActionError(_("The term must end after it begins. Check both dates."), field="ends_on")
    other = overlapping(group, person, starts_on, ends_on).first()
    if other is not None:
        raise ActionError(_already_there(person, other), field="person")
    if deputy_for is not None:
        seat = _seat_of_member(group, deputy_for, person, starts_on)
        office = Term.Office.MEMBER
    term = Term.objects.create(
        group=group,
        person=person,
        seat=seat,
        office=office,
        deputy_for=deputy_for,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    if tell:
        news.tell_given(person, group.programme, _what(term), key=f"term:{term.pk}:given")
    return term


@action
def add_many(
    *,
    group: Group,
    people: Iterable[Person],
    seat: str,
    by: User,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> list[Term]:
    """Give each of `people` a seat on `group` as a member, as `add` does: all of them, or none. Return the Terms.

    Raises ActionError as `add` does; the sentence names the person. Locks the people and the group.
    """
    programme_rules.can_manage_programme(by, group.programme).insist()
    # In one order, so that two colleagues who choose the same people wait for each other.
    chosen = sorted(people, key=lambda person: person.pk)
    if not chosen:
        raise ActionError(_("Choose at least one person to add."))
    return [
        add(group=group, person=person, seat=seat, by=by, starts_on=starts_on, ends_on=ends_on) for person in chosen
    ]


@action
def renew(*, term: Term, by: User, ends_on: dt.date | None = None) -> Term:
    """Give a member another term after `term`, in the same seat and office, until `ends_on` (open when None).

    Return the new Term. It starts the day after the last; for a term that is over, today. Raises ActionError for a term
    without an end, and as `add` does.
    """
    programme_rules.can_manage_programme(by, term.group.programme).insist()
    if term.ends_on is None:
        raise ActionError(_("This term has no last day, so there is nothing to renew."))
    return add(
        group=term.group,
        person=term.person,
        seat=term.seat,
        office=term.office,
        deputy_for=term.deputy_for,
        starts_on=max(term.ends_on + dt.timedelta(days=1), today()),
        ends_on=ends_on,
        by=by,
    )


@action
def end(*, term: Term, by: User, last_day: dt.date | None = None, tell: bool = True) -> Term:
    """End a term after `last_day`; at once when it is None. Return it. May be called again while the term still runs.

    Members end their own. With `tell` the person is told.

    Raises ActionError when the term is over or the day is before it began. Locks the term.
    """
    programme_rules.can_end(by, term, term.group.programme).insist()
    term = Term.objects.select_for_update().get(pk=term.pk)
    if term.ends_on is not None and term.ends_on < today():
        raise ActionError(_("This term ended on %(date)s.") % {"date": short_date(term.ends_on)})
    new_end = last_day_of(term, last_day)
    following = (
        Term.objects.filter(group=term.group, person=term.person, starts_on__gt=term.starts_on)
        .filter(starts_on__lte=new_end)
        .first()
    )
    if following is not None:
        raise ActionError(_already_there(term.person, following), field="last_day")
    term.ends_on = new_end
    term.save(update_fields=["ends_on"])
    key = f"term:{term.pk}:ended:{term.ends_on}"
    if tell:
        news.tell_ended(term.person, term.group.programme, _what(term), ends_in_words(term), key=key)
    return term


def _seat_of_member(group: Group, member: Person, deputy: Person, on: dt.date) -> str:
    """Return the kind of seat of a member who gets a deputy. Raises ActionError where they have none to speak for."""
    term = group.terms.effective_on(on).with_a_voice().filter(person=member).first()
    if term is None or member.pk == deputy.pk:
        raise ActionError(_("Choose a member of this group that they speak for."), field="deputy_for")
    return term.seat


def _what(term: Term) -> str:
    if term.deputy_for:
        return _("deputy for %(name)s, %(group)s") % {"name": term.deputy_for, "group": term.group.name}
    return _("%(office)s, %(group)s") % {"office": term.get_office_display(), "group": term.group.name}


def _already_there(person: Person, term: Term) -> str:
    if programme_queries.holds_on(term, today()):
        return _("%(name)s is already on this group. End that term first.") % {"name": person}
    return _("%(name)s has another term on this group from %(date)s. The dates must not meet.") % {
        "name": person,
        "date": short_date(term.starts_on),
    }
