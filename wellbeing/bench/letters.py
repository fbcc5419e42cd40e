"""Letters of a batch made by the worker's own code, beside plain WeasyPrint with the same pages."""

from events.inviting.actions import invitations
from people import registry
from people.jobs import running
from people.jobs.models import Job
from people.messages.actions import letters
from people.messages.letters import batches, drawing
from people.messages.letters.writing import letter_of
from people.models import Person
from wellbeing.lib.drawing import fonts, page_source, stylesheet

from .clock import processor_seconds
from .mails import new_event

# Two runs of the same work differ by as much.
ALLOWANCE = 0.05
BOUND = 1 + ALLOWANCE


def measure(scene, number):
    """Print what `number` letters take beside plain WeasyPrint, one after another. Return whether BOUND holds.

    Both make tagged PDFs of the same HTML with the same style, in this one process; counted is processor time. Ours
    also checks, joins and keeps them.
    """
    batch = _batch(scene, _people(scene, number))
    rows = list(batch.letters.order_by("position").select_related("message__notice__person"))
    voice = registry.voice(batch.audience)
    laid = [letter_of(row.message, batch.day, voice) for row in rows]
    pages = [(drawing.html_of(letter), drawing.css_of(letter.size)) for letter in laid]
    _plain(pages[:2])
    job = Job.objects.get(kind=batches.JOB_KIND, subject_id=batch.pk)
    took = processor_seconds(lambda: running.run(job.pk))
    batch.refresh_from_db()
    assert batch.is_made and batch.count == len(pages), batch.count
    plain = processor_seconds(lambda: _plain(pages))
    ratio = took / plain
    print(f"\nLetters: {len(pages):,} in one batch, beside plain WeasyPrint with the same HTML")
    print(f"batch {took:6.1f} s, plain {plain:6.1f} s")
    print(f"ratio {ratio:.2f} (at most {BOUND}: no slower, but for what measuring twice may differ by)")
    return ratio <= BOUND


def _people(scene, number):
    """Have `number` people written to by letter, in the print that each has asked for."""
    people = list(Person.objects.filter(pk__in=scene.people, channel=Person.Channel.EMAIL).order_by("-pk")[:number])
    for place, person in enumerate(people, start=1):
        person.channel = Person.Channel.LETTER
        person.postal_address = f"{place} Invented Street\nInventedham\nZZ1 1ZZ"
    Person.objects.bulk_update(people, ["channel", "postal_address"], batch_size=100)
    return people


def _batch(scene, people):
    """Invite `people` by letter, and put their letters into a batch."""
    event = new_event(scene)
    invitations.invite(event=event, people=people, by=scene.staff)
    running.run(Job.objects.get(kind=invitations.INVITATIONS, subject_id=event.pk).pk)
    return letters.make_batch(audience=event.programme.voice, by=scene.staff)


def _plain(pages):
    """Write each page as a PDF of its own and keep nothing. Fonts and styles are read once, as they may be."""
    for html, css in pages:
        page_source(html).write_pdf(stylesheets=[stylesheet(css)], font_config=fonts(), pdf_variant="pdf/ua-1")
