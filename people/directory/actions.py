"""Add people and change what we hold about them."""

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.directory import hooks, rules
from people.directory.models import ADDRESS_FIELDS, FormerRecord, Person, Supporter, address_by
from people.directory.putting_together import BusyError, ClashError, lock_everything, put_together
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.row_changes import Change, picture_of, put_back
from wellbeing.lib.texts import is_nowhere
from wellbeing.lib.types import User

logger = logging.getLogger(__name__)

DETAILS = (
    "full_name",
    "known_as",
    "email",
    "phone",
    "postal_address",
    "organisation",
    "job_title",
    "channel",
    "second_channel",
    "call_time",
    "letter_size",
    "language",
    "about",
)


# Rows of a history have the time at which their transaction began.
ONE_TRANSACTION = dt.timedelta(minutes=1)


class PersonError(ActionError):
    """A rule refused to change a person's details like this."""


@action
def add(*, by: User | None, full_name: str, email: str = "", **details: Any) -> Person:
    """Add a person as somebody typed them. Return the Person, who has not joined yet.

    Nobody is looked up by their address: a programme that adds somebody known elsewhere learns nothing and changes
    nothing (`programmes.members.actions.joining` asks them). The caller has the rule of who may add. Raises PersonError
    without a name; TypeError for an unknown detail.
    """
    full_name = full_name.strip()
    if not full_name:
        raise PersonError(_("Enter their name."), field="full_name")
    if is_nowhere(email):
        raise PersonError(_("Enter an email address, like name@example.org"), field="email")
    _check_known(details)
    person = Person(full_name=full_name, email=email.strip().lower(), **_stripped(details))
    _check_reachable(person)
    person.save()
    return person


@action
def take_over(*, record: Person, person: Person, by: User | None) -> Person:
    """Move everything held for `record`, which has no account, to `person` of an account, and delete `record`.

    For somebody who has said that both are them. A person who had joined by no record before takes its details, too.
    Raises PersonError when the two together would break a rule (somebody would have approved their own claim). Locks
    both, and all that is held for `record`.
    """
    record, person = _lock_both(record, person)
    if record.user_id or not person.user_id:
        raise PersonError(_("These two records cannot be put together."))
    now = timezone.now()
    if not person.joined_at:
        for name in DETAILS:
            if name != "email":
                setattr(person, name, getattr(record, name))
        person.joined_at = now
        person.save()
    elif record.phone and record.phone != person.phone:
        _remember_phone(person, record.phone, then=person.phone or record.phone)
    try:
        put_together(record, person)
    except IntegrityError:
        raise PersonError(
            _("We could not put this programme's record of you together with your other records. Ask them for help.")
        ) from None
    return person


@action
def merge(*, record: Person, person: Person, details: Collection[str], by: User) -> list[Change]:
    """Put `record`, which has no account, together with `person`, and return what changed, for `take_apart`.

    `details` names those of DETAILS that `person` takes from `record`; what is empty at `person` is taken besides. The
    details of somebody with an account stay as they are. The caller has the rule of who may. Raises PersonError when
    the record has an account, or alone of the two has joined, when a way to reach them lacks what it needs, and when
    the two together would break a rule. Locks both, and all that is held for `record`.
    """
    record, person = _lock_both(record, person)
    if record.user_id or (record.joined_at and not person.joined_at) or record.pk == person.pk:
        raise PersonError(_("These two records cannot be put together."))
    for why_not in hooks.why_not_merged:
        if sentence := why_not(record, person):
            raise PersonError(sentence)
    whole = [apps.get_model(label) for label in (*(kind.label for kind in hooks.kept_once), *hooks.move_others)]
    before = picture_of(Person, {record.pk, person.pk}, whole=whole)
    if record.phone and record.phone != person.phone:
        _remember_phone(person, record.phone, then=person.phone)
    if not person.user_id:
        _take_details(person, record, details)
    try:
        put_together(record, person)
    except ClashError as clash:
        name = clash.model._meta.verbose_name
        raise PersonError(
            _("They stay two records, as both have this about the same thing, and neither can go: %(what)s.")
            % {"what": name}
        ) from None
    except IntegrityError:
        raise PersonError(
            _("They stay two records: one of them decided, signed or recorded something for the other.")
        ) from None
    # Taking the two apart again leaves the changes that follow as they are.
    changes = before.changes()
    for hear in hooks.records_merged:
        hear(person)
    _reach_anew(person)
    return changes


@action
def take_apart(*, key: int, person: Person, changes: Iterable[dict[str, Any]], by: User) -> tuple[Person, list[Change]]:
    """Make the record with `key` again that was put together with `person`, and put back `changes` (from `merge`).

    Return the Person of the record, and what stays as it is because somebody has changed it since. Raises PersonError
    where the two cannot be told apart any more. Locks the person.
    """
    # Others may go on to write what points to the person: they may hold a row that is to be put back.
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    former = FormerRecord.objects.get(key=key, person=person)
    since = former.put_together_at
    former.delete()
    try:
        with transaction.atomic():
            left = put_back(changes)
            connection.check_constraints()
    except IntegrityError:
        raise PersonError(
            _("This cannot be undone: too much has changed since. Add the other person as a new record.")
        ) from None
    record, person = Person.objects.get(pk=key), Person.objects.get(pk=person.pk)
    _forget_reach(person, record, since)
    for one in (record, person):
        for hear in registry.needs_changed:
            hear(one, None)
        _reach_anew(one)
    return record, left


def _forget_reach(person: Person, record: Person, since: dt.datetime) -> None:
    """Take how `record` is reached out of the history of `person`, as written there when both became one."""
    past: Any = person
    history = past.history.filter(pgh_created_at__gte=since - ONE_TRANSACTION)
    theirs = Q()
    for name in ("email", "phone", "postal_address"):
        if getattr(record, name) and getattr(record, name) != getattr(person, name):
            theirs |= Q(**{name: getattr(record, name)})
    if theirs:
        with pgtrigger.ignore(), transaction.atomic():
            history.filter(theirs)._raw_delete(history.db)


def _lock_both(record: Person, person: Person) -> tuple[Person, Person]:
    try:
        locked = lock_everything(record, person)
    except BusyError:
        raise PersonError(_("Somebody is working on something of these records. Try again in a moment.")) from None
    if len(locked) < len({record.pk, person.pk}):
        raise PersonError(_("One of these records is not there any more."))
    return locked[record.pk], locked[person.pk]


def _remember_phone(person: Person, known: str, *, then: str) -> None:
    """Put the phone number `known` into the history of `person`, who has the number `then` afterwards.

    Finance rings a number that was known before.
    """
    for phone in (known, then):
        person.phone = phone
        person.save(update_fields=["phone"])


def _take_details(person: Person, record: Person, details: Collection[str]) -> None:
    """Give `person` the details of `record` that are named, and those it has none of.

    An email address is never replaced: that has its own steps (`people.accounts.actions.addresses`).
    """
    address = person.email
    for name in DETAILS:
        if (name in details and name != "email") or getattr(person, name) in ("", None):
            setattr(person, name, getattr(record, name))
    if person.email != address:
        person.address_changed_at, person.shares_address = timezone.now(), record.shares_address
    if person.second_channel == person.channel:
        person.second_channel = ""
    _check_reachable(person, or_by=record)
    person.save()
    if person.email != address:
        for hear in registry.address_changed:
            hear(person)


@action
def edit(*, person: Person, by: User, **details: Any) -> Person:
    """Change details of a person and return the Person; `details` may hold any of DETAILS but the email address.

    When it is done on somebody's behalf, the person is told. Raises PersonError when `by` may not, for a
    changed address (`addresses.ask` is for that), or when a way to reach them is left without what it needs. Locks the
    person.
    """
    _check_known(details)
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)
    rules.can_edit_person(by, person).insist(PersonError)
    before = {name: getattr(person, name) for name in DETAILS}
    for name, value in _stripped(details).items():
        setattr(person, name, value)
    person.email = person.email.lower()
    if not person.full_name:
        raise PersonError(_("Enter a name."), field="full_name")
    if person.email != before["email"].lower():
        raise PersonError(
            _("This is the address this person signs in with. Change it on its own page."),
            field="email",
        )
    _check_reachable(person)
    changed = [name for name in DETAILS if getattr(person, name) != before[name]]
    if not changed:
        return person
    person.save(update_fields=changed)
    _reach_anew(person)
    # The size of print is a part of what somebody needs.
    for follow in registry.needs_changed if "letter_size" in changed else ():
        follow(person, by)
    if person.user_id != by.pk:
        for hear in registry.details_changed:
            hear(person, by)
    return person


@action
def follow_account(*, user: User, email: str, by: User | None) -> None:
    """Write the address an account has just proved onto its person, so that we write to where they read.

    Where another account's person has this very address and does not share it, both stay as they are, and the log says
    so: the person can then sign in at the new address, and is written to at the one before.
    """
    email = email.strip().lower()
    others = Person.objects.filter(email__iexact=email).exclude(user=None).exclude(user=user)
    if others.exists():
        logger.warning("Account %s has an address that the person of another account has too.", user.pk)
        return
    person = Person.objects.select_for_update(of=("self",)).get(user=user)
    if person.email.lower() != email:
        person.email, person.address_changed_at, person.shares_address = email, timezone.now(), False
        person.save(update_fields=["email", "address_changed_at", "shares_address"])
        for hear in registry.address_changed:
            hear(person)


def _reach_anew(person: Person) -> None:
    for hear in registry.reach_changed:
        hear(person)


def _check_known(details: Mapping[str, Any]) -> None:
    unknown = set(details) - set(DETAILS)
    if unknown:
        raise TypeError(f"Not a detail of a person: {', '.join(sorted(unknown))}")


def _check_reachable(person: Person, *, or_by: Person | None = None) -> None:
    """Raise PersonError where a way to reach `person` lacks what it needs; a supporter may be that of `or_by`."""
    sentences = {
        Person.Channel.EMAIL: _("To reach them by email, enter an email address."),
        Person.Channel.SMS: _("To reach them by text message, enter a phone number."),
        Person.Channel.PHONE: _("To reach them by phone, enter a phone number."),
        Person.Channel.LETTER: _("To reach them by letter, enter a postal address."),
        Person.Channel.SUPPORTER: _("To reach them through a supporter, first record who that is on their page."),
    }
    if person.second_channel == person.channel:
        raise PersonError(_("Choose another way than the first, or none."), field="second_channel")
    for chosen, field in ((person.channel, "channel"), (person.second_channel, "second_channel")):
        if not chosen:
            continue
        by_supporter = chosen == Person.Channel.SUPPORTER
        there = _has_supporter(person, or_by) if by_supporter else bool(address_by(chosen, person))
        # A person nobody has any contact for is allowed: a colleague finds the way to them.
        nobody = field == "channel" and not (person.email or person.phone or person.postal_address)
        if not there and (not nobody or by_supporter):
            raise PersonError(sentences[Person.Channel(chosen)], field=ADDRESS_FIELDS.get(chosen, field))


def _has_supporter(*people: Person | None) -> bool:
    return Supporter.objects.filter(person__in=[one.pk for one in people if one and one.pk]).exists()


def _stripped(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in details.items()}


@action
def set_supporter(*, person: Person, by: User, **details: Any) -> Supporter:
    """Record through whom `person` is reached, and that they agreed. Return the Supporter.

    `details`: name, relationship, channel, email, phone, postal_address, consent_on (a date) and consent_how. Raises
    PersonError when `by` may not change the person's details, without consent, or when the supporter cannot be reached
    by their channel. Locks the person.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.can_edit_person(by, person).insist(PersonError)
    supporter = Supporter.objects.filter(person=person).first() or Supporter(person=person)
    for name, value in _stripped(details).items():
        setattr(supporter, name, value)
    supporter.recorded_by = by.person
    if not supporter.name:
        raise PersonError(_("Enter their name."), field="name")
    if not supporter.consent_how:
        raise PersonError(_("Say how the person agreed."), field="consent_how")
    needed = {"email": "email", "sms": "phone", "phone": "phone", "letter": "postal_address"}[supporter.channel]
    if not getattr(supporter, needed):
        raise PersonError(_("Enter what is needed to reach them in this way."), field=needed)
    supporter.save()
    _reach_anew(person)
    return supporter


@action
def remove_supporter(*, person: Person, by: User) -> Person:
    """Forget through whom `person` is reached. Return the Person, who is told in their other way from now.

    Raises PersonError when `by` may not change the person's details, or when it is the only way to them. Locks the
    person.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.can_edit_person(by, person).insist(PersonError)
    if Person.Channel.SUPPORTER in {person.channel, person.second_channel}:
        raise PersonError(_("They are told things through this supporter. First choose another way to reach them."))
    Supporter.objects.filter(person=person).delete()
    return person
