"""Questions about a programme: who sees it, who holds which role."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person, User
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.joining import Appointment, Joining
from programmes.programme.models.programmes import Membership, Programme, Role, new_in_finance_until


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
        memberships, terms = memberships.effective_on(on), terms.effective_on(on)
    if role is None:
        return Q(Exists(memberships)) | Q(Exists(terms))
    if role == Role.STEERING:
        return Q(Exists(terms.filter(group__kind=Group.Kind.STEERING)))
    return Q(Exists(memberships.filter(role=role)))


def took_part(programme):
    return in_programmes([programme.pk])


def holds_on(row, on):
    """Whether a Membership or Term holds on the date `on`."""
    return row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)


def visible_programmes(user, on):
    """Programmes `user` can open, each with `people`: how many hold a role in it on the date `on`."""
    held = (
        Membership.objects.effective_on(on)
        .filter(programme=OuterRef("pk"))
        .order_by()
        .values("programme")
        .annotate(number=Count("person", distinct=True))
        .values("number")
    )
    return Programme.objects.visible_to(user).annotate(people=Coalesce(Subquery(held), 0))


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


def able_finance(programme, on):
    """Accounts in finance of `programme` on the date `on` that are past the time in which somebody new there waits."""
    held = Membership.objects.effective_on(on).filter(programme=programme, role=Role.FINANCE)
    users = User.objects.filter(person__memberships__in=held, is_active=True).distinct()
    return [user for user in users if new_in_finance_until(user, programme) is None]


def is_of(programme, person):
    """Whether `programme` has added `person`, or they have or had a role or seat in it."""
    return Person.objects.filter(took_part(programme), pk=person.pk).exists()
