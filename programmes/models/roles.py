"""Which roles a user holds: read once per request and kept on the user object."""

from django.utils import timezone

from people.models import WaitingTime
from people.queries import waiting_time

from .groups import Group, Term
from .programmes import Membership, Programme, Role


def roles_of(user):
    """The roles `user` holds today: {programme id: {Role, …}}. Two queries the first time, none after.

    An administrator holds only the roles they were given: seeing everything is not the same as being finance.
    """
    if not user.is_authenticated or not user.is_active:
        return {}
    if not hasattr(user, "_programme_roles"):
        today = timezone.localdate()
        roles = {}
        held = Membership.objects.in_force(today).filter(person__user=user)
        for programme_id, role in held.values_list("programme_id", "role"):
            roles.setdefault(programme_id, set()).add(Role(role))
        seats = Term.objects.in_force(today).filter(person__user=user, group__kind=Group.Kind.STEERING)
        for programme_id in seats.values_list("group__programme_id", flat=True):
            roles.setdefault(programme_id, set()).add(Role.STEERING)
        user._programme_roles = roles
    return user._programme_roles


def has_role(user, programme, *roles):
    """Whether `user` holds any of `roles` in `programme` (a Programme or its id) today."""
    held = roles_of(user).get(getattr(programme, "pk", programme), set())
    return bool(held & set(roles))


def programmes_where(user, *roles):
    """Ids of the programmes where `user` holds any of `roles` today."""
    return [programme_id for programme_id, held in roles_of(user).items() if held & set(roles)]


def only_programme(user):
    """The programme `user` has a role in, when there is exactly one; else None. One query the first time."""
    held = roles_of(user)
    if len(held) != 1:
        return None
    if not hasattr(user, "_only_programme"):
        user._only_programme = Programme.objects.filter(pk__in=held).first()
    return user._only_programme


def new_in_finance_until(user, programme):
    """Return until when `user`, new in finance of `programme` (or its id), confirms, signs and downloads nothing.

    A datetime, or None when that time is over or they are not in finance. Asked once a request.
    """
    programme = getattr(programme, "pk", programme)
    known = user.__dict__.setdefault("_new_in_finance", {})
    if programme not in known:
        known[programme] = _new_in_finance_until(user, programme)
    return known[programme]


def _new_in_finance_until(user, programme):
    today = timezone.localdate()
    confirmed = (
        Membership.objects.in_force(today)
        .filter(person__user=user, programme=programme, role=Role.FINANCE)
        .values_list("appointment__decided_at", flat=True)
    )
    waits = [at + waiting_time(WaitingTime.Kind.NEW_FINANCE, at) if at else None for at in confirmed]
    # Of several such roles the one whose time is over counts.
    if not waits or None in waits or min(waits) <= timezone.now():
        return None
    return min(waits)
