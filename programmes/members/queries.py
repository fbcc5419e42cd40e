"""Answer questions about people in a programme: roles, joining and appointments."""

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from people.accounts import sharing
from people.directory.likeness import (
    Directory,
    Known,
    Likeness,
    Way,
    as_known,
    in_words,
    spellings_of,
    words_of_name,
)
from people.models import Person, User
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Appointment, Joining
from programmes.programme.models.programmes import Membership, Programme, Role, programmes_where
from programmes.programme.queries import able_finance, took_part
from wellbeing.lib.types import PersonId

# More than these would help nobody to see whether they have this person already.
MOST_LIKE = 5


def people_of(programme: Programme) -> QuerySet[Person]:
    """Return everyone with any role in `programme`, now or before, each once, ready for a row in a list.

    Each has `held` (Memberships of this programme), `seats` (Terms in its groups) and their access needs ready.
    """
    return (
        Person.objects.filter(took_part(programme))
        .select_related("organisation")
        .prefetch_related(
            "access_needs",
            Prefetch("memberships", Membership.objects.filter(programme=programme), to_attr="held"),
            Prefetch("terms", Term.objects.filter(group__programme=programme).select_related("group"), to_attr="seats"),
        )
    )


def known_people(programme: Programme, among: QuerySet[Person] | None = None) -> Iterator[Known]:
    """Yield everybody of `programme` to compare with, or `among` some of them; never people of other programmes."""
    people = Person.objects.all() if among is None else among
    fields = ("full_name", "email", "phone", "postal_address", "known_as", "pk")
    for values in people.filter(took_part(programme)).order_by("pk").values_list(*fields):
        yield Known(*values)


def directory_of(programme: Programme) -> Directory:
    """Return everybody of the programme, to compare many with."""
    directory = Directory()
    for known in known_people(programme):
        directory.add(known)
    return directory


def like_in(programme: Programme, one: Known) -> list[Likeness]:
    """Return the people of `programme` who may be `one`, the surest first. It reads only those an index finds."""
    condition = Q(pk=None)
    if one.email:
        condition |= Q(email__iexact=one.email)
    if one.phone:
        condition |= Q(phone__iexact=one.phone)
    words = [_stands_for(word) for word in sorted(words_of_name(one.name, one.known_as))]
    if len(words) == 1:
        condition |= words[0]
    for index, word in enumerate(words):
        for other in words[index + 1 :]:
            condition |= word & other
    directory = Directory()
    for known in known_people(programme, Person.objects.filter(condition)):
        directory.add(known)
    return directory.like(one)


def _stands_for(word: str) -> Q:
    condition = Q(pk=None)
    for spelling in spellings_of(word):
        condition |= Q(search_key__contains=spelling)
    return condition


def known_in(programme: Programme, email: str) -> list[Person]:
    """Return the people of `programme`, now or before, whom we write to or who sign in at `email`.

    Looks in this programme alone: whether others know the address is not for it to learn.
    """
    email = email.strip()
    if not sharing.can_be_looked_up(email):
        return []
    address = Q(email__iexact=email) | Q(user__email__iexact=email)
    return list(Person.objects.filter(address & took_part(programme)).order_by("pk").distinct())


@dataclass(frozen=True)
class MayBe:
    """Somebody who may be the person that is typed in: `same` says by what, `has_address` that they get its mail."""

    person: Person
    same: str
    has_address: bool


def who_it_may_be(programme: Programme, details: Mapping[str, str]) -> list[MayBe]:
    """Return the people of `programme` who may be somebody with these details, those with the email address first."""
    by_address = known_in(programme, details.get("email", ""))
    keys = {person.pk for person in by_address}
    like = [one for one in like_in(programme, as_known(details)) if one.who.person not in keys][:MOST_LIKE]
    people = Person.objects.in_bulk([one.who.person for one in like])
    found = [MayBe(person, in_words([Way.EMAIL]), has_address=True) for person in by_address]
    return found + [MayBe(people[one.who.person], in_words(one.same), has_address=False) for one in like]


def is_known_by_another_name(joining: Joining) -> bool:
    """Return whether somebody signs in at the address of a joining whose name is not the one that was typed."""
    names = {user.get_full_name().casefold() for user in sharing.accounts_at(joining.address)}
    return bool(names - {joining.person.full_name.casefold()})


def code_of(joining: Joining, *, apart: bool = False) -> str:
    """Return a code, eight letters and digits, on the page of a joining's link. Nobody knows it without the link.

    `apart`, the one that also says that somebody else uses the address.
    """
    said = f"in person{' apart' if apart else ''} {joining.key}"
    return base64.b32encode(hashlib.sha256(said.encode()).digest()).decode()[:8]


def code_in_two(joining: Joining, *, apart: bool = False) -> str:
    """Return the same code with a line in the middle, as it is read out."""
    code = code_of(joining, apart=apart)
    return f"{code[:4]}-{code[4:]}"


def overlapping_roles(person: Person, programme: Programme, role: str, starts_on: dt.date) -> QuerySet[Membership]:
    """Return memberships of `person` in `programme` with `role` that hold on or after the day `starts_on`."""
    return Membership.objects.filter(person=person, programme=programme, role=role).filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on)
    )


def proposers_behind(appointment: Appointment) -> set[PersonId]:
    """Return the people who proposed the proposer of `appointment` for their own role, and their proposers in turn.

    A person who proposed somebody does not confirm what they propose: the two may be one person with two mailboxes.
    """
    people: set[PersonId] = set()
    to_ask = {appointment.proposed_by_id}
    while to_ask:
        behind = Appointment.objects.filter(
            person__in=to_ask, programme=appointment.programme_id, status=Appointment.Status.CONFIRMED
        )
        to_ask = set(behind.values_list("proposed_by_id", flat=True)) - people
        people |= to_ask
    return people


def others_who_confirm(appointment: Appointment) -> list[User]:
    """Return accounts that may confirm `appointment`: finance of its programme, and administrators.

    Not administrators who stand behind its proposer.
    """
    not_them = {appointment.proposed_by_id, appointment.person_id}
    administrators = (
        User.objects.filter(is_superuser=True, is_active=True)
        .exclude(person__in=not_them | proposers_behind(appointment))
        .select_related("person")
    )
    finance = able_finance(appointment.programme, timezone.localdate())
    return [*administrators, *(user for user in finance if user.person.pk not in not_them)]


def host_confirms(appointment: Appointment) -> bool:
    """Return whether the host's contact is asked, by email, to confirm `appointment`: where nobody else can.

    The contact is named on the server (settings.HOST_CONTACT_EMAIL), so no page can put another mailbox in its place.
    Never where it is an address of the proposer or of the person.
    """
    contact = settings.HOST_CONTACT_EMAIL.lower()
    theirs = {appointment.proposed_by.email.lower(), appointment.person.email.lower()}
    if appointment.proposed_by.user:
        theirs.add(appointment.proposed_by.user.mailbox.lower())
    return bool(contact) and contact not in theirs and not others_who_confirm(appointment)


def appointments_of(programme: Programme) -> QuerySet[Appointment]:
    """Return waiting appointments of `programme`, the oldest first, with their person."""
    return Appointment.objects.waiting().filter(programme=programme).select_related("person").order_by("proposed_at")


def appointments_to_confirm(user: User) -> QuerySet[Appointment]:
    """Return waiting appointments that `user` may be able to confirm.

    Those of programmes where they are finance, or all for an administrator; never those they proposed or that are about
    them.
    """
    rows = Appointment.objects.waiting()
    if not user.is_administrator:
        rows = rows.filter(programme__in=programmes_where(user, Role.FINANCE))
    return (
        rows.exclude(proposed_by=user.person)
        .exclude(person=user.person)
        .select_related("person", "programme", "proposed_by")
        .order_by("proposed_at")
    )


def joinings_offered_to(user: User) -> QuerySet[Joining]:
    """Return joinings that programmes have asked of the address `user` signs in with, and nobody has answered yet."""
    return Joining.objects.offered_to(user).select_related("programme", "person", "asked_by").order_by("asked_at")
