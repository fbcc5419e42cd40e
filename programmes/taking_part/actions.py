"""Take a break from a programme, step back from a group, leave, and come back."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages.emails import absolute_url
from people.models import Person
from programmes import registry
from programmes.groups.actions import terms
from programmes.members import queries as member_queries
from programmes.members.actions import memberships
from programmes.programme import news
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Appointment
from programmes.programme.models.pauses import Comeback, Pause
from programmes.programme.models.programmes import Programme, Role
from programmes.taking_part import queries, rules, said
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


class PartError(ActionError):
    """A rule refused something about somebody's part in a programme."""


@action
def take_break(
    *, person: Person, programme: Programme, by: User, starts_on: dt.date, ends_on: dt.date | None = None
) -> Pause:
    """Note that `person` takes a break from `programme`, to `ends_on` (None: until they say). Return the Pause.

    They keep their roles. Where somebody else notes it, they are told. Raises PartError for days that have gone or
    cross, and where another break meets it. Locks the person.
    """
    person = _locked(person)
    rules.can_take_break(by, person, programme).insist(PartError)
    if starts_on < today():
        raise PartError(_("Enter today or a later day."), field="starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise PartError(_("The last day cannot be before the first."), field="ends_on")
    others = Pause.objects.filter(person=person, programme=programme).not_over(starts_on)
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if others.exists():
        raise PartError(_("There is another break in that time. End that one first."), field="starts_on")
    pause = Pause.objects.create(
        person=person, programme=programme, starts_on=starts_on, ends_on=ends_on, set_by=by.person
    )
    _tell_for_them(
        person,
        programme,
        by,
        _("Your break from %(programme)s is noted") % {"programme": programme.name},
        [said.break_in_words(pause), _("You keep your roles, and what you are owed is still paid.")],
        key=f"pause:{pause.pk}:{pause.set_at.timestamp():.6f}",
    )
    return pause


@action
def end_break(*, pause: Pause, by: User) -> Pause | None:
    """End a break today, or take back one that has not begun. Return it; None where it never was. Locks the person."""
    person = _locked(pause.person)
    rules.can_speak_for(by, person, pause.programme).insist(PartError)
    yesterday = today() - dt.timedelta(days=1)
    going_on = Pause.objects.select_related("programme", "person").filter(pk=pause.pk).first()
    if going_on is None or (going_on.ends_on is not None and going_on.ends_on <= yesterday):
        raise PartError(_("This break is over."))
    pause = going_on
    key = f"pause:{pause.pk}:ended:{timezone.now().timestamp():.6f}"
    kept = pause if pause.starts_on <= yesterday else None
    _end_with(pause, yesterday)
    _tell_for_them(
        person,
        pause.programme,
        by,
        _("Your break from %(programme)s is over") % {"programme": pause.programme.name},
        [_("You can be asked to take part again.")],
        key=key,
    )
    return kept


@action
def step_back(*, term: Term, by: User, last_day: dt.date | None = None) -> Term:
    """Give up a seat on a group after `last_day`; at once when it is None. Return the Term.

    Its colleagues are told, as somebody may have to take over. Raises ActionError as `terms.end` does.
    """
    rules.can_speak_for(by, term.person, term.group.programme).insist(PartError)
    term = terms.end(term=term, by=by, last_day=last_day)
    params = {"name": term.person.full_name, "group": term.group.name}
    news.tell_colleagues(
        term.group.programme,
        _("%(name)s steps back from %(group)s") % params,
        [_("Their last day is %(day)s.") % {"day": long_date(_last(term.ends_on))}],
        key=f"term:{term.pk}:stepped-back:{term.ends_on}",
        but={term.person_id, by.person.pk},
        url=absolute_url("person", term.person_id),
        label=_("See their page"),
    )
    return term


@action
def leave(*, person: Person, programme: Programme, by: User, last_day: dt.date | None = None) -> None:
    """End every role and seat of `person` in `programme` after `last_day`; at once when it is None.

    What is still to come after that day is called off for them (`registry.after_leaving`), and roles proposed for them
    are withdrawn. They and the colleagues are told. Raises ActionError for days that have gone, and where they are
    staff or finance. Locks the person.
    """
    person = _locked(person)
    rules.can_leave(by, person, programme).insist(PartError)
    if last_day is not None and last_day < today():
        raise PartError(_("Enter today or a later day."), field="last_day")
    last = last_day or today() - dt.timedelta(days=1)
    for pause in Pause.objects.filter(person=person, programme=programme).not_over(last):
        _end_with(pause, last)
    for role in queries.roles_of_person(person, programme, today()):
        memberships.end(membership=role, by=by, last_day=_no_earlier(role.starts_on, last_day), tell=False)
    for seat in queries.seats_of_person(person, programme, today()):
        terms.end(term=seat, by=by, last_day=_no_earlier(seat.starts_on, last_day), tell=False)
    Appointment.objects.waiting().filter(person=person, programme=programme).update(
        status=Appointment.Status.WITHDRAWN, decided_at=timezone.now()
    )
    for follow in registry.after_leaving:
        follow(person, programme, last, by)
    params = {"name": person.full_name, "programme": programme.name, "day": long_date(_last(last))}
    key = f"left:{programme.pk}:{person.pk}:{timezone.now().timestamp():.6f}"
    news.tell(
        person,
        programme,
        _("You are leaving %(programme)s") % params,
        [
            _("Your last day is %(day)s. Thank you for all you gave.") % params,
            _("What you are owed is still paid. You can ask to come back whenever you like."),
        ],
        key=key,
        after=[_("If this is not right, tell us.")],
    )
    news.tell_colleagues(
        programme,
        _("%(name)s is leaving %(programme)s") % params,
        [_("Their last day is %(day)s.") % params],
        key=f"{key}:colleagues",
        but={person.pk, by.person.pk},
        url=absolute_url("person", person.pk),
        label=_("See their page"),
    )


@action
def ask_to_come_back(*, person: Person, programme: Programme, words: str, by: User) -> Comeback:
    """Ask to come back to `programme`, perhaps with words of one's own. Return the Comeback. Locks the person.

    Staff have it as a task. Raises PartError for somebody who is in the programme, or has asked already.
    """
    person = _locked(person)
    rules.can_ask_to_come_back(by, person, programme).insist(PartError)
    return Comeback.objects.create(person=person, programme=programme, words=words.strip())


@action
def welcome_back(*, comeback: Comeback, by: User, starts_on: dt.date | None = None) -> Comeback:
    """Say yes to somebody who would like to come back: they get the role of lived experience. Return the Comeback.

    They are told. Who was given the role on another page meanwhile has it already. Raises PartError once it was
    answered. Locks the wish.
    """
    comeback = _locked_wish(comeback, by)
    person, programme = comeback.person, comeback.programme
    if not member_queries.overlapping_roles(person, programme, Role.LIVED_EXPERIENCE, starts_on or today()).exists():
        memberships.add(programme=programme, person=person, by=by, starts_on=starts_on)
    comeback.is_welcome, comeback.answered_at, comeback.answered_by = True, timezone.now(), by.person
    comeback.save()
    return comeback


@action
def decline(*, comeback: Comeback, answer: str, by: User) -> Comeback:
    """Say no to somebody who would like to come back, in words that they are sent. Return the Comeback. Locks it.

    Raises PartError without words, and once it was answered.
    """
    comeback = _locked_wish(comeback, by)
    if not answer.strip():
        raise PartError(_("Write what they are told."), field="answer")
    comeback.is_welcome, comeback.answer = False, answer.strip()
    comeback.answered_at, comeback.answered_by = timezone.now(), by.person
    comeback.save()
    news.tell(
        comeback.person,
        comeback.programme,
        _("About coming back to %(programme)s") % {"programme": comeback.programme.name},
        [comeback.answer],
        key=f"comeback:{comeback.pk}:answer",
    )
    return comeback


def _end_with(pause: Pause, last: dt.date) -> None:
    """End a break with the day `last`, or take it back where it would begin later. Nobody is told."""
    if pause.starts_on > last:
        pause.delete()
    elif pause.ends_on is None or pause.ends_on > last:
        pause.ends_on = last
        pause.save(update_fields=["ends_on"])


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _locked_wish(comeback: Comeback, by: User) -> Comeback:
    rows = Comeback.objects.select_for_update(of=("self",)).select_related("person", "programme")
    comeback = rows.get(pk=comeback.pk)
    rules.can_answer_comeback(by, comeback).insist(PartError)
    return comeback


def _no_earlier(starts_on: dt.date, last_day: dt.date | None) -> dt.date | None:
    """Return the last day of something that begins on `starts_on`: None where it would not have begun by then."""
    return last_day if last_day is not None and last_day >= starts_on else None


def _last(day: dt.date | None) -> dt.date:
    """Return the day to call the last one: today for what ended at once."""
    return max(day or today(), today())


def _tell_for_them(
    person: Person, programme: Programme, by: User, heading: str, paragraphs: list[str], *, key: str
) -> None:
    """Tell `person` what somebody else noted for them."""
    if by.person == person:
        return
    noted = _("%(name)s noted this for you.") % {"name": by.person.full_name}
    news.tell(person, programme, heading, [*paragraphs, noted], key=key, after=[_("If this is not right, tell us.")])
