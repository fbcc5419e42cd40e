"""Importing is at most four times the work of writing the same rows without any check."""

import time

import psutil
from django.db import connection

from people.jobs.models import Job
from people.models import Person
from programmes.importing import transitions
from programmes.importing.actions import bringing, rows
from programmes.models import Joining, Membership
from tests.helpers import importing

ROWS = 2_000
BOUND = 4


def a_file(number):
    """Return a CSV of people who all differ."""
    names = ["".join(chr(97 + int(digit)) for digit in f"{n:05}") for n in range(number)]
    lines = "".join(f"Imogen{x} Sample{x},{x}@example.org,020 79{n:05}{n % 10}\n" for n, x in enumerate(names))
    return "Name,Email,Phone\n" + lines


def processor_seconds(work):
    """Return the seconds of processor time that `work()` takes here and in its database server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0])
    began = time.process_time() + sum(server.cpu_times()[:2])
    work()
    return time.process_time() + sum(server.cpu_times()[:2]) - began


def write_bare(scene):
    """Write the same people, joinings and roles as the import has written, and nothing else."""
    people = list(Person.objects.filter(full_name__startswith="Imogen").select_related("joining"))
    roles = list(Membership.objects.filter(person__in=people))
    joinings = [one.joining for one in people]
    for number, joining in enumerate(joinings):
        joining.key = f"bare-{number}"

    def write():
        for row in (*people, *roles, *joinings):
            row.pk = None
            row._state.adding = True
        new = Person.objects.bulk_create(people)
        for person, joining in zip(new, joinings, strict=True):
            joining.person = person
        Joining.objects.bulk_create(joinings)
        for person, role in zip(new, roles, strict=True):
            role.person = person
        Membership.objects.bulk_create(roles)

    return write


def test_two_thousand_rows_take_at_most_four_times_a_bare_bulk_create(scene):
    people_import = importing.send(scene, a_file(ROWS).encode())

    def bring_in():
        rows.set_columns(
            people_import=people_import, mapping=people_import.mapping, by=scene.staff, role="lived_experience"
        )
        importing.work(people_import, transitions.CHECK)
        bringing.ask_to_bring_in(people_import=people_import, by=scene.staff)
        bringing.bring_in(people_import=people_import, by=scene.staff)

    importing_took = processor_seconds(bring_in)
    assert Person.objects.filter(full_name__startswith="Imogen").count() == ROWS
    bare_took = processor_seconds(write_bare(scene))
    assert importing_took < BOUND * bare_took, f"{importing_took:.2f} s for {bare_took:.2f} s"
    assert not Job.objects.exclude(kind__in=[transitions.READ, transitions.CHECK, transitions.BRING]).exists()
