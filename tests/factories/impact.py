"""Makers of rows for tests of impact: a vision, aims, activities, changes and papers."""

import hashlib
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone

from programmes.models import Activity, Aim, Change, ImpactPaper, ImpactSharing, Vision


def a_vision(programme, person, words="Everybody is asked before it is decided.", **fields):
    """The vision of a programme, from today unless told."""
    return Vision.objects.create(programme=programme, words=words, written_by=person, **fields)


def an_aim(programme, person, title="Meetings that everybody can come to", position=1, **fields):
    """An aim with two signs."""
    fields.setdefault("signs", "No meeting before eleven\nHalf of all meetings online")
    return Aim.objects.create(programme=programme, title=title, position=position, written_by=person, **fields)


def an_activity(programme, name="The evening group", **fields):
    """An activity that answers every question."""
    words = ("aim", "methods", "went_well", "went_badly", "influence", "reflection")
    answers = {question: f"The {question} of it." for question in words}
    return Activity.objects.create(programme=programme, name=name, **{"rung": "co_design", **answers, **fields})


def a_change(programme, person, *said, title="Meetings start at one", **fields):
    """A change that rests on what was `said`."""
    values = {"for_whom": "People who travel", "evidence": "The calendar.", "harm": "None that we know of."}
    change = Change.objects.create(programme=programme, title=title, recorded_by=person, **{**values, **fields})
    change.contributions.set(said)
    return change


def a_paper(programme, person, **fields):
    """A paper that was made."""
    pdf = b"%PDF-1.4"
    return ImpactPaper.objects.create(
        programme=programme,
        asked_by=person,
        file=ContentFile(pdf, name="impact.pdf"),
        sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf),
        made_at=timezone.now(),
        **fields,
    )


def everything(programme, person):
    """A programme's impact page with one of everything, which everybody may read."""
    ImpactSharing.objects.create(programme=programme, shared_by=person)
    aim = an_aim(programme, person)
    return SimpleNamespace(
        vision=a_vision(programme, person),
        aim=aim,
        activity=an_activity(programme),
        change=a_change(programme, person, aim=aim),
        paper=a_paper(programme, person),
    )
