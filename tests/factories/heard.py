"""Makers of rows for tests of what we heard: contributions, who said them, and answers."""

from django.core.files.base import ContentFile
from django.utils import timezone

from programmes.models import Contribution, ContributionOutcome, Contributor, EvidenceFile, ToldBack
from tests import factories


def a_contribution(programme, *people, theme="The last bus leaves before we finish", named=False, told=True, **fields):
    """Something that `people` said at a meeting."""
    recorded_by = fields.pop("recorded_by", None) or factories.a_person("Rita Recorder")
    fields.setdefault("way", Contribution.Way.MEETING)
    said = Contribution.objects.create(programme=programme, theme=theme, recorded_by=recorded_by, **fields)
    for person in people:
        Contributor.objects.create(
            contribution=said, person=person, named=named, wants_to_be_told=told, added_by=recorded_by
        )
    return said


def an_outcome(contribution, kind="changed", **fields):
    """An answer that counts, as the actions write it, with nobody told by a message."""
    fields.setdefault("what_changed", "" if kind == "not_changed" else "We finish at four.")
    fields.setdefault("reason", "" if kind == "changed" else "There is no later bus.")
    outcome = ContributionOutcome.objects.create(
        contribution=contribution,
        number=contribution.outcomes.count() + 1,
        kind=kind,
        answered_by=contribution.recorded_by,
        **fields,
    )
    Contribution.objects.filter(pk=contribution.pk).update(status="answered", outcome=outcome)
    contribution.refresh_from_db()
    for row in contribution.contributors.all():
        ToldBack.objects.create(outcome=outcome, contributor=row)
    return outcome


def a_file(outcome, content=b"%PDF-1.4"):
    """A file of evidence that was checked."""
    return EvidenceFile.objects.create(
        outcome=outcome,
        file=ContentFile(content, name="photo.pdf"),
        original_name="photo.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256="0" * 64,
        status=EvidenceFile.Status.READY,
        added_by=outcome.answered_by,
    )


def a_reply(outcome, person, reply="not_true", words="The bus still leaves at three.", named=False):
    """The reply of somebody to an answer."""
    row = ToldBack.objects.get(outcome=outcome, contributor__person=person)
    row.reply, row.reply_words, row.reply_named = reply, words, named
    row.replied_at, row.reply_how, row.reply_by = timezone.now(), ToldBack.How.PAGE, person
    row.save()
    return row
