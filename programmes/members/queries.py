"""Questions about people in a programme: roles, joining and appointments."""

import base64
import hashlib

from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils import timezone

from people.models import Person, User
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Appointment, Joining, RoleNotice
from programmes.programme.models.programmes import Membership, Role, programmes_where
from programmes.programme.queries import able_finance, took_part


def people_of(programme):
    """Everyone with any role in `programme`, now or before, each once, with what their row in a list shows.

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


def known_in(programme, email):
    """The person of `programme`, now or before, whom we write to or who signs in at `email`; None when there is none.

    Looks in this programme alone: whether others know the address is not for it to learn.
    """
    email = email.strip()
    # PostgreSQL counts some letters of other alphabets as equal to ours: such an address is nobody's.
    if not email or not email.isascii():
        return None
    address = Q(email__iexact=email) | Q(user__email__iexact=email)
    return Person.objects.filter(address & took_part(programme)).order_by("pk").first()


def code_of(joining):
    """The code, eight letters and digits, that the page of a joining's link shows; nobody knows it without the link."""
    return base64.b32encode(hashlib.sha256(f"in person {joining.key}".encode()).digest()).decode()[:8]


def code_in_two(joining):
    """The same code with a line in the middle, as it is read out."""
    code = code_of(joining)
    return f"{code[:4]}-{code[4:]}"


def overlapping_roles(person, programme, role, starts_on):
    """Memberships of `person` in `programme` with `role` that hold on or after the date `starts_on`."""
    return Membership.objects.filter(person=person, programme=programme, role=role).filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on)
    )


def proposers_behind(appointment):
    """The ids of the people whose word the proposer of `appointment` has their role by, and theirs in turn.

    A person who proposed somebody does not confirm what they propose: the two may be one person with two mailboxes.
    """
    found, asking = set(), {appointment.proposed_by_id}
    while asking:
        behind = Appointment.objects.filter(
            person__in=asking, programme=appointment.programme_id, status=Appointment.Status.CONFIRMED
        )
        asking = set(behind.values_list("proposed_by_id", flat=True)) - found
        found |= asking
    return found


def others_who_confirm(appointment):
    """Accounts that may confirm `appointment`: finance of its programme, and administrators not behind its proposer."""
    not_them = {appointment.proposed_by_id, appointment.person_id}
    administrators = (
        User.objects.filter(is_superuser=True, is_active=True)
        .exclude(person__in=not_them | proposers_behind(appointment))
        .select_related("person")
    )
    finance = able_finance(appointment.programme, timezone.localdate())
    return [*administrators, *(user for user in finance if user.person.pk not in not_them)]


def host_confirms(appointment):
    """Whether the host's contact is asked, by email, to confirm `appointment`: where nobody else can.

    The contact is named on the server (settings.HOST_CONTACT_EMAIL), so no page can put another mailbox in its place.
    Never where it is an address of the proposer or of the person.
    """
    contact = settings.HOST_CONTACT_EMAIL.lower()
    theirs = {appointment.proposed_by.email.lower(), appointment.person.email.lower()}
    if appointment.proposed_by.user:
        theirs.add(appointment.proposed_by.user.email.lower())
    return bool(contact) and contact not in theirs and not others_who_confirm(appointment)


def appointments_of(programme):
    """Waiting appointments of `programme`, the oldest first, with their person."""
    return Appointment.objects.waiting().filter(programme=programme).select_related("person").order_by("proposed_at")


def appointments_to_confirm(user):
    """Waiting appointments that may be for `user` to confirm: of programmes where they are finance, or all for an
    administrator; never those they proposed or that are about them."""
    rows = Appointment.objects.waiting()
    if not user.is_administrator:
        rows = rows.filter(programme__in=programmes_where(user, Role.FINANCE))
    return (
        rows.exclude(proposed_by=user.person)
        .exclude(person=user.person)
        .select_related("person", "programme", "proposed_by")
        .order_by("proposed_at")
    )


def joinings_offered_to(user):
    """Records that programmes have added under the address `user` signs in with, and nobody has answered yet."""
    return Joining.objects.offered_to(user).select_related("programme", "person", "asked_by").order_by("asked_at")


def news_to_tell(programmes):
    """News about their roles for people without an email address, in `programmes` (ids), the oldest first."""
    return (
        RoleNotice.objects.filter(programme__in=programmes, told_at=None)
        .select_related("person", "programme")
        .order_by("created_at", "pk")
    )
