"""Say who handles requests and complaints about data, who may open needs in an emergency, and how long things take."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from people.privacy import hooks
from people.privacy.models import Complaint, EmergencyLook, PrivacyRequest, PrivacyRule
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def time_for(kind: PrivacyRule.Kind, on: dt.date | None = None) -> PrivacyRule:
    """Return the rule of `kind` in force on a day, today unless given. Raises LookupError where there is none."""
    rule = PrivacyRule.objects.effective_on(kind, on or timezone.localdate())
    if rule is None:
        raise LookupError(f"There is no time of privacy of the kind {kind}.")
    return rule


def can_handle(user: User, person: Person) -> Ruling:
    """May `user` handle what `person` asks or complains about?

    Yes for administrators and for staff of a programme the person is in; never for oneself.
    """
    if not user.is_authenticated or not user.is_active:
        return Ruling(_("Sign in first."))
    if user.pk == person.user_id:
        return Ruling(_("This is about you, so somebody else has to do it."))
    if user.is_administrator or people_handled(user).filter(pk=person.pk).exists():
        return YES
    return Ruling(_("Administrators and staff of the person's programme do this."))


def people_handled(user: User) -> QuerySet[Person]:
    """Return the people whose requests and complaints `user` handles as staff; of an administrator, everybody."""
    people = Person.objects.exclude(user=user)
    if user.is_administrator:
        return people
    theirs = Q(pk__in=[])
    for handled in hooks.people_handled:
        theirs |= handled(user)
    return people.filter(theirs)


def knows_writer(user: User, writer: Person | None) -> bool:
    """Return whether `user` may read what `writer` wrote down for somebody: not a colleague of another programme."""
    return writer is None or user.is_administrator or Person.objects.visible_to(user).filter(pk=writer.pk).exists()


def complaints_handled(user: User) -> QuerySet[Complaint]:
    """Return the complaints that `user` handles: those people made themselves, and those colleagues wrote down."""
    rows = Complaint.objects.filter(person__in=people_handled(user))
    if user.is_administrator:
        return rows
    return rows.filter(Q(made_by=None) | Q(made_by__in=Person.objects.visible_to(user).order_by().values("pk")))


def can_confirm(user: User, request: PrivacyRequest) -> Ruling:
    """May `user` confirm or refuse a request?

    Yes for administrators: both reach every programme the person is in, and staff know only their own.
    """
    if request.status != PrivacyRequest.Status.ASKED:
        return Ruling(_("This request has been dealt with. It is now: %s.") % request.get_status_display())
    ruling = can_handle(user, request.person)
    if not ruling:
        return ruling
    if not user.is_administrator:
        return Ruling(_("Only an administrator can do this: it reaches every programme the person is in."))
    if request.asked_by_id and request.asked_by_id == user.person.pk and request.kind == PrivacyRequest.Kind.ERASURE:
        return Ruling(_("You wrote this request down, so a second colleague has to confirm it."))
    return YES


def can_answer(user: User, complaint: Complaint) -> Ruling:
    """May `user` answer a complaint? Yes if they handle what the person asks."""
    if complaint.status == Complaint.Status.ANSWERED:
        return Ruling(_("This complaint has been answered."))
    ruling = can_handle(user, complaint.person)
    if ruling and not knows_writer(user, complaint.made_by):
        return Ruling(_("A colleague of another programme wrote this down, and answers it."))
    return ruling


def can_open_in_emergency(user: User, person: Person) -> Ruling:
    """May `user` open the access needs of `person` in an emergency?

    Yes for administrators and for colleagues of a programme the person is in, of themselves never.
    """
    signed_in = user.is_authenticated and user.is_active and user.pk != person.user_id
    if signed_in and (user.is_administrator or any(near(user, person) for near in hooks.emergency_readers)):
        return YES
    return Ruling(_("Only colleagues of the person's programme can do this."))


def is_open_to(user: User, person: Person, now: dt.datetime) -> bool:
    """Return whether `user` has opened the access needs of `person` in an emergency that is not over at `now`."""
    return EmergencyLook.objects.open(now).filter(reader__user=user, person=person).exists()
