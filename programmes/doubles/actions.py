"""Look for records that may be one person, put two together, ask their person first, and take them apart again."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory import actions as person_actions
from people.directory.models import Person
from people.messages import emails as message_emails
from people.messages.telling import tell
from programmes.doubles import queries, rules
from programmes.doubles.models import Double, Merge, MergeStatus
from programmes.programme import news
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.row_changes import Change
from wellbeing.lib.types import User

# The kind of message to the address of a record that is nobody's any more.
MERGED = "records_merged"


class DoubleError(ActionError):
    """A rule refused something about two records."""


@action
def look(*, programme: Programme, by: User | None) -> int:
    """Note the records of `programme` that may be one person. Return how many pairs are new.

    Pairs that are no longer alike are left out again; those that are two people stay so. Safe to run twice. Locks the
    programme.
    """
    if by is not None:
        rules.can_look(by, programme).insist(DoubleError)
    # Compared before anything is locked: it takes a while in a large programme.
    found = queries.pairs_alike(programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    there = set(Person.objects.filter(pk__in={pk for pair in found for pk in pair}).values_list("pk", flat=True))
    alike = {pair: like for pair, like in found.items() if there.issuperset(pair)}
    noted = {(row.one_id, row.other_id): row for row in Double.objects.filter(programme=programme)}
    over = [row.pk for pair, row in noted.items() if pair not in alike and not row.are_two]
    Double.objects.filter(pk__in=over).delete()
    for pair, row in noted.items():
        if pair in alike and row.same != list(alike[pair].same):
            row.same = list(alike[pair].same)
            row.save(update_fields=["same"])
    new = [
        Double(programme=programme, one_id=one, other_id=other, same=list(like.same))
        for (one, other), like in alike.items()
        if (one, other) not in noted
    ]
    Double.objects.bulk_create(new, batch_size=500)
    return len(new)


@action
def tell_apart(*, programme: Programme, one: Person, other: Person, by: User) -> Double:
    """Note that two records are two people, so that nobody is asked again. Return the Double.

    Raises DoubleError when `by` is not staff, or they are not two records of the programme. Locks the programme.
    """
    _insist_two(programme, one, other, by)
    Programme.objects.select_for_update().get(pk=programme.pk)
    if queries.question_about(one, other):
        raise DoubleError(_("Somebody is asked whether these two are one. Take the question back first."))
    return _note_two(programme, one.pk, other.pk, by)


@action
def reopen(*, programme: Programme, one: Person, other: Person, by: User) -> Double:
    """Note that two records may be one person after all. Return the Double.

    Raises DoubleError when `by` is not staff, or nobody has told them apart. Locks the double.
    """
    _insist_two(programme, one, other, by)
    first, second = sorted((one.pk, other.pk))
    rows = Double.objects.select_for_update().filter(programme=programme, one=first, other=second, are_two=True)
    double = rows.first()
    if double is None:
        raise DoubleError(_("Nobody has said that these are two people."))
    double.are_two, double.decided_by, double.decided_at = False, None, None
    double.save()
    return double


@action
def put_together(*, programme: Programme, one: Person, other: Person, details: Collection[str], by: User) -> Merge:
    """Put two records of one person together. Return the Merge, by which it can be undone in time.

    `details` names those (of `people.directory.actions.DETAILS`) that the person who stays takes from the record that
    goes. The person, the address of the record, staff and finance are told. Raises DoubleError when `by` may not, or
    when the person has to be asked first; PersonError as `people.directory.actions.merge` does. Locks the programme and
    both records.
    """
    rules.can_put_together(by, programme, one, other).insist(DoubleError)
    _lock_programme(programme.pk)
    record, person = queries.in_order(one, other)
    if rules.is_asked_first(record, person):
        raise DoubleError(_("This person has an account, so they are asked first."))
    merge = _new(programme, record, person, details, by, MergeStatus.DONE)
    last_day = _carry_out(merge, record, by)
    _tell_others(merge, record.email)
    _tell(
        merge,
        _("We have put two records of you together"),
        [
            _("We had two records of you in %(programme)s. They are one now, and nothing in them is lost.")
            % {"programme": programme.name},
            _("If this is wrong, tell us by %(day)s and we take them apart again.") % {"day": long_date(last_day)},
        ],
        key=f"merge:{merge.pk}:done",
    )
    return merge


@action
def ask(*, programme: Programme, one: Person, other: Person, by: User) -> Merge:
    """Ask the person who has an account whether the other record is theirs, too. Return the Merge, not done yet.

    They are told in their own way, and answer signed in. Raises DoubleError when `by` may not, or there is nobody to
    ask, or they are asked already. Locks the programme.
    """
    rules.can_put_together(by, programme, one, other).insist(DoubleError)
    Programme.objects.select_for_update().get(pk=programme.pk)
    record, person = queries.in_order(one, other)
    if not rules.is_asked_first(record, person):
        raise DoubleError(_("Neither of them has an account, so there is nobody to ask."))
    if Merge.objects.asked().filter(record=record).exists():
        raise DoubleError(_("Somebody is asked about this record already."))
    merge = _new(programme, record, person, [], by, MergeStatus.ASKED)
    merge.save()
    _tell(
        merge,
        _("Is this record yours, too?"),
        [
            _("%(programme)s has a second record with the name %(name)s. We think that it may be yours.")
            % {"programme": programme.name, "name": record.full_name},
            _("If it is, we put both together, and nothing is lost. If it is not, say no."),
        ],
        key=f"merge:{merge.pk}:asked",
        url=message_emails.absolute_url("merge_answer", merge.pk),
        label=_("Say yes or no"),
    )
    return merge


@action
def accept(*, merge: Merge, by: User) -> Merge:
    """Say that the record is theirs: it is put together with the person of `by`. Return the Merge.

    The address of the record, staff and finance are told.
    Raises DoubleError when `by` is not asked, or it is answered; PersonError as `people.directory.actions.merge` does.
    Locks the programme, the merge and both records.
    """
    merge = _lock(merge)
    rules.can_answer(by, merge).insist(DoubleError)
    record = merge.record
    if record is None or record.user_id:
        raise DoubleError(_("This record is not there any more."))
    _carry_out(merge, record, by)
    _tell_others(merge, record.email)
    return merge


@action
def decline(*, merge: Merge, by: User) -> Merge:
    """Say that the record is somebody else's: both stay, and are noted as two people. Return the Merge.

    Raises DoubleError when `by` is not asked, or it is answered. Locks the programme and the merge.
    """
    merge = _lock(merge)
    rules.can_answer(by, merge).insist(DoubleError)
    _end(merge, MergeStatus.DECLINED, by)
    if merge.record_id is not None:
        _note_two(merge.programme, merge.record_id, merge.person_id, by)
    news.tell_colleagues(
        merge.programme,
        _("%(name)s says that a record is not theirs") % {"name": merge.person.full_name},
        [
            _("You asked them whether the record with the name %(name)s is theirs, too. They said no, so both stay.")
            % {"name": merge.record_name}
        ],
        key=f"merge:{merge.pk}:declined",
    )
    return merge


@action
def withdraw(*, merge: Merge, by: User) -> Merge:
    """Take the question back. Return the Merge. Raises DoubleError when `by` is not staff, or it is answered."""
    merge = _lock(merge)
    rules.can_withdraw(by, merge).insist(DoubleError)
    return _end(merge, MergeStatus.WITHDRAWN, by)


@action
def undo(*, merge: Merge, by: User) -> tuple[Merge, int]:
    """Take two records apart again. Return the Merge, and how many rows stay with the person as somebody changed them.

    The person is told. Raises DoubleError when `by` may not, PersonError where too much has changed since. Locks the
    programme, the merge and the person.
    """
    merge = _lock(merge)
    rules.can_undo(by, merge).insist(DoubleError)
    record, left = person_actions.take_apart(key=merge.record_key, person=merge.person, changes=merge.changes, by=by)
    merge.refresh_from_db()
    merge.record, merge.changes = record, []
    _end(merge, MergeStatus.UNDONE, by)
    _tell(
        merge,
        _("We have taken two records apart again"),
        [
            _("We had put your record in %(programme)s together with another one. They are two again.")
            % {"programme": merge.programme.name}
        ],
        key=f"merge:{merge.pk}:undone",
    )
    _note_two(merge.programme, record.pk, merge.person_id, by)
    return merge, len(left)


@action
def clear(*, merge: Merge, by: User | None) -> Merge:
    """Delete what is needed to undo it, once its time is over. Return the Merge; harmless the second time."""
    merge = _lock(merge)
    if merge.cleared_at is None and merge.undo_until is not None and merge.undo_until < today():
        merge.changes, merge.cleared_at = [], timezone.now()
        merge.save(update_fields=["changes", "cleared_at"])
    return merge


def _insist_two(programme: Programme, one: Person, other: Person, by: User) -> None:
    rules.can_look(by, programme).insist(DoubleError)
    if one.pk == other.pk:
        raise DoubleError(_("Choose two records."))


def _note_two(programme: Programme, one: int, other: int, by: User) -> Double:
    """Note that the records with these keys are two people. Return the Double."""
    first, second = sorted((one, other))
    values = {"are_two": True, "decided_by": by.person, "decided_at": timezone.now()}
    double, _is_new = Double.objects.update_or_create(
        programme=programme, one_id=first, other_id=second, defaults=values
    )
    return double


def _new(
    programme: Programme, record: Person, person: Person, details: Collection[str], by: User, status: MergeStatus
) -> Merge:
    """Return a Merge that is not saved yet."""
    return Merge(
        programme=programme,
        person=person,
        record=record,
        record_key=record.pk,
        record_name=record.full_name,
        details=sorted(details),
        had_account=person.user_id is not None,
        status=status,
        set_by=by.person,
    )


def _carry_out(merge: Merge, record: Person, by: User) -> dt.date:
    """Put the two records of a merge together, keep what that changed, and return the last day to undo it."""
    changes = person_actions.merge(record=record, person=merge.person, details=merge.details, by=by)
    day = today() + dt.timedelta(days=queries.rule_of(merge.programme, today()).undo_days)
    merge.record = None
    merge.status, merge.done_at, merge.undo_until = MergeStatus.DONE, timezone.now(), day
    merge.changes = [one.as_json() for one in changes if not _is_found_again(one, merge)]
    merge.save()
    merge.person.refresh_from_db()
    return day


def _is_found_again(change: Change, merge: Merge) -> bool:
    """Return whether a change needs no undoing: the merge itself, and pairs that the next look finds again."""
    return change.model == Double._meta.label or (change.model == Merge._meta.label and change.pk == merge.pk)


def _end(merge: Merge, status: MergeStatus, by: User) -> Merge:
    merge.status, merge.ended_by, merge.ended_at = status, by.person, timezone.now()
    merge.save()
    return merge


def _tell(merge: Merge, heading: str, paragraphs: list[str], *, key: str, url: str = "", label: str = "") -> None:
    news.tell(merge.person, merge.programme, heading, paragraphs, key=key, url=url, label=label)


def _tell_others(merge: Merge, address: str) -> None:
    """Tell the email `address` of the record that went, where it was another one, and staff and finance."""
    programme = merge.programme
    if address and address.lower() != merge.person.email.lower():
        heading = _("Your record in %(programme)s was put together with another one") % {"programme": programme.name}
        tell(
            None,
            MERGED,
            key=f"merge:{merge.pk}:address",
            to=address,
            **message_emails.note(
                heading,
                name=merge.record_name,
                paragraphs=[
                    _("We took both for the same person. What we told you here goes to the other record from now on."),
                    _("If this is wrong, tell us soon, and we take them apart again."),
                ],
                reply_to=programme.contact_email,
            ),
        )
    news.tell_colleagues(
        programme,
        _("Two records were put together in %(programme)s") % {"programme": programme.name},
        [
            _("%(record)s and %(name)s are one record now. If they are two people, take them apart again.")
            % {"record": merge.record_name, "name": merge.person.full_name}
        ],
        key=f"merge:{merge.pk}:colleagues",
        url=message_emails.absolute_url("merge", programme.slug, merge.pk),
        label=_("See what was done"),
    )


def _lock_programme(pk: int) -> None:
    """Lock a programme, so that others who lock it wait, and those who write something that points to it do not.

    They may hold a row of the two records, which is waited for next.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=pk)


def _lock(merge: Merge) -> Merge:
    _lock_programme(merge.programme_id)
    rows = Merge.objects.select_for_update(of=("self",)).select_related("person__user", "record", "programme")
    return rows.get(pk=merge.pk)
