"""Imports of people, carried through as staff do it on the pages."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from people.jobs import running
from people.jobs.models import Job
from programmes.importing import transitions
from programmes.importing.actions import bringing, files, rows

FILES = Path(__file__).parents[1] / "data" / "imports"


def send(scene, content, name="people.csv"):
    """Send a file (bytes, text, or the name of one of FILES) as staff, have it read, and return the import."""
    if isinstance(content, str) and (FILES / content).is_file():
        name, content = content, (FILES / content).read_bytes()
    content = content.encode() if isinstance(content, str) else content
    people_import = files.send(programme=scene.programme, file=SimpleUploadedFile(name, content), by=scene.staff)
    return work(people_import, transitions.READ)


def work(people_import, kind):
    """Do the long work of this kind that waits for an import. Return the import afresh."""
    running.run(Job.objects.get(kind=kind, subject_id=people_import.pk, status=Job.Status.WAITING).pk)
    people_import.refresh_from_db()
    return people_import


def checked(scene, content, mapping=None, **everybody):
    """Send a file, say what its columns are (as they look, unless told), and return the checked import."""
    people_import = send(scene, content)
    rows.set_columns(
        people_import=people_import,
        mapping=mapping or people_import.mapping,
        by=scene.staff,
        **{"role": "lived_experience", **everybody},
    )
    return work(people_import, transitions.CHECK)


def brought(scene, content, **everybody):
    """Bring the people of a file in without telling anybody. Return the import."""
    people_import = checked(scene, content, **everybody)
    bringing.ask_to_bring_in(people_import=people_import, by=scene.staff)
    return bringing.bring_in(people_import=people_import, by=scene.staff)


def undone(scene, people_import):
    """Undo an import and return it."""
    bringing.ask_to_undo(people_import=people_import, by=scene.staff)
    return bringing.undo(people_import=people_import, by=scene.staff)


def problems(people_import):
    """Return every problem by row: {number: [(heading, sentence), …]}."""
    headings = people_import.headings
    return {
        row.number: [(None if one["column"] is None else headings[one["column"]], one["text"]) for one in row.problems]
        for row in people_import.rows.all()
        if row.problems
    }


def details(people_import):
    """Return what each row says of a person, in order."""
    return [row.details for row in people_import.rows.all()]
