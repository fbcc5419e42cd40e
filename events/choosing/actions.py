"""Invite those who were chosen, keep saved lists, and set how often somebody wishes to be asked."""

from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from events.choosing import emails, queries, rules
from events.choosing.models import MOST_INVITATIONS, MOST_MONTHS, InvitationLimit, SavedList, SavedListPerson
from events.inviting.actions import invitations
from events.inviting.models import Invitation
from events.planning.models import Event
from events.planning.transitions import EventError, lock_event
from people.directory.models import Person
from people.messages.telling import tell_many
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.names import name_key
from wellbeing.lib.texts import clean_line
from wellbeing.lib.types import PersonId, User


@action
def invite_chosen(
    *, event: Event, people: Iterable[Person], by: User, although: Collection[PersonId] = ()
) -> list[Invitation]:
    """Invite `people` to `event`. Return the new Invitations.

    `although` are those to be invited all the same, who take a break or would be asked more often than they wish.
    Raises EventError for anybody else of those, and as `events.inviting.actions.invitations.invite` does. Locks the
    event.
    """
    lock_event(event.pk)
    chosen = {person.pk: person for person in people}
    standings = queries.limit_standings(list(chosen))
    passed = [chosen[pk] for pk, standing in standings.items() if standing.would_pass and pk not in set(although)]
    if passed:
        names = sorted((person.full_name for person in passed), key=name_key)
        raise EventError(
            _("Asked as often as they wish already: %(names)s. Leave them out, or tick that you invite them anyway.")
            % {"names": ", ".join(names)},
            field="people",
        )
    resting = [chosen[pk] for pk in queries.away_from(event, list(chosen)) if pk not in set(although)]
    if resting:
        names = sorted((person.full_name for person in resting), key=name_key)
        raise EventError(
            _("Taking a break: %(names)s. Leave them out, or tick that you invite them anyway.")
            % {"names": ", ".join(names)},
            field="people",
        )
    return invitations.invite(event=event, people=chosen.values(), by=by)


@action
def set_limit(*, person: Person, number: int | None, months: int | None, by: User) -> InvitationLimit | None:
    """Say how often `person` wishes to be invited. Return the InvitationLimit; None where there is no limit any more.

    The person is told where somebody else sets it for them. Raises EventError for numbers that make no sense, and where
    `by` may not. Locks the person.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.can_set_limit(by, person).insist(EventError)
    before = queries.limit_of(person)
    if number is None:
        if before is not None:
            before.delete()
            _tell(person, None, by)
        return None
    if not 0 <= number <= MOST_INVITATIONS:
        raise EventError(_("Enter a number from 0 to %(most)s.") % {"most": MOST_INVITATIONS}, field="number")
    if months is None or not 1 <= months <= MOST_MONTHS:
        raise EventError(_("Enter a number of months from 1 to %(most)s.") % {"most": MOST_MONTHS}, field="months")
    if before is not None and (before.number, before.months) == (number, months):
        return before
    limit, _is_new = InvitationLimit.objects.update_or_create(
        person=person,
        defaults={"number": number, "months": months, "set_by": by.person, "set_at": timezone.now()},
    )
    _tell(person, limit, by)
    return limit


def _tell(person: Person, limit: InvitationLimit | None, by: User) -> None:
    if by.person != person:
        tell_many([emails.limit_set(person, limit, by)])


@action
def save_list(
    *, programme: Programme, name: str, by: User, people: Iterable[Person] = (), query: str = ""
) -> SavedList:
    """Save `people`, or the filters `query`, under a name for all staff of `programme`. Return the SavedList.

    Raises EventError without a name, for one that another list has, and where there is nothing to save.
    """
    rules.can_keep_lists(by, programme).insist(EventError)
    people, name = list(people), clean_line(name).strip()
    if not people and not query:
        raise EventError(_("Choose people or filters first. Then save them as a list."))
    _check_name(programme, name)
    saved = SavedList.objects.create(programme=programme, name=name, query=query, made_by=by.person)
    _put_on(saved, people, by)
    return saved


@action
def rename_list(*, saved_list: SavedList, name: str, by: User) -> SavedList:
    """Give a saved list another name. Raises EventError without one, and for one that another list has. Locks it."""
    saved_list = _locked(saved_list, by)
    name = clean_line(name).strip()
    _check_name(saved_list.programme, name, but=saved_list)
    saved_list.name = name
    saved_list.save(update_fields=["name"])
    return saved_list


@action
def add_to_list(*, saved_list: SavedList, people: Iterable[Person], by: User) -> int:
    """Put `people` on a saved list, and return how many were not on it. Locks the list.

    Raises EventError for a list that is found by filters each time.
    """
    saved_list = _locked(saved_list, by)
    if saved_list.query:
        raise EventError(_("This list is found by its filters each time, so nobody can be added to it."))
    return _put_on(saved_list, people, by)


@action
def take_off_list(*, saved_list: SavedList, people: Iterable[Person], by: User) -> int:
    """Take `people` off a saved list, and return how many were on it. Locks the list."""
    saved_list = _locked(saved_list, by)
    rows = saved_list.entries.filter(person__in=[person.pk for person in people])
    number = rows.count()
    rows.delete()
    return number


@action
def delete_list(*, saved_list: SavedList, by: User) -> None:
    """Delete a saved list. Nobody is told, and invitations stay as they are. Locks the list."""
    _locked(saved_list, by).delete()


def _locked(saved_list: SavedList, by: User) -> SavedList:
    row = SavedList.objects.select_for_update(of=("self",)).select_related("programme").get(pk=saved_list.pk)
    rules.can_keep_lists(by, row.programme).insist(EventError)
    return row


def _check_name(programme: Programme, name: str, but: SavedList | None = None) -> None:
    if not name:
        raise EventError(_("Enter a name for the list."), field="name")
    others = SavedList.objects.filter(programme=programme, name__iexact=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise EventError(_("Another list has this name. Choose another."), field="name")


def _put_on(saved_list: SavedList, people: Iterable[Person], by: User) -> int:
    ids = {person.pk for person in people} - set(saved_list.entries.values_list("person", flat=True))
    SavedListPerson.objects.bulk_create(
        [SavedListPerson(saved_list=saved_list, person_id=pk, added_by=by.person) for pk in sorted(ids)],
        ignore_conflicts=True,
        batch_size=500,
    )
    return len(ids)
