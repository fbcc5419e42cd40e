"""Questions the pages of programmes ask."""

import base64
import datetime as dt
import hashlib
from collections import Counter

from django.conf import settings
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person, User

from .models import Appointment, Decision, Group, Joining, Membership, Position, Programme, Role, RoleNotice, Term
from .models.roles import new_in_finance_until, programmes_where

# How long before a term of office ends staff are told, so that there is time to find someone.
TERM_ENDS_SOON = dt.timedelta(days=60)
# A proposal this close to its last day is done first.
LAST_DAYS = dt.timedelta(days=2)


def people_of(programme):
    """Everyone with any role in `programme`, now or before, each once, with what their row in a list shows.

    Each has `held` (Memberships of this programme), `seats` (Terms in its groups) and their access needs ready.
    """
    return (
        Person.objects.filter(_took_part(programme))
        .select_related("organisation")
        .prefetch_related(
            "access_needs",
            Prefetch("memberships", Membership.objects.filter(programme=programme), to_attr="held"),
            Prefetch("terms", Term.objects.filter(group__programme=programme).select_related("group"), to_attr="seats"),
        )
    )


def in_programmes(programmes):
    """Q over Person: anyone one of `programmes` (ids) has added, or who has or had a role or seat in it."""
    return (
        Q(Exists(Membership.objects.filter(person=OuterRef("pk"), programme__in=programmes)))
        | Q(Exists(Term.objects.filter(person=OuterRef("pk"), group__programme__in=programmes)))
        | Q(Exists(Joining.objects.filter(person=OuterRef("pk"), programme__in=programmes)))
    )


def holding(programme, role=None, *, on=None):
    """Q over Person: those who hold `role` in `programme`, or any role or seat when it is None.

    On the date `on`; ever, when it is None.
    """
    memberships = Membership.objects.filter(person=OuterRef("pk"), programme=programme)
    terms = Term.objects.filter(person=OuterRef("pk"), group__programme=programme)
    if on is not None:
        memberships, terms = memberships.in_force(on), terms.in_force(on)
    if role is None:
        return Q(Exists(memberships)) | Q(Exists(terms))
    if role == Role.STEERING:
        return Q(Exists(terms.filter(group__kind=Group.Kind.STEERING)))
    return Q(Exists(memberships.filter(role=role)))


def _took_part(programme):
    return in_programmes([programme.pk])


def holds_on(row, on):
    """Whether a Membership or Term holds on the date `on`."""
    return row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)


def term_of(user, group, on):
    """The Term `user` serves on `group` on the date `on`, or None."""
    return Term.objects.in_force(on).filter(group=group, person__user=user).first()


def members(group, on):
    """Terms in force on `group` on the date `on`: chairs first, then by name."""
    offices = {Term.Office.CHAIR: 0, Term.Office.CO_CHAIR: 1}
    terms = group.terms.in_force(on).select_related("person__organisation")
    return sorted(terms, key=lambda term: (offices.get(term.office, 2), term.person.full_name.casefold()))


def seats_taken(terms):
    """How many of `terms` each kind of member holds: [(label, count), …], kinds nobody holds left out."""
    counts = Counter(term.seat for term in terms)
    return [(label, counts[seat]) for seat, label in Term.Seat.choices if counts[seat]]


def groups_of(programme, on):
    """The groups of `programme`, each with `in_office`: how many members it has on the date `on`."""
    serving = (
        Term.objects.in_force(on)
        .filter(group=OuterRef("pk"))
        .order_by()
        .values("group")
        .annotate(number=Count("person", distinct=True))
        .values("number")
    )
    return programme.groups.annotate(in_office=Coalesce(Subquery(serving), 0)).order_by("name")


def decisions_of(programme, on):
    """The decisions of `programme`, each counted.

    `spoken`: members with a position; `silent`: members in office without one, today or on the day it closed;
    `dissent`: positions kept as dissent; `asked`: spoken and silent together.
    """
    positions = Position.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
    in_office = (
        Term.objects.filter(group=OuterRef("group"), starts_on__lte=OuterRef("counted_on"))
        .filter(Q(ends_on=None) | Q(ends_on__gte=OuterRef("counted_on")))
        .exclude(Exists(Position.objects.filter(decision=OuterRef(OuterRef("pk")), person=OuterRef("person"))))
        .order_by()
        .values("group")
    )

    def number(rows, of="pk"):
        counted = rows.annotate(number=Count(of, distinct=True)).values("number")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    return (
        Decision.objects.filter(programme=programme)
        .select_related("group", "proposed_by")
        .annotate(counted_on=Coalesce("decided_on", "withdrawn_on", Value(on)))
        .annotate(
            spoken=number(positions),
            dissent=number(positions.filter(stance__in=Position.DISSENT)),
            silent=number(in_office, "person"),
        )
        .annotate(asked=F("spoken") + F("silent"))
    )


def not_heard_from(decision, on):
    """Terms of members in office on the date `on` who have not said where they stand, by name."""
    spoken = decision.positions.values("person")
    return (
        decision.group.terms.in_force(on)
        .exclude(person__in=spoken)
        .select_related("person")
        .order_by("person__full_name")
    )


def counts_by_seat(positions):
    """How many of each kind of member take each stance.

    Gives (columns, rows, totals): columns [label of each kind], rows [(stance label, [count of each kind], total)] in
    the order of the scale, totals [count of each kind, total].
    """
    counts = Counter((position.stance, position.seat) for position in positions)
    seats = list(Term.Seat)
    rows = [
        (stance.label, [counts[stance, seat] for seat in seats], sum(counts[stance, seat] for seat in seats))
        for stance in Position.Stance
    ]
    totals = [sum(row[1][place] for row in rows) for place in range(len(seats))]
    return [seat.label for seat in seats], rows, [*totals, sum(totals)]


def in_order_of_the_scale(positions):
    """Positions from whole-hearted agreement to veto; those without a name come after the named ones of their step.

    Unnamed ones are put in order of their words: the order in which they were given would tell who gave them.
    """
    steps = list(Position.Stance)
    return sorted(
        positions,
        key=lambda position: (
            steps.index(position.stance),
            not position.named,
            position.person.full_name.casefold() if position.named else position.reason,
        ),
    )


def earlier_wordings(decision):
    """The words a proposal had before they were changed, latest first: [(when, title, wording), …]."""
    versions = list(decision.history.order_by("pgh_id").values_list("pgh_created_at", "title", "wording"))
    earlier = []
    for before, after in zip(versions, versions[1:], strict=False):
        if before[1:] != after[1:]:
            earlier.append((after[0], before[1], before[2]))
    return earlier[::-1]


def waiting_for_position(user, on):
    """Open decisions of the groups `user` serves on, that they have not said anything on, soonest closing first."""
    serving = Term.objects.in_force(on).filter(person__user=user)
    return (
        Decision.objects.filter(status=Decision.Status.OPEN, group__in=serving.values("group"))
        .exclude(positions__person__user=user)
        .select_related("programme")
        .order_by("closes_on", "pk")
    )


def past_closing_day(programmes, on):
    """Open decisions of `programmes` (ids) whose last day for views has gone, oldest first."""
    return (
        Decision.objects.filter(status=Decision.Status.OPEN, programme__in=programmes, closes_on__lt=on)
        .select_related("programme")
        .order_by("closes_on", "pk")
    )


def terms_ending_soon(programmes, on):
    """Terms of office in `programmes` (ids) that end within TERM_ENDS_SOON of `on`, with nothing after them."""
    following = Term.objects.filter(
        group=OuterRef("group"), person=OuterRef("person"), starts_on__gt=OuterRef("ends_on")
    )
    return (
        Term.objects.filter(group__programme__in=programmes, ends_on__gte=on, ends_on__lte=on + TERM_ENDS_SOON)
        .exclude(Exists(following))
        .select_related("person", "group__programme")
        .order_by("ends_on", "pk")
    )


def visible_programmes(user, on):
    """Programmes `user` can open, each with `people`: how many hold a role in it on the date `on`."""
    held = (
        Membership.objects.in_force(on)
        .filter(programme=OuterRef("pk"))
        .order_by()
        .values("programme")
        .annotate(number=Count("person", distinct=True))
        .values("number")
    )
    return Programme.objects.visible_to(user).annotate(people=Coalesce(Subquery(held), 0))


# Joining and appointments


def is_of(programme, person):
    """Whether `programme` has added `person`, or they have or had a role or seat in it."""
    return Person.objects.filter(_took_part(programme), pk=person.pk).exists()


def known_in(programme, email):
    """The person of `programme`, now or before, whom we write to or who signs in at `email`; None when there is none.

    Looks in this programme alone: whether others know the address is not for it to learn.
    """
    email = email.strip()
    # PostgreSQL counts some letters of other alphabets as equal to ours: such an address is nobody's.
    if not email or not email.isascii():
        return None
    address = Q(email__iexact=email) | Q(user__email__iexact=email)
    return Person.objects.filter(address & _took_part(programme)).order_by("pk").first()


def code_of(joining):
    """The code, eight letters and digits, that the page of a joining's link shows; nobody knows it without the link."""
    return base64.b32encode(hashlib.sha256(f"in person {joining.key}".encode()).digest()).decode()[:8]


def code_in_two(joining):
    """The same code with a line in the middle, as it is read out."""
    code = code_of(joining)
    return f"{code[:4]}-{code[4:]}"


def roles_in_words(person, programme):
    """The roles and seats `person` holds or will hold in `programme`, as one text for a message.

    A role as staff or finance that nobody has confirmed yet is called proposed.
    """
    going_on = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    held = Membership.objects.filter(going_on, person=person, programme=programme)
    asked = Appointment.objects.waiting().filter(person=person, programme=programme)
    seats = Term.objects.filter(going_on, person=person, group__programme=programme).select_related("group")
    names = [str(row.get_role_display()) for row in held]
    names += [_("%(role)s (proposed)") % {"role": row.get_role_display()} for row in asked]
    names += [row.group.name for row in seats]
    return ", ".join(dict.fromkeys(names))


def overlapping_roles(person, programme, role, starts_on):
    """Memberships of `person` in `programme` with `role` that hold on or after the date `starts_on`."""
    return Membership.objects.filter(person=person, programme=programme, role=role).filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on)
    )


def able_finance(programme, on):
    """Accounts in finance of `programme` on the date `on` that are past the time in which somebody new there waits."""
    held = Membership.objects.in_force(on).filter(programme=programme, role=Role.FINANCE)
    users = User.objects.filter(person__memberships__in=held, is_active=True).distinct()
    return [user for user in users if new_in_finance_until(user, programme) is None]


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
    """Whether the host's contact is asked, by e-mail, to confirm `appointment`: where nobody else can.

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
    """News about their roles for people without an e-mail address, in `programmes` (ids), the oldest first."""
    return (
        RoleNotice.objects.filter(programme__in=programmes, told_at=None)
        .select_related("person", "programme")
        .order_by("created_at", "pk")
    )
