"""Makers of what people ask about their data."""

from django.core.files.base import ContentFile
from django.utils import timezone

from people.models import Complaint, CopyFile, DueForRetention, Erasure, PrivacyRequest
from tests import factories as make


def make_privacy(world):
    """Make a copy, a request to be removed, a complaint, somebody who was removed, and something that is due."""
    today = world.today
    world.own_copy = PrivacyRequest.objects.create(
        person=world.owner, kind="copy", status="done", proof="Signed in", due_on=today, done_at=timezone.now()
    )
    CopyFile.objects.create(
        request=world.own_copy,
        format="json",
        file=ContentFile(b"{}", name="copy.json"),
        sha256="0" * 64,
        size=2,
        made_at=timezone.now(),
    )
    world.erasure_request = PrivacyRequest.objects.create(person=world.owner, kind="erasure", due_on=today)
    world.complaint = Complaint.objects.create(
        person=world.owner, words="You wrote to my old address.", acknowledge_by=today
    )
    gone = make.a_person("Somebody who asked to be removed")
    world.erasure = Erasure.objects.create(person=gone, reference="E-1", counts={"blank": 3}, kept=[])
    world.due_line = DueForRetention.objects.create(
        kind="unanswered", subject_id=world.added.pk, since=today, removed_on=today
    )
