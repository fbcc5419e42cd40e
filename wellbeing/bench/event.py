"""An event to which thousands are invited, on a day when the door is open."""

import datetime as dt
from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from events.models import Event, Invitation
from people.models import Person, User
from programmes.models import Role
from wellbeing import seeding

SMALL = 50


@dataclass
class Scene:
    """The large event, a small and an empty one beside it, and who is invited and looks."""

    large: Event
    small: Event
    empty: Event
    people: list[int]
    staff: User

    def client(self):
        """Return a test client that is signed in as staff."""
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(self.staff, "django.contrib.auth.backends.ModelBackend")
        return client


def invite_many(people):
    """Seed a programme of `people` people. Invite all to an event that runs, some to another, and none to a third."""
    today = timezone.localdate()
    plan = seeding.Plan(people=people, events=6, claims=0, seed=7, today=today)
    seeding.make(plan)
    programme = Event.objects.all()[0].programme
    invited = list(
        Person.objects.filter(memberships__programme=programme, memberships__role=Role.LIVED_EXPERIENCE)
        .order_by("pk")
        .values_list("pk", flat=True)
        .distinct()[:people]
    )
    staff = Person.objects.filter(memberships__programme=programme, memberships__role=Role.STAFF, user__isnull=False)[0]
    titles = ("The large day", "The small day", "The empty day")
    large, small, empty = (_event(programme, staff, title) for title in titles)
    for event, some in ((large, invited), (small, invited[:SMALL])):
        _invite(event, some, staff)
    assert staff.user is not None
    return Scene(large, small, empty, invited, staff.user)


def _event(programme, staff, title):
    now = timezone.now()
    return Event.objects.create(
        programme=programme,
        title=title,
        kind=Event.Kind.COPRODUCTION,
        purpose="To measure.",
        starts_at=now - dt.timedelta(minutes=30),
        ends_at=now + dt.timedelta(hours=5),
        reply_by=timezone.localdate(),
        organiser=staff,
        venue_name="The Invented Hall",
    )


def _invite(event, people, staff):
    """Invite them: half come, the rest cannot, are not sure or are silent."""
    replies = ("coming", "coming", "coming", "not_coming", "not_sure", "")
    now = timezone.now()
    Invitation.objects.bulk_create(
        [
            Invitation(
                event=event,
                person_id=person,
                invited_by=staff,
                reply=replies[number % 6],
                replied_at=now if replies[number % 6] else None,
            )
            for number, person in enumerate(people)
        ],
        batch_size=1000,
    )
