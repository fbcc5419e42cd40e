"""Questions about the day: who may have come, what was recorded."""

from django.db.models import BooleanField, Exists, OuterRef
from django.utils import timezone

from events.day.models import Attendance
from events.inviting.models import Invitation
from events.planning.models import Event
from events.planning.queries import _managed_events, people_of_programme
from people.models import Person


def people_who_may_have_come(event):
    """People of the programme on the day of the event or today: whoever came may have joined only afterwards."""
    return people_of_programme(event.programme_id, event.day, timezone.localdate())


def attendance_rows(event, extra_ids=()):
    """Everyone for the attendance page, by name: who was invited, who is recorded, and the people `extra_ids`.

    Each Person carries `reply` ("" for none), `came` (True, False or None when not recorded) and `invited`.
    """
    invited = dict(event.invitations.values_list("person_id", "reply"))
    came = dict(Attendance.objects.filter(event=event).values_list("person_id", "came"))
    rows = []
    for person in Person.objects.filter(pk__in={*invited, *came, *extra_ids}).order_by("full_name", "pk"):
        person.invited = person.pk in invited
        person.reply = invited.get(person.pk, "")
        person.came = came.get(person.pk)
        rows.append(person)
    return rows


def my_invitations(person):
    """Invitations of `person` with their events, latest first, each with `came`: True, False or None."""
    recorded = Attendance.objects.filter(event=OuterRef("event"), person=person)
    return (
        Invitation.objects.filter(person=person)
        .select_related("event__programme")
        .annotate(
            recorded=Exists(recorded),
            came=Exists(recorded.filter(came=True), output_field=BooleanField()),
        )
        .order_by("-event__starts_at", "-pk")
    )


def events_without_attendance(user, now):
    """Events that have ended, nobody having recorded who came, of programmes where `user` is staff; oldest first."""
    return _managed_events(user).filter(status=Event.Status.PLANNED, ends_at__lt=now).order_by("ends_at")
