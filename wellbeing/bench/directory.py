"""The directory of a programme with very many people, beside its bare queries and that of a small programme."""

import datetime as dt

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from programmes.directory.actions import columns
from programmes.models import Membership, PersonTag, Programme, Role, Tag
from wellbeing import seeding

from .pages import Table, measured

SMALL = 50
# Queries that a page makes only where somebody on it has a namesake, a seat, a tag or a need.
IF_ANY = 4
ELSEWHERE = "Zebulon Quince-Elsewhere"


def measure(people):
    """Seed a programme of `people` people and a small one; print a line for each page of their directories.

    Return whether all bounds hold.
    """
    today = timezone.localdate()
    seeding.make(seeding.Plan(people=people, events=12, claims=0, seed=11, today=today))
    seeding.make(seeding.Plan(people=SMALL, events=12, claims=0, seed=12, today=today))
    seeding.make(seeding.Plan(people=1, events=1, claims=0, seed=13, today=today))
    large, small, empty = (Programme.objects.get(slug=f"seeded-{seed}") for seed in (11, 12, 13))
    clients = {programme: _client(programme) for programme in (large, small, empty)}
    areas = {programme: _tagged(programme) for programme in (large, small)}
    _add_elsewhere()
    names = {programme: _a_name(programme) for programme in (large, small)}
    table = Table(f"Directory of {people:,} people, beside one of {SMALL}", IF_ANY)
    for title, query in (
        ("people", {}),
        ("people, page 400", {"page": "400"}),
        ("people, searched by a full name", {"q": "NAME"}),
        ("people, searched by the start of a name", {"q": "START"}),
        ("people, searched by an email address", {"q": "ADDRESS"}),
        ("people, searched by a phone number", {"q": "0770090"}),
        ("people, searched by a name nobody has", {"q": "Qwxyzv"}),
        ("people, searched by a name only elsewhere", {"q": ELSEWHERE.split()[0]}),
        ("people, filtered by role", {"role": "lived_experience"}),
        ("people, filtered by area", {"area": "AREA"}),
        ("people, filtered by access need", {"need": "bsl"}),
        ("people, involved in the last 12 months", {"last": "12"}),
        ("people, sorted by last involved", {"sort": "-last"}),
    ):
        rows = []
        for programme in (large, small):
            name = names[programme]
            own = {
                "AREA": str(areas[programme].pk),
                "NAME": name,
                "START": name[:3],
                "ADDRESS": name.split()[0].lower(),
            }
            asked = {key: own.get(value, value) for key, value in query.items()}
            rows.append(measured(clients[programme], reverse("programme_people", args=[programme.slug]), asked))
        # A search that finds nothing leaves the list its filters.
        rows.append(measured(clients[empty], reverse("programme_people", args=[empty.slug]), {"q": "Qwxyzv"}))
        table.line(title, *rows)
    return table.end()


def _client(programme):
    held = Membership.objects.filter(programme=programme, role=Role.STAFF, person__user__isnull=False)
    user = held.select_related("person__user")[0].person.user
    assert user is not None
    columns.choose(columns=["roles", "organisation", "channel", "area", "last", "needs"], by=user)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def _a_name(programme):
    """Return the name of somebody in the middle of a programme."""
    people = Person.objects.filter(memberships__programme=programme).order_by("pk")
    return people[people.count() // 2].full_name


def _tagged(programme):
    """Put one in eight people of `programme` into an area, and return it."""
    people = list(
        Membership.objects.filter(programme=programme).order_by("person").values_list("person", flat=True).distinct()
    )
    area = Tag.objects.create(programme=programme, kind=Tag.Kind.AREA, name="Larkhampton", made_by_id=people[0])
    given = [PersonTag(tag=area, person_id=pk, given_by_id=people[0]) for pk in people[::8]]
    PersonTag.objects.bulk_create(given, batch_size=2000)
    return area


def _add_elsewhere():
    """Add a thousand people of one name to a third programme, whom nobody else may notice."""
    today = timezone.localdate()
    third = Programme.objects.create(
        name="Elsewhere",
        slug="elsewhere",
        short_code="ELSE",
        funder="The Invented Fund",
        starts_on=today,
        ends_on=today + dt.timedelta(days=365),
        cost_code="E",
        contact_name="Connie Contact",
        contact_email="connie@example.org",
    )
    people = Person.objects.bulk_create([Person(full_name=ELSEWHERE) for _each in range(1000)])
    Membership.objects.bulk_create(
        Membership(person=person, programme=third, role=Role.LIVED_EXPERIENCE, starts_on=today) for person in people
    )
