"""Bring the people of a file into the programme, all of them or nobody; tell them; take them out again."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from people.jobs import actions as jobs
from people.models import AccessNeed, Person
from people.privacy import erasing
from programmes.importing import checking, queries, rules, storing
from programmes.importing.models import ImportRow, ImportStatus, PeopleImport, RowStatus
from programmes.importing.since import MADE, what_happened
from programmes.importing.transitions import BRING, UNDO, WELCOME, ImportRefusedError, lock, move
from programmes.members.actions import joining as joinings
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Joining
from programmes.programme.models.programmes import Membership, Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.types import User

AT_ONCE = 1_000
_PERSON = ("full_name", "known_as", "email", "phone", "postal_address", "channel", "letter_size", "language")


@action
def ask_to_bring_in(*, people_import: PeopleImport, by: User) -> PeopleImport:
    """Have a worker bring the people of a checked import in. Return the import.

    Raises ActionError when `by` may not, ImportRefusedError while something is wrong with a row. Locks the import.
    """
    rules.can_import(by, people_import.programme).insist()
    people_import = lock(people_import)
    rules.can_be_brought_in(people_import).insist(ImportRefusedError)
    move(people_import, ImportStatus.BRINGING)
    jobs.start(kind=BRING, subject_id=people_import.pk, by=by, total=people_import.rows.count())
    return people_import


@action
def bring_in(*, people_import: PeopleImport, by: User, progress: checking.Progress | None = None) -> PeopleImport:
    """Add everybody of the ready rows, with their role, seats and access needs. Return the import; harmless again.

    Nobody is told anything, and nobody is looked up outside the programme: that an address is known elsewhere changes
    nothing and takes no longer. Where the programme has changed since the check, every row is checked again first; if
    something is wrong then, nobody is added and the import waits for staff. Locks the programme and the import.
    """
    rules.can_import(by, people_import.programme).insist()
    Programme.objects.select_for_update().get(pk=people_import.programme_id)
    people_import = lock(people_import)
    if people_import.status != ImportStatus.BRINGING:
        return people_import
    if queries.stamp_of(people_import.programme) != people_import.checked_against:
        checking.check(people_import)
        people_import.checked_against = queries.stamp_of(people_import.programme)
    counts = queries.counts_of(people_import)
    if counts[RowStatus.PROBLEM] or counts[RowStatus.UNCHECKED]:
        people_import.problem = _(
            "Somebody was added to the programme since the file was checked. Nobody from the file has been added. Look"
            " at the rows again."
        )
        move(people_import, ImportStatus.CHECKED)
        return people_import
    total, done = counts[RowStatus.READY], 0
    ready = people_import.rows.filter(status=RowStatus.READY).order_by("number", "part")
    for batch in _batches(list(ready.values_list("pk", "details"))):
        _add(people_import.programme, batch, by)
        done += len(batch)
        if progress:
            progress(done, total)
    people_import.problem = ""
    people_import.brought_by, people_import.brought_at = by.person, timezone.now()
    move(people_import, ImportStatus.DONE)
    return people_import


def _batches(rows: Sequence[tuple[int, dict[str, Any]]]) -> list[Sequence[tuple[int, dict[str, Any]]]]:
    return [rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE)]


def _add(programme: Programme, batch: Sequence[tuple[int, dict[str, Any]]], by: User) -> None:
    """Add the people of some rows, given as (key of the row, details)."""
    people = Person.objects.bulk_create(
        [
            Person(organisation_id=details["organisation"], **{name: details[name] for name in _PERSON})
            for _row, details in batch
        ]
    )
    Joining.objects.bulk_create(
        [
            Joining(
                person=person,
                programme=programme,
                key=secrets.token_urlsafe(16),
                address=person.email,
                asked_by=by.person,
            )
            for person in people
        ]
    )
    memberships, terms, needs = [], [], []
    for person, (_row, details) in zip(people, batch, strict=True):
        starts_on = parse_date(details["starts_on"]) or today()
        if details["role"]:
            memberships.append(
                Membership(person=person, programme=programme, role=details["role"], starts_on=starts_on)
            )
        for group in details["groups"]:
            terms.append(Term(group_id=group, person=person, seat=details["seat"], starts_on=starts_on))
        needs += [AccessNeed(person=person, kind=kind, detail=detail) for kind, detail in details["needs"]]
    Membership.objects.bulk_create(memberships)
    Term.objects.bulk_create(terms)
    AccessNeed.objects.bulk_create(needs)
    storing.write_added((row, person.pk) for person, (row, _details) in zip(people, batch, strict=True))


@action
def ask_to_welcome(*, people_import: PeopleImport, by: User) -> PeopleImport:
    """Have a worker tell the people of an import that they are in the programme, in the way each chose. Return it.

    Raises ActionError when `by` may not, ImportRefusedError when nobody is left to tell. Locks the import.
    """
    rules.can_import(by, people_import.programme).insist()
    people_import = lock(people_import)
    rules.can_be_welcomed(people_import).insist(ImportRefusedError)
    people_import.welcomed_by, people_import.welcomed_at = by.person, timezone.now()
    people_import.save(update_fields=["welcomed_by", "welcomed_at"])
    jobs.start(kind=WELCOME, subject_id=people_import.pk, by=by, total=queries.to_welcome(people_import).count())
    return people_import


@action
def welcome(*, row: ImportRow, by: User) -> ImportRow:
    """Tell the person of a row that they are in the programme, and ask at their address whether this is them.

    Return the row. Harmless the second time. Raises ActionError when `by` may not. Locks the programme, the row and the
    joining.
    """
    programme = Programme.objects.select_for_update().get(pk=row.people_import.programme_id)
    row = ImportRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    joining = Joining.objects.filter(person=row.person_id, programme=programme).first()
    if row.welcomed_at is None and joining is not None:
        joinings.welcome(joining=joining, by=by)
        row.welcomed_at = timezone.now()
        row.save(update_fields=["welcomed_at"])
    return row


@action
def ask_to_undo(*, people_import: PeopleImport, by: User) -> PeopleImport:
    """Have a worker take the people of an import out again with whom nothing has happened since. Return the import.

    Raises ActionError when `by` may not, ImportRefusedError when it is too late. Locks the import.
    """
    rules.can_import(by, people_import.programme).insist()
    people_import = lock(people_import)
    rules.can_be_undone(people_import).insist(ImportRefusedError)
    people_import.undone_by, people_import.undone_at = by.person, timezone.now()
    move(people_import, ImportStatus.UNDOING)
    jobs.start(kind=UNDO, subject_id=people_import.pk, by=by, total=1)
    return people_import


@action
def undo(*, people_import: PeopleImport, by: User) -> PeopleImport:
    """Delete the people of an import with whom nothing has happened since; the others stay, with the reason. Return it.

    The histories keep that there was somebody, and nothing of them. Harmless the second time. Locks the programme, the
    import and its people.
    """
    Programme.objects.select_for_update().get(pk=people_import.programme_id)
    people_import = lock(people_import)
    if people_import.status != ImportStatus.UNDOING:
        return people_import
    added = people_import.rows.filter(status=RowStatus.ADDED)
    people = [pk for pk in added.values_list("person", flat=True) if pk is not None]
    list(Person.objects.select_for_update(of=("self",)).filter(pk__in=people).order_by("pk"))
    stayed = what_happened(people_import)
    for row in added.exclude(person=None).filter(person__in=stayed).only("pk", "person", "status"):
        row.status, row.stayed_because = RowStatus.STAYED, stayed[row.person_id or 0]
        row.save(update_fields=["status", "stayed_because"])
    gone = [pk for pk in people if pk not in stayed]
    Term.objects.filter(person__in=gone, group__programme=people_import.programme).delete()
    Membership.objects.filter(person__in=gone, programme=people_import.programme).delete()
    added.update(status=RowStatus.REMOVED)
    # Before and after: who looked points to them, and that they are deleted is history as well.
    erasing.forget(gone, ())
    Person.objects.filter(pk__in=gone).delete()
    models: tuple[type[Model], ...] = (Person, *MADE)
    erasing.forget(gone, [model._meta.label for model in models])
    move(people_import, ImportStatus.UNDONE)
    return people_import
