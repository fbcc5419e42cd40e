"""Thousands of people brought in from a spreadsheet, beside a bare bulk_create of the same rows."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from people.jobs import running
from people.jobs.models import Job
from people.models import Person
from programmes.importing import transitions
from programmes.importing.actions import bringing, files, rows
from programmes.models import Joining, Membership, Programme, Role

from .clock import processor_seconds

BOUND = 4


def measure(scene, number):
    """Print what importing `number` rows takes beside writing the same rows bare. Return whether BOUND holds.

    Counted is the processor time of this process and of its database server, from the file that was read to the last
    person; the file is read before, by a process of its own.
    """
    programme = Programme.objects.get(pk=scene.large.programme_id)
    took = processor_seconds(lambda: _bring_in(programme, scene.staff, number))
    bare = processor_seconds(lambda: _write_bare(programme))
    ratio = took / bare
    print(f"\nPeople from a spreadsheet: {number:,} rows")
    print(f"checked and brought in {took:6.1f} s, a bare bulk_create of the same rows {bare:6.1f} s")
    print(f"ratio {ratio:.2f} (at most {BOUND})")
    return ratio <= BOUND


def _bring_in(programme, by, number):
    names = ["".join(chr(97 + int(digit)) for digit in f"{each:05}") for each in range(number)]
    lines = "".join(f"Imogen{x} Bench{x},{x}@example.org,020 79{n:05}{n % 10}\n" for n, x in enumerate(names))
    file = SimpleUploadedFile("people.csv", f"Name,Email,Phone\n{lines}".encode())
    people_import = files.send(programme=programme, file=file, by=by)
    _work(people_import, transitions.READ)
    rows.set_columns(people_import=people_import, mapping=people_import.mapping, by=by, role=Role.LIVED_EXPERIENCE)
    _work(people_import, transitions.CHECK)
    bringing.ask_to_bring_in(people_import=people_import, by=by)
    _work(people_import, transitions.BRING)
    assert people_import.rows.filter(status="added").count() == number


def _work(people_import, kind):
    jobs = Job.objects.filter(kind=kind, subject_id=people_import.pk)
    running.run(jobs.latest("pk").pk)
    people_import.refresh_from_db()


def _write_bare(programme):
    """Write the same people, joinings and roles anew, with nothing checked, and take them back."""
    people = list(Person.objects.filter(full_name__startswith="Imogen", joining__programme=programme))
    roles = {one.person_id: one for one in Membership.objects.filter(person__in=people)}
    joinings = {one.person_id: one for one in Joining.objects.filter(person__in=people)}
    before = [person.pk for person in people]
    with transaction.atomic():
        for person in people:
            person.pk = None
        for person, pk in zip(Person.objects.bulk_create(people), before, strict=True):
            role, joining = roles[pk], joinings[pk]
            role.pk, role.person = None, person
            joining.pk, joining.person, joining.key = None, person, f"bare-{pk}"
        Joining.objects.bulk_create(joinings.values())
        Membership.objects.bulk_create(roles.values())
        transaction.set_rollback(True)
